"""Raw notes from the tables, as CSV or as the first sheet of an XLSX: one row, one note.

What needs the database (does the session exist, is the id known with another text) is the caller's to check.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from conference.importers import csv_sheet, xlsx_sheet
from conference.importers.problems import Problems, fault, shown
from conference.importers.reading import check_size
from conference.importers.records import MAX_SMALL
from conference.importers.sheet_rows import Sheet, SheetRow
from conference.importers.xlsx_archive import OLD_OFFICE_SIGNATURE, is_archive
from rnik.lib.text import clean_line, clean_text

REQUIRED = ("id", "session", "question", "table", "text")
OPTIONAL = ("subquestion", "language", "kind", "heading", "addressees", "priority", "written_at")
COLUMNS = REQUIRED + OPTIONAL
#: What the columns may be called as well.
NORWEGIAN = {
    "bolk": "session",
    "spørsmål": "question",
    "bord": "table",
    "tekst": "text",
    "innspill": "text",
    "underspørsmål": "subquestion",
    "språk": "language",
    "type": "kind",
    "overskrift": "heading",
    "adressater": "addressees",
    "viktig": "priority",
    "skrevet": "written_at",
}

MAX_TEXT = 10_000  # characters, after cleaning
MAX_ID = 100
MAX_HEADING = 200
MAX_ADDRESSEE = 100
MAX_LANGUAGE = 20
KINDS = ("challenge", "measure", "both")
NORWEGIAN_KINDS = {"utfordring": "challenge", "tiltak": "measure", "begge": "both", "begge deler": "both"}
# As people write them, and as spreadsheets do.
YES = ("yes", "ja", "1", "true")
NO = ("no", "nei", "0", "false", "")
OSLO = ZoneInfo("Europe/Oslo")
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


@dataclass(frozen=True)
class InputRow:
    """One note. `line` is where it stands in the file; `session`, `question` and `table` are numbers.

    Empty `language` and `kind` mean that the file does not say. `written_at` is aware; a time without zone is Oslo's.
    """

    line: int
    id: str
    session: int
    question: int | None
    table: int | None
    text: str
    subquestion: str = ""
    language: str = ""
    kind: str = ""
    heading: str = ""
    addressees: tuple[str, ...] = ()
    priority: bool = False
    written_at: datetime | None = None


def read(data: bytes, name: str) -> tuple[InputRow, ...]:
    """The notes in `data`, in the file's order. `name` is what problems call the file, and promises its format.

    Raises ImportFault with everything that is wrong. No id stands twice.
    """
    sheet = _sheet(data, name)
    problems = Problems(name)
    columns = _columns(sheet, name)
    lines: dict[str, int] = {}
    rows = []
    for row in sheet.rows[1:]:
        if len(row.cells) > len(columns):
            problems.add(row.line, _too_many_cells(row, len(columns), sheet.separator))
            continue
        note = _input_row(_Cells(row, columns, problems))
        if note.id in lines:
            found = {"id": shown(note.id), "line": lines[note.id]}
            problems.add(
                row.line, _("the id %(id)s stands already in line %(line)d, expected each only once") % found
            )
        elif note.id:
            lines[note.id] = row.line
        rows.append(note)
    problems.check()
    return tuple(rows)


def _sheet(data: bytes, name: str) -> Sheet:
    """The rows, by what the bytes are. A name that promises something else is a fault: so are files mistaken."""
    check_size(data, name)
    if data.startswith(OLD_OFFICE_SIGNATURE):
        message = _("an old Excel file, or one with a password, expected .xlsx without password or CSV")
        raise fault(name, 1, message)
    if is_archive(data):
        return xlsx_sheet.read(data, name)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        message = _("named as an Excel workbook but is not one, expected .xlsx (a CSV file must be named .csv)")
        raise fault(name, 1, message)
    return csv_sheet.read(data, name)


def _columns(sheet: Sheet, name: str) -> tuple[str, ...]:
    """The names in the heading row. Case and blanks do not matter. Raises ImportFault: unknown, twice, missing."""
    if not sheet.rows:
        raise fault(name, 1, _("no rows, expected the columns %(known)s") % {"known": ", ".join(REQUIRED)})
    headings = sheet.rows[0]
    problems = Problems(name)
    names = ("_".join(re.split(r"[\s_-]+", clean_line(cell).casefold())) for cell in headings.cells)
    columns = tuple(NORWEGIAN.get(name, name) for name in names)
    for number, column in enumerate(columns):
        found = {"column": shown(headings.cells[number]), "known": ", ".join(COLUMNS)}
        if column not in COLUMNS:
            problems.add(headings.line, _("unknown column %(column)s, expected some of: %(known)s") % found)
        elif column in columns[:number]:
            problems.add(headings.line, _("the column %(column)s twice, expected once") % found)
    for column in REQUIRED:
        if column not in columns:
            problems.add(headings.line, _("the column %(column)s is missing") % {"column": shown(column)})
    problems.check()
    return columns


def _too_many_cells(row: SheetRow, columns: int, separator: str) -> str:
    numbers = {"cells": len(row.cells), "columns": columns, "separator": shown(separator)}
    if not separator:
        return _("%(cells)d cells, expected %(columns)d: a cell without a heading above it") % numbers
    message = _(
        '%(cells)d cells, expected %(columns)d: put text that holds %(separator)s between quotation marks (")'
    )
    return message % numbers


class _Cells:
    """The cells of one row by the name of their column, and where to tell what is wrong with them."""

    def __init__(self, row: SheetRow, columns: tuple[str, ...], problems: Problems) -> None:
        self.line = row.line
        self._cells = dict(zip(columns, row.cells, strict=False))
        self._problems = problems

    def wrong(self, column: str, expected: str) -> None:
        found = {"column": column, "cell": shown(self._cells.get(column, "")), "expected": expected}
        self._problems.add(self.line, _("%(column)s: %(cell)s, expected %(expected)s") % found)

    def text(self, column: str) -> str:
        return clean_text(self._cells.get(column, ""))

    def short(self, column: str, longest: int) -> str:
        found = clean_line(self._cells.get(column, ""))
        if len(found) > longest:
            self.wrong(column, _("at most %(longest)d characters") % {"longest": longest})
        return found

    def number(self, column: str) -> int | None:
        """A whole number above 0; `1.0` is 1, as spreadsheets save it."""
        found = clean_line(self._cells.get(column, ""))
        match = _WHOLE.match(found)
        number = int(match[1]) if match else 0
        if found and not 1 <= number <= MAX_SMALL:
            self.wrong(column, _("a whole number above 0"))
        return number or None

    def word(self, column: str, known: tuple[str, ...]) -> str:
        found = clean_line(self._cells.get(column, "")).casefold()
        found = NORWEGIAN_KINDS.get(found, found)
        if found and found not in known:
            self.wrong(column, _("one of: %(words)s") % {"words": ", ".join(filter(None, known))})
        return found


def _input_row(cells: _Cells) -> InputRow:
    external_id = cells.short("id", MAX_ID)
    if not external_id:
        cells.wrong("id", _("an id that no other row has, so that the file can be read in again"))
    session = cells.number("session")
    if session is None and not cells.text("session"):
        cells.wrong("session", _("the number of a session"))
    question = cells.number("question")
    text = cells.text("text")
    if not text:
        cells.wrong("text", _("what was said"))
    if len(text) > MAX_TEXT:
        numbers = {"longest": MAX_TEXT, "length": len(text)}
        cells.wrong("text", _("at most %(longest)d characters (here are %(length)d)") % numbers)
    return InputRow(
        line=cells.line,
        id=external_id,
        session=session or 0,
        question=question,
        table=cells.number("table"),
        text=text,
        subquestion=_subquestion(cells, question),
        language=_language(cells),
        kind=cells.word("kind", KINDS),
        heading=cells.short("heading", MAX_HEADING),
        addressees=_addressees(cells),
        priority=cells.word("priority", YES + NO) in YES,
        written_at=_written_at(cells),
    )


def _subquestion(cells: _Cells, question: int | None) -> str:
    letter = cells.text("subquestion").removesuffix(")").casefold()
    if letter and not (len(letter) == 1 and letter.isalpha()):
        cells.wrong("subquestion", _("one letter"))
    elif letter and question is None:
        cells.wrong("subquestion", _("a question's number beside it"))
    return letter


def _language(cells: _Cells) -> str:
    tag = cells.short("language", MAX_LANGUAGE)
    if tag and not _LANGUAGE.match(tag):
        cells.wrong("language", _("a short tag such as nb, nn, en or so-Latn"))
    primary, hyphen, rest = tag.partition("-")
    return primary.lower() + hyphen + rest


def _addressees(cells: _Cells) -> tuple[str, ...]:
    """Between semicolons, each once, as they stand."""
    names = [clean_line(name) for name in cells.text("addressees").split(";")]
    if any(len(name) > MAX_ADDRESSEE for name in names):
        cells.wrong("addressees", _("names of at most %(longest)d characters") % {"longest": MAX_ADDRESSEE})
    return tuple(dict.fromkeys(filter(None, names)))


def _written_at(cells: _Cells) -> datetime | None:
    found = cells.text("written_at")
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        moment = None
    # The databases hold more years than these, but not all that Python does.
    if moment is None or not 1900 <= moment.year < 2200:
        cells.wrong("written_at", _("a date and time such as 2024-05-22T10:15"))
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=OSLO)
