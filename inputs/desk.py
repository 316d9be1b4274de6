"""What an editor has on the desk: one question's inputs and its part of the report, in a fixed number of queries."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext

from conference.models import Conference, Question
from inputs.models import (
    EarlierTitle,
    Heading,
    Input,
    MinutesSheet,
    Point,
    PointSource,
    SetAside,
    heading_names,
)
from inputs.models.inputs import InputQuerySet, counts_under
from inputs.models.points import PointQuerySet
from inputs.suggestions import in_order_of_likeness
from rnik.lib.text import fold

PAGE = 500  # unhandled inputs shown at a time: all of them, but for a question that is a conference of its own
TITLES = 300  # earlier titles offered for completion
#: What the list says of an input that remains: of five hundred, the rest would cost as much as it.
OF_A_LINE = ("key", "text", "language", "source", "kind", "priority", "late", "withdrawal_asked_at", "table__number")
UNPLACED = 50  # inputs of no question shown; the list of inputs has them all


@dataclass(frozen=True)
class Sieve:
    """Which of the inputs that remain are shown: all of them, unless something is asked for."""

    after: uuid.UUID | None = None
    table: int | None = None
    kind: str = ""
    star: bool = False
    words: str = ""
    by_likeness: bool = False

    @property
    def narrows(self) -> bool:
        return bool(self.after or self.table is not None or self.kind or self.star or self.words)

    def of(self, inputs: InputQuerySet) -> InputQuerySet:
        if self.table is not None:
            inputs = inputs.filter(table__number=self.table)
        if self.kind:
            inputs = inputs.filter(kind=self.kind)
        if self.star:
            inputs = inputs.filter(priority=True)
        for word in fold(self.words).split():
            inputs = inputs.filter(search_text__contains=word)
        return inputs


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
class PointOnDesk:
    """A point as the desk lists it: what was said for it is read when somebody opens it. `sources`: how many."""

    point: Point
    sources: int
    tables: tuple[int, ...]


@dataclass(frozen=True)
class HeadingRow:
    """A heading with its points; `heading` is None for those that stand under none.

    `name` is what it is called, also while it has no title; `pile` is its number among the headings.
    """

    heading: Heading | None
    points: tuple[PointOnDesk, ...]
    name: str = ""
    pile: int = 0


@dataclass(frozen=True)
class Desk:
    """`next_after` is the key of the last input shown when there are more, else None."""

    numbers: Numbers
    unhandled: tuple[Input, ...]
    next_after: uuid.UUID | None
    piles: tuple[HeadingRow, ...]
    headings: tuple[HeadingRow, ...]
    aside: tuple[SetAside, ...]
    unplaced: tuple[Input, ...]

    @property
    def points(self) -> int:
        return sum(len(row.points) for row in self.headings)


def read_desk(question: Question, sieve: Sieve = Sieve()) -> Desk:
    """The question as it stands, with the unhandled inputs that `sieve` lets through."""
    shown, next_after = remaining(question, sieve)
    piles = piles_of(question)
    return Desk(
        numbers=numbers_of(question),
        unhandled=tuple(shown),
        next_after=next_after,
        piles=piles,
        headings=report_of(question, piles),
        aside=aside_of(question),
        unplaced=unplaced_of(question),
    )


def remaining(question: Question, sieve: Sieve = Sieve()) -> tuple[list[Input], uuid.UUID | None]:
    """The unhandled inputs that are shown, by arrival or by likeness, and the key of the last when there are more."""
    unhandled = sieve.of(Input.objects.counted_under(question).unhandled())
    unhandled = unhandled.select_related("table").only(*OF_A_LINE)
    if sieve.by_likeness:
        place = _places_by_likeness(question)
        first, last = place.get(sieve.after, -1) + 1, len(place)  # last what came while this was read
        shown = [one for one in unhandled if place.get(one.key, last) >= first]
        shown.sort(key=lambda one: place.get(one.key, last))
    else:
        shown = list(_from(unhandled, question, sieve.after)[: PAGE + 1])
    return shown[:PAGE], shown[PAGE - 1].key if len(shown) > PAGE else None


def _places_by_likeness(question: Question) -> dict[uuid.UUID | None, int]:
    """By key, where each of the question's inputs stands when those that are alike lie side by side.

    Also those that are handled have a place, so that no act puts the others in another order.
    """
    everything = list(Input.objects.counted_under(question).order_by("received_at", "pk").only("key", "text"))
    return {one.key: number for number, one in enumerate(in_order_of_likeness(everything))}


def aside_of(question: Question) -> tuple[SetAside, ...]:
    """The decisions by which inputs of the question are set aside, the oldest first."""
    here = Input.objects.counted_under(question)
    return tuple(SetAside.objects.open().filter(input__in=here).select_related("input__table", "reason", "opened_by"))


def unplaced_of(question: Question) -> tuple[Input, ...]:
    """What was said in the session and belongs to no question yet."""
    return tuple(_unplaced(question).in_order_of_arrival().select_related("table")[:UNPLACED])


def tables_of(question: Question) -> list[int]:
    """The numbers of the tables that have said something under the question."""
    said = Input.objects.counted_under(question).filter(table__isnull=False)
    return list(said.order_by("table__number").values_list("table__number", flat=True).distinct())


def earlier_titles(conferences: QuerySet[Conference]) -> list[str]:
    """Every title that a heading of these conferences has or has had: what a pile may be called, to be completed."""
    now = Heading.objects.filter(question__session__conference__in=conferences).exclude(title="")
    before = EarlierTitle.objects.filter(heading__question__session__conference__in=conferences)
    titles = now.order_by().values_list("title").union(before.order_by().values_list("title"))
    return [title for (title,) in titles.order_by("title")[:TITLES]]


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


def _on_desk(points: PointQuerySet) -> list[PointOnDesk]:
    """The points in the report's order, with how many inputs and which tables are behind each. Two queries."""
    behind: dict[int, list[int | None]] = {}
    sources = PointSource.objects.open().filter(point__in=points)
    for key, table in sources.values_list("point", "input__table__number"):
        behind.setdefault(key, []).append(table)
    rows = []
    for point in points.select_related("heading").order_by("position", "pk"):
        tables = behind.get(point.pk, [])
        rows.append(PointOnDesk(point, len(tables), tuple(sorted({one for one in tables if one is not None}))))
    return sorted(rows, key=_place)


def _place(row: PointRow | PointOnDesk) -> tuple[bool, bool, int, int]:
    heading = row.point.heading
    return (False, heading.is_other, heading.position, heading.pk) if heading else (True, False, 0, 0)


def piles_of(question: Question) -> tuple[HeadingRow, ...]:
    """The question's headings, without their points."""
    headings = list(Heading.objects.standing().filter(question=question))
    names = heading_names(headings)
    return tuple(HeadingRow(heading, (), names[heading.pk], pile) for pile, heading in enumerate(headings, 1))


def report_of(
    question: Question, piles: Sequence[HeadingRow], only: Collection[int | None] | None = None
) -> tuple[HeadingRow, ...]:
    """Every heading with its points, also those that are empty, and last the points without one, if there are any.

    With `only`, those of the keys in it.
    """
    points = Point.objects.standing().filter(question=question)
    if only is not None:
        wanted = Q(heading__in=[key for key in only if key])
        points = points.filter(wanted | Q(heading=None) if None in only else wanted)
        piles = [row for row in piles if row.heading and row.heading.pk in only]
    found = {key: tuple(rows) for key, rows in groupby(_on_desk(points), lambda row: row.point.heading_id)}
    report = [replace(row, points=found.get(row.heading.pk, ())) for row in piles if row.heading]
    return (*report, *([HeadingRow(None, found[None], gettext("Without heading"))] if None in found else []))


def _from(inputs: InputQuerySet, question: Question, after: uuid.UUID | None) -> InputQuerySet:
    """Those that arrived after `after`; all of them when it names nothing of the question."""
    ordered = inputs.order_by("received_at", "pk")
    last = Input.objects.counted_under(question).filter(key=after).first() if after else None
    return ordered.after(last)


def _unplaced(question: Question) -> InputQuerySet:
    return Input.objects.filter(session=question.session).without_question().filter(set_aside=None)


def numbers_of(question: Question) -> Numbers:
    """The counts as they are now."""
    here = Q(counts_under(question))
    lost = Q(session=question.session_id, question=None, filed_under=None, set_aside=None)
    counted = Input.objects.filter(here | lost).aggregate(
        inputs=Count("pk", filter=here),
        used=Count("pk", filter=here & Q(lead_source__isnull=False)),
        put_aside=Count("pk", filter=here & Q(set_aside__isnull=False)),
        unhandled=Count("pk", filter=here & Q(lead_source=None, set_aside=None)),
        unplaced=Count("pk", filter=lost),
    )
    return Numbers(
        inputs=counted["inputs"],
        used=counted["used"],
        set_aside=counted["put_aside"],
        unhandled=counted["unhandled"],
        unplaced=counted["unplaced"],
        undivided=MinutesSheet.objects.filter(session=question.session).undivided().count(),
    )
