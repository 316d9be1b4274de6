"""What a chapter holds, as HTML: prose, lists, tables, questions, points, figures. All texts are escaped here."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import assert_never

from inputs.report import chart
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
    Signature,
    SubHeading,
    Text,
    TextBlock,
)
from rnik.lib.markup import SAFE_LINK

LOWEST_HEADING = 6


def heading_html(level: int, content: str, anchor: str, css: str) -> str:
    """A heading that is a link to itself; `content` is HTML."""
    level, anchor = min(level, LOWEST_HEADING), escape(anchor)
    return f'<h{level} class="{css}" id="{anchor}"><a href="#{anchor}">{content}</a></h{level}>'


def block_html(block: Block, level: int, unique: str, phrases: Phrases) -> Iterable[str]:
    """`level` is that of the chapter's heading; `unique` starts whatever ids the block needs."""
    match block:
        case Prose(blocks):
            return (_text_block(text, level) for text in blocks)
        case Signature(closing, name, role):
            lines = [escape(closing), f"<strong>{escape(name)}</strong>" if name else "", escape(role)]
            return [f'<p class="report-signature">{"<br>".join(line for line in lines if line)}</p>']
        case ProgrammeTable():
            return _programme(block)
        case IntroducerList(introducers):
            people = (
                ", ".join(
                    [f"<strong>{escape(s.name)}</strong>", *(escape(p) for p in (s.title, s.ministry_name) if p)]
                )
                for s in introducers
            )
            return _list("ul", people)
        case QuestionList(questions):
            return _questions(questions)
        case QuestionInputs():
            return _inputs(block, level, phrases)
        case Figure():
            return _figure(block, unique)
        case _:
            assert_never(block)


def _list(tag: str, items: Iterable[str], attributes: str = "") -> Iterator[str]:
    """A list of `items`, which are HTML."""
    yield f"<{tag}{attributes}>"
    for item in items:
        yield f"<li>{item}</li>"
    yield f"</{tag}>"


def prose_html(blocks: Iterable[TextBlock], level: int = 2) -> str:
    """Written text alone, as it stands in a chapter whose heading is of that level."""
    return "\n".join(_text_block(block, level) for block in blocks)


def _text_block(block: TextBlock, level: int) -> str:
    match block:
        case Paragraph(inlines):
            return f"<p>{inlines_html(inlines)}</p>"
        case Items(items, numbered):
            return "\n".join(_list("ol" if numbered else "ul", (inlines_html(item) for item in items)))
        case SubHeading(text):
            below = min(level + 1, LOWEST_HEADING)
            return f'<h{below} class="report-subheading">{escape(text)}</h{below}>'
        case _:
            assert_never(block)


def inlines_html(inlines: tuple[Inline, ...]) -> str:
    """Runs of a line in their styles, and links that are safe."""
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Link(text, href):
            if not SAFE_LINK.match(href):
                return escape(text)
            return f'<a href="{escape(href)}">{escape(text)}</a>'
        case Text(text, italic, bold):
            content = escape(text)
            content = f"<em>{content}</em>" if italic else content
            return f"<strong>{content}</strong>" if bold else content
        case _:
            assert_never(inline)


def _programme(table: ProgrammeTable) -> Iterator[str]:
    yield '<table class="report-programme">'
    yield f"<caption>{escape(table.caption)}</caption>"
    yield from _table_head(table.header)
    yield "<tbody>"
    for time, title, who in table.rows:
        yield f'<tr><th scope="row">{escape(time)}</th><td>{escape(title)}</td><td>{escape(who)}</td></tr>'
    yield "</tbody>"
    yield "</table>"


def _table_head(header: tuple[str, str, str]) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{escape(word)}</th>' for word in header)
    yield f"<thead><tr>{cells}</tr></thead>"


def _questions(questions: tuple[QuestionText, ...]) -> Iterator[str]:
    """The marks are text, «1)» and «a)»: they are the question's own and no list may count them anew."""
    yield '<ul class="report-questions">'
    for question in questions:
        yield f"<li>{_marked(str(question.number), question.text)}"
        if question.subquestions:
            yield from _list("ul", (_marked(letter, text) for letter, text in question.subquestions))
        yield "</li>"
    yield "</ul>"


def _marked(mark: str, text: str) -> str:
    return f'<span class="report-letter">{escape(mark)})</span> {lines_html(text)}'


def lines_html(text: str) -> str:
    """A text of several lines."""
    return escape(text).replace("\n", "<br>")


def _inputs(block: QuestionInputs, level: int, phrases: Phrases) -> Iterator[str]:
    yield heading_html(level + 1, escape(block.label), block.anchor, "report-question")
    if block.empty_note:
        yield f'<p class="report-note">{escape(block.empty_note)}</p>'
    for heading in block.headings:
        css = "report-title report-missing" if heading.is_missing else "report-title"
        yield heading_html(level + 2, escape(heading.title), heading.anchor, css)
        if heading.points:
            yield '<ul class="report-points">'
            for point in heading.points:
                # A point may be in any language: its first letter says which way it reads.
                yield (
                    f'<li id="{escape(point.anchor)}" dir="auto">{lines_html(point.text)}{_permalink(point, phrases)}'
                    f"{_behind(point, phrases)}</li>"
                )
            yield "</ul>"


def _permalink(point: Point, phrases: Phrases) -> str:
    """The point's own address, to send to somebody; seen when the point is pointed at, or reached by the keyboard."""
    return f'<a class="report-permalink" href="#{escape(point.anchor)}" aria-label="{escape(phrases.to_point)}"></a>'


def _behind(point: Point, phrases: Phrases) -> str:
    """The small print of the internal edition: how many tables, which inputs (table, use), whom it is for."""
    if point.tables is None:
        return ""
    tables = phrases.one_table if point.tables == 1 else phrases.many_tables % point.tables
    sources = (
        f"{s.input} ({s.kind})" if s.table is None else f"{s.input} ({s.table}, {s.kind})" for s in point.sources
    )
    parts = (tables, ", ".join(sources), ", ".join(point.addressees))
    return f'<small class="report-behind" dir="ltr">{escape(" · ".join(part for part in parts if part))}</small>'


def _figure(figure: Figure, unique: str) -> Iterator[str]:
    label, title = escape(figure.label), escape(figure.title)
    yield '<figure class="report-figure">'
    yield f"<figcaption><strong>{label}</strong> {title}</figcaption>"
    yield chart.svg(figure, unique=unique)
    yield f"<details><summary>{escape(' · '.join(figure.header))}</summary>"
    yield f"<table><caption>{label} {title}</caption>"
    yield from _table_head(figure.header)
    yield "<tbody>"
    for bar in figure.bars:
        yield (f'<tr><th scope="row">{escape(bar.label)}</th><td>{bar.count}</td><td>{bar.percent}\u00a0%</td></tr>')
    yield "</tbody>"
    yield "</table>"
    yield "</details>"
    for note in figure.notes:
        yield f'<p class="report-note">{escape(note)}</p>'
    yield "</figure>"
