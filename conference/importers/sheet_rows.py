"""The rows of a spreadsheet before anyone knows what they mean: what CSV and XLSX have in common."""

from dataclasses import dataclass

MAX_ROWS = 100_000
MAX_COLUMNS = 64


@dataclass(frozen=True)
class SheetRow:
    """`line` is where the row begins: a line of the CSV, a row of the XLSX. Empty cells at the end are left out."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The rows that hold anything, the headings first. `separator` is the CSV's, empty for XLSX."""

    rows: tuple[SheetRow, ...]
    separator: str = ""


def sheet_row(line: int, cells: list[str]) -> SheetRow | None:
    """The row without empty cells at its end; None if nothing is left."""
    length = len(cells)
    while length and not cells[length - 1].strip():
        length -= 1
    return SheetRow(line, tuple(cells[:length])) if length else None
