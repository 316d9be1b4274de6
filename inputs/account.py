"""The account of every input: per table, per question and in all, what was written and what became of it.

Written = used + set aside + unhandled, in every line and in the sum; what stands beside is counted in them as well.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from conference.models import Conference, Question, Table
from inputs.models import Input, MinutesSheet, SetAside


@dataclass(frozen=True)
class Sums:
    """`written == used + set_aside + unhandled`. `late`, `withdrawal` and `unplaced` are parts of `written`."""

    written: int = 0
    used: int = 0
    set_aside: int = 0
    unhandled: int = 0
    late: int = 0
    withdrawal: int = 0
    unplaced: int = 0

    def __add__(self, other: Self) -> "Sums":
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class TableLine:
    """A table's inputs; `table` is None for what came from no table: from plenary, from the stage, in writing."""

    table: Table | None
    sums: Sums
    undivided: int


@dataclass(frozen=True)
class QuestionLine:
    """A question's inputs, where they count; `question` is None for those that stand under none («uplassert»)."""

    question: Question | None
    sums: Sums


@dataclass(frozen=True)
class ReasonLine:
    """How many are set aside for one reason."""

    code: str
    label: str
    inputs: int


@dataclass(frozen=True)
class Account:
    """`undivided` counts the sheets that hold text which nobody has made inputs of."""

    total: Sums
    tables: tuple[TableLine, ...]
    questions: tuple[QuestionLine, ...]
    reasons: tuple[ReasonLine, ...]
    undivided: int

    @property
    def is_settled(self) -> bool:
        """Every input is accounted for, and so is every sheet."""
        return not (self.total.unhandled or self.total.unplaced or self.undivided)


_COUNTED = {
    "written": Count("pk"),
    "used": Count("pk", filter=Q(lead_source__isnull=False)),
    "put_aside": Count("pk", filter=Q(set_aside__isnull=False)),
    "unhandled": Count("pk", filter=Q(lead_source=None, set_aside=None)),
    "came_late": Count("pk", filter=Q(late=True)),
    "withdrawal": Count("pk", filter=Q(withdrawal_asked_at__isnull=False)),
    "lost": Count("pk", filter=Q(filed_under=None, question=None, set_aside=None)),
}


def read_account(conference: Conference) -> Account:
    """The account as it stands now, in five queries whatever its size."""
    by_table: dict[int | None, Sums] = defaultdict(Sums)
    by_question: dict[int | None, Sums] = defaultdict(Sums)
    cells = (
        Input.objects.filter(conference=conference)
        .annotate(place=Coalesce("filed_under_id", "question_id"))
        .order_by()
        .values_list("table_id", "place")
        .annotate(**_COUNTED)
    )
    for table, place, *numbers in cells:
        by_table[table] += Sums(*numbers)
        by_question[place] += Sums(*numbers)
    undivided: dict[int | None, int] = dict(
        MinutesSheet.objects.of(conference)
        .undivided()
        .order_by()
        .values_list("note_taker__table")
        .annotate(number=Count("pk"))
    )
    tables: Iterable[Table | None] = [*Table.objects.filter(conference=conference).order_by("number"), None]
    questions = Question.objects.filter(session__conference=conference).select_related("session")
    asked: Iterable[Question | None] = [*questions.order_by("session__number", "number"), None]
    return Account(
        total=sum(by_table.values(), Sums()),
        tables=tuple(
            TableLine(one, by_table[_key(one)], undivided.get(_key(one), 0))
            for one in tables
            if one or by_table[None].written
        ),
        questions=tuple(
            QuestionLine(one, by_question[_key(one)]) for one in asked if one or by_question[None].written
        ),
        reasons=tuple(
            ReasonLine(code, label, number)
            for code, label, number in SetAside.objects.open()
            .filter(input__conference=conference)
            .order_by("reason__position", "reason")
            .values_list("reason__code", "reason__label")
            .annotate(number=Count("pk"))
        ),
        undivided=sum(undivided.values()),
    )


def _key(thing: Table | Question | None) -> int | None:
    return thing.pk if thing else None
