"""One chapter as the HTML that a publishing system takes: headings, paragraphs, lists and links, nothing else.

No classes, no ids, no numbers of chapters: they mean something only within the report. The chapter's own title is an
<h2>, since the page that it is pasted into has its <h1>. Every text is escaped, here and in html_blocks.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import assert_never

from inputs.report.html_blocks import LOWEST_HEADING, inlines_html, lines_html
from inputs.report.model import (
    Block,
    Chapter,
    Figure,
    IntroducerList,
    Items,
    Paragraph,
    ProgrammeTable,
    Prose,
    QuestionInputs,
    QuestionList,
    Signature,
    SubHeading,
    TextBlock,
)

TOP = 2


def render_chapter(chapter: Chapter) -> str:
    """The chapter with all below it, an element a line. The same chapter gives the same text."""
    return "\n".join(_chapter(chapter, TOP)) + "\n"


def _chapter(chapter: Chapter, level: int) -> Iterator[str]:
    yield _heading(level, chapter.title)
    for block in chapter.blocks:
        yield from _block(block, level)
    for part in chapter.chapters:
        yield from _chapter(part, level + 1)


def _heading(level: int, text: str) -> str:
    level = min(level, LOWEST_HEADING)
    return f"<h{level}>{escape(text)}</h{level}>"


def _paragraph(*lines: str) -> str:
    return f"<p>{'<br>'.join(escape(line) for line in lines if line)}</p>"


def _list(items: Iterable[str], tag: str = "ul") -> Iterator[str]:
    """A list of `items`, which are HTML."""
    yield f"<{tag}>"
    for item in items:
        yield f"<li>{item}</li>"
    yield f"</{tag}>"


def _block(block: Block, level: int) -> Iterable[str]:
    match block:
        case Prose(blocks):
            return (line for text in blocks for line in _text_block(text, level))
        case Signature(closing, name, role):
            return [_paragraph(closing, name, role)]
        case ProgrammeTable():
            rows = (f"{time} {', '.join(filter(None, [title, who]))}" for time, title, who in block.rows)
            return _list(escape(row) for row in rows)
        case IntroducerList(introducers):
            people = (", ".join(filter(None, [one.name, one.title, one.ministry_name])) for one in introducers)
            return _list(escape(one) for one in people)
        case QuestionList(questions):
            # In their own numbers, which the points refer to; a list would count anew.
            asked = [(f"{one.number})", one) for one in questions]
            return _list(
                f"{mark} {lines_html(one.text)}"
                + "".join(f"<br>{escape(letter)}) {lines_html(text)}" for letter, text in one.subquestions)
                for mark, one in asked
            )
        case QuestionInputs():
            return _inputs(block, level + 1)
        case Figure():
            return _figure(block)
        case _:
            assert_never(block)


def _text_block(block: TextBlock, level: int) -> Iterable[str]:
    match block:
        case Paragraph(inlines):
            return [f"<p>{inlines_html(inlines)}</p>"]
        case Items(items, numbered):
            return _list((inlines_html(item) for item in items), "ol" if numbered else "ul")
        case SubHeading(text):
            return [_heading(level + 1, text)]
        case _:
            assert_never(block)


def _inputs(block: QuestionInputs, level: int) -> Iterator[str]:
    yield _heading(level, block.label)
    if block.empty_note:
        yield _paragraph(block.empty_note)
    for heading in block.headings:
        yield _heading(level + 1, heading.title)
        yield from _list(lines_html(point.text) for point in heading.points)


def _figure(figure: Figure) -> Iterator[str]:
    """The chart's numbers: a picture is no text that can be pasted."""
    yield _paragraph(f"{figure.label} {figure.title}")
    yield from _list(f"{escape(bar.label)}: {bar.percent}\u00a0%" for bar in figure.bars)
    for note in figure.notes:
        yield _paragraph(note)
