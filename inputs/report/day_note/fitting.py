"""The rule of the two pages: the fullest edition of the note that is sure to find room.

What is left out is counted; what is shortened ends in «…».
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from unicodedata import east_asian_width

from inputs.report.day_note.model import DayNote, Grid, Section


@dataclass(frozen=True)
class _Room:
    """How much is let in: lines of a part, characters of a line, parts of a section, rows of a table."""

    lines: int
    characters: int
    parts: int = 200
    rows: int = 12


# From the fullest to what two pages hold of a conference of any size.
_ROOMS = (
    _Room(5, 220),
    _Room(4, 200),
    _Room(3, 180),
    _Room(3, 140),
    _Room(2, 140),
    _Room(2, 100),
    _Room(1, 120),
    _Room(1, 80),
    _Room(1, 80, parts=20, rows=8),
    _Room(1, 60, parts=8, rows=5),
    _Room(1, 30, parts=5, rows=3),
)
# Points of height on two pages, less what the breaks may waste and what the estimate may be wrong by.
_TWO_PAGES = 2 * 722 - 100
_LONGEST_TITLE = 170
_LONGEST_CELL = 90


def fitted(note: DayNote) -> DayNote:
    """The note in the fullest edition that finds room on two pages."""
    for room in _ROOMS:
        made = _within(note, room)
        if height(made) <= _TWO_PAGES:
            return made
    return made


def shortened(text: str, most: int) -> str:
    """`text` on one line, at most `most` characters of it; between two words where there is room for that."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 2]
    words = kept.rpartition(" ")[0]
    return (words if len(words) > most // 2 else kept).rstrip(" ,.;:–-") + " …"


def _within(note: DayNote, room: _Room) -> DayNote:
    return replace(
        note,
        about=tuple(shortened(line, _LONGEST_TITLE) for line in note.about),
        numbers=_grid(note.numbers, room, note.more),
        sections=tuple(_section(section, room, note.more) for section in note.sections),
        steps=_grid(note.steps, room, note.more),
    )


def _section(section: Section, room: _Room, more: str) -> Section:
    parts = tuple(
        replace(
            part,
            title=shortened(part.title, min(_LONGEST_TITLE, 2 * room.characters)),
            lines=tuple(replace(line, text=shortened(line.text, room.characters)) for line in part.lines[:most]),
            more=_left(len(part.lines) - most, more),
        )
        for part in section.parts[: room.parts]
        # Lines under the section's own title are all that there is of their kind.
        for most in [room.lines if part.title else 2 * room.lines]
    )
    return replace(section, parts=parts, more=_left(len(section.parts) - room.parts, more))


def _left(number: int, more: str) -> str:
    return more % number if number > 0 else ""


def _grid(grid: Grid, room: _Room, more: str) -> Grid:
    """The last row sums up or ends, so what is left out stands before it."""
    rows = grid.rows
    if len(rows) > room.rows:
        left_out = (more % (len(rows) - room.rows), *[""] * (len(grid.header) - 1))
        rows = (*rows[: room.rows - 1], left_out, rows[-1])
    return replace(
        grid, rows=tuple(tuple(shortened(cell, min(room.characters, _LONGEST_CELL)) for cell in row) for row in rows)
    )


# --- how high it will be, in points, with the styles of docx/day_note.py ---


def height(note: DayNote) -> float:
    """An estimate that is rather too high than too low."""
    return 34 + sum(_high(line, 88, 13.5) for line in note.about) + sum(_heights(note))


def _heights(note: DayNote) -> Iterator[float]:
    for grid in (note.numbers, note.steps):
        width = 88 // len(grid.header)
        yield 30 + _high(grid.lead, 88, 12.5) + 20
        yield from (max(_high(cell, width, 11.5) for cell in row) + 6 for row in grid.rows)
    for section in note.sections:
        yield 30 + _high(section.note, 92, 12) + (13 if section.more else 0)
        for part in section.parts:
            yield _high(f"{part.title} {part.aside}", 80, 12.5) + 8 if part.title else 0
            yield from (_high(f"{line.text} {line.aside}", 82, 12.5) + 2 for line in part.lines)
            yield 14 if part.more else 0


def _high(text: str, width: int, line: float) -> float:
    wide = len(text) + sum(east_asian_width(sign) in "WF" for sign in text)
    return ceil(wide / width) * line
