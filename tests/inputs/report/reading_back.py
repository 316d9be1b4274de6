"""What a reader sees of a file, as a list of what stands in it, in order: the marks and, between them, the words.

Two files of the same shape that differ in words alone give lists that differ in words alone. So whatever somebody
wrote, `read(render(report of those words)) == with_words(read(render(report of tokens)), words)`: every text comes
back as it was written, and none of them has become a mark.
"""

import dataclasses
import json
import re
import zipfile
from collections.abc import Sequence
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from inputs.report.ledger import InputRow, PointRow
from inputs.report.model import Point, QuestionText
from rnik.lib.markup import parse
from rnik.lib.text import clean_line

#: Strings of the model that nobody writes freely: codes, numbers, names of slots, keys, fixed phrases.
NOT_WORDS = {"slug", "id", "key", "anchor", "language", "attribution", "website", "code", "ministry", "input", "kind"}
NOT_WORDS |= {
    "number",
    "starts_at",
    "ends_at",
    "href",
    "phrases",
    "participants",
    "ministries",
    "slot",
    "respondents",
}
#: Those that may have several lines.
SEVERAL_LINES = (Point, QuestionText, InputRow, PointRow)
_TOKEN = re.compile(r"w(\d+)w")


class Words:
    """Hands out the words of a pool in turn, as its fields hold them, and remembers them: `used`.

    Without a pool: «w0w», «w1w» …, which mean nothing to any format and are told from each other.
    """

    def __init__(self, pool: Sequence[str] = ()) -> None:
        self.pool = pool
        self.used: list[str] = []

    def next(self, *, several_lines: bool) -> str:
        number = len(self.used)
        word = self.pool[number % len(self.pool)] if self.pool else f"w{number}w"
        self.used.append(word if several_lines else clean_line(word))
        return self.used[-1]


def filled(value: Any, words: Words) -> Any:
    """The same dataclass, tuple or string with other words wherever somebody has written some."""
    match value:
        case tuple():
            return tuple(filled(part, words) for part in value)
        case str() if value and type(value) is str:
            return words.next(several_lines=False)
        case _ if dataclasses.is_dataclass(value):
            return dataclasses.replace(value, **{name: _field(value, name, words) for name in _names(value)})
        case _:
            return value


def _names(value: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(value) if field.name not in NOT_WORDS]


def _field(owner: Any, name: str, words: Words) -> Any:
    if name in ("text", "comment") and isinstance(owner, SEVERAL_LINES):
        return words.next(several_lines=True)
    if name == "subquestions":  # the letter is counted and not written
        return tuple((letter, words.next(several_lines=False)) for letter, _text in owner.subquestions)
    return filled(getattr(owner, name), words)


def with_words(value: Any, words: Sequence[str]) -> Any:
    """`value` with each token replaced by the word of its number."""
    if isinstance(value, str):
        return _TOKEN.sub(lambda token: words[int(token[1])], value)
    if isinstance(value, dict):
        return {with_words(name, words): with_words(part, words) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(with_words(part, words) for part in value)
    return value


# --- HTML ---


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []
        self.drawn: set[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg":
            self.drawn = set()
        if self.drawn is not None:
            self.drawn.add(tag)
        elif tag == "br":
            self.handle_data("\n")
        else:
            self.seen.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.drawn is None:
            self.seen.append((f"/{tag}",))
        elif tag == "svg":
            self.seen.append(("svg", tuple(sorted(self.drawn))))
            self.drawn = None

    def handle_data(self, data: str) -> None:
        if self.drawn is not None:
            return
        if self.seen and isinstance(self.seen[-1], str):
            data = self.seen.pop() + data
        self.seen.append(data)

    def handle_comment(self, data: str) -> None:
        self.seen.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.seen.append(("declaration", decl))


def read_html(page: str) -> list[Any]:
    """Elements with their attributes, and the text between them; of a drawing, which elements it is made of.

    Where the words of a drawing stand depends on how long they are; tests/inputs/report/test_chart.py reads those.
    """
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.seen


# --- Markdown ---

# A reader with the extensions that GitHub adds, bare addresses among them.
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read_markdown(text: str) -> list[Any]:
    """Blocks and styles as a reader of CommonMark understands them, and the text between them."""
    seen: list[Any] = []
    for token in _MARKDOWN.parse(text):
        for part in token.children if token.children is not None else [token]:
            words = "\n" if part.type in ("hardbreak", "softbreak") else part.content
            if part.type not in ("text", "hardbreak", "softbreak"):
                seen.append((part.type, part.tag, tuple(part.attrs.items())))
            if words and seen and isinstance(seen[-1], str):
                words = seen.pop() + words
            if words:
                seen.append(words)
    return seen


# --- data ---


def read_json(text: str) -> Any:
    """What the file holds, its paragraphs as their markup is read."""
    return json.loads(text, object_hook=_with_paragraphs)


def _with_paragraphs(found: dict[str, Any]) -> dict[str, Any]:
    if "paragraphs" in found:
        blocks = [block for source in found["paragraphs"] for block in parse(source)]
        found["paragraphs"] = [(type(block).__name__, dataclasses.asdict(block)) for block in blocks]
    return found


# --- Word and Excel ---

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPECIAL = {f"{_W}br": "\n", f"{_W}tab": "\t"}


def read_docx(content: bytes) -> list[Any]:
    """Every part: its elements with their attributes, and the text of each run. A workbook inside is read as one."""
    seen: list[Any] = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            part = archive.read(name)
            if name.endswith(".xlsx"):
                seen.append((name, read_xlsx(part)))
            elif name.endswith((".xml", ".rels")):
                seen.append((name,))
                _walk(etree.fromstring(part), seen)
    return seen


def _walk(element: Any, seen: list[Any]) -> None:
    if element.tag in _SPECIAL or element.tag == f"{_W}t":
        words = _SPECIAL.get(element.tag) or element.text or ""
        if seen and isinstance(seen[-1], str):
            words = seen.pop() + words
        seen.append(words)
        return
    seen.append((element.tag, dict(element.attrib)))
    if element.text and element.text.strip():
        seen.append(("text", element.text))
    for child in element:
        _walk(child, seen)
    seen.append(("end", element.tag))


def read_xlsx(content: bytes) -> list[Any]:
    """Every cell: where, of which type (`f` is a formula), what. And the properties."""
    book = load_workbook(BytesIO(content))
    cells = [
        (sheet.title, cell.coordinate, cell.data_type, _decoded(cell.value))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    return [book.properties.title, *cells]


def _decoded(value: Any) -> Any:
    """As Excel reads it: «_x0041_» is «A». openpyxl leaves it."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), value)
