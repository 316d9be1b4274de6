"""Likeness by letters: groups of three to five letters, weighed by how rare they are, and the cosine between them.

It finds inflections, compounds and slips of the pen without a dictionary, and did best among the methods tried that
need no model. It does not find the same thought in other words. The two limits were measured on 300 notes: of the
strong pairs three in four make the same point, of the possible ones one in four.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import cached_property

from inputs.similarity.candidates import Apart, Candidate, Label, Note, nearest
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
        self._vectors = {id_: self._vector(count) for id_, count in counts.items()}

    @cached_property
    def _postings(self) -> dict[str, list[tuple[str, float]]]:
        postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, vector in self._vectors.items():
            for gram, weight in vector:
                postings[gram].append((id_, weight))
        return postings

    def nearest(self, note: Note, *, besides: Container[str] = ()) -> list[Candidate]:
        """The five notes that most resemble `note`, best first; equals are ordered by id.

        `note` need not be in the index, and is never its own candidate, nor is any of `besides`. There are five
        candidates whenever the index holds five others, be it with the score 0: the label says what is worth showing.
        """
        return [
            Candidate(id_, score, label(score), shared(note.text, self._notes[id_].text))
            for id_, score in nearest(dict.fromkeys(self._notes, 0.0) | self.scores(note), {note.id}, besides)
        ]

    def scores(self, note: Note) -> dict[str, float]:
        """How alike each note is that has anything in common with `note`, itself too if it is in the index."""
        scores: dict[str, float] = defaultdict(float)
        for gram, weight in self._vector(Counter(_grams(note.text))):
            for id_, other_weight in self._postings.get(gram, ()):
                scores[id_] += weight * other_weight
        return scores

    def pairs(self, floor: float) -> Iterator[tuple[str, str, float]]:
        """Every two notes that are at least so alike. A letter group that most notes have is weighed once a pair."""
        later: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, vector in reversed(self._vectors.items()):
            scores: dict[str, float] = defaultdict(float)
            for gram, weight in vector:
                posting = later[gram]
                for other, other_weight in posting:
                    scores[other] += weight * other_weight
                posting.append((id_, weight))
            yield from ((id_, other, score) for other, score in scores.items() if score >= floor)

    def _vector(self, count: Counter[str]) -> list[tuple[str, float]]:
        """Letter groups and weights, of length 1."""
        total = 1 + len(self._notes)
        weighed = [
            (gram, (1 + math.log(times)) * (1 + math.log(total / (1 + self._seen_in[gram]))))
            for gram, times in count.items()
        ]
        length = math.sqrt(sum(weight * weight for _, weight in weighed))
        return [(gram, weight / length) for gram, weight in weighed]


def rank(notes: Iterable[Note], *, apart: Apart | None = None) -> dict[str, list[Candidate]]:
    """For each note its nearest in the same group, best first, in the order given. Raises ValueError as `Index`."""
    by_id = _by_id(notes)
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in by_id.values():
        groups[note.group].append(note)
    indexes = {group: Index(members) for group, members in groups.items()}
    return {id_: indexes[note.group].nearest(note, besides=(apart or {}).get(id_, ())) for id_, note in by_id.items()}


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


def label(score: float) -> Label:
    if score >= STRONG:
        return Label.STRONG
    return Label.POSSIBLE if score >= FLOOR else Label.WEAK
