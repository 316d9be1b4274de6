"""The first visible sheet of an Excel workbook as rows of text, or a fault for each cell that is no plain value."""

import datetime
import io
import string
import warnings
import zipfile
from contextlib import closing
from itertools import chain
from typing import Any

from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from conference.importers.problems import ImportFault, Problems, fault
from conference.importers.sheet_rows import MAX_COLUMNS, MAX_ROWS, Sheet, SheetRow, sheet_row
from conference.importers.xlsx_archive import open_archive

_EXCEL_COLUMNS = 16_384
# Excel writes the carriage return of a pasted text like this, and openpyxl leaves it.
_CARRIAGE_RETURN = "_x000D_"


def read(data: bytes, name: str) -> Sheet:
    """The rows of the workbook in `data`: numbers, dates, yes and no as text (1.0 is 1, dates are ISO 8601).

    Raises ImportFault: not an XLSX, too large, damaged; formulas, error values, merged cells over rows of data.
    """
    problems = Problems(name)
    with open_archive(data, name) as archive, warnings.catch_warnings():
        # openpyxl warns of what it does not keep (styles, validations); nothing is written back here.
        warnings.simplefilter("ignore")
        try:
            sheet = _read(data, archive, problems)
        except ImportFault:
            raise
        except Exception as error:
            # openpyxl lets through whatever its parsers meet, from KeyError to zlib.error.
            raise fault(name, 1, _("a damaged workbook, expected one that Excel can open")) from error
    problems.check()
    return sheet


def _read(data: bytes, archive: zipfile.ZipFile, problems: Problems) -> Sheet:
    rows: list[SheetRow] = []
    with closing(load_workbook(io.BytesIO(data), read_only=True, keep_links=False)) as workbook:
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        # Any: openpyxl's stubs know no read-only sheet. Only the sheet itself knows its part of the archive; the
        # alternative is to resolve its relations by hand.
        sheet: Any = next(chain(visible, workbook.worksheets))
        merged = _merged_ranges(archive, sheet._worksheet_path, problems)
        # What the file says of its own size may be wrong, and openpyxl would believe it.
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
            if line > MAX_ROWS + 1:
                raise _too_many_rows(problems.file)
            if row := sheet_row(line, [_text(cell, line, n, problems) for n, cell in enumerate(cells, 1)]):
                rows.append(row)
    if rows:
        _refuse_merged(merged, rows[0].line + 1, rows[-1].line, problems)
    return Sheet(tuple(rows))


def _merged_ranges(archive: zipfile.ZipFile, path: str, problems: Problems) -> list[str]:
    """The sheet's merged ranges, which openpyxl leaves out of a read-only workbook.

    Goes through the sheet before openpyxl does, and stops at one that would fill the memory.
    """
    rows = cells = 0
    merged: list[str] = []
    with archive.open(path) as source:
        for event, element in iterparse(source, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                rows += tag == "row"
                cells = cells + (tag == "c") if tag != "row" else 0
            elif tag == "mergeCell":
                merged.append(element.get("ref", ""))
            elif tag == "c" and len(element):
                _refuse_far_cell(element.get("r", ""), cells, rows, problems)
            elif tag == "row":
                element.clear()
            if rows > MAX_ROWS + 1 or cells > _EXCEL_COLUMNS:
                raise _too_many_rows(problems.file)
    return merged


def _refuse_far_cell(reference: str, cells: int, rows: int, problems: Problems) -> None:
    """A value to the right of all that is read. A cell without reference stands where the count of `cells` says."""
    letters = reference.rstrip(string.digits)
    if (column_index_from_string(letters) if letters else cells) > MAX_COLUMNS:
        found = {"cell": reference or f"{get_column_letter(cells)}{rows}", "last": get_column_letter(MAX_COLUMNS)}
        row = int(reference.lstrip(string.ascii_letters) or rows)
        problems.add(row, _("a value in cell %(cell)s, expected none beyond column %(last)s") % found)


def _refuse_merged(merged: list[str], first: int, last: int, problems: Problems) -> None:
    for cells in merged:
        _left, top, _right, bottom = range_boundaries(cells)
        begins = max(top or first, first)
        if begins <= min(bottom or last, last):
            message = _("the cells %(cells)s are merged, expected one row for each input: unmerge them")
            problems.add(begins, message % {"cells": cells})


# A cell is one of two unrelated classes of openpyxl: a read-only cell, or the one that stands for an empty place.
def _text(cell: Any, row: int, column: int, problems: Problems) -> str:
    found = {"cell": f"{get_column_letter(column)}{row}"}
    if cell.data_type == "f":
        problems.add(row, _("a formula in cell %(cell)s, expected values: copy, then paste values") % found)
    elif cell.data_type == "e":
        problems.add(row, _("an error value in cell %(cell)s, expected a text or a number") % found)
    else:
        return _value_text(cell.value)
    return ""


def _value_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value).replace(_CARRIAGE_RETURN, "")


def _too_many_rows(name: str) -> ImportFault:
    numbers = {"rows": MAX_ROWS}
    return fault(name, MAX_ROWS + 2, _("expected at most %(rows)d rows: delete empty rows at the end") % numbers)
