"""Likeness by letters: groups of three to five letters, weighed by how rare they are, and the cosine between them.

It finds inflections, compounds and slips of the pen without a dictionary, and did best among the methods tried that
need no model. It does not find the same thought in other words. The two limits were measured on 300 notes: of the
strong pairs three in four make the same point, of the possible ones one in four.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest

from inputs.similarity.candidates import LIMIT, Candidate, Label, Note
from inputs.similarity.shared import shared
from inputs.similarity.words import spelled

STRONG = 0.40
FLOOR = 0.17
_SIZES = (3, 4, 5)


class Index:
    """The notes to one question, ready to be compared with each other or with a new one."""

    def __init__(self, notes: Iterable[Note]) -> None:
        """Empty notes and a single note are welcome. Raises ValueError when two notes have the same id."""
        self._notes = _by_id(notes)
        counts = {id_: Counter(_grams(note.text)) for id_, note in self._notes.items()}
        self._seen_in = Counter(gram for count in counts.values() for gram in count)
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, count in counts.items():
            for gram, weight in self._vector(count):
                self._postings[gram].append((id_, weight))

    def nearest(self, note: Note) -> list[Candidate]:
        """The five notes that most resemble `note`, best first; equals are ordered by id.

        `note` need not be in the index, and is never its own candidate. There are five candidates whenever the
        index holds five others, be it with the score 0: the label says what is worth showing.
        """
        scores = dict.fromkeys(self._notes, 0.0)
        scores.pop(note.id, None)
        for gram, weight in self._vector(Counter(_grams(note.text))):
            for id_, other_weight in self._postings.get(gram, ()):
                if id_ != note.id:
                    scores[id_] += weight * other_weight
        # Rounded, so that the order in which the products were added up never shows.
        best = nsmallest(LIMIT, ((-round(score, 6), id_) for id_, score in scores.items()))
        return [
            Candidate(id_, -score, _label(-score), shared(note.text, self._notes[id_].text)) for score, id_ in best
        ]

    def _vector(self, count: Counter[str]) -> list[tuple[str, float]]:
        """Letter groups and weights, of length 1."""
        total = 1 + len(self._notes)
        weighed = [
            (gram, (1 + math.log(times)) * (1 + math.log(total / (1 + self._seen_in[gram]))))
            for gram, times in count.items()
        ]
        length = math.sqrt(sum(weight * weight for _, weight in weighed))
        return [(gram, weight / length) for gram, weight in weighed]


def rank(notes: Iterable[Note]) -> dict[str, list[Candidate]]:
    """For each note its nearest in the same group, best first, in the order given. Raises ValueError as `Index`."""
    by_id = _by_id(notes)
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in by_id.values():
        groups[note.group].append(note)
    indexes = {group: Index(members) for group, members in groups.items()}
    return {id_: indexes[note.group].nearest(note) for id_, note in by_id.items()}


def _by_id(notes: Iterable[Note]) -> dict[str, Note]:
    by_id: dict[str, Note] = {}
    for note in notes:
        if note.id in by_id:
            raise ValueError(f"two notes have the id {note.id!r}")
        by_id[note.id] = note
    return by_id


def _grams(text: str) -> Iterator[str]:
    """Each word with a blank before and after, cut in every way. A word keeps the signs that stand close to it."""
    for word in spelled(text).split():
        padded = f" {word} "
        for size in _SIZES:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _label(score: float) -> Label:
    if score >= STRONG:
        return Label.STRONG
    return Label.POSSIBLE if score >= FLOOR else Label.WEAK
