"""The ledger as a workbook: inputs, points, sources. Internal; every text is a text, never a formula."""

from collections.abc import Iterable
from dataclasses import astuple, fields
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from inputs.report.ledger import InputRow, Ledger, PointRow, SourceRow

MAX_CELL = 32_767  # characters; Excel cuts or refuses what is longer
WIDE = frozenset({"text", "comment", "reason"})


def render(ledger: Ledger, at: datetime) -> bytes:
    """The workbook's bytes. `at` is its date of creation."""
    book = Workbook(write_only=True)
    book.properties.title = ledger.title
    book.properties.creator = "RNIK"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    _sheet(book, gettext("Inputs"), InputRow, ledger.inputs)
    _sheet(book, gettext("Points"), PointRow, ledger.points)
    _sheet(book, gettext("Sources"), SourceRow, ledger.sources)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, row_type: type, rows: Iterable[Any]) -> None:
    sheet = book.create_sheet(title)
    names = [field.name for field in fields(row_type)]
    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 70 if name in WIDE else 16
    head = []
    for name in names:
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    top = Alignment(vertical="top", wrap_text=True)
    for row in rows:
        sheet.append([_cell(sheet, value, top) for value in astuple(row)])


def _cell(sheet: Any, value: object, alignment: Alignment) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("□", value)[:MAX_CELL])
    # Whatever it begins with, it is what somebody wrote: openpyxl would take «=…» for a formula.
    cell.data_type = "s"
    if "\n" in value or len(value) > 60:
        cell.alignment = alignment
    return cell
