import uuid
from typing import Any

import pytest

from conference.importers import json_file, points_file
from conference.importers.points_file import HeadingRow, PointRow, PointsFile, QuestionPoints
from conference.importers.problems import ImportFault
from tests.conference.importers.samples import as_file, changed

KEY = "0123456789abcdef0123456789abcdef"
POINTS: dict[str, Any] = {
    "format": "rnik.points/1",
    "conference": "eksempel-2026",
    "questions": [
        {
            "session": 1,
            "question": 1,
            "headings": [
                {"title": "Kurs", "points": ["Flere kurs.", {"id": KEY, "text": "Barnepass\nom kvelden."}]},
                {"title": "Annet", "points": []},
            ],
        },
        {"session": 1, "question": 2, "headings": [{"title": "Resten", "other": True, "points": [{"text": "Mer."}]}]},
    ],
}


def read(data: bytes) -> PointsFile:
    return points_file.read(json_file.load(data, "a.json"))


def test_headings_and_points_are_read_in_order() -> None:
    assert read(as_file(POINTS)) == PointsFile(
        "eksempel-2026",
        (
            QuestionPoints(
                1,
                1,
                (
                    HeadingRow(
                        "Kurs",
                        False,
                        (PointRow(None, "Flere kurs."), PointRow(uuid.UUID(KEY), "Barnepass\nom kvelden.")),
                    ),
                    HeadingRow("Annet", True, ()),
                ),
            ),
            QuestionPoints(1, 2, (HeadingRow("Resten", True, (PointRow(None, "Mer."),)),)),
        ),
    )


@pytest.mark.parametrize("title", ["Annet", "ANNA", "Other"])
def test_the_heading_for_what_is_left_over_is_known_by_its_name(title: str) -> None:
    [first, _second] = read(changed(POINTS, "questions.0.headings.1.title", title)).questions
    assert [heading.is_other for heading in first.headings] == [False, True]


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("conference", None, "conference: missing, expected a value"),
        ("year", 2024, "year: unknown key, expected one of: conference, format, questions"),
        ("questions.0.question", 0, 'questions[0].question: "0", expected a whole number from 1 to 32767'),
        ("questions.0.question", 2, 'questions[1].question: "1.2", expected each question only once'),
        ("questions.0.headings.0.title", " ", "questions[0].headings[0].title: empty, expected a text"),
        (
            "questions.0.headings.1.title",
            "Kurs ",
            'questions[0].headings[1].title: "Kurs", expected each only once (also at questions[0].headings[0])',
        ),
        (
            "questions.0.headings.0.title",
            "Anna",
            "questions[0].headings: two headings for what is left over, expected one",
        ),
        ("questions.0.headings.0.points.0", "", "questions[0].headings[0].points[0].text: empty, expected a text"),
        ("questions.0.headings.0.points.0", 1, 'questions[0].headings[0].points[0]: "1", expected an object'),
        (
            "questions.0.headings.0.points.0",
            "x" * 10_001,
            "questions[0].headings[0].points[0].text: 10001 characters, expected at most 10000",
        ),
        (
            "questions.0.headings.0.points.1.id",
            "x1",
            'questions[0].headings[0].points[1].id: "x1", expected 32 hexadecimal digits',
        ),
        (
            "questions.1.headings.0.points.0.id",
            KEY,
            f'questions[1].headings[0].points[0].id: "{KEY}", expected each only once',
        ),
        (
            "questions.0.headings.0.points.1.tables",
            3,
            "questions[0].headings[0].points[1].tables: unknown key, expected one of: id, text",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path: str, value: object, problem: str) -> None:
    with pytest.raises(ImportFault) as raised:
        read(changed(POINTS, path, value))
    assert [found.message for found in raised.value.problems] == [problem]


def test_a_point_of_exactly_10000_characters_passes() -> None:
    file = read(changed(POINTS, "questions.0.headings.0.points.0", "x" * 10_000))
    assert file.questions[0].headings[0].points[0] == PointRow(None, "x" * 10_000)


def test_a_fault_in_a_point_is_told_at_its_line() -> None:
    with pytest.raises(ImportFault) as raised:
        read(changed(POINTS, "questions.0.headings.0.points.0", "\u0007"))
    assert [(found.line, found.file) for found in raised.value.problems] == [(12, "a.json")]
