"""The ledger as a workbook: inputs, points, sources. Internal; every text is a text, never a formula."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from inputs.report.cells import cell_text
from inputs.report.ledger import InputRow, Ledger, PointRow, SourceRow

MAX_CELL = 32_767  # characters; Excel cuts or refuses what is longer
WIDE = frozenset({"text", "comment", "reason", "point", "became"})


def render(ledger: Ledger, at: datetime) -> bytes:
    """The workbook's bytes. `at` is its date of creation."""
    book = _book(ledger.title, at)
    _sheet(book, ledger.mark, gettext("Inputs"), InputRow, ledger.inputs)
    _sheet(book, ledger.mark, gettext("Points"), PointRow, ledger.points)
    _sheet(book, ledger.mark, gettext("Sources"), SourceRow, ledger.sources)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def write_rows(
    out: IO[bytes],
    title: str,
    sheet: str,
    row_type: type,
    rows: Iterable[Any],
    *,
    names: Mapping[str, str],
    at: datetime,
) -> None:
    """A workbook of one sheet, written to `out` row by row: what is in memory does not grow with the rows.

    `names` says what stands over the columns that it knows.
    """
    book = _book(title, at)
    _sheet(book, "", sheet, row_type, rows, called=names)
    book.save(out)


def _book(title: str, at: datetime) -> Workbook:
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "RNIK"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    return book


def _sheet(
    book: Workbook,
    mark: str,
    title: str,
    row_type: type,
    rows: Iterable[Any],
    *,
    called: Mapping[str, str] | None = None,
) -> None:
    sheet = book.create_sheet(f"{mark} {title}".strip())
    names = [field.name for field in fields(row_type)]
    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 70 if name in WIDE else 16
    head = []
    for name in names:
        cell = WriteOnlyCell(sheet, (called or {}).get(name, name))
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        # Not astuple(): it copies every value deeply, which costs more than writing it.
        sheet.append([_cell(sheet, getattr(row, name)) for name in names])


def _cell(sheet: Any, value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if not isinstance(value, str):
        return value
    text = cell_text(ILLEGAL_CHARACTERS_RE.sub("□", value))[:MAX_CELL]
    if not text.startswith(("=", "#")):
        return text
    # Whatever it begins with, it is what somebody wrote: openpyxl would take «=…» for a formula, «#N/A» for an error.
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
