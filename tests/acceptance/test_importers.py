from pathlib import Path

import pytest

from conference.importers import inputs_file
from conference.importers.files import read_conference, read_points

pytestmark = pytest.mark.acceptance


def test_the_real_conference_is_read_whole(acceptance_data: Path) -> None:
    file, points = read_conference((acceptance_data / "conference.json").read_bytes(), "conference.json")
    counts = {
        "sessions": len(file.sessions),
        "questions": sum(len(session.questions) for session in file.sessions),
        "tables": len(file.tables),
        "programme": len(file.programme),
        "texts": len(file.texts),
        "ministries": len(file.ministries),
        "introductions": sum(len(session.introducers) for session in file.sessions),
        "participants": sum(row.attended or 0 for row in file.conference.participants),
        "answers": [answer.count for answer in file.survey.questions[0].answers] if file.survey else None,
        "points": points,
    }
    assert counts == {
        "sessions": 3,
        "questions": 9,
        "tables": 10,
        "programme": 12,
        "texts": 9,
        "ministries": 5,
        "introductions": 7,
        "participants": 80,
        "answers": [15, 14, 2, 4, 1],
        "points": None,
    }


@pytest.mark.parametrize(("name", "rows"), [("entries-sessions-1-2.csv", 242), ("entries-dev.csv", 300)])
def test_the_real_notes_are_read_whole(acceptance_data: Path, name: str, rows: int) -> None:
    notes = inputs_file.read((acceptance_data / name).read_bytes(), name)
    assert (len(notes), [note.line for note in notes]) == (rows, list(range(2, rows + 2)))


def test_the_real_points_are_read_whole(acceptance_data: Path) -> None:
    name = "points-sessions-1-2.json"
    questions = read_points((acceptance_data / name).read_bytes(), name).questions
    headings = [heading for question in questions for heading in question.headings]
    points = [point for heading in headings for point in heading.points]
    assert (len(questions), len(headings), len(points)) == (6, 47, 242)
    assert sum(heading.is_other for heading in headings) == 5
