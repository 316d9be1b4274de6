"""At how many tables a point was said, so that merging hides nothing that one table said. Never a vote."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce

from conference.models import Question
from inputs.desk import PointRow, point_rows
from inputs.models import WITHDRAWN, Input, Point, PointSource, SetAside
from inputs.models.points import PointQuerySet
from inputs.models.setting_aside import SetAsideQuerySet

#: Set aside, but nothing that a table said is lost by it: it stands elsewhere, or the table took it back.
_NOTHING_LOST = (WITHDRAWN, "duplicate", "test")


@dataclass(frozen=True)
class Mention:
    """A point said at `tables` of the `of` tables that had its question."""

    row: PointRow
    of: int

    @property
    def tables(self) -> int:
        return len(self.row.tables)


@dataclass(frozen=True)
class Lonely:
    """What one table alone said in a question: points that rest on it alone, and what of it is not in the report."""

    points: tuple[Mention, ...]
    aside: tuple[SetAside, ...]
    several: tuple[Mention, ...]


def said_at(points: PointQuerySet, tables: str) -> PointQuerySet:
    """Those that rest on `one` table, on `several`, or on `none`."""
    linked = PointSource.objects.open().filter(point__in=points.order_by().values("pk"))
    counted = linked.order_by().values("point").annotate(tables=Count("input__table", distinct=True))
    match tables:
        case "one":
            return points.filter(pk__in=counted.filter(tables=1).values("point"))
        case "several":
            return points.filter(pk__in=counted.filter(tables__gt=1).values("point"))
    return points.exclude(pk__in=counted.filter(tables__gt=0).values("point"))


def tables_asked(question: Question) -> int:
    """How many tables had the question: those it was put to, else all; and any whose words were filed there."""
    put_to = question.tables.all() if question.tables.exists() else question.session.conference.tables.all()
    said = Input.objects.counted_under(question).exclude(table=None)
    return len({*put_to.values_list("pk", flat=True), *said.order_by().values_list("table", flat=True).distinct()})


def read_lonely(question: Question) -> Lonely:
    """The question's points by how many tables are behind them, and what was set aside. Seven queries."""
    of = tables_asked(question)
    mentions = [Mention(row, of) for row in point_rows(Point.objects.standing().filter(question=question))]
    aside = (
        _aside()
        .annotate(place=Coalesce("input__filed_under_id", "input__question_id"))
        .filter(place=question.pk)
        .select_related("input__table", "reason")
        .order_by("input__table__number", "pk")
    )
    return Lonely(
        points=tuple(one for one in mentions if one.tables == 1),
        aside=tuple(aside),
        several=tuple(sorted((one for one in mentions if one.tables > 1), key=lambda one: -one.tables)),
    )


def count_lonely(questions: Sequence[Question]) -> dict[int, int]:
    """How many points and settings aside of one table alone each of the questions has. Two queries."""
    keys = [one.pk for one in questions]
    points = said_at(Point.objects.standing().filter(question__in=keys), "one")
    found = dict.fromkeys(keys, 0) | dict(points.order_by().values_list("question").annotate(number=Count("pk")))
    aside = _aside().annotate(place=Coalesce("input__filed_under_id", "input__question_id")).filter(place__in=keys)
    for key, number in aside.order_by().values_list("place").annotate(number=Count("pk")):
        found[key] += number
    return found


def _aside() -> SetAsideQuerySet:
    """What one table said, and no point rests on: set aside, for a reason by which it is gone."""
    used = PointSource.objects.open().filter(input=OuterRef("input"))
    kept = SetAside.objects.open().exclude(input__table=None).exclude(reason__code__in=_NOTHING_LOST)
    return kept.filter(~Exists(used))
