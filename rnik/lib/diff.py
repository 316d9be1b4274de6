"""What has changed from one text to another, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MAX_WORDS = 4_000  # of the two together: comparing takes time that grows with their product


@dataclass(frozen=True)
class Piece:
    """Words in a row that are `same`, `added` or `removed`."""

    kind: str
    text: str


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in order: those not `added` make up `old`, those not `removed` make up `new`."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MAX_WORDS:
        return _pieces([("removed", [old]), ("added", [new])])
    found: list[tuple[str, list[str]]] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", before[a:b]))
        else:
            found += [("removed", before[a:b]), ("added", after[c:d])]
    return _pieces(_without_crumbs(found))


def _without_crumbs(found: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """A blank that happens to be the same between two changes belongs to both: whole phrases read better."""
    joined: list[tuple[str, list[str]]] = []
    removed: list[str] = []
    added: list[str] = []
    for place, (kind, words) in enumerate(found):
        is_crumb = kind == "same" and not "".join(words).strip() and 0 < place < len(found) - 1
        if kind == "removed" or is_crumb:
            removed += words
        if kind == "added" or is_crumb:
            added += words
        if kind == "same" and not is_crumb:
            joined += [("removed", removed), ("added", added), (kind, words)]
            removed, added = [], []
    return [*joined, ("removed", removed), ("added", added)]


def _pieces(found: list[tuple[str, list[str]]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, words in found if (text := "".join(words)))
