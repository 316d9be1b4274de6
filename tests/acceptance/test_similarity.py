import csv
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from inputs.similarity import Candidate, Label, Note, rank, semantic

pytestmark = pytest.mark.acceptance

Engine = Callable[[list[Note]], dict[str, list[Candidate]]]


@pytest.fixture
def notes(acceptance_data: Path) -> list[Note]:
    """300 notes as note-takers type them, in nine questions."""
    with (acceptance_data / "entries-dev.csv").open(encoding="utf-8-sig", newline="") as file:
        return [Note(row["id"], row["text"], f"{row['session']}.{row['question']}") for row in csv.DictReader(file)]


@pytest.fixture
def same_point(acceptance_data: Path) -> dict[str, set[str]]:
    """For each note that has duplicates: the other notes that make the same point."""
    truth = json.loads((acceptance_data / "entries-dev-truth.json").read_text(encoding="utf-8"))["truth"]
    points = defaultdict(set)
    for note in truth:
        if note["difficulty"] != "hard_negative":
            points[note["point"]].add(note["id"])
    return {id_: point - {id_} for point in points.values() for id_ in point}


def by_letters(notes: list[Note]) -> dict[str, list[Candidate]]:
    return rank(notes)


def by_meaning(notes: list[Note]) -> dict[str, list[Candidate]]:
    vectors = semantic.embed([note.text for note in notes])
    return semantic.rank(notes, dict(zip((note.id for note in notes), vectors, strict=True)))


#: Each engine with the share of notes that must find a duplicate, and of its strong pairs that must be right. The
#: model comes with the development packages; where this processor cannot run it, its row fails and says so.
ENGINES = pytest.mark.parametrize(
    ("engine", "found", "right"), [(by_letters, 0.72, 0.70), (by_meaning, 0.85, 0.75)], ids=["lexical", "semantic"]
)


@ENGINES
def test_most_notes_find_a_duplicate_among_their_five_nearest(
    engine: Engine, found: float, right: float, notes: list[Note], same_point: dict[str, set[str]]
) -> None:
    ranked = engine(notes)
    hits = [bool(others & {candidate.id for candidate in ranked[id_]}) for id_, others in same_point.items()]
    assert (len(notes), len(hits)) == (300, 221)
    assert sum(hits) / len(hits) >= found


@ENGINES
def test_what_is_called_strong_is_mostly_right(
    engine: Engine, found: float, right: float, notes: list[Note], same_point: dict[str, set[str]]
) -> None:
    strong = {
        frozenset((id_, candidate.id)): candidate.id in same_point.get(id_, ())
        for id_, candidates in engine(notes).items()
        for candidate in candidates
        if candidate.label is Label.STRONG
    }
    assert len(strong) >= 20
    assert sum(strong.values()) / len(strong) >= right
