r"""The small safe markup of chapter texts: paragraphs, italics, bold, links, lists, one kind of sub-heading.

    A paragraph ends at a blank line. *Italics*, **bold**, [a link](https://example.org).
    - a list item begins with a hyphen and a space
    1. a numbered item with a number and a full stop
    ## A sub-heading stands alone on its line
    A backslash before a sign takes away its meaning: 5 \* 3

There is no raw HTML and no way to nest. `parse(dumps(blocks)) == blocks` for whatever `parse` gives.
"""

import re
from dataclasses import dataclass
from typing import assert_never

SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'\\()]+\Z", re.IGNORECASE)
_SPECIAL = re.compile(r"([\\*\[\]])")
_ESCAPE = re.compile(r"\\([\\*\[\]#.-])")
_TOKEN = re.compile(
    r"\\(?P<sign>[\\*\[\]#.-])"
    # *italic*, **bold**, ***both***: no blanks just inside the marks, no further stars.
    r"|(?P<mark>\*{1,3})(?=[^\s*])(?P<styled>(?:\\.|[^*\\])*?(?:\\\S|[^*\\\s]))(?P=mark)(?!\*)"
    r"|(?P<stars>\*+)"
    r"|\[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<href>[^()\s]+)\)"
)
_ITEM = re.compile(r"- +(?=\S)")
_NUMBERED = re.compile(r"\d{1,3}\. +(?=\S)")
_BLOCK_START = re.compile(r"(- |## |\d{1,3}\. )")


@dataclass(frozen=True)
class Text:
    """A run of characters in one style."""

    text: str
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Link:
    """A run that leads somewhere: http, https or mailto only."""

    text: str
    href: str


Inline = Text | Link


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Items:
    """A flat list, with bullets or with numbers from 1."""

    items: tuple[tuple[Inline, ...], ...]
    numbered: bool = False


@dataclass(frozen=True)
class SubHeading:
    text: str


TextBlock = Paragraph | Items | SubHeading


def parse(source: str) -> tuple[TextBlock, ...]:
    """The blocks of `source`. Anything that is not markup is text: parsing never fails and loses nothing."""
    blocks: list[TextBlock] = []
    for chunk in re.split(r"\n[ \t]*\n", source):
        lines = [line.strip() for line in chunk.split("\n")]
        blocks.extend(_chunk([line for line in lines if line]))
    return tuple(blocks)


def _chunk(lines: list[str]) -> list[TextBlock]:
    """The blocks of lines that no blank line parts: a list may follow a paragraph directly."""
    blocks: list[TextBlock] = []
    prose: list[str] = []
    items: list[tuple[Inline, ...]] = []
    numbered = False

    def close() -> None:
        if prose:
            blocks.append(Paragraph(_inlines(" ".join(prose))))
            prose.clear()
        if items:
            blocks.append(Items(tuple(items), numbered))
            items.clear()

    for line in lines:
        if line.startswith("## ") and line[3:].strip():
            close()
            blocks.append(SubHeading(plain(_inlines(line[3:].strip()))))
        elif match := _ITEM.match(line) or _NUMBERED.match(line):
            is_numbered = line[0] != "-"
            if prose or (items and is_numbered != numbered):
                close()
            numbered = is_numbered
            items.append(_inlines(line[match.end() :]))
        else:
            if items:
                close()
            prose.append(line)
    close()
    return blocks


def _inlines(source: str) -> tuple[Inline, ...]:
    runs: list[Inline] = []
    position = 0
    for match in _TOKEN.finditer(source):
        runs.append(Text(source[position : match.start()]))
        position = match.end()
        if sign := match["sign"]:
            runs.append(Text(sign))
        elif mark := match["mark"]:
            runs.append(Text(_unescape(match["styled"]), italic=len(mark) != 2, bold=len(mark) > 1))
        elif match["href"] and SAFE_LINK.match(match["href"]):
            runs.append(Link(_unescape(match["label"]), match["href"]))
        else:
            runs.append(Text(_unescape(match.group())))
    runs.append(Text(source[position:]))
    return _joined(runs)


def _joined(runs: list[Inline]) -> tuple[Inline, ...]:
    """Neighbours of the same style as one run, so that equal texts are equal values."""
    joined: list[Inline] = []
    for run in runs:
        if not run.text:
            continue
        last = joined[-1] if joined else None
        if isinstance(run, Text) and isinstance(last, Text) and (run.italic, run.bold) == (last.italic, last.bold):
            joined[-1] = Text(last.text + run.text, run.italic, run.bold)
        else:
            joined.append(run)
    return tuple(joined)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The characters of `inlines` without their style."""
    return "".join(run.text for run in inlines)


def from_plain(text: str) -> str:
    """Markup that shows `text` exactly as it is, on one line."""
    return _escape_start(_escape(text))


def dumps(blocks: tuple[TextBlock, ...]) -> str:
    """Markup that `parse` turns into `blocks` again, one blank line between blocks."""
    return "\n\n".join(dump_block(block) for block in blocks)


def dump_block(block: TextBlock) -> str:
    match block:
        case Paragraph(inlines):
            return _escape_start(_dump_inlines(inlines))
        case Items(items, numbered):
            marks = (f"{n}. " if numbered else "- " for n in range(1, len(items) + 1))
            return "\n".join(mark + _dump_inlines(item) for mark, item in zip(marks, items, strict=True))
        case SubHeading(text):
            return "## " + _escape(text)
        case _:
            assert_never(block)


def _dump_inlines(inlines: tuple[Inline, ...]) -> str:
    parts = []
    for run in inlines:
        match run:
            case Link(text, href):
                parts.append(f"[{_escape(text)}]({href})")
            case Text(text, italic, bold):
                mark = "*" * (italic + 2 * bold)
                parts.append(f"{mark}{_escape(text)}{mark}")
            case _:
                assert_never(run)
    return "".join(parts)


def _unescape(source: str) -> str:
    return _ESCAPE.sub(r"\1", source)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _escape_start(line: str) -> str:
    """A paragraph that begins like a list or a heading keeps its first sign as a sign."""
    match = _BLOCK_START.match(line)
    if not match:
        return line
    at = match.end() - 2 if line[0].isdigit() else 0
    return line[:at] + "\\" + line[at:]
