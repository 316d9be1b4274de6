"""Which notes of a question are alike, all of them at once; remembered in the process until a text changes.

What is remembered is ids and scores, under a digest of the texts: never the texts.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inputs.similarity import lexical, semantic
from inputs.similarity.candidates import Label, Note

_QUESTIONS = 64  # remembered at a time in one process


@dataclass(frozen=True)
class Pair:
    """Two notes that may make the same point: never a weak one."""

    one: str
    other: str
    score: float
    label: Label

    @property
    def rank(self) -> tuple[bool, float, str, str]:
        """To sort by, the most alike first. The engines' scores are not of one kind; their labels are."""
        return self.label != Label.STRONG, -round(self.score, 6), self.one, self.other


_remembered: dict[str, tuple[Pair, ...]] = {}


def pairs(notes: Sequence[Note], vectors: Mapping[str, bytes]) -> tuple[Pair, ...]:
    """The pairs of notes that are alike, the most alike first. Those without a vector are compared by letters."""
    key = _digest(notes, vectors)
    found = _remembered.get(key)
    if found is None:
        found = tuple(sorted(_pairs(notes, vectors), key=lambda pair: pair.rank))
        if len(_remembered) >= _QUESTIONS:
            _remembered.pop(next(iter(_remembered)), None)
        _remembered[key] = found
    return found


def _pairs(notes: Sequence[Note], vectors: Mapping[str, bytes]) -> list[Pair]:
    found: dict[tuple[str, str], Pair] = {}
    if vectors:
        for one, other, score in semantic.Vectors(vectors).pairs(semantic.FLOOR):
            a, b = sorted((one, other))
            found[a, b] = Pair(a, b, score, semantic.label(score))
    for one, other, score in lexical.Index(notes).pairs(
        lexical.STRONG if len(vectors) == len(notes) else lexical.FLOOR
    ):
        a, b = sorted((one, other))
        if not (a in vectors and b in vectors):
            found[a, b] = Pair(a, b, score, lexical.label(score))
        elif score >= lexical.STRONG:
            found.setdefault((a, b), Pair(a, b, score, Label.POSSIBLE))
    return list(found.values())


def _digest(notes: Sequence[Note], vectors: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for note in sorted(notes, key=lambda note: note.id):
        for part in (note.id.encode(), note.text.encode(), vectors.get(note.id, b"")):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def side_by_side(ids: Iterable[str], alike: Iterable[Pair]) -> list[str]:
    """The ids in an order in which those that are alike are neighbours; the rest keep their order.

    The most alike are joined first, end to end where they can be; a row of them stands where its first note stood.
    """
    rows = {id_: [id_] for id_ in ids}
    place = {id_: number for number, id_ in enumerate(rows)}
    for pair in sorted(alike, key=lambda pair: pair.rank):
        one, other = rows.get(pair.one), rows.get(pair.other)
        if one is None or other is None or one is other:
            continue
        if one.index(pair.one) < len(one) // 2:
            one.reverse()
        if other.index(pair.other) > (len(other) - 1) // 2:
            other.reverse()
        one.extend(other)
        for id_ in other:
            rows[id_] = one
    distinct = {id(row): row for row in rows.values()}.values()
    return [id_ for row in sorted(distinct, key=lambda row: min(map(place.__getitem__, row))) for id_ in row]
