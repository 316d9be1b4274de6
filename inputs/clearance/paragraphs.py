"""The paragraphs of a Word file as they would stand if every tracked change were accepted, and who changed what.

What the parts of WordprocessingML look like after Word and LibreOffice: docs/adr/0017.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from conference.importers.docx_text import SIGNS
from inputs.clearance.marks import read_mark
from rnik.lib.text import clean_line, clean_text

_PARAGRAPH, _PROPERTIES = qn("w:p"), qn("w:pPr")
_GONE, _MOVED_AWAY = qn("w:del"), qn("w:moveFrom")
_NEW, _MOVED_HERE = qn("w:ins"), qn("w:moveTo")
_TRACKED = {_GONE, _MOVED_AWAY, _NEW, _MOVED_HERE}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AUTHOR, _ID, _NAME = qn("w:author"), qn("w:id"), qn("w:name")
_COMMENTED = {qn("w:commentRangeStart"), qn("w:commentReference")}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the file. `marks` are (mark, number) of the sent paragraphs whose words it holds.

    `is_struck`: it had words, and all were deleted while changes were tracked. `is_moved`: it was moved here so.
    """

    text: str
    marks: tuple[tuple[str, int], ...] = ()
    authors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_struck: bool = False
    is_moved: bool = False


def paragraphs(document: Any) -> list[Paragraph]:
    """All of the body, in order; the empty ones only where something is known of them."""
    # Any: python-docx has no types.
    ends = {end.get(_ID) for end in document.element.body.iter(qn("w:bookmarkEnd"))}
    reader = _Reader(_comments(document), ends)
    found: list[Paragraph] = []
    joined: list[Paragraph] = []
    for element in document.element.body.iter(_PARAGRAPH):
        if any(around.tag == _FALLBACK for around in element.iterancestors()):
            continue
        joined.append(reader.read(element))
        if not _mark_is_gone(element):
            found += _together(joined)
            joined = []
    return [one for one in found + _together(joined) if one.text or one.marks or one.remarks]


def _together(parts: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs whose marks between them were deleted become one; what is deleted whole stays for itself."""
    live = [part for part in parts if part.text]
    gone = [part for part in parts if not part.text]
    if len(live) < 2:
        return [*gone, *live]

    def every(name: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(each for part in live for each in getattr(part, name)))

    text = clean_text("".join(part.text for part in live))
    return [*gone, Paragraph(text, every("marks"), every("authors"), every("remarks"))]


def _mark_is_gone(element: Any) -> bool:
    looks = element.find(f"{_PROPERTIES}/{qn('w:rPr')}")
    return looks is not None and any(looks.find(tag) is not None for tag in (_GONE, _MOVED_AWAY))


def _comments(document: Any) -> dict[str, str]:
    """Each comment by its id: who, and what."""
    found = {}
    for rel in document.part.rels.values():
        if not rel.is_external and rel.reltype.endswith("/comments"):
            for comment in rel.target_part.element.iter(qn("w:comment")):
                words = clean_text("\n".join("".join(_words(p)) for p in comment.iter(_PARAGRAPH)))
                author = clean_line(comment.get(_AUTHOR, ""))
                found[comment.get(_ID)] = f"{author}: {words}" if author else words
    return found


def _words(element: Any) -> Iterator[str]:
    for child in element.iter():
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]


@dataclass
class _State:
    """What is known of the paragraph that is being read."""

    words: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    marks: dict[tuple[str, int], None] = field(default_factory=dict)
    authors: dict[str, None] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    is_moved: bool = False


class _Reader:
    """Reads one paragraph after the other; bookmarks that are open go on into the next.

    LibreOffice writes beginnings without an end where a paragraph was split: `ends` tells which do end.
    """

    def __init__(self, comments: dict[str, str], ends: set[str]) -> None:
        self.comments = comments
        self.ends = ends
        self.open: dict[str, tuple[str, int]] = {}

    def read(self, element: Any) -> Paragraph:
        state = _State()
        properties = element.find(_PROPERTIES)
        if properties is not None:
            looks = properties.find(qn("w:rPr"))
            for change in looks if looks is not None else ():
                self._author(change, state)
        self._walk(element, state, frozenset())
        text = clean_text("".join(state.words))
        made = Paragraph(text, tuple(state.marks), tuple(state.authors), tuple(state.remarks))
        return replace(
            made,
            is_struck=not text and bool("".join(state.gone).strip()),
            is_moved=state.is_moved and bool(text),
        )

    def _walk(self, element: Any, state: _State, within: frozenset[str]) -> None:
        for child in element:
            if child.tag in {_PARAGRAPH, _PROPERTIES, _FALLBACK} or not isinstance(child.tag, str):
                continue
            if child.tag in {qn("w:t"), qn("w:delText"), *SIGNS}:
                self._say(SIGNS.get(child.tag, child.text or ""), state, within)
            elif child.tag == qn("w:bookmarkStart"):
                self._begin(child, state, within)
            elif child.tag == qn("w:bookmarkEnd"):
                self.open.pop(child.get(_ID), None)
            elif child.tag in _COMMENTED:
                if (remark := self.comments.pop(child.get(_ID), "")) and remark not in state.remarks:
                    state.remarks.append(remark)
            else:
                if child.tag in _TRACKED:
                    self._author(child, state)
                self._walk(child, state, within | ({child.tag} & _TRACKED))

    def _say(self, words: str, state: _State, within: frozenset[str]) -> None:
        if _MOVED_AWAY in within:
            return
        if _GONE in within:
            state.gone.append(words)
        else:
            state.words.append(words)
            state.is_moved |= _MOVED_HERE in within
        if words.strip():
            state.marks |= dict.fromkeys(self.open.values())

    def _begin(self, bookmark: Any, state: _State, within: frozenset[str]) -> None:
        """What was moved away left its bookmark behind, and has another of the same name where it is now."""
        known = read_mark(bookmark.get(_NAME, ""))
        if known and _MOVED_AWAY not in within:
            if bookmark.get(_ID) in self.ends:
                self.open[bookmark.get(_ID)] = known
            state.marks[known] = None

    def _author(self, change: Any, state: _State) -> None:
        if change.tag in _TRACKED and (author := clean_line(change.get(_AUTHOR, ""))):
            state.authors[author] = None
