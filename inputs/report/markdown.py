"""The report as one Markdown file: CommonMark, with tables (GFM) for the programme and the survey.

Headings as in the HTML, every point one bullet. What people wrote stays text whatever signs it holds: a
backslash stands before each sign that could mean something where it stands.
"""

import re
from collections.abc import Iterable, Iterator
from string import punctuation
from typing import assert_never

from inputs.report.model import (
    Block,
    Figure,
    Inline,
    IntroducerList,
    Items,
    Link,
    Paragraph,
    Phrases,
    Point,
    ProgrammeTable,
    Prose,
    QuestionInputs,
    QuestionList,
    QuestionText,
    Report,
    Signature,
    SubHeading,
    Text,
    TextBlock,
)
from rnik.lib.markup import SAFE_LINK

LOWEST_HEADING = 6
# Signs with a meaning anywhere in a line; «&» only where it would begin an entity.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
# Signs with a meaning at the start of a line: headings, lists, quotes, lines under headings and tables.
_LINE_START = re.compile(r"^(?:[-+#=:]|[0-9]{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
# The last sign of a heading would be taken for its frame.
_HEADING_END = re.compile(r"(?<!\\)#$")
_INDENT = re.compile(r"^[ \t]", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def render(report: Report) -> str:
    """The whole file. The same report gives the same text."""
    facts, phrases = report.facts, report.phrases
    marks = [phrases.draft] * report.draft + [phrases.internal] * report.internal
    day = report.written_date
    parts = [
        _heading(1, facts.title),
        *(f"**{_line(mark)}**" for mark in marks),
        _line(report.subtitle),
        ", ".join(_line(part) for part in (day, facts.venue, facts.address) if part),
    ]
    for chapter in report.all_chapters():
        level = chapter.level + 1  # the report's title is the first level
        parts.append(_heading(level, f"{chapter.number} {chapter.title}".strip()))
        for block in chapter.blocks:
            parts.extend(_block(block, level, phrases))
    parts += ["---", _line(phrases.made_on)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, level: int, phrases: Phrases) -> Iterable[str]:
    """The parts of a block, to be set apart by empty lines; `level` is that of the chapter's heading."""
    match block:
        case Prose(blocks):
            return (_text_block(text, level) for text in blocks)
        case Signature(closing, name, role):
            return ["\\\n".join(_line(line) for line in (closing, name, role) if line)]
        case ProgrammeTable(caption, header, rows):
            return [f"**{_line(caption)}**" if caption else "", _table(header, rows)]
        case IntroducerList(introducers):
            people = (
                ", ".join([f"**{_line(s.name)}**", *(_line(p) for p in (s.title, s.ministry_name) if p)])
                for s in introducers
            )
            return ["\n".join(f"- {person}" for person in people)]
        case QuestionList(questions):
            return ["\n".join(line for question in questions for line in _question(question))]
        case QuestionInputs():
            return _inputs(block, level, phrases)
        case Figure():
            title = f"**{_line(block.label)}** {_line(block.title)}"
            bars = [(bar.label, str(bar.count), f"{bar.percent}\u00a0%") for bar in block.bars]
            return [title, _table(block.header, bars), *map(_line, block.notes)]
        case _:
            assert_never(block)


def _text_block(block: TextBlock, level: int) -> str:
    match block:
        case Paragraph(inlines):
            return _inlines(inlines)
        case Items(items, numbered):
            marks = (f"{n}." if numbered else "-" for n in range(1, len(items) + 1))
            return "\n".join(f"{mark} {_inlines(item)}" for mark, item in zip(marks, items, strict=True))
        case SubHeading(text):
            return _heading(level + 1, text)
        case _:
            assert_never(block)


def _question(question: QuestionText) -> Iterator[str]:
    """The marks are text, «1)» and «a)»: they are the question's own and no list may count them anew."""
    yield f"- **{question.number})** {_item(question.text)}"
    for letter, text in question.subquestions:
        yield f"  - **{_line(letter)})** {_item(text, indent=4)}"


def _inputs(block: QuestionInputs, level: int, phrases: Phrases) -> Iterator[str]:
    yield _heading(level + 1, block.label)
    yield _line(block.empty_note)
    for heading in block.headings:
        yield _heading(level + 2, heading.title)
        yield "\n".join(f"- {_item(point.text)}{_behind(point, phrases)}" for point in heading.points)


def _behind(point: Point, phrases: Phrases) -> str:
    """A bullet below the point (internal edition): how many tables, which inputs (table, use), whom it is for."""
    if point.tables is None:
        return ""
    tables = phrases.one_table if point.tables == 1 else phrases.many_tables % point.tables
    sources = (
        f"{s.input} ({s.kind})" if s.table is None else f"{s.input} ({s.table}, {s.kind})" for s in point.sources
    )
    parts = (tables, ", ".join(sources), ", ".join(point.addressees))
    return "\n  - " + _line(" · ".join(part for part in parts if part))


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [tuple(map(_line, header)), ("---",) * len(header), *(tuple(map(_line, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _heading(level: int, text: str) -> str:
    marks = "#" * min(level, LOWEST_HEADING)
    return marks + " " + _HEADING_END.sub(r"\#", _line(text))


# --- text as text ---------------------------------------------------------------------------------------------


def _line(text: str) -> str:
    """`text` on one line."""
    return _escape(text.replace("\n", " "))


def _item(text: str, indent: int = 2) -> str:
    """`text` in a list item: a new line is a hard break, an empty one a new paragraph of the same item."""
    margin = " " * indent
    paragraphs = (_escape(part).replace("\n", f"\\\n{margin}") for part in _EMPTY_LINES.split(text))
    return f"\n\n{margin}".join(paragraphs)


def _escape(text: str) -> str:
    r"""`text` so that a reader sees exactly it: «1. *a*» becomes «1\. \*a\*»."""
    return _escape_starts(_escape_signs(text))


def _escape_signs(text: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", text)


def _escape_starts(text: str) -> str:
    text = _LINE_START.sub(lambda start: start[0] + "\\" if start[0].isdecimal() else "\\" + start[0], text)
    # A blank there would be dropped, or make the line code.
    return _INDENT.sub(lambda blank: f"&#{ord(blank[0])};", text)


def _inlines(inlines: tuple[Inline, ...]) -> str:
    """One line in its styles."""
    parts = []
    for before, run, after in zip((None, *inlines), inlines, (*inlines[1:], None), strict=False):
        match run:
            case Link(text, href) if SAFE_LINK.match(href):
                parts.append(f"[{_escape_signs(text)}]({_escape_signs(href)})")
            case Text(text, italic, bold) if italic or bold:
                mark = "*" * (italic + 2 * bold)
                parts.append(mark + _escape_signs(text) + mark)
            case _:
                parts.append(_plain(run.text, before, after))
    return _escape_starts("".join(parts))


def _plain(text: str, before: Inline | None, after: Inline | None) -> str:
    """A run without style, between two others.

    A star is a mark of style only if what is around it fits: in «a*(b)*c» none does. The letter outside is then
    written as a number, whose «;» fits anything.
    """
    first = last = ""
    if text and isinstance(before, Text) and _clashes(text[0], before.text[-1:]):
        first, text = f"&#{ord(text[0])};", text[1:]
    if text and isinstance(after, Text) and _clashes(text[-1], after.text[:1]):
        last, text = f"&#{ord(text[-1])};", text[:-1]
    if text.endswith("!") and isinstance(after, Link):
        last, text = "\\!", text[:-1]  # else the link would be a picture
    return first + _escape_signs(text) + last


def _clashes(outside: str, inside: str) -> bool:
    return not inside.isalnum() and not outside.isspace() and outside not in punctuation
