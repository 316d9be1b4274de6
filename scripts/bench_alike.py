"""How well duplicates are found in the notes that were sorted by hand, and how fast: part of `make bench`.

Processor time, since other programs on the machine would show in any other. One new note is compared with 300.
"""

# ruff: noqa: T201  a command: what it prints is its answer; our own modules are imported once the path is set

import csv
import json
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from inputs.similarity import Candidate, Index, Label, Note, rank, semantic
from inputs.similarity.pairs import pairs

Ranked = dict[str, list[Candidate]]


def read(folder: Path) -> tuple[list[Note], dict[str, set[str]]]:
    """The notes, and for each that has duplicates which they are."""
    with (folder / "entries-dev.csv").open(encoding="utf-8-sig", newline="") as file:
        notes = [Note(row["id"], row["text"], f"{row['session']}.{row['question']}") for row in csv.DictReader(file)]
    points = defaultdict(set)
    for note in json.loads((folder / "entries-dev-truth.json").read_text(encoding="utf-8"))["truth"]:
        if note["difficulty"] != "hard_negative":
            points[note["point"]].add(note["id"])
    return notes, {id_: point - {id_} for point in points.values() for id_ in point}


def quality(name: str, ranked: Ranked, same: dict[str, set[str]]) -> None:
    hits = sum(bool(others & {one.id for one in ranked[id_]}) for id_, others in same.items())
    strong = {
        frozenset((id_, one.id)): one.id in same.get(id_, ())
        for id_, found in ranked.items()
        for one in found
        if one.label is Label.STRONG
    }
    print(
        f"{name:<24} hit@5 {hits / len(same):.3f}   strong {sum(strong.values())} of {len(strong)} right "
        f"({sum(strong.values()) / len(strong):.2f})"
    )


def cost(name: str, began: float, times: int = 1) -> None:
    print(f"{name:<48} {(time.process_time() - began) / times * 1000:>8.1f} ms", flush=True)


def main(folder: Path) -> None:
    notes, same = read(folder)
    one_question = [Note(note.id, note.text) for note in notes]
    new = [Note("new", note.text + " også om kvelden") for note in notes[:40]]
    print("\n=== duplicates: 300 notes that were sorted by hand")
    quality("lexical", rank(notes), same)
    began = time.process_time()
    index = Index(one_question)
    cost("lexical: index of 300", began)
    index.nearest(new[0])
    began = time.process_time()
    for note in new:
        index.nearest(note)
    cost("lexical: one new note among 300", began, len(new))
    began = time.process_time()
    pairs(one_question, {})
    cost("lexical: all pairs of 300, once until a text changes", began)
    if not semantic.is_available():
        print("semantic                 NOT RUN: rnik[semantic] is not installed, or this processor lacks AVX2")
        return
    vectors = dict(zip((note.id for note in notes), semantic.embed([note.text for note in notes]), strict=True))
    quality("semantic", semantic.rank(notes, vectors), same)
    by_meaning = semantic.Vectors(vectors)
    began = time.process_time()
    for note in new:
        by_meaning.scores(next(semantic.embed([note.text])))
    cost("semantic: one new note among 300, read and compared", began, len(new))
    began = time.process_time()
    pairs(one_question, vectors)
    cost("semantic: all pairs of 300, once until a text changes", began)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
