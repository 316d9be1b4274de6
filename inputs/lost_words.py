"""Which words of the sources a new text leaves out, and which of its words rest on one source alone. Pure, advisory.

Words are compared by their roots, since whoever merges bends them; numbers, names and negations to the letter.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inputs.similarity.shared import STOP
from inputs.similarity.words import BOKMAAL
from rnik.lib.text import fold

# Words that turn a sentence round or narrow it, each spelled as in bokmål.
_NEGATIONS = """
ikke ikke, ikkje ikke, ei ikke, aldri aldri, ingen ingen, inga ingen, intet ingen, ingenting ingenting, uten uten,
utan uten, kun bare, bare bare, berre bare, verken verken, hverken verken, korkje verken, unntatt unntatt, unnateke
unntatt, neppe neppe, not ikke, no ingen, never aldri, without uten, only bare, none ingen, nothing ingenting
"""
NEGATIONS: dict[str, str] = dict(pair.split() for pair in _NEGATIONS.split(","))
_AMBIGUOUS = {"ei", "no"}  # an article and «now» in nynorsk

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\W_]+")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…\n•–—*\"«(])\W*\Z")
_ENDING = re.compile(r"(?<=\w{3})(?:ene|ane|ne|er|ar|en|et|a|e)\Z")
_START = 6  # words of which this many first letters are the same are taken for one


@dataclass(frozen=True)
class Lost:
    """What the sources say and the text does not, each word once, as it was written first."""

    negations: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.negations, self.numbers, self.names, self.words))


@dataclass(frozen=True)
class Word:
    """A word of a text: as written, where it stands, what kind it is, and what it is compared by."""

    text: str
    start: int
    kind: str
    root: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lost(sources: Iterable[str], text: str) -> Lost:
    """The words of `sources` that have no relative in `text`."""
    there = _Words([text])
    found: dict[str, dict[str, str]] = {"negation": {}, "number": {}, "name": {}, "word": {}}
    for source in sources:
        for word in words(source):
            if word.kind and word not in there:
                found[word.kind].setdefault(word.root, word.text)
    parts = {kind: tuple(by_root.values()) for kind, by_root in found.items()}
    return Lost(parts["negation"], parts["number"], parts["name"], parts["word"])


def rests_on(text: str, source: str, others: Iterable[str]) -> tuple[Word, ...]:
    """The words of `text` that have a relative in `source` and in none of the `others`."""
    own, elsewhere = _Words([source]), _Words(others)
    return tuple(word for word in words(text) if word.kind and word in own and word not in elsewhere)


def words(text: str) -> list[Word]:
    """The words of a text in order; those that carry nothing have no kind."""
    found = [(match.group(), match.start()) for match in _WORD.finditer(text)]
    inside = {fold(word) for word, start in found if word[0].isupper() and not _begins(text, start)}
    return [_read(word, start, is_name=_is_name(word, inside)) for word, start in found]


def _is_name(word: str, inside: set[str]) -> bool:
    """Capitals only, or a capital letter where no sentence begins, here or elsewhere in the text."""
    return word[0].isupper() and ((len(word) > 1 and word.isupper()) or fold(word) in inside)


def _begins(text: str, start: int) -> bool:
    return bool(_SENTENCE_END.search(text[max(0, start - 8) : start]))


def _read(word: str, start: int, *, is_name: bool) -> Word:
    folded = fold(word)
    if word[0].isdecimal():
        return Word(word, start, "number", folded.replace(",", "."))
    if folded in NEGATIONS and folded not in _AMBIGUOUS:
        return Word(word, start, "negation", NEGATIONS[folded])
    if is_name:
        return Word(word, start, "name", folded.removesuffix("s"))
    spelled = BOKMAAL.get(folded, folded)
    if len(word) < 2 or folded in STOP or spelled in STOP:
        return Word(word, start, "", "")
    return Word(word, start, "word", _ENDING.sub("", spelled))


class _Words:
    """The roots of some texts, and the first letters of the long ones."""

    def __init__(self, texts: Iterable[str]) -> None:
        read = [word for text in texts for word in words(text)]
        self._exact = {word.root for word in read if word.kind}
        # A name is a name also where it begins a sentence, and there it was read as a word.
        self._exact |= {fold(word.text).removesuffix("s") for word in read}
        self._starts = {word.root[:_START] for word in read if word.kind == "word" and len(word.root) >= _START}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, Word):
            return False
        return word.root in self._exact or (word.kind == "word" and word.root[:_START] in self._starts)


def marked(text: str, found: Sequence[Word]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words found."""
    pieces, place = [], 0
    for word in found:
        pieces += [(text[place : word.start], False), (word.text, True)]
        place = word.end
    return [piece for piece in [*pieces, (text[place:], False)] if piece[0]]
