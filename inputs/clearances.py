"""What has been sent for clearance and what came back, as its pages show it, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.db.models.functions import Length

from conference.models import Conference, Question, Session
from inputs.models import Clearance, ClearanceLine, ClearanceReply, Part, Point, Proposed, ReturnedChange, Verdict
from rnik.lib.diff import Piece, compare


@dataclass(frozen=True)
class SentRow:
    """A file that was sent, the answers to it, and how much of them waits for a decision."""

    clearance: Clearance
    replies: tuple[ClearanceReply, ...]
    waiting: int
    is_kept: bool
    today: date

    @property
    def is_out(self) -> bool:
        return not self.replies and self.clearance.closed_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_out and self.clearance.deadline < self.today


def read_sent(conference: Conference, *, today: date) -> list[SentRow]:
    """Everything that was sent, newest first. Three queries."""
    replies = (
        ClearanceReply.objects.select_related("received_by")
        .order_by("pk")
        .annotate(waiting=Count("changes", filter=Q(changes__decision=Verdict.OPEN)))
    )
    found = (
        conference.clearances.defer("file")
        .annotate(size=Length("file"))
        .latest_first()
        .select_related("sent_by", "closed_by")
        .prefetch_related(Prefetch("replies", replies))
    )
    rows = []
    for one in found:
        came = tuple(one.replies.all())
        rows.append(SentRow(one, came, sum(reply.waiting for reply in came), one.size > 0, today))  # type: ignore[attr-defined]  # annotated
    return rows


def waiting_by_session(conference: Conference) -> list[tuple[Session, int, int]]:
    """Each session for which something came back: how much waits, and how much there is. One query."""
    sessions = conference.sessions.order_by("number").annotate(
        came=Count("questions__returned_changes"),
        waiting=Count("questions__returned_changes", filter=Q(questions__returned_changes__decision=Verdict.OPEN)),
    )
    return [(one, one.waiting, one.came) for one in sessions if one.came]


@dataclass(frozen=True)
class Side:
    """One proposal: its words against those that were sent. `now`: the point as it stands, when that is another."""

    change: ReturnedChange
    pieces: tuple[Piece, ...]
    now: str | None = None

    @property
    def is_open(self) -> bool:
        return self.change.decision == Verdict.OPEN

    @property
    def can_be_used(self) -> bool:
        """Its text can become the point's."""
        kinds = {Proposed.WORDING, Proposed.MOVED, Proposed.SPLIT, Proposed.JOINED}
        differs = bool(self.change.line) and self.change.text != self.sent
        return self.change.proposed in kinds and differs and self.stands

    @property
    def stands(self) -> bool:
        return self.change.point is not None and self.change.point.removed_at is None

    @property
    def sent(self) -> str:
        return self.change.line.text if self.change.line else ""


@dataclass(frozen=True)
class Group:
    """A point, or another paragraph, with all that was proposed for it, side by side."""

    question: Question
    point: Point | None
    line: ClearanceLine | None
    sides: tuple[Side, ...]

    @property
    def is_open(self) -> bool:
        return any(side.is_open for side in self.sides)

    @property
    def text(self) -> str:
        """What it says now, or said when it was sent."""
        return self.point.text if self.point else self.line.text if self.line else ""


def read_proposals(session: Session) -> list[Group]:
    """What came back for the session, in the order in which it was sent. One query."""
    changes = (
        ReturnedChange.objects.filter(question__session=session)
        .select_related(
            "question", "reply__clearance", "line__point__heading", "line__heading", "after", "decided_by"
        )
        .defer("reply__clearance__file")
    )
    groups: dict[object, list[ReturnedChange]] = {}
    for change in sorted(changes, key=_order):
        groups.setdefault(_same(change), []).append(change)
    return [_group(found) for found in groups.values()]


def _order(change: ReturnedChange) -> tuple[int, int, int]:
    line = change.line or change.after
    return change.question.number, line.number if line else 0, change.pk


def _same(change: ReturnedChange) -> object:
    """What must be equal for two proposals to be about the same paragraph."""
    if change.line is None:
        return change.pk
    if change.line.point_id:
        return "point", change.line.point_id
    if change.line.part == Part.COVER:
        return "cover", change.line_id
    return change.line.part, change.question_id, change.line.heading_id or change.line.text


def _group(found: Iterable[ReturnedChange]) -> Group:
    changes = list(found)
    first = changes[0]
    return Group(first.question, first.point, first.line, tuple(_side(change) for change in changes))


def _side(change: ReturnedChange) -> Side:
    line, point = change.line, change.point
    sent = line.text if line else ""
    shown = change.text if change.proposed != Proposed.REMARK else sent
    is_stale = line is not None and line.is_stale and change.decision == Verdict.OPEN
    return Side(change, compare(sent, shown) if line else (), point.text if is_stale and point else None)
