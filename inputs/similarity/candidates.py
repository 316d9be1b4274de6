"""What is asked and what is answered, whichever engine compares the notes."""

from dataclasses import dataclass
from enum import StrEnum

LIMIT = 5


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
