"""Hints about how a point is written: a matter of taste or of the house, never in the way. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STOPS = re.compile(r"[.!?…][»\"”')]*\Z")
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
_DELTAGER = re.compile(r"\w*deltager\w*", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![^\W_])[A-ZÆØÅ]{2,6}(?![^\W_])")
_EXPLAINED = re.compile(r"\w[^()\n]*\(([A-ZÆØÅ]{2,6})\)")


@dataclass(frozen=True)
class Hint:
    """Something one may want to look at, from `start` to `end` of the text."""

    code: str
    start: int
    end: int
    message: str | Promise


def read(texts: Sequence[str], *, before: Iterable[str] = ()) -> list[tuple[Hint, ...]]:
    """The hints for each of a question's points, in the report's order; `before` stands earlier in the report."""
    known = {name for text in before for name in _EXPLAINED.findall(text)}
    wants_stop = _most_stop(texts)
    found = []
    for text in texts:
        found.append(tuple(sorted(_hints(text, wants_stop=wants_stop, known=known), key=lambda one: one.start)))
        # Explained or asked about, an abbreviation is told of once.
        known |= {*_EXPLAINED.findall(text), *_ABBREVIATION.findall(text)}
    return found


def _most_stop(texts: Sequence[str]) -> bool:
    stops = sum(bool(_STOPS.search(text)) for text in texts)
    return stops * 2 > len(texts)


def _hints(text: str, *, wants_stop: bool, known: set[str]) -> Iterable[Hint]:
    for match in _DOUBLE_SPACE.finditer(text):
        yield Hint("double_space", *match.span(), _("Two spaces in a row."))
    if wants_stop and text and not _STOPS.search(text):
        yield Hint("full_stop", len(text), len(text), _("The other points end with a full stop."))
    for match in _DELTAGER.finditer(text):
        yield Hint("deltager", *match.span(), _("Write «deltaker»."))
    if text.isupper():
        return  # shouted, not abbreviated
    explained = known | set(_EXPLAINED.findall(text))
    for name in dict.fromkeys(_ABBREVIATION.findall(text)):
        if name not in explained:
            start = text.index(name)
            yield Hint(
                "abbreviation", start, start + len(name), _("Not explained: write it out the first time, «… (XXX)».")
            )
