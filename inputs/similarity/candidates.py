"""What is asked and what is answered, whichever engine compares the notes."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest

LIMIT = 5

#: For the id of a note, the ids of those that are never its candidates.
Apart = Mapping[str, Container[str]]


class Label(StrEnum):
    """How alike two notes are, in words: editors never see the number behind."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"  # below the floor: shown only to those who ask for everything


@dataclass(frozen=True)
class Note:
    """A text and its unique id. Only notes of the same `group` (a question) are compared."""

    id: str
    text: str
    group: str = ""


@dataclass(frozen=True)
class Candidate:
    """Another note that may make the same point.

    `score` is between 0 and 1. `shared` are the words of both notes that point at each other, lower-cased
    as they were written; empty when the likeness is in word parts too small to name.
    """

    id: str
    score: float
    label: Label
    shared: tuple[str, ...]


def nearest(scores: Mapping[str, float], *besides: Container[str]) -> list[tuple[str, float]]:
    """The five best of `scores`, best first, none of `besides`; equals are ordered by id.

    Rounded, so that the order in which products were added up never shows.
    """
    allowed = ((-round(score, 6), id_) for id_, score in scores.items() if not any(id_ in each for each in besides))
    return [(id_, -score) for score, id_ in nsmallest(LIMIT, allowed)]
