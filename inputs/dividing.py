"""Running minutes taken apart: the pieces a text falls into, and what is left when some of them are moved. Pure.

A text falls apart at blank lines, at the lines of a list, and at marks («Spørsmål 2», «Tiltak:»). A mark says where
the words after it belong. It is no piece itself: it follows the piece before which it stands out of the text, unless
words that stay need it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rnik.lib.text import fold

Questions = Mapping[int, str]  # number -> text, of those that may be meant

MAX_PIECES = 200  # looked at in one go; the rest stays in the sheet for the next


@dataclass(frozen=True)
class Piece:
    """Words of the text, `start` to `end`, and where they belong. `leave`: they stay in the text."""

    start: int
    end: int
    question: int | None = None
    kind: str = ""
    leave: bool = False


@dataclass(frozen=True)
class Taken:
    """What is moved, a span for each piece that is not left, and the text that is left.

    Spans and rest together are the text, but for blanks between them.
    """

    spans: tuple[tuple[int, int], ...]
    rest: str


def propose(
    text: str,
    questions: Questions,
    *,
    start: int = 0,
    end: int | None = None,
    question: int | None = None,
    kind: str = "",
) -> list[Piece]:
    """The pieces of the text, or of a part of it that begins under `question` and `kind`."""
    pieces: list[Piece] = []
    is_open = False
    for at, till in _lines(text, start, len(text) if end is None else end):
        marks, words = _prefix(text, at, till, questions)
        for mark in marks:
            question, kind = mark.set(question, kind)
        if words == till:
            is_open = False
        elif is_open and words == at and not _NUMBERED.match(text, at, till):
            pieces[-1] = replace(pieces[-1], end=till)
        else:
            pieces.append(Piece(words, till, question, kind))
            is_open = True
    return pieces


def split(text: str, piece: Piece, questions: Questions, *, at: int | None = None) -> list[Piece]:
    """The piece in two at a place in the text; without one, as it would be proposed, or else line by line."""
    if at is not None:
        before, till = _trimmed(text, piece.start, min(at, piece.end))
        after = propose(text, questions, start=at, end=piece.end, question=piece.question, kind=piece.kind)[:1]
        if before == till or not after:
            return [piece]
        return [replace(piece, end=till), replace(after[0], end=piece.end, leave=piece.leave)]
    found = propose(text, questions, start=piece.start, end=piece.end, question=piece.question, kind=piece.kind)
    if len(found) < 2:
        found = [replace(piece, start=a, end=b) for a, b in _lines(text, piece.start, piece.end) if a < b]
    return [replace(one, leave=piece.leave) for one in found] or [piece]


def join(one: Piece, other: Piece) -> Piece:
    """The two as one, with all that stands between them; it belongs where the first does."""
    return replace(one, end=other.end, leave=one.leave and other.leave)


def carried(pieces: Sequence[Piece], old: str, new: str, questions: Questions) -> list[Piece]:
    """What was chosen for the pieces of an old text, wherever the new one says the same; the rest as proposed."""
    kept: list[Piece] = []
    place = 0
    for piece in pieces:
        words = re.compile(rf"(?<!\S){re.escape(old[piece.start : piece.end])}(?!\S)")
        if found := words.search(new, place):
            kept.append(replace(piece, start=found.start(), end=found.end()))
            place = found.end()
    fresh = [bit for one in propose(new, questions) for bit in _without(new, one, kept)]
    return sorted([*kept, *fresh], key=lambda piece: piece.start)


def take(text: str, pieces: Sequence[Piece], questions: Questions) -> Taken:
    """Move the pieces that are not left out of the text. They stand in the order of the text and do not overlap."""
    parts = list(_parts(text, pieces, questions))
    needed = _needed(parts)
    spans: list[tuple[int, int]] = []
    before: int | None = None  # where the marks begin that go with the piece after them
    loose = False  # are there only such marks after the last piece that is moved?
    for part in parts:
        if isinstance(part, Piece):
            if not part.leave:
                spans.append((part.start if before is None else before, part.end))
            before, loose = None, not part.leave
        elif id(part) in needed:
            before, loose = None, False
        else:
            before = part.start if before is None else before
    if loose and before is not None:
        spans[-1] = (spans[-1][0], parts[-1].end)
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(text)]
    left = (text[a:b].strip() for a, b in zip(ends, starts, strict=True))
    return Taken(tuple(spans), "\n\n".join(part for part in left if part) if spans else text)


# --- marks ----------------------------------------------------------------------------------------------------

_CHALLENGE = "|".join(
    [
        r"utfordring(?:er|ar|en|ene|ane)?",
        r"barriere(?:r|ne)?|barrierar|hinder|hindring(?:er|ar)?|problem(?:er|s)?",
        r"challenges?|barriers?",
    ]
)
_MEASURE = "|".join(
    [
        r"tiltak(?:ene|a)?|forslag(?: til tiltak)?|løsning(?:er)?|løysing(?:ar)?",
        r"measures?|solutions?|proposals?|actions?",
    ]
)
_KIND = re.compile(
    rf"[#*\s]*(?:(?P<challenge>{_CHALLENGE})(?:\s*(?:og|and|/|&)\s*(?P<both>{_MEASURE}))?|(?P<measure>{_MEASURE}))"
    r"[ \t]*(?::[\s*]*|$)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[#*\s]*(?:spørsmål|spørsmålet|spm|question|q)\.?[ \t]*(?:nr\.?|no\.?|#)?[ \t]*(?P<number>[0-9]{1,4})"
    r"(?P<sign>[ \t]*[.:)–—-]+)?[\s*]*",
    re.IGNORECASE,
)
_NOWHERE = re.compile(r"[#*\s]*(?:uplassert|utan spørsmål|uten spørsmål|without question)[ \t]*(?::[\s*]*|$)", re.I)
_BULLET = re.compile(r"[ \t]*[-–—•·▪‣*][ \t]+|[ \t]*[-–—•·▪‣*]$")
_NUMBERED = re.compile(r"[0-9]{1,2}[.)][ \t]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class _Mark:
    """What stands before words, `start` to `end`. A bullet sets nothing."""

    start: int
    end: int
    sets: str = ""  # "question" or "kind"
    question: int | None = None
    kind: str = ""

    def set(self, question: int | None, kind: str) -> tuple[int | None, str]:
        """Where the words after it belong; a new question is about no kind yet."""
        match self.sets:
            case "question":
                return self.question, ""
            case "kind":
                return question, self.kind
        return question, kind


def _prefix(text: str, start: int, end: int, questions: Questions) -> tuple[list[_Mark], int]:
    """The marks at the beginning of a line, and where its words begin: at `end` when there are none."""
    marks: list[_Mark] = []
    while start < end and (mark := _mark(text, start, end, questions)):
        marks.append(mark)
        start = mark.end
    return marks, start


def _mark(text: str, start: int, end: int, questions: Questions) -> _Mark | None:
    line = text[start:end]
    if found := _BULLET.match(line):
        return _Mark(start, start + found.end())
    if found := _KIND.match(line):
        kind = "both" if found["both"] else "challenge" if found["challenge"] else "measure"
        return _Mark(start, start + found.end(), "kind", kind=kind)
    if found := _NOWHERE.match(line):
        return _Mark(start, start + found.end(), "question")
    if (found := _QUESTION.match(line)) and int(found["number"]) in questions:
        number, after = int(found["number"]), line[found.end() :]
        if _same(after, questions[number]):
            return _Mark(start, end, "question", number)
        if found["sign"] or not after:
            return _Mark(start, start + found.end(), "question", number)
    return None


def _same(words: str, question: str) -> bool:
    """Are they the question as it was asked, or its beginning?"""
    said, asked = (" ".join(_SIGNS.sub(" ", fold(each)).split()) for each in (words, question))
    return len(said) > 7 and asked.startswith(said)


# --- parts ----------------------------------------------------------------------------------------------------


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each line's words begin and end; on a blank line they end where they begin."""
    while start < end:
        stop = _end_of_line(text, start, end)
        yield _trimmed(text, start, stop)
        start = stop + 1


def _end_of_line(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    begins = start + len(words) - len(words.lstrip())
    return begins, max(begins, start + len(words.rstrip()))


def _without(text: str, piece: Piece, others: Sequence[Piece]) -> Iterator[Piece]:
    """What of the piece stands in none of the others."""
    start = piece.start
    for other in [*others, Piece(piece.end, piece.end)]:
        a, b = _trimmed(text, start, min(other.start, piece.end))
        if a < b:
            yield replace(piece, start=a, end=b)
        start = max(start, other.end)


def _parts(text: str, pieces: Sequence[Piece], questions: Questions) -> Iterator[Piece | _Mark]:
    """All of the text but its blanks, in order: the pieces, the marks, and words of no piece, which are left."""
    start = 0
    for piece in [*pieces, None]:
        for at, till in _lines(text, start, piece.start if piece else len(text)):
            marks, words = _prefix(text, at, till, questions)
            yield from marks
            if words < till:
                yield Piece(words, till, leave=True)
        if piece:
            yield piece
            start = piece.end


def _needed(parts: Sequence[Piece | _Mark]) -> set[int]:
    """The marks without which words that are left would belong elsewhere, by identity."""
    needed: set[int] = set()
    current: dict[str, _Mark] = {}
    for part in parts:
        if isinstance(part, Piece):
            if part.leave:
                needed |= {id(mark) for mark in current.values()}
        elif part.sets:
            if part.sets == "question":
                current.clear()
            current[part.sets] = part
    return needed
