"""CSV, as programs and people save it: comma or semicolon, texts over several lines, with or without BOM."""

import csv
import io

from django.utils.translation import gettext as _

from conference.importers.problems import fault
from conference.importers.reading import decode
from conference.importers.sheet_rows import MAX_ROWS, Sheet, SheetRow, sheet_row


def read(data: bytes, name: str) -> Sheet:
    """The rows of the CSV in `data`. Raises ImportFault: not UTF-8, bad quotes, cut off, more than 100,000 rows."""
    text = decode(data, name)
    separator = _separator(text)
    # `strict` makes an unfinished quote an error; newline="" keeps the line ends inside of quotes as they are.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[SheetRow] = []
    widths: list[int] = []
    while True:
        begins = lines.line_num + 1
        try:
            cells = next(lines)
        except StopIteration:
            break
        except csv.Error as error:
            raise fault(name, begins, _quote_message(error)) from error
        if row := sheet_row(begins, cells):
            rows.append(row)
            widths.append(len(cells))
        if len(rows) > MAX_ROWS + 1:
            raise fault(name, begins, _("expected at most %(rows)d rows") % {"rows": MAX_ROWS})
    # Programs may leave out empty cells at the end of a row, but then they end the line.
    if rows and widths[-1] < widths[0] and not text.endswith(("\n", "\r")):
        numbers = {"cells": widths[-1], "columns": widths[0]}
        message = _("the file ends in a row with %(cells)d cells, expected %(columns)d (cut off?)") % numbers
        raise fault(name, rows[-1].line, message)
    return Sheet(tuple(rows), separator)


def _separator(text: str) -> str:
    """The sign that parts the headings: they hold none of their own."""
    headings = text.lstrip().partition("\n")[0]
    return ";" if headings.count(";") > headings.count(",") else ","


def _quote_message(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return _("a quotation mark opens here and never closes, expected its end (file cut off?)")
    if "field limit" in str(error):
        return _("a cell that does not end, expected a closing quotation mark")
    return _('text after a closing quotation mark, expected the separator (inside of quotes write "" for ")')
