"""What an editor has on the desk: one question's inputs and its part of the report, in a fixed number of queries."""

import uuid
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Prefetch, Q

from conference.models import Question
from inputs.models import Heading, Input, MinutesSheet, Point, PointSource, SetAside
from inputs.models.inputs import InputQuerySet
from inputs.models.points import PointQuerySet

PAGE = 50  # unhandled inputs shown at a time


@dataclass(frozen=True)
class Numbers:
    """A question's counts, `inputs == used + set_aside + unhandled`; the last two are those of its session."""

    inputs: int
    used: int
    set_aside: int
    unhandled: int
    unplaced: int
    undivided: int

    @property
    def handled(self) -> int:
        return self.used + self.set_aside


@dataclass(frozen=True)
class PointRow:
    """A point with its open sources, and the numbers of the tables that they came from."""

    point: Point
    sources: tuple[PointSource, ...]
    tables: tuple[int, ...]


@dataclass(frozen=True)
class HeadingRow:
    """A heading with its points; `heading` is None for those that stand under none."""

    heading: Heading | None
    points: tuple[PointRow, ...]


@dataclass(frozen=True)
class Desk:
    """`next_after` is the key of the last input shown when there are more, else None."""

    numbers: Numbers
    unhandled: tuple[Input, ...]
    next_after: uuid.UUID | None
    headings: tuple[HeadingRow, ...]
    aside: tuple[SetAside, ...]
    unplaced: tuple[Input, ...]

    @property
    def points(self) -> int:
        return sum(len(row.points) for row in self.headings)


def read_desk(question: Question, *, after: uuid.UUID | None = None) -> Desk:
    """The question as it stands; unhandled inputs from the one after `after` in the order of arrival."""
    here = Input.objects.counted_under(question)
    shown = list(_from(here.unhandled(), question, after).select_related("table")[: PAGE + 1])
    aside = SetAside.objects.open().filter(input__in=here).select_related("input__table", "reason", "opened_by")
    unplaced = _unplaced(question).in_order_of_arrival().select_related("table")[:PAGE]
    return Desk(
        numbers=_numbers(question),
        unhandled=tuple(shown[:PAGE]),
        next_after=shown[PAGE - 1].key if len(shown) > PAGE else None,
        headings=_report(question),
        aside=tuple(aside),
        unplaced=tuple(unplaced),
    )


def page_of(entry: Input, question: Question) -> uuid.UUID | None:
    """After which input the desk's list must begin for the unhandled `entry` to stand on it; None: at the start."""
    earlier = Q(received_at__lt=entry.received_at) | Q(received_at=entry.received_at, pk__lt=entry.pk)
    before = Input.objects.counted_under(question).unhandled().filter(earlier).in_order_of_arrival()
    if before.count() < PAGE:
        return None
    last = before.last()
    return last.key if last else None


def point_rows(points: PointQuerySet) -> list[PointRow]:
    """The points with what is behind each, in the report's order, those without heading last. Two queries."""
    sources = PointSource.objects.open().select_related("input__table").order_by("pk")
    read = points.select_related("heading").prefetch_related(Prefetch("sources", sources, to_attr="open_sources"))
    return sorted((_row(point) for point in read.order_by("position", "pk")), key=_place)


def _row(point: Point) -> PointRow:
    sources: list[PointSource] = point.open_sources  # type: ignore[attr-defined]  # prefetched to that name
    tables = {source.input.table.number for source in sources if source.input.table}
    return PointRow(point, tuple(sources), tuple(sorted(tables)))


def _place(row: PointRow) -> tuple[bool, bool, int, int]:
    heading = row.point.heading
    return (False, heading.is_other, heading.position, heading.pk) if heading else (True, False, 0, 0)


def _report(question: Question) -> tuple[HeadingRow, ...]:
    """Every heading, also those that are empty, and last the points without one, if there are any."""
    standing = point_rows(Point.objects.standing().filter(question=question))
    rows = {key: tuple(found) for key, found in groupby(standing, lambda row: row.point.heading_id)}
    headings = Heading.objects.standing().filter(question=question)
    report = [HeadingRow(heading, rows.get(heading.pk, ())) for heading in headings]
    return (*report, *([HeadingRow(None, rows[None])] if None in rows else []))


def _from(inputs: InputQuerySet, question: Question, after: uuid.UUID | None) -> InputQuerySet:
    """Those that arrived after `after`; all of them when it names nothing of the question."""
    ordered = inputs.order_by("received_at", "pk")
    last = Input.objects.counted_under(question).filter(key=after).first() if after else None
    return ordered.after(last)


def _unplaced(question: Question) -> InputQuerySet:
    return Input.objects.filter(session=question.session).without_question().filter(set_aside=None)


def _numbers(question: Question) -> Numbers:
    counted = Input.objects.counted_under(question).aggregate(
        inputs=Count("pk"),
        used=Count("pk", filter=Q(lead_source__isnull=False)),
        put_aside=Count("pk", filter=Q(set_aside__isnull=False)),
        unhandled=Count("pk", filter=Q(lead_source=None, set_aside=None)),
    )
    return Numbers(
        inputs=counted["inputs"],
        used=counted["used"],
        set_aside=counted["put_aside"],
        unhandled=counted["unhandled"],
        unplaced=_unplaced(question).count(),
        undivided=MinutesSheet.objects.filter(session=question.session).undivided().count(),
    )
