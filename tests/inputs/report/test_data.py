import json
from dataclasses import replace
from typing import Any

import pytest

from inputs.report import data
from inputs.report.model import Report
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.sample import sample_report


def chapters(tree: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every chapter of the file by its slot; the sample has one of each."""
    found = {}
    waiting = list(tree["chapters"])
    while waiting:
        chapter = waiting.pop()
        found[chapter["slot"]] = chapter
        waiting += chapter.get("chapters", [])
    return found


def loaded(report: Report | None = None) -> dict[str, Any]:
    return json.loads(data.dumps(report or sample_report()))


def own_keys(chapter: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in chapter.items() if key not in {"slot", "number", "title", "anchor"}}


def test_the_file_begins_with_its_format_and_the_facts() -> None:
    tree = loaded()

    assert list(tree) == ["format", "generated_at", "conference", "ministries", "programme", "survey", "chapters"]
    assert tree["format"] == "rnik.report/1"
    assert tree["generated_at"] == "2026-11-22T12:00:00+00:00"
    assert tree["conference"] == {
        "slug": "eksempel-2026",
        "title": "Dialogmøte i Eksempel kommune 2026",
        "series": "Dialogmøte",
        "edition": 3,
        "theme": "Språk og jobb",
        "date": "2026-03-12",
        "venue": "Kulturhuset",
        "address": "Storgata 1, Eksempel",
        "host": "Ola Eksempel",
        "website": "https://example.org/",
        "language": "nb",
        "capacity": 80,
        "plenary_tables_per_session": 3,
        "attribution": "none",
        "participants": {"organisation": 60, "government": 20},
    }


def test_ministries_programme_and_survey_stand_whole_at_the_top() -> None:
    tree = loaded()

    assert tree["ministries"] == [
        {"code": "EKS", "name": "Eksempeldepartementet", "name_nn": "Eksempeldepartementet"}
    ]
    assert tree["programme"] == [
        {
            "starts_at": "09:00",
            "ends_at": "09:30",
            "kind": "speech",
            "title": "Åpning",
            "speaker": {"name": "Kari Eksempel", "title": "ordfører", "organisation": "EKS"},
        },
        {"starts_at": "09:30", "kind": "session", "title": "Bolk 1: Språk", "session": 1},
    ]
    assert tree["survey"] == {
        "recipients": 91,
        "respondents": [{"group": "organisation", "count": 37}],
        "questions": [
            {
                "kind": "choice",
                "base": "organisation",
                "text": "Fikk du sagt det du ville?",
                "answers": [
                    {"label": "I stor grad", "count": 15},
                    {"label": "Verken eller", "count": 14},
                    {"label": "I liten grad", "count": 7},
                ],
            }
        ],
    }


def test_a_report_without_a_survey_says_so() -> None:
    assert loaded(replace(sample_report(), survey=None))["survey"] is None


def test_the_chapters_keep_their_tree_their_order_and_their_numbers() -> None:
    def outline(siblings: list[dict[str, Any]]) -> list[Any]:
        return [(c["slot"], c["number"], c["anchor"], *outline(c.get("chapters", []))) for c in siblings]

    assert outline(loaded()["chapters"]) == [
        ("summary", "", "kap-summary"),
        ("thanks", "", "kap-thanks"),
        ("programme", "1", "kap-1"),
        ("conference", "2", "kap-2", ("purpose", "2.1", "kap-2-1"), ("evaluation", "2.2", "kap-2-2")),
        (
            "discussions",
            "3",
            "kap-3",
            (
                "session",
                "3.1",
                "kap-3-1",
                ("introducers", "3.1.1", "kap-3-1-1"),
                ("questions", "3.1.2", "kap-3-1-2"),
                ("inputs", "3.1.3", "kap-3-1-3"),
            ),
        ),
    ]


def test_a_text_is_its_blocks_in_the_markup_it_was_written_in() -> None:
    found = chapters(loaded())

    assert own_keys(found["summary"]) == {
        "paragraphs": [
            "Første *avsnitt* med **vekt** og [en lenke](https://example.org/).",
            "- ett\n- to",
            "1. først\n2. så",
            "## Mellomtittel",
            "Siste avsnitt.",
        ]
    }
    assert own_keys(found["thanks"]) == {
        "paragraphs": ["Takk for praten."],
        "signature": {"closing": "Med hilsen", "name": "Kari Eksempel", "role": "ordfører"},
    }


def test_a_session_tells_who_is_responsible_who_introduced_and_what_was_asked() -> None:
    found = chapters(loaded())
    session = {key: value for key, value in own_keys(found["session"]).items() if key != "chapters"}

    assert session == {"session": 1, "programme_title": "Språk", "ministries": ["EKS"]}
    assert own_keys(found["introducers"]) == {
        "session": 1,
        "introducers": [{"name": "Kari Eksempel", "title": "ordfører", "ministry": "EKS"}],
    }
    assert own_keys(found["questions"]) == {
        "session": 1,
        "questions": [
            {
                "number": 1,
                "text": "Hva skal til for at flere lærer norsk?",
                "subquestions": [{"letter": "a", "text": "på jobb"}, {"letter": "b", "text": "i fritiden"}],
            },
            {"number": 2, "text": "Og ellers?"},
        ],
    }


def test_the_points_stand_under_their_headings() -> None:
    assert own_keys(chapters(loaded())["inputs"]) == {
        "session": 1,
        "questions": [
            {
                "number": 1,
                "text": "Hva skal til for at flere lærer norsk?",
                "headings": [
                    {
                        "title": "Kurs",
                        "points": [
                            {"id": f"{1:032x}", "text": "Gi flere plass på kurs."},
                            {"id": f"{2:032x}", "text": "Kveldskurs må ha barnepass."},
                        ],
                    },
                    {"title": "Annet", "other": True, "points": [{"id": f"{3:032x}", "text": "Noe helt annet."}]},
                ],
            },
            {"number": 2, "text": "Og ellers?", "headings": []},
        ],
    }


def test_each_point_stands_in_one_place() -> None:
    written = data.dumps(sample_report(*HOSTILE))

    assert [written.count(f'"{n:032x}"') for n in range(1, len(HOSTILE) + 2)] == [1] * (len(HOSTILE) + 1)


def test_a_figure_keeps_its_numbers() -> None:
    assert chapters(loaded())["evaluation"]["figures"] == [
        {
            "label": "Figur 2.2.1",
            "title": "Fikk du sagt det du ville?",
            "bars": [
                {"label": "I stor grad", "count": 15, "percent": 42},
                {"label": "Verken eller", "count": 14, "percent": 39},
                {"label": "I liten grad", "count": 7, "percent": 19},
            ],
            "alt": "Liggende søylediagram. Fikk du sagt det du ville? I stor grad: 42 prosent; "
            "Verken eller: 39 prosent; I liten grad: 19 prosent.",
            "notes": ["n = 36, organisasjoner og råd."],
        }
    ]


def test_the_internal_edition_tells_where_a_point_comes_from() -> None:
    tree = loaded(sample_report(internal=True))

    assert tree["internal"] is True
    assert chapters(tree)["inputs"]["questions"][0]["headings"][1]["points"] == [
        {
            "id": f"{3:032x}",
            "text": "Noe helt annet.",
            "tables": 3,
            "sources": [{"input": "i-3", "table": 3, "kind": "kept"}, {"input": "i-3b", "kind": "same"}],
            "addressees": ["municipality"],
        }
    ]


def test_a_draft_says_that_it_is_one() -> None:
    assert loaded(sample_report(draft=True))["draft"] is True


def test_a_fact_that_is_not_known_is_left_out() -> None:
    report = sample_report()
    facts = replace(report.facts, edition=None, theme="", capacity=0, participants=())

    conference = loaded(replace(report, facts=facts))["conference"]

    assert not {"edition", "theme", "participants"} & set(conference)
    assert conference["capacity"] == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_a_point_is_written_as_it_stands(text: str) -> None:
    headings = chapters(loaded(sample_report(text)))["inputs"]["questions"][0]["headings"]

    assert headings[0]["points"][0]["text"] == text


def test_letters_are_written_as_letters() -> None:
    assert "中文 æøå" in data.dumps(sample_report("中文 æøå"))
