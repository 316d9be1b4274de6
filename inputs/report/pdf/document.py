"""The report as the plain data that report.typ reads: a flat list of blocks, each with a `kind`.

Only the report's texts and fixed phrases are in here; what they look like is in report.typ. Every string is untrusted
and is shown as it stands.
"""

from dataclasses import asdict
from typing import Any, assert_never
from urllib.parse import quote

from inputs.report.model import (
    Block,
    Chapter,
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
    Report,
    Signature,
    SubHeading,
    Text,
    TextBlock,
)

Json = dict[str, Any]  # what json.dumps takes; report.typ has one function for each kind
LONGEST_ADDRESS = 2000  # characters; Typst refuses above 8000


def document(report: Report) -> Json:
    """Everything that report.typ needs, as dictionaries, lists, strings and numbers."""
    facts, phrases = report.facts, report.phrases
    language, _, region = report.language_tag.partition("-")
    day = report.written_date
    return {
        "title": facts.title,
        "subtitle": report.subtitle,
        "authors": [m.name_nn if language == "nn" and m.name_nn else m.name for m in report.ministries],
        "lang": language,
        "region": region,
        "place": [line for line in (day, facts.venue, facts.address) if line],
        "made_on": phrases.made_on,
        "unreadable": phrases.unreadable,
        "marks": [phrases.draft] * report.draft + [phrases.internal] * report.internal,
        "contents": phrases.contents,
        "page": phrases.page,
        "of": phrases.of,
        "blocks": [block for chapter in report.all_chapters() for block in _chapter(chapter, phrases)],
    }


def _chapter(chapter: Chapter, phrases: Phrases) -> list[Json]:
    title = {"kind": "chapter", "level": chapter.level, "number": chapter.number, "text": chapter.title}
    return [title] + [shape for block in chapter.blocks for shape in _block(block, chapter.level, phrases)]


def _block(block: Block, level: int, phrases: Phrases) -> list[Json]:
    """The block in a chapter of that level. Most are one shape; prose and inputs are several."""
    match block:
        case Prose(blocks):
            return [_text_block(text, level) for text in blocks]
        case QuestionInputs():
            return _inputs(block, level, phrases)
        case IntroducerList(introducers):
            items = [
                [
                    _run(Text(s.name, bold=True)),
                    *(_run(Text(f", {part}")) for part in (s.title, s.ministry_name) if part),
                ]
                for s in introducers
            ]
            return [{"kind": "list", "numbered": False, "items": items}]
        case QuestionList():
            return [{"kind": "questions", **asdict(block)}]
        case ProgrammeTable():
            return [{"kind": "programme", **asdict(block)}]
        case Figure():
            return [{"kind": "figure", **asdict(block)}]
        case Signature():
            return [{"kind": "signature", **asdict(block)}]
        case _:
            assert_never(block)


def _text_block(block: TextBlock, level: int) -> Json:
    match block:
        case Paragraph(inlines):
            return {"kind": "paragraph", "runs": [_run(inline) for inline in inlines]}
        case Items(items, numbered):
            return {"kind": "list", "numbered": numbered, "items": [[_run(i) for i in item] for item in items]}
        case SubHeading(text):
            return {"kind": "heading", "level": level + 1, "text": text}
        case _:
            assert_never(block)


def _run(inline: Inline) -> Json:
    match inline:
        case Link(text, href):
            # A PDF's address is ASCII; one too long for the format stays as text.
            href = quote(href, safe=":/?#[]@!$&'()*+,;=%~")
            return {
                "text": text,
                "italic": False,
                "bold": False,
                "href": href if len(href) <= LONGEST_ADDRESS else "",
            }
        case Text(text, italic, bold):
            return {"text": text, "italic": italic, "bold": bold, "href": ""}
        case _:
            assert_never(inline)


def _inputs(block: QuestionInputs, level: int, phrases: Phrases) -> list[Json]:
    blocks: list[Json] = [{"kind": "question", "level": level + 1, "text": block.label}]
    for heading in block.headings:
        blocks.append({"kind": "heading", "level": level + 2, "text": heading.title})
        blocks.append({"kind": "points", "items": [_point(point, phrases) for point in heading.points]})
    if block.empty_note:
        blocks.append({"kind": "note", "text": block.empty_note})
    return blocks


def _point(point: Point, phrases: Phrases) -> Json:
    """The bullet and, in the internal edition, at how many tables it was said."""
    if point.tables is None:
        return {"text": point.text, "tables": ""}
    return {
        "text": point.text,
        "tables": phrases.one_table if point.tables == 1 else phrases.many_tables % point.tables,
    }
