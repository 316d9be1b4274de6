import uuid
from datetime import date, time
from typing import Any

import pytest

from conference.importers import json_file, report_file
from conference.importers.conference_rows import (
    AnswerRow,
    ConferenceFile,
    ConferenceRow,
    IntroducerRow,
    MinistryRow,
    ParticipantRow,
    ProgrammeRow,
    QuestionRow,
    RespondentRow,
    SessionRow,
    SpeakerRow,
    SubquestionRow,
    SurveyQuestionRow,
    SurveyRow,
    TextRow,
)
from conference.importers.points_file import HeadingRow, PointRow, PointsFile, QuestionPoints
from conference.importers.problems import ImportFault
from inputs.report import data
from inputs.report.model import Slot
from tests.conference.importers.samples import as_file, changed
from tests.inputs.report.sample import sample_report

KEY = "0123456789abcdef0123456789abcdef"


def chapter(slot: str, title: str, number: str = "", **content: object) -> dict[str, Any]:
    return {"slot": slot, "number": number, "title": title, "anchor": f"kap-{slot}", **content}


REPORT: dict[str, Any] = {
    "format": "rnik.report/1",
    "draft": True,
    "internal": True,
    "generated_at": "2026-11-22T13:00:00+01:00",
    "conference": {
        "slug": "d",
        "title": "Dialog",
        "date": "2026-03-12",
        "language": "nn",
        "participants": {"all": 60},
    },
    "ministries": [{"code": "EKS", "name": "Eksempeldepartementet"}],
    "programme": [
        {"starts_at": "09:00", "kind": "speech", "title": "Tale", "speaker": {"name": "Kari", "organisation": "EKS"}},
        {"starts_at": "09:30", "kind": "session", "title": "Bolk 1", "session": 1},
        {"starts_at": "11:00", "kind": "speech", "title": "Tale"},
    ],
    "survey": {
        "recipients": 9,
        "respondents": [{"group": "all", "count": 7}],
        "questions": [{"kind": "choice", "text": "Godt?", "answers": [{"label": "Ja", "count": 7}]}],
    },
    "chapters": [
        chapter("summary", "Samandrag", paragraphs=["Kort.", "- ein\n- to"]),
        chapter(
            "thanks", "Takk", paragraphs=["Takk!"], signature={"closing": "Helsing", "name": "Kari", "role": "x"}
        ),
        chapter("programme", "Program", "1"),
        chapter(
            "speeches",
            "Talar",
            "2",
            chapters=[
                chapter("speech", "Tale", "2.1", paragraphs=["Fyrst."]),
                chapter("speech", "Tale", "2.2", paragraphs=["Sist."]),
            ],
        ),
        chapter(
            "conference",
            "Konferansen",
            "3",
            chapters=[
                chapter("evaluation", "Evaluering", "3.1", figures=[{"label": "Figur 3.1.1", "bars": [], "alt": ""}])
            ],
        ),
        chapter(
            "discussions",
            "Innspel",
            "4",
            chapters=[
                chapter("structure", "Oppbygging", "4.1", paragraphs=["Slik."]),
                chapter(
                    "session",
                    "Språk",
                    "4.2",
                    session=1,
                    programme_title="Språk på jobb",
                    ministries=["EKS"],
                    chapters=[
                        chapter("topic", "Tema", "4.2.1", session=1, paragraphs=["Om språk."]),
                        chapter(
                            "introducers",
                            "Innleiarar",
                            "4.2.2",
                            session=1,
                            introducers=[{"name": "Kari", "title": "ordførar", "ministry": "EKS"}],
                            paragraphs=["Kari opna."],
                        ),
                        chapter(
                            "questions",
                            "Spørsmål",
                            "4.2.3",
                            session=1,
                            questions=[
                                {"number": 1, "text": "Kva?", "subquestions": [{"letter": "a", "text": "på jobb"}]}
                            ],
                        ),
                        chapter(
                            "inputs",
                            "Innspel",
                            "4.2.4",
                            session=1,
                            questions=[
                                {
                                    "number": 1,
                                    "text": "Kva?",
                                    "headings": [
                                        {
                                            "title": "Kurs",
                                            "points": [
                                                {
                                                    "id": KEY,
                                                    "text": "Fleire kurs.",
                                                    "tables": 1,
                                                    "sources": [{"input": "a1", "table": 2, "kind": "kept"}],
                                                    "addressees": ["staten"],
                                                }
                                            ],
                                        },
                                        {"title": "Annet", "points": []},
                                        {"title": "Resten", "other": True, "points": []},
                                        {"title": "Utan overskrift", "missing": True, "points": []},
                                    ],
                                }
                            ],
                        ),
                    ],
                ),
            ],
        ),
    ],
}


def read(content: bytes) -> tuple[ConferenceFile, PointsFile]:
    return report_file.read(json_file.load(content, "a.json"))


def test_the_conference_is_read_out_of_the_chapters() -> None:
    conference, _points = read(as_file(REPORT))
    assert conference == ConferenceFile(
        conference=ConferenceRow(
            "d", "Dialog", date(2026, 3, 12), language="nn", participants=(ParticipantRow("all", 60),)
        ),
        ministries=(MinistryRow("EKS", "Eksempeldepartementet"),),
        programme=(
            ProgrammeRow(time(9), "Tale", "speech", speaker=SpeakerRow("Kari", "", "EKS"), text=("Fyrst.",)),
            ProgrammeRow(time(9, 30), "Bolk 1", "session", session=1),
            ProgrammeRow(time(11), "Tale", "speech", text=("Sist.",)),
        ),
        texts=(
            TextRow("summary", ("Kort.", "- ein\n- to"), "Samandrag"),
            TextRow("thanks", ("Takk!",), "Takk", "Helsing", "Kari", "x"),
            TextRow("structure", ("Slik.",), "Oppbygging"),
        ),
        sessions=(
            SessionRow(
                number=1,
                title="Språk",
                programme_title="Språk på jobb",
                ministries=("EKS",),
                topic=("Om språk.",),
                introducers=(IntroducerRow("Kari", "ordførar", "EKS"),),
                introduction=("Kari opna.",),
                questions=(QuestionRow(1, "Kva?", (SubquestionRow("a", "på jobb"),)),),
            ),
        ),
        survey=SurveyRow(9, (RespondentRow("all", 7),), (SurveyQuestionRow("Godt?", answers=(AnswerRow("Ja", 7),)),)),
    )


def test_points_keep_their_ids_and_headings_their_marks() -> None:
    _conference, points = read(as_file(REPORT))
    assert points == PointsFile(
        "d",
        (
            QuestionPoints(
                1,
                1,
                (
                    HeadingRow("Kurs", False, (PointRow(uuid.UUID(KEY), "Fleire kurs."),)),
                    HeadingRow("Annet", False, ()),
                    HeadingRow("Resten", True, ()),
                    HeadingRow("", False, ()),
                ),
            ),
        ),
    )


SESSION = "chapters.5.chapters.1"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("conference", None, "conference: missing, expected a value"),
        ("chapters.0.slot", "foreword", 'chapters[0].slot: "foreword", expected one of: summary, thanks, '),
        ("chapters.0.slot", None, "chapters[0].slot: missing, expected a value"),
        ("chapters.0.slot", "thanks", 'chapters[1].slot: "thanks", expected each text only once'),
        ("chapters.0.colour", 1, "chapters[0].colour: unknown key, expected one of: "),
        ("chapters.0.questions", [], "chapters[0].questions: unknown key, expected one of: "),
        (
            "chapters.3.chapters.1.title",
            "Helsing",
            'chapters[3].chapters[1].title: "Helsing", expected the title of a line of the programme',
        ),
        (f"{SESSION}.session", None, "chapters[5].chapters[1].session: missing, expected a value"),
        (f"{SESSION}.ministries", ["X"], 'chapters[5].chapters[1].ministries[0]: "X", expected one of: EKS'),
        (
            f"{SESSION}.chapters.3.session",
            None,
            "chapters[5].chapters[1].chapters[3].session: missing, expected a value",
        ),
        (
            f"{SESSION}.chapters.0.slot",
            "session",
            'chapters[5].chapters[1].session: "1", expected each session only once',
        ),
        ("programme.1.session", 2, 'programme[1].session: "2", expected the number of a session in this file'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path: str, value: object, problem: str) -> None:
    with pytest.raises(ImportFault) as raised:
        read(changed(REPORT, path, value))
    assert [found.message for found in raised.value.problems if found.message.startswith(problem)] != []


def test_chapters_nested_without_end_are_refused() -> None:
    deep: dict[str, Any] = chapter("discussions", "x")
    for _level in range(80):
        deep = chapter("discussions", "x", chapters=[deep])
    with pytest.raises(ImportFault, match="nested more than 100 levels deep"):
        read(changed(REPORT, "chapters", [deep]))


def test_every_slot_of_a_report_is_known() -> None:
    assert set(report_file.SLOTS) == set(Slot)


@pytest.mark.parametrize("internal", [False, True])
def test_an_exported_report_is_taken_back_in(*, internal: bool) -> None:
    report = sample_report(internal=internal, draft=True)
    conference, points = read(data.dumps(report).encode())
    assert conference.conference == ConferenceRow(
        slug="eksempel-2026",
        title="Dialogmøte i Eksempel kommune 2026",
        date=date(2026, 3, 12),
        series="Dialogmøte",
        edition=3,
        theme="Språk og jobb",
        venue="Kulturhuset",
        address="Storgata 1, Eksempel",
        host="Ola Eksempel",
        website="https://example.org/",
        capacity=80,
        participants=(ParticipantRow("organisation", 60), ParticipantRow("government", 20)),
    )
    assert [text.slot for text in conference.texts] == ["summary", "thanks", "purpose", "evaluation"]
    assert [point.text for question in points.questions for row in question.headings for point in row.points] == [
        point.text for point in report.points()
    ]
    assert [
        point.id.hex for question in points.questions for row in question.headings for point in row.points if point.id
    ] == [point.id for point in report.points()]
