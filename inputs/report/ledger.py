"""The account of every input, as rows: what was said, what became of it, where it stands. Always internal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from conference.models import REHEARSAL_MARKS, Conference, Language
from inputs.levels import choices_of, named
from inputs.models import Input, Point, PointSource
from inputs.models.points import PointQuerySet

CHUNK = 2000  # rows in memory at a time


@dataclass(frozen=True)
class InputRow:
    """One input. `disposition` is used, set_aside or unhandled; `reason` says why it was set aside."""

    id: str
    session: int
    question: int | None
    filed_under: str
    table: int | None
    source: str
    language: str
    kind: str
    priority: bool
    addressees: str
    text: str
    written_at: datetime | None
    received_at: datetime
    late: bool
    disposition: str
    reason: str
    comment: str


@dataclass(frozen=True)
class PointRow:
    """One point of the report. `removed` ones are not in here."""

    id: str
    session: int
    question: int
    heading: str
    text: str
    tables: int
    inputs: int
    addressees: str
    editorial_reason: str


@dataclass(frozen=True)
class LevelRow:
    """One point of a list by level or ministry, with what its tables said."""

    id: str
    question: str
    heading: str
    text: str
    levels: str
    said: str
    tables: int


@dataclass(frozen=True)
class SourceRow:
    """One link from a point to an input; closed ones are the history of the editing."""

    point: str
    input: str
    kind: str
    revision: int
    opened_at: datetime
    opened_by: str
    closed_at: datetime | None
    closed_by: str


@dataclass(frozen=True)
class Ledger:
    """Everything, as iterators that are read once. `mark` stands before each sheet's name: «ØVELSE»."""

    title: str
    mark: str
    inputs: Iterator[InputRow]
    points: Iterator[PointRow]
    sources: Iterator[SourceRow]


def read_ledger(conference: Conference) -> Ledger:
    """The ledger of a conference; rows are fetched while they are read."""
    mark = REHEARSAL_MARKS[Language(conference.language)] if conference.is_rehearsal else ""
    return Ledger(conference.title, mark, _inputs(conference), _points(conference), _sources(conference))


def read_level_rows(points: PointQuerySet, names: Mapping[str, str]) -> Iterator[LevelRow]:
    """The points in their order, with the names of their levels. Two queries."""
    sources = PointSource.objects.open().select_related("input").order_by("pk")
    read = points.select_related("question__session", "heading")
    for point in read.prefetch_related(Prefetch("sources", sources, to_attr="open_sources")):
        behind: list[PointSource] = point.open_sources  # type: ignore[attr-defined]  # prefetched to that name
        yield LevelRow(
            id=point.key.hex,
            question=f"{point.question.session.number}.{point.question.number}",
            heading=point.heading.title if point.heading else "",
            text=point.text,
            levels="; ".join(named(point.addressees, names)),
            said="; ".join(dict.fromkeys(name for source in behind for name in source.input.addressees)),
            tables=len({source.input.table_id for source in behind if source.input.table_id}),
        )


def _inputs(conference: Conference) -> Iterator[InputRow]:
    rows: QuerySet[Input] = (
        Input.objects.filter(conference=conference)
        .select_related("session", "question", "filed_under__session", "table", "set_aside__reason")
        .order_by("pk")
    )
    for entry in rows.iterator(chunk_size=CHUNK):
        filed = entry.filed_under
        aside = entry.set_aside
        yield InputRow(
            id=entry.public_id,
            session=entry.session.number,
            question=entry.question.number if entry.question else None,
            filed_under=f"{filed.session.number}.{filed.number}" if filed else "",
            table=entry.table.number if entry.table else None,
            source=entry.source,
            language=entry.language,
            kind=entry.kind,
            priority=entry.priority,
            addressees="; ".join(entry.addressees),
            text=entry.text,
            written_at=entry.written_at,
            received_at=entry.received_at,
            late=entry.late,
            disposition=entry.disposition,
            reason=aside.reason.label if aside else "",
            comment=aside.comment if aside else "",
        )


def _points(conference: Conference) -> Iterator[PointRow]:
    open_sources = PointSource.objects.open().filter(input__conference=conference)
    names = dict(choices_of(conference))
    tables: dict[int, set[int]] = {}
    numbers: dict[int, int] = {}
    for key, table in open_sources.values_list("point", "input__table"):
        numbers[key] = numbers.get(key, 0) + 1
        if table is not None:
            tables.setdefault(key, set()).add(table)
    rows = (
        Point.objects.standing()
        .filter(question__session__conference=conference)
        .select_related("question__session", "heading")
        .order_by(
            "question__session__number",
            "question__number",
            "heading__is_other",
            "heading__position",
            "position",
            "pk",
        )
    )
    for point in rows.iterator(chunk_size=CHUNK):
        yield PointRow(
            id=point.key.hex,
            session=point.question.session.number,
            question=point.question.number,
            heading=point.heading.title if point.heading else "",
            text=point.text,
            tables=len(tables.get(point.pk, ())),
            inputs=numbers.get(point.pk, 0),
            addressees="; ".join(named(point.addressees, names)),
            editorial_reason=point.editorial_reason,
        )


def _sources(conference: Conference) -> Iterator[SourceRow]:
    rows = (
        PointSource.objects.filter(input__conference=conference)
        .select_related("point", "input", "opened_by", "closed_by")
        .order_by("pk")
    )
    for source in rows.iterator(chunk_size=CHUNK):
        yield SourceRow(
            point=source.point.key.hex,
            input=source.input.public_id,
            kind=source.kind,
            revision=source.input_revision,
            opened_at=source.opened_at,
            opened_by=str(source.opened_by),
            closed_at=source.closed_at,
            closed_by=str(source.closed_by) if source.closed_by else "",
        )
