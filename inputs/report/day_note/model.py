"""«Dagsnotatet»: what the political leadership wants the same afternoon, on at most two pages.

Everything is worded before it gets here, as in the report's model.
"""

from dataclasses import dataclass

from inputs.report.model import Report


@dataclass(frozen=True)
class Line:
    """`aside` is said beside it in a lower voice: at how many tables, in which session."""

    text: str
    aside: str = ""


@dataclass(frozen=True)
class Part:
    """Lines below a title of their own, below the section's when it is empty. `more` tells how many were left out."""

    title: str
    lines: tuple[Line, ...]
    aside: str = ""
    more: str = ""


@dataclass(frozen=True)
class Section:
    """`note` stands below the lines; it says how they were chosen, or that there are none."""

    title: str
    parts: tuple[Part, ...] = ()
    note: str = ""
    more: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: `lead` is the sentence above it. The last `figures` columns hold numbers."""

    title: str
    lead: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int = 0


@dataclass(frozen=True)
class DayNote:
    """`frame` is the report without its chapters: what it is about, in which language, made when."""

    frame: Report
    title: str
    about: tuple[str, ...]
    numbers: Grid
    sections: tuple[Section, ...]
    steps: Grid
    more: str  # «og %d til»
