"""What differs between two versions: each change is told once, and what is only carried along is not."""

from copy import deepcopy
from dataclasses import replace

from inputs.comparing import HeadingChange, compare_reports
from inputs.report.data import to_data
from inputs.report.model import HeadingPoints, QuestionInputs, Report
from tests.inputs.report.sample import point, sample_report


def with_headings(**headings: list[str]) -> dict:
    """A report whose first question has those headings; a point is known by its text's first letter."""
    found = to_data(sample_report())
    question = inputs_of(found)["questions"][0]
    question["headings"] = [
        {"title": title, "points": [{"id": text[0], "text": text} for text in texts]}
        for title, texts in headings.items()
    ]
    return found


def inputs_of(report: dict) -> dict:
    return report["chapters"][4]["chapters"][0]["chapters"][2]


def told(old: dict, new: dict) -> list[tuple[str, str]]:
    return [(change.kind, change.id) for change in compare_reports(old, new).points]


def test_a_report_is_the_same_as_itself() -> None:
    same = to_data(sample_report())

    assert compare_reports(same, deepcopy(same)).is_same


def test_points_that_are_new_gone_and_reworded_are_told_word_by_word() -> None:
    old = with_headings(Kurs=["a er her", "b er her"])
    new = with_headings(Kurs=["a er der", "c er ny"])

    assert told(old, new) == [("removed", "b"), ("reworded", "a"), ("added", "c")]
    [reworded] = compare_reports(old, new).of_kind("reworded")
    assert [(piece.kind, piece.text) for piece in reworded.pieces] == [
        ("same", "a er "),
        ("removed", "her"),
        ("added", "der"),
    ]


def test_of_those_that_changed_places_only_what_moved_is_told() -> None:
    old = with_headings(Kurs=["a", "b", "c", "d"], Arbeid=["e"])

    assert told(old, with_headings(Kurs=["b", "c", "d", "a"], Arbeid=["e"])) == [("moved", "a")]
    assert told(old, with_headings(Kurs=["a", "b", "d"], Arbeid=["c", "e"])) == [("moved", "c")]


def test_a_new_point_in_between_moves_nobody() -> None:
    old, new = with_headings(Kurs=["a", "b"]), with_headings(Kurs=["a", "x", "b"])

    assert told(old, new) == [("added", "x")]


def test_a_heading_that_is_renamed_takes_its_points_along() -> None:
    found = compare_reports(with_headings(Kurs=["a", "b"]), with_headings(Opplæring=["a", "b"]))

    assert found.points == ()
    assert found.headings == (HeadingChange(1, 1, "Kurs", "Opplæring"),)


def test_headings_that_are_new_and_gone_are_told() -> None:
    old, new = with_headings(Kurs=["a"], Arbeid=["b"]), with_headings(Kurs=["a", "b"], Bolig=["c"])

    assert compare_reports(old, new).headings == (
        HeadingChange(1, 1, "Arbeid", ""),
        HeadingChange(1, 1, "", "Bolig"),
    )
    assert told(old, new) == [("moved", "b"), ("added", "c")]


def test_of_a_chapter_the_passages_that_differ_are_told() -> None:
    old, new = to_data(sample_report(prose="Først.\n\nSå dette.")), to_data(sample_report(prose="Først.\n\nSå hint."))

    [text] = compare_reports(old, new).texts
    assert (text.title, len(text.passages)) == ("Sammendrag", 1)
    assert [piece.text for piece in text.passages[0] if piece.kind != "same"] == ["dette", "hint"]


def test_two_points_with_the_same_words_are_two() -> None:
    def report(*ids: int) -> Report:
        made = sample_report()
        chapters = deepcopy(made.chapters)
        session = chapters[4].chapters[0]
        inputs = session.chapters[2]
        block = inputs.blocks[0]
        assert isinstance(block, QuestionInputs)
        heading = HeadingPoints("Kurs", tuple(point(n, "Det samme.") for n in ids), "overskrift-1")
        inputs = replace(inputs, blocks=(replace(block, headings=(heading,)),))
        session = replace(session, chapters=(*session.chapters[:2], inputs))
        return replace(made, chapters=(*chapters[:4], replace(chapters[4], chapters=(session,))))

    found = compare_reports(to_data(report(1, 2)), to_data(report(2)))
    assert [(change.kind, change.id) for change in found.points] == [("removed", f"{1:032x}")]
