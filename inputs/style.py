"""Hints about how a point is written: a matter of taste or of the house, never in the way. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STOPS = re.compile(r"[.!?…][»\"”')]*\Z")
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
_DELTAGER = re.compile(r"\w*deltager\w*", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![^\W_])[A-ZÆØÅ]{2,6}(?![^\W_])")
_IN_BRACKETS = re.compile(r"\(([A-ZÆØÅ]{2,6})\)")
_BRACKET_OR_LINE = re.compile(r"[()\n]")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True)
class Hint:
    """Something one may want to look at, from `start` to `end` of the text."""

    code: str
    start: int
    end: int
    message: str | Promise


def read(texts: Sequence[str], *, before: Iterable[str] = ()) -> list[tuple[Hint, ...]]:
    """The hints for each of a question's points, in the report's order; `before` stands earlier in the report."""
    known = {name for text in before for name in _explained(text)}
    wants_stop = _most_stop(texts)
    found = []
    for text in texts:
        names = _ABBREVIATION.findall(text)
        known.update(_explained(text))
        hints = _hints(text, wants_stop=wants_stop, unexplained=[name for name in names if name not in known])
        found.append(tuple(sorted(hints, key=lambda one: one.start)))
        known.update(names)  # explained or asked about, an abbreviation is told of once
    return found


def _explained(text: str) -> Iterator[str]:
    """The abbreviations that stand in brackets after some word of the same line."""
    for match in _IN_BRACKETS.finditer(text):
        words = _BRACKET_OR_LINE.split(text[: match.start()])[-1]
        if _LETTER.search(words):
            yield match[1]


def _most_stop(texts: Sequence[str]) -> bool:
    stops = sum(bool(_STOPS.search(text)) for text in texts)
    return stops * 2 > len(texts)


def _hints(text: str, *, wants_stop: bool, unexplained: Sequence[str]) -> Iterable[Hint]:
    for match in _DOUBLE_SPACE.finditer(text):
        yield Hint("double_space", *match.span(), _("Two spaces in a row."))
    if wants_stop and text and not _STOPS.search(text):
        yield Hint("full_stop", len(text), len(text), _("The other points end with a full stop."))
    for match in _DELTAGER.finditer(text) if "deltager" in text.lower() else ():
        yield Hint("deltager", *match.span(), _("Write «deltaker»."))
    if text.isupper():
        return  # shouted, not abbreviated
    for name in dict.fromkeys(unexplained):
        start = text.index(name)
        yield Hint(
            "abbreviation", start, start + len(name), _("Not explained: write it out the first time, «… (XXX)».")
        )
