"""The chapters and what they hold, in reading order."""

from string import ascii_lowercase
from typing import assert_never

from inputs.report.docx.chart import drawing
from inputs.report.docx.contents import place
from inputs.report.docx.look import ACCENT, TINT
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.numbering import DECIMAL, QUESTIONS, item_of
from inputs.report.docx.styles import heading_style
from inputs.report.docx.tables import table
from inputs.report.docx.xml import Element, copied, paragraph, run, w
from inputs.report.model import (
    Chapter,
    Figure,
    IntroducerList,
    Items,
    Paragraph,
    Phrases,
    Point,
    ProgrammeTable,
    Prose,
    QuestionInputs,
    QuestionList,
    Report,
    Signature,
    SubHeading,
    Text,
    TextBlock,
    paragraph_key,
)

# Word hides names that begin with `_` and takes 40 characters: 8 here, and 32 hex digits.
_TRACE = "_rnik_p_"


def write_chapter(manuscript: Manuscript, chapter: Chapter, report: Report) -> None:
    """The heading, numbered by Word, and the blocks; chapters below follow as chapters of their own."""
    style = heading_style(chapter.level, numbered=bool(chapter.number))
    heading = paragraph(style, run(chapter.title))
    manuscript.bookmark(place(chapter), [heading])
    manuscript.add(heading)
    for block in chapter.blocks:
        match block:
            case Prose():
                _prose(manuscript, block, chapter.level, report)
            case QuestionInputs():
                _inputs(manuscript, block, chapter.level, report)
            case QuestionList():
                _questions(manuscript, block)
            case IntroducerList():
                _introducers(manuscript, block)
            case ProgrammeTable():
                _programme(manuscript, block)
            case Figure():
                _figure(manuscript, block, report)
            case Signature():
                _signature(manuscript, block)
            case _:
                assert_never(block)


def _prose(manuscript: Manuscript, prose: Prose, level: int, report: Report) -> None:
    for index, block in enumerate(prose.blocks):
        paragraphs = _text_block(manuscript, block, level)
        if report.internal and prose.key:
            manuscript.bookmark(_TRACE + paragraph_key(prose, index), paragraphs)
        manuscript.add(*paragraphs)


def _text_block(manuscript: Manuscript, block: TextBlock, level: int) -> list[Element]:
    """One paragraph, or one for each item of a list."""
    match block:
        case Paragraph(inlines):
            return [paragraph("Normal", *manuscript.inlines(inlines))]
        case Items(items, numbered):
            if not numbered:
                return [paragraph("ListBullet", *manuscript.inlines(item)) for item in items]
            number = manuscript.lists.begin(DECIMAL)
            return [
                paragraph("ListNumber", *manuscript.inlines(item), properties=(item_of(number),)) for item in items
            ]
        case SubHeading(text):
            return [paragraph(heading_style(level + 1, numbered=False), run(text))]
        case _:
            assert_never(block)


def _inputs(manuscript: Manuscript, block: QuestionInputs, level: int, report: Report) -> None:
    # Readers look for the questions, so they stand out; three of the borders only widen the band.
    borders = (
        w(side, val="single", sz=24, space=space, color=color)
        for side, space, color in (("top", 2, TINT), ("left", 8, ACCENT), ("bottom", 2, TINT), ("right", 8, TINT))
    )
    band = (
        w("pBdr", *borders),
        w("shd", val="clear", color="auto", fill=TINT),
        w("ind", left=220, right=220, firstLine=0),
    )
    look = band if manuscript.own_look else ()  # a ministry's headings look as the ministry has them
    manuscript.add(paragraph(heading_style(level + 1, numbered=False), run(block.label), properties=look))
    prototype = paragraph("ListBullet", run("•"))
    for heading in block.headings:
        manuscript.add(paragraph(heading_style(level + 2, numbered=False), run(heading.title)))
        for point in heading.points:
            bullet = copied(prototype, point.text)
            if report.internal:
                manuscript.bookmark(_TRACE + point.id, [bullet])
                bullet.extend(_table_count(point, report.phrases))
            manuscript.add(bullet)
    if block.empty_note:
        manuscript.add(paragraph("Note", run(block.empty_note)))


def _table_count(point: Point, phrases: Phrases) -> list[Element]:
    """At how many tables it was said: beside the text, outside its bookmark."""
    if point.tables is None:
        return []
    count = phrases.one_table if point.tables == 1 else phrases.many_tables % point.tables
    return [run(f" ({count})", w("rStyle", val="TableCount"))]


def _questions(manuscript: Manuscript, block: QuestionList) -> None:
    """`1)` and below it `a)`, counted by Word; where the numbers skip one, a list of their own begins."""
    number, expected = 0, 0
    for question in block.questions:
        if question.number != expected:
            number = manuscript.lists.begin(QUESTIONS, start=question.number)
        expected = question.number + 1
        manuscript.add(paragraph("ListNumber", run(question.text), properties=(item_of(number),)))
        below = number
        for index, (letter, text) in enumerate(question.subquestions):
            letter_number = ascii_lowercase.find(letter)
            if letter_number not in {index, -1}:
                below = manuscript.lists.begin(QUESTIONS, level=1, start=letter_number + 1)
            manuscript.add(paragraph("ListNumber2", run(text), properties=(item_of(below, 1),)))


def _introducers(manuscript: Manuscript, block: IntroducerList) -> None:
    for one in block.introducers:
        rest = [run(f", {part}") for part in (one.title, one.ministry_name) if part]
        manuscript.add(paragraph("ListBullet", manuscript.inline(Text(one.name, bold=True)), *rest))


def _programme(manuscript: Manuscript, block: ProgrammeTable) -> None:
    manuscript.add(paragraph("Caption", run(block.caption)))
    manuscript.add(
        table(block.header, block.rows, shares=(2, 11, 7), width=manuscript.width, description=block.caption)
    )


def _figure(manuscript: Manuscript, block: Figure, report: Report) -> None:
    """Caption, chart, the same in numbers, notes: all on one page."""
    caption = paragraph("Caption", run(block.label, w("rStyle", val="Mark")), run(f" {block.title}"))
    chart = drawing(manuscript, block, language=report.language_tag, made_at=report.generated_at)
    rows = [(bar.label, str(bar.count), str(bar.percent)) for bar in block.bars]
    manuscript.add(
        caption,
        paragraph("Normal", chart, properties=(w("keepNext"),)),
        table(
            block.header,
            rows,
            shares=(8, 2, 2),
            width=manuscript.width,
            description=block.title,
            figures=2,
            together=True,
        ),
        *(paragraph("Note", run(note)) for note in block.notes),
    )


def _signature(manuscript: Manuscript, block: Signature) -> None:
    for style, text, looks in (
        ("Closing", block.closing, ()),
        ("Signature", block.name, (w("b"), w("bCs"))),
        ("Signature", block.role, (w("rStyle", val="Muted"),)),
    ):
        if text:
            manuscript.add(paragraph(style, run(text, *looks)))
