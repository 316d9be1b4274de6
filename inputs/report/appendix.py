"""«Fra innspill til punkt»: each input as a row, and what became of it. Always internal; read once, while written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from inputs.models import InputKind, InputSource, SourceKind
from inputs.models.inputs import InputQuerySet

CHUNK = 2000  # rows in memory at a time


@dataclass(frozen=True)
class AppendixRow:
    """One input and one point that it went into; an input of two points has two rows, any other has one.

    `became` is what happened to it in words; `point` is the report's text, or empty.
    """

    id: str
    table: int | None
    said_under: str
    filed_under: str
    source: str
    kind: str
    star: bool
    late: bool
    text: str
    became: str
    heading: str
    point: str
    point_id: str
    comment: str
    by: str
    at: datetime | None


_FIELDS = (
    "external_id",
    "key",
    "table__number",
    "session__number",
    "question__number",
    "filed_under__session__number",
    "filed_under__number",
    "source",
    "kind",
    "priority",
    "late",
    "text",
    "use__kind",
    "use__point__heading__title",
    "use__point__text",
    "use__point__key",
    "use__opened_by__name",
    "use__opened_by__username",
    "use__opened_at",
    "set_aside__reason__label",
    "set_aside__comment",
    "set_aside__opened_by__name",
    "set_aside__opened_by__username",
    "set_aside__opened_at",
)


def read_appendix(inputs: InputQuerySet) -> Iterator[AppendixRow]:
    """The rows of these inputs in their order, by one query that is read while it is written out."""
    rows = inputs.annotate(use=FilteredRelation("uses", condition=Q(uses__closed_at=None)))
    ordered = rows.order_by(*inputs.query.order_by, F("use__pk").asc(nulls_first=True))
    for values in ordered.values_list(*_FIELDS).iterator(chunk_size=CHUNK):
        yield _row(dict(zip(_FIELDS, values, strict=True)))


def column_names() -> dict[str, str]:
    """What stands over each column, in the reader's language."""
    return {
        "id": gettext("Input"),
        "table": gettext("Table"),
        "said_under": gettext("Said under"),
        "filed_under": gettext("Filed under"),
        "source": gettext("How it reached us"),
        "kind": gettext("Kind"),
        "star": gettext("Marked as important"),
        "late": gettext("After the deadline"),
        "text": gettext("As it was said"),
        "became": gettext("What became of it"),
        "heading": gettext("Heading"),
        "point": gettext("Text in the report"),
        "point_id": gettext("Point"),
        "comment": gettext("Comment"),
        "by": gettext("By"),
        "at": gettext("When"),
    }


def _row(found: dict[str, object]) -> AppendixRow:
    get = found.get
    return AppendixRow(
        id=str(get("external_id") or get("key")),
        table=get("table__number"),  # type: ignore[arg-type]  # the columns' own types, row by row
        said_under=_place(get("session__number"), get("question__number")),
        filed_under=_place(get("filed_under__session__number"), get("filed_under__number")),
        source=str(InputSource(str(get("source"))).label),
        kind=str(InputKind(str(get("kind"))).label) if get("kind") else "",
        star=bool(get("priority")),
        late=bool(get("late")),
        text=str(get("text")),
        became=_became(found),
        heading=str(get("use__point__heading__title") or ""),
        point=str(get("use__point__text") or ""),
        point_id=_hex(get("use__point__key")),
        comment=str(get("set_aside__comment") or ""),
        by=_name(found, "use") or _name(found, "set_aside"),
        at=_local(get("use__opened_at") or get("set_aside__opened_at")),
    )


def _hex(key: object) -> str:
    return key.hex if isinstance(key, UUID) else ""


def _place(session: object, question: object) -> str:
    return "" if session is None else f"{session}.{question}" if question is not None else str(session)


def _name(found: dict[str, object], deed: str) -> str:
    return str(found[f"{deed}__opened_by__name"] or found[f"{deed}__opened_by__username"] or "")


def _became(found: dict[str, object]) -> str:
    if found["use__kind"]:
        return f"{pgettext('an input', 'used')}: {SourceKind(str(found['use__kind'])).label}"
    if found["set_aside__reason__label"]:
        return f"{pgettext('an input', 'set aside')}: {found['set_aside__reason__label']}"
    return pgettext("an input", "remaining")


def _local(at: object) -> datetime | None:
    """As the clock on the wall: a workbook knows no time zone."""
    return localtime(at) if isinstance(at, datetime) else None
