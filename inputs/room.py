"""The room on the day: which tables are ready, what each has written, and whom to go to.

A fixed number of queries, whatever the number of tables. What follows from the clock alone (a table that has been
silent too long) is found anew at every look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils import timezone

from conference.actions.devices import AWAY
from conference.models import (
    Conference,
    Delivery,
    Device,
    Question,
    Session,
    Table,
)
from conference.phases import Phase
from inputs.models import WITHDRAWN, Input, MinutesSheet

WAITING = timedelta(minutes=2)  # text that has waited so long on a device does not come by itself
QUIET = timedelta(minutes=6)  # without a line, in a session that is open
SOON = timedelta(minutes=10)  # before the end it is time to ask for the questions that nobody has written under


@dataclass(frozen=True)
class Need:
    """Why somebody should go to a table. `code`: waiting, closed, away, quiet, missing."""

    code: str
    since: datetime | None = None
    number: int = 0
    questions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cell:
    """What a table has written under one question."""

    is_asked: bool
    lines: int


@dataclass(frozen=True)
class TableState:
    """One table in one session."""

    table: Table
    cells: tuple[Cell, ...]
    unplaced: int
    has_sheet: bool
    last_line: datetime | None
    seen: datetime | None
    is_here: bool
    is_ready: bool
    waiting: int
    delivered: datetime | None
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Room:
    """All tables of a conference, as they are in one session."""

    session: Session | None
    sessions: tuple[Session, ...]
    questions: tuple[Question, ...]
    tables: tuple[TableState, ...]

    @property
    def writing(self) -> list[TableState]:
        """Those that write on a device; the others are on paper."""
        return [one for one in self.tables if not one.table.on_paper]

    @property
    def ready(self) -> int:
        return sum(one.is_ready for one in self.writing)

    @property
    def on_paper(self) -> int:
        return len(self.tables) - len(self.writing)

    @property
    def delivered(self) -> int:
        return sum(one.delivered is not None for one in self.tables)

    @property
    def to_go_to(self) -> list[TableState]:
        """The tables that need somebody, the most urgent first."""
        found = [one for one in self.tables if one.needs]
        return sorted(found, key=lambda one: (_URGENCY.index(one.needs[0].code), one.table.number))

    @property
    def also_open(self) -> list[Session]:
        """Other sessions that are open: the tables are led to the first of all that are."""
        return [one for one in self.sessions if one.phase == Phase.OPEN and one != self.session]

    @property
    def is_over(self) -> bool:
        return bool(self.sessions) and all(one.phase == Phase.DELIVERED for one in self.sessions)


_URGENCY = ("waiting", "closed", "away", "quiet", "missing")


def look(conference: Conference, number: str = "") -> Room:
    """The room in the session with that number, else in the one that goes on now."""
    sessions = tuple(conference.sessions.order_by("number"))
    session = next((one for one in sessions if str(one.number) == number), None) or _now_on(sessions)
    questions = tuple(session.questions.order_by("number").prefetch_related("tables")) if session else ()
    tables = conference.tables.order_by("number")
    facts = _Facts(conference, session)
    scope = [(question, {table.pk for table in question.tables.all()}) for question in questions]
    return Room(session, sessions, questions, tuple(facts.of(table, scope) for table in tables))


def missing(table: Table, session: Session) -> list[Question]:
    """The questions put to the table that it has written nothing under (R52).

    None when it keeps running minutes that are not divided yet: nobody can say what they answer.
    """
    if MinutesSheet.objects.undivided().filter(session=session, note_taker__table=table).exists():
        return []
    asked = session.questions.filter(Q(tables=None) | Q(tables=table)).order_by("number")
    answered = _standing().filter(table=table, session=session).exclude(question=None).values("question")
    return list(asked.exclude(pk__in=answered))


def _now_on(sessions: tuple[Session, ...]) -> Session | None:
    """The one that goes on; between two of them the next, after the last the last."""
    for phase in (Phase.OPEN, Phase.PLENARY, Phase.PLANNED, Phase.TIDYING):
        found = [one for one in sessions if one.phase == phase]
        if found:
            return found[0]
    return sessions[-1] if sessions else None


def _standing() -> Any:
    """Inputs that no table has taken back, or asked to have taken out."""
    taken_back = Q(set_aside__isnull=False, set_aside__reason__code=WITHDRAWN)
    return Input.objects.filter(withdrawal_asked_at=None).exclude(taken_back)


_NO_DEVICE: dict[str, Any] = {"seen": None, "ready": 0, "unsent": 0, "since": None}


class _Facts:
    """What is stored of all tables: four queries."""

    def __init__(self, conference: Conference, session: Session | None) -> None:
        self.now = timezone.now()
        self.session = session
        self.lines: dict[tuple[int, int | None], int] = {}
        self.last_line: dict[int, datetime] = {}
        rows = _standing().filter(session=session).exclude(table=None).order_by().values("table", "question")
        for row in rows.annotate(lines=Count("pk"), last=Max("received_at")):
            self.lines[row["table"], row["question"]] = row["lines"]
            self._later(row["table"], row["last"])
        sheets = MinutesSheet.objects.undivided().filter(session=session).order_by()
        self.sheets = dict(sheets.values_list("note_taker__table").annotate(Max("received_at")))
        for table, last in self.sheets.items():
            self._later(table, last)
        self.delivered = dict(Delivery.objects.standing().filter(session=session).values_list("table", "at"))
        self.devices = self._devices(conference)

    def _later(self, table: int, moment: datetime) -> None:
        self.last_line[table] = max(moment, self.last_line.get(table, moment))

    def _devices(self, conference: Conference) -> dict[int, dict[str, Any]]:
        """By table. What waits on a device whose code has ended waits all the same."""
        today = timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)
        spoke = Q(tested_at__isnull=False) | Q(seen_at__gt=F("opened_at"))
        works = Q(access_code__revoked_at=None, access_code__valid_until__gt=self.now, seen_at__gte=today)
        found = Device.objects.let_in().filter(access_code__note_taker__table__conference=conference).order_by()
        by_table = found.values(table=F("access_code__note_taker__table"))
        rows = by_table.annotate(
            seen=Max("seen_at"),
            ready=Count("pk", filter=spoke & works),
            unsent=Sum("waiting"),
            since=Min("waiting_since"),
        )
        return {row["table"]: row for row in rows}

    def of(self, table: Table, scope: Sequence[tuple[Question, set[int]]]) -> TableState:
        """The table's state; `scope` holds each question with the tables that it is put to, none for all."""
        device = self.devices.get(table.pk, _NO_DEVICE)
        last = self.last_line.get(table.pk)
        # A line may come from a device that says nothing of itself, where JavaScript is off.
        seen = max((moment for moment in (device["seen"], last) if moment), default=None)
        cells = tuple(
            Cell(not tables or table.pk in tables, self.lines.get((table.pk, question.pk), 0))
            for question, tables in scope
        )
        bare = tuple(
            question.number
            for (question, _tables), cell in zip(scope, cells, strict=True)
            if cell.is_asked and not cell.lines and table.pk not in self.sheets
        )
        return TableState(
            table=table,
            cells=cells,
            unplaced=self.lines.get((table.pk, None), 0),
            has_sheet=table.pk in self.sheets,
            last_line=last,
            seen=seen,
            is_here=seen is not None and self.now - seen < AWAY,
            is_ready=bool(device["ready"]) or last is not None,
            waiting=device["unsent"],
            delivered=self.delivered.get(table.pk),
            needs=() if table.on_paper else tuple(self._needs(table, device, seen, bare)),
        )

    def _needs(
        self, table: Table, device: dict[str, Any], seen: datetime | None, bare: tuple[int, ...]
    ) -> Iterator[Need]:
        if device["since"] and self.now - device["since"] > WAITING:
            yield Need("waiting", device["since"], device["unsent"])
        if self.session is None or table.pk in self.delivered:
            return
        phase, opened = Phase(self.session.phase), self.session.phase_since
        if phase == Phase.OPEN:
            last = self.last_line.get(table.pk)
            if seen is None:
                yield Need("closed")
            elif self.now - seen > AWAY:
                yield Need("away", seen)
            silent_since = max((moment for moment in (last, opened) if moment), default=None)
            if seen and (silent_since is None or self.now - silent_since > QUIET):
                yield Need("quiet", last)
        if bare and self._is_time_to_ask(phase):
            yield Need("missing", questions=bare)

    def _is_time_to_ask(self, phase: Phase) -> bool:
        """For what is not written yet: near the end of group work, and from then on until the session is closed."""
        if phase != Phase.OPEN:
            return phase in {Phase.PLENARY, Phase.TIDYING}
        end = self.session.work_until if self.session else None
        return end is not None and end - self.now < SOON
