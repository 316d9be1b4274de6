"""What of a question is not settled: who signed it off, what is to be clarified, what is proposed."""

from dataclasses import dataclass

from django.db.models import F, Prefetch, Value

from conference.models import Conference, Question
from inputs.confirming import combined, unconfirmed, writers
from inputs.models import Clarification, Point, PointRevision, PointSource, Proposal, SignOff
from inputs.together import Together, together_of, together_rows
from rnik.lib.diff import Piece, compare

DECIDED_SHOWN = 50  # decisions listed under what is open


@dataclass(frozen=True)
class Marks:
    """What the desk shows of one question besides. `clarified` and `proposed` are keys of points."""

    sign_off: SignOff | None
    new_since: int
    clarified: frozenset[int]
    proposed: frozenset[int]
    proposals: int
    together: Together


def marks_of(question: Question, *, unhandled: int = 0, viewer: int | None = None) -> Marks:
    """In two queries. `unhandled` is what remains of the question: new since it was signed off, if it is."""
    sign_off = SignOff.objects.standing().filter(question=question).select_related("by").first()
    clarified = Clarification.objects.order_by().open().filter(point__question=question)
    proposed = Proposal.objects.order_by().open().filter(question=question)
    rows = clarified.values_list(Value("clarified"), "point_id", Value(""), Value(""))
    rows = rows.union(
        proposed.values_list(Value("proposed"), "point_id", Value(""), Value("")),
        *together_rows(question, viewer),
        all=True,
    )
    found = list(rows)
    points = {
        mark: frozenset(key for what, key, *_ in found if what == mark and key) for mark in ("clarified", "proposed")
    }
    return Marks(
        sign_off,
        unhandled if sign_off else 0,
        points["clarified"],
        points["proposed"],
        sum(mark == "proposed" for mark, *_rest in found),
        together_of(found),
    )


@dataclass(frozen=True)
class Asked:
    """A clarification with what the point says now, and how the alternative differs from it."""

    clarification: Clarification
    changes: tuple[Piece, ...]


def asked(conference: Conference) -> list[Asked]:
    """All that is open, by question. One query."""
    rows = Clarification.objects.of(conference).open().in_order()
    return [_asked(row) for row in rows.select_related("point__question__session", "point__heading", "opened_by")]


def decided(conference: Conference) -> list[Clarification]:
    """The latest decisions, newest first. One query."""
    rows = Clarification.objects.of(conference).exclude(decided_at=None).order_by("-decided_at", "-pk")
    return list(rows.select_related("point__question__session", "opened_by", "decided_by")[:DECIDED_SHOWN])


def _asked(row: Clarification) -> Asked:
    return Asked(row, compare(row.point.text, row.alternative) if row.alternative else ())


@dataclass(frozen=True)
class Proposed:
    """A proposal; `then` is what its point said when it was made, if it says something else now."""

    proposal: Proposal
    then: str
    changes: tuple[Piece, ...]


def proposed(conference: Conference) -> list[Proposed]:
    """All that are open, by question. Two queries."""
    rows = Proposal.objects.of(conference).open().in_order()
    return _proposed(list(rows.select_related(*_OF_PROPOSALS)))


def answered(conference: Conference) -> list[Proposal]:
    """The latest answers, newest first. One query."""
    rows = Proposal.objects.of(conference).exclude(decided_at=None).order_by("-decided_at", "-pk")
    return list(rows.select_related(*_OF_PROPOSALS, "decided_by")[:DECIDED_SHOWN])


_OF_PROPOSALS = ("question__session", "point", "input__table", "heading", "reason", "made_by")


def _proposed(rows: list[Proposal]) -> list[Proposed]:
    points = [row.point_id for row in rows if row.is_of_changed_point]
    wordings = PointRevision.objects.filter(point__in=points).values_list("point", "number", "text")
    then = {(point, number): text for point, number, text in wordings}
    found = []
    for row in rows:
        changes = compare(row.point.text, row.text) if row.kind == "reword" and row.point else ()
        before = then.get((row.point_id or 0, row.point_revision or 0), "") if row.is_of_changed_point else ""
        found.append(Proposed(row, before if row.point and before != row.point.text else "", changes))
    return found


@dataclass(frozen=True)
class Settling:
    """What the page of one point shows."""

    marks: Marks
    open: Asked | None
    decided: tuple[Clarification, ...]
    proposals: tuple[Proposed, ...]


def settling_of(point: Point, question: Question, *, viewer: int | None = None) -> Settling:
    """In four queries, or five when a point with a proposal has changed."""
    rows = point.clarifications.select_related("point", "opened_by", "decided_by").order_by("-pk")
    proposals = point.proposals.filter(decided_at=None).select_related(*_OF_PROPOSALS).order_by("pk")
    return Settling(
        marks_of(question, viewer=viewer),
        next((_asked(row) for row in rows if row.decided_at is None), None),
        tuple(row for row in rows if row.decided_at is not None),
        tuple(_proposed(list(proposals))),
    )


@dataclass(frozen=True)
class Combined:
    """A combined point with its sources; whether the person who looks has had a hand in its words."""

    point: Point
    is_own: bool


def waiting_for_second(question: Question, *, viewer: int) -> list[Combined]:
    """The combined points that nobody has confirmed as they are now, in the report's order. Five queries."""
    sources = PointSource.objects.open().select_related("input__table").order_by("pk")
    points = (
        unconfirmed(Point.objects.filter(question=question))
        .select_related("heading")
        .prefetch_related(Prefetch("sources", sources, to_attr="open_sources"))
        .order_by(F("heading__is_other").asc(nulls_last=True), "heading__position", "heading", "position", "pk")
    )
    rows = list(points)
    hands = writers(rows)
    return [Combined(point, viewer in hands[point.pk]) for point in rows]


def confirmed_number(question: Question) -> int:
    """How many combined points of the question have been confirmed as they are now. One query."""
    points = Point.objects.filter(question=question)
    return combined(points).exclude(pk__in=unconfirmed(points).values("pk")).count()
