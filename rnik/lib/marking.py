"""Which parts of a text are the words that were looked for."""

import re
from collections.abc import Sequence

from rnik.lib.text import fold

LONG = 300  # characters of a text in a list


def marked(text: str, words: Sequence[str], *, longest: int = LONG) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it was looked for; a long text begins shortly before the first that was.

    `words` are folded, as `fold()` does, and so is the text while they are looked for: a letter that folds to several
    is marked whole.
    """
    folded, origins = _folded(text)
    hits = [found.span() for word in words for found in re.finditer(re.escape(word), folded)]
    return pieces(text, [(origins[start], origins[stop - 1] + 1) for start, stop in hits], longest=longest)


def pieces(text: str, spans: Sequence[tuple[int, int]], *, longest: int = LONG) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it lies in a span; a long text begins shortly before the first of them."""
    spans = _joined(spans)
    begin = 0
    if len(text) > longest and spans and spans[0][1] > longest:
        begin = max(spans[0][0] - longest // 4, 0)
        begin = text.find(" ", begin, spans[0][0]) + 1 or begin  # with a whole word
    end = min(begin + longest, len(text))
    found: list[tuple[str, bool]] = [("…", False)] if begin else []
    at = begin
    for start, stop in spans:
        if stop > end:
            break
        found += [(text[at:start], False), (text[start:stop], True)]
        at = stop
    found.append((text[at:end], False))
    if end < len(text):
        found.append(("…", False))
    return [piece for piece in found if piece[0]]


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and for each letter of it where it came from."""
    letters, origins = [], []
    for place, letter in enumerate(text):
        for part in fold(letter) or letter:
            letters.append(part)
            origins.append(place)
    return "".join(letters), origins


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
