import pytest

from conference.importers.problems import ImportFault, Problem, Problems, fault, shown
from tests.conference.importers.conftest import lines


def test_a_problem_reads_file_line_what() -> None:
    assert str(Problem("notes.csv", 3, "empty, expected a text")) == "notes.csv:3: empty, expected a text"


def test_a_fault_without_a_problem_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one"):
        ImportFault(())


def test_problems_are_told_together_and_by_line() -> None:
    problems = Problems("notes.csv")
    problems.add(7, "seven")
    problems.add(2, "two")
    with pytest.raises(ImportFault) as raised:
        problems.check()
    assert raised.value.problems == (Problem("notes.csv", 2, "two"), Problem("notes.csv", 7, "seven"))
    assert lines(raised) == ["notes.csv:2: two", "notes.csv:7: seven"]


def test_no_problem_is_no_fault() -> None:
    Problems("notes.csv").check()


def test_after_200_problems_the_rest_is_only_counted() -> None:
    problems = Problems("notes.csv")
    for line in range(1, 238):
        problems.add(line, "wrong")
    with pytest.raises(ImportFault) as raised:
        problems.check()
    assert len(raised.value.problems) == 201
    assert lines(raised)[-1] == "notes.csv:200: 37 more problems are not listed"


def test_exactly_200_problems_are_all_listed() -> None:
    problems = Problems("notes.csv")
    for line in range(1, 201):
        problems.add(line, "wrong")
    with pytest.raises(ImportFault) as raised:
        problems.check()
    assert lines(raised)[-1] == "notes.csv:200: wrong"


def test_one_fault_that_ends_the_reading() -> None:
    assert fault("notes.csv", 1, "empty").problems == (Problem("notes.csv", 1, "empty"),)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (7, '"7"'),
        ("two\nlines\x00\ud800", '"two lines"'),
        ("x" * 40, f'"{"x" * 40}"'),
        ("x" * 41, f'"{"x" * 39}…"'),
    ],
)
def test_a_value_is_shown_on_one_short_line(value: object, written: str) -> None:
    assert shown(value) == written
