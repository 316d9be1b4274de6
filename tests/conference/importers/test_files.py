import pytest

from conference.importers.files import read_conference, read_points
from conference.importers.problems import ImportFault
from tests.conference.importers.conftest import lines
from tests.conference.importers.samples import CONFERENCE, as_file
from tests.conference.importers.test_points_file import POINTS
from tests.conference.importers.test_report_file import REPORT


def test_a_conference_file_comes_without_points() -> None:
    conference, points = read_conference(as_file(CONFERENCE), "a.json")
    assert (conference.conference.slug, points) == ("eksempel-2026", None)


def test_a_report_comes_with_its_points() -> None:
    conference, points = read_conference(as_file(REPORT), "a.json")
    assert points is not None
    assert (conference.conference.slug, points.conference, len(points.questions)) == ("d", "d", 1)


def test_points_are_read_from_a_points_file_and_from_a_report() -> None:
    assert len(read_points(as_file(POINTS), "a.json").questions) == 2
    assert read_points(as_file(REPORT), "a.json").conference == "d"


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ({"format": "rnik.points/1"}, '"rnik.points/1"'),
        ({"format": "rnik.conference/2"}, '"rnik.conference/2"'),
        ({"format": ["rnik.conference/1"]}, "a list"),
        ({}, "nothing"),
        ([], "nothing"),
    ],
)
def test_another_format_is_told_with_the_known_ones(file: object, found: str) -> None:
    with pytest.raises(ImportFault) as raised:
        read_conference(as_file(file), "a.json")
    assert [line.partition(": ")[2] for line in lines(raised)] == [
        f"format: {found}, expected one of: rnik.conference/1, rnik.report/1"
    ]


def test_points_are_not_read_from_a_conference_file() -> None:
    with pytest.raises(ImportFault) as raised:
        read_points(as_file(CONFERENCE), "a.json")
    assert lines(raised) == [
        'a.json:2: format: "rnik.conference/1", expected one of: rnik.points/1, rnik.report/1',
    ]
