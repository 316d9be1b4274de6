"""The data of the package as tables: what each holds, each column explained, and the same as CSV and JSON."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Cell = str | int | bool | datetime | None
Row = Sequence[Cell]

_SESSION = _("Number of the session")
_QUESTION = _("Number of the question in the session; empty where the note stands under none")
_POINT = _("Id of the point, as in the report's JSON")
_INPUT = _("Id of the note: that of its import, else its key")

#: Every table that a package may hold, column by column in their order.
COLUMNS: dict[str, dict[str, Promise]] = {
    "innspill": {
        "id": _INPUT,
        "session": _SESSION,
        "question": _QUESTION,
        "filed_under": _("Where the editors filed it instead, as session.question"),
        "table": _("Number of the table; empty for what came from no table"),
        "source": _("How it came: table, plenary, reply (from the stage), writing, paper, editor"),
        "language": _("Language it was written in"),
        "kind": _("challenge, measure, both, or empty"),
        "priority": _("Marked as important by the table"),
        "addressees": _("Whom the table said it concerns"),
        "text": _("The note as the table left it; empty in the open edition where it must not be spread"),
        "written_at": _("When it was written on the device"),
        "received_at": _("When it reached the server"),
        "late": _("Came after the deadline"),
        "disposition": _("used, set_aside or unhandled: each note is exactly one of them"),
        "reason": _("Why it was set aside"),
        "comment": _("The editors' comment on setting it aside"),
        "writer": _("Name or initials of the note-taker"),
    },
    "punkter": {
        "id": _POINT,
        "session": _SESSION,
        "question": _("Number of the question in the session"),
        "heading": _("Heading that it stands under"),
        "text": _("The point as it stands in the report"),
        "tables": _("How many tables said it"),
        "inputs": _("How many notes it rests on"),
        "addressees": _("Responsible level, as the editors set it"),
        "editorial_reason": _("Why it is there without a source"),
    },
    "kilder": {
        "point": _POINT,
        "input": _INPUT,
        "kind": _("How the note is used: kept, merged, same (said again), split"),
        "revision": _("Number of the note's wording that was read"),
        "opened_at": _("When the two were tied together"),
        "opened_by": _("Who did it"),
        "closed_at": _("When that was undone; empty while it stands"),
        "closed_by": _("Who undid it"),
    },
    "regnskap": {
        "session": _SESSION,
        "question": _QUESTION,
        "inputs": _("Notes that count there: inputs = used + set_aside + unhandled"),
        "used": _("Of them used in a point"),
        "set_aside": _("Of them set aside with a reason"),
        "unhandled": _("Of them neither"),
        "points": _("Points in the report"),
    },
    "ark": {
        "id": _("Id of the running minutes"),
        "session": _SESSION,
        "table": _("Number of the table"),
        "revision": _("How many times it was saved"),
        "left": _("What was not divided into notes; empty in the open edition where it must not be spread"),
        "reason": _("Why the rest was set aside"),
        "writer": _("Name or initials of the note-taker"),
    },
    "bord": {
        "table": _("Number of the table"),
        "name": _("Name of the table"),
    },
    "logg": {
        "at": _("When"),
        "act": _("Id of the act: what one click did shares it"),
        "verb": _("What was done, as a code"),
        "what": _("What was done, in words"),
        "thing": _("Kind of thing it was done to"),
        "id": _("Id of the note, point or heading"),
        "by": _("Who did it: in the open edition person, table or system"),
        "undoes": _("Id of the act that this one undoes"),
    },
    "skribenter": {
        "table": _("Number of the table"),
        "writer": _("Name or initials of the note-taker"),
    },
    "roller": {
        "name": _("Name"),
        "role": _("Role in the conference"),
    },
    "ordlyder": {
        "thing": _("input or point"),
        "id": _("Id of the note or point"),
        "revision": _("Number of the wording, from 1"),
        "text": _("The wording"),
        "by": _("Who wrote it"),
        "at": _("When"),
    },
}


@dataclass(frozen=True)
class DataTable:
    """A table's rows under the columns that this edition has."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def as_json(self) -> list[dict[str, object]]:
        return [dict(zip(self.columns, map(_plain, row), strict=True)) for row in self.rows]

    def as_csv(self) -> bytes:
        return as_csv([self.columns, *self.rows])


def data_table(name: str, rows: Iterable[Row], hidden: frozenset[str] = frozenset()) -> DataTable:
    """The table without its hidden columns; `rows` have all of them."""
    columns = tuple(COLUMNS[name])
    kept = [place for place, column in enumerate(columns) if column not in hidden]
    shown = tuple(tuple(row[place] for place in kept) for row in rows)
    return DataTable(name, tuple(columns[place] for place in kept), shown)


def as_csv(rows: Iterable[Row]) -> bytes:
    """As spreadsheets in Norway read it: UTF-8 with its mark, semicolons."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_guarded(_plain(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    return cell


def _guarded(cell: object) -> object:
    """A text that a spreadsheet would take for a formula begins with an apostrophe; the JSON has it as it was."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return cell
