"""The body of the document while it is being written."""

from typing import assert_never
from urllib.parse import quote, urlsplit

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from inputs.report.docx.look import TEXT_WIDTH
from inputs.report.docx.numbering import Lists
from inputs.report.docx.xml import Element, run, safe, w
from inputs.report.model import Inline, Link, Text

_LONGEST_ADDRESS = 2000  # characters; Word gives up a little above


class Manuscript:
    """Takes paragraphs and tables in reading order, and hands out what must be unique in the whole document.

    python-docx looks for the end of the body each time it adds a paragraph; this one remembers where it is.
    """

    def __init__(self, document: WordDocument, *, width: int = TEXT_WIDTH, own_look: bool = True) -> None:
        self.part = document.part
        self.width = width
        self.own_look = own_look
        self.lists = Lists(document.part.numbering_part.element)
        self._end: Element = document.element.body.sectPr
        self._last_id = 0
        self._bookmarks: set[str] = set()

    def add(self, *blocks: Element) -> None:
        for block in blocks:
            self._end.addprevious(block)

    def new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def bookmark(self, name: str, paragraphs: list[Element]) -> None:
        """Names everything that is in `paragraphs` now. Names are at most 40 characters; the first of a name wins."""
        if name in self._bookmarks:
            return
        self._bookmarks.add(name)
        number = self.new_id()
        paragraphs[0].insert(1, w("bookmarkStart", id=number, name=name))  # 0 is `w:pPr`
        paragraphs[-1].append(w("bookmarkEnd", id=number))

    def inline(self, inline: Inline) -> Element:
        """The run, or the link around it."""
        match inline:
            case Text(text, italic, bold):
                return run(text, *[w("b"), w("bCs")] * bold, *[w("i"), w("iCs")] * italic)
            case Link(text, href):
                address = _address(href)
                if not address:
                    return run(text)
                link = w("hyperlink", run(text, w("rStyle", val="Hyperlink")), history=1)
                target = self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                link.set(qn("r:id"), target)
                return link
            case _:
                assert_never(inline)

    def inlines(self, inlines: tuple[Inline, ...]) -> list[Element]:
        return [self.inline(inline) for inline in inlines]


def _address(href: str) -> str:
    """`href` as Word takes it; empty if it is none: one bad address and Word refuses the whole file."""
    try:
        urlsplit(href)
    except ValueError:
        return ""
    address = quote(safe(href), safe=":/?#@!$&'()*+,;=%~")
    return address if len(address) <= _LONGEST_ADDRESS else ""
