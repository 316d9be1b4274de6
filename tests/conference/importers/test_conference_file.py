import copy
from datetime import date, time

import pytest

from conference.importers import conference_file, json_file, survey_part
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
    TableRow,
    TextRow,
)
from conference.importers.problems import ImportFault
from conference.models.edition import Attribution, Language
from conference.models.evaluation import SurveyQuestionKind
from conference.models.programme import ItemKind, SessionFormat
from conference.models.texts import TextSlot
from tests.conference.importers.conftest import lines
from tests.conference.importers.samples import CONFERENCE, as_file, changed


def read(data: bytes) -> ConferenceFile:
    return conference_file.read(json_file.load(data, "a.json"))


def told(data: bytes) -> list[str]:
    """The problems in `data`, without file and line."""
    with pytest.raises(ImportFault) as raised:
        read(data)
    return [problem.message for problem in raised.value.problems]


def test_every_key_finds_its_place_in_the_rows() -> None:
    assert read(as_file(CONFERENCE)) == ConferenceFile(
        conference=ConferenceRow(
            slug="eksempel-2026",
            title="Dialogmøte i Eksempel kommune 2026",
            date=date(2026, 3, 12),
            end_date=date(2026, 3, 13),
            series="Dialogmøte",
            edition=3,
            theme="Språk og jobb",
            venue="Kulturhuset",
            address="Storgata 1, Eksempel",
            host="Ola Eksempel",
            website="https://example.org/",
            language="nn",
            capacity=80,
            plenary_tables_per_session=2,
            attribution="organisation",
            second_person=True,
            case_number="26/17",
            access_code="UO",
            legal_basis="offl. § 13",
            participants=(ParticipantRow("organisation", 60), ParticipantRow("government", 18, 25, 20)),
        ),
        ministries=(MinistryRow("EKS", "Eksempeldepartementet", "Dømedepartementet"),),
        tables=(TableRow(1, "Rødt bord"), TableRow(2)),
        programme=(
            ProgrammeRow(time(8, 30), "Kaffe"),
            ProgrammeRow(
                time(9),
                "Åpning",
                "speech",
                time(9, 30),
                None,
                SpeakerRow("Kari Eksempel", "ordfører", "EKS"),
                ("Kjære alle!", "Velkommen til *dialog*."),
            ),
            ProgrammeRow(time(9, 30), "Bolk 1: Språk", "session", None, 1),
        ),
        texts=(
            TextRow("summary", ("Kort sagt.",)),
            TextRow(
                "thanks", ("Takk for praten.",), "Takk fra ordføreren", "Med hilsen", "Kari Eksempel", "Ordfører"
            ),
            TextRow("structure", ("Tre runder.", "- først\n- sist")),
        ),
        sessions=(
            SessionRow(
                number=1,
                title="Språk",
                programme_title="Språk på jobben",
                format="workshop",
                slot=1,
                track="A",
                ministries=("EKS",),
                topic=("Om språk.",),
                introducers=(IntroducerRow("Kari Eksempel", "ordfører", "EKS"), IntroducerRow("Ola Eksempel")),
                introduction=("Ordføreren åpnet.",),
                questions=(
                    QuestionRow(
                        1,
                        "Hva skal til?",
                        (SubquestionRow("a", "på jobb"), SubquestionRow("b", "i fritiden")),
                        (2,),
                    ),
                    QuestionRow(2, "Og ellers?"),
                ),
            ),
        ),
        survey=SurveyRow(
            91,
            (RespondentRow("organisation", 37, 60), RespondentRow("council", 11)),
            (
                SurveyQuestionRow(
                    "Fikk du sagt det du ville?",
                    "scale",
                    "organisation",
                    "3.6.1",
                    (AnswerRow("Ja", 30), AnswerRow("Nei", 6)),
                ),
            ),
            "Også møteledere fikk den.",
        ),
    )


def test_a_slug_a_title_and_a_date_are_enough() -> None:
    facts = {"slug": "d", "title": "D", "date": "2026-03-12"}
    assert read(as_file({"format": "rnik.conference/1", "conference": facts})) == ConferenceFile(
        ConferenceRow("d", "D", date(2026, 3, 12))
    )


def test_null_is_the_same_as_an_absent_key() -> None:
    facts = dict.fromkeys(CONFERENCE["conference"]) | {"slug": "d", "title": "D", "date": "2026-03-12"}
    file = dict.fromkeys(CONFERENCE) | {"conference": facts}
    assert read(as_file(file)) == ConferenceFile(ConferenceRow("d", "D", date(2026, 3, 12)))


def test_the_letter_of_thanks_may_be_a_list_of_paragraphs() -> None:
    [_summary, thanks, _structure] = read(changed(CONFERENCE, "texts.thanks", ["Takk."])).texts
    assert thanks == TextRow("thanks", ("Takk.",))


@pytest.mark.parametrize(("key", "line"), [("slug", 4), ("title", 5), ("date", 9)])
def test_what_every_conference_has_is_required(key: str, line: int) -> None:
    with pytest.raises(ImportFault) as raised:
        read(changed(CONFERENCE, f"conference.{key}", None))
    assert lines(raised)[0] == f"a.json:{line}: conference.{key}: missing, expected a value"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("conference", None, "conference: missing, expected a value"),
        ("colour", 1, "colour: unknown key, expected one of: "),
        ("conference.colour", 1, "conference.colour: unknown key, expected one of: access_code, address, "),
        (
            "conference.slug",
            "Eksempel 2026",
            'conference.slug: "Eksempel 2026", expected at most 50 of a–z, 0–9 and -',
        ),
        ("conference.slug", "språk", 'conference.slug: "språk", expected at most 50 of a–z, 0–9 and -'),
        ("conference.slug", "x" * 51, f'conference.slug: "{"x" * 39}…", expected at most 50 of a–z, 0–9 and -'),
        ("conference.date", "12.03.2026", 'conference.date: "12.03.2026", expected a date such as 2024-05-22'),
        ("conference.end_date", "2026-03-11", 'conference.end_date: "2026-03-11", expected the first day or later'),
        ("conference.language", "da", 'conference.language: "da", expected one of: nb, nn, en'),
        ("conference.attribution", "all", 'conference.attribution: "all", expected one of: none, organisation'),
        ("conference.edition", 0, 'conference.edition: "0", expected a whole number from 1 to 32767'),
        ("conference.capacity", -1, 'conference.capacity: "-1", expected a whole number from 0 to 2147483647'),
        (
            "conference.website",
            "javascript:alert(1)",
            'conference.website: "javascript:alert(1)", expected an address that begins with https://',
        ),
        (
            "conference.participants.government",
            "20",
            'conference.participants.government: "20", expected a whole number from 0 to 2147483647',
        ),
        (
            "conference.participants.government.invited",
            -2,
            'conference.participants.government.invited: "-2", expected a whole number from 0 to 2147483647',
        ),
        (
            "conference.participants. ",
            1,
            'conference.participants. : "", expected a category of 1 to 50 characters, each only once',
        ),
        ("ministries.0.code", "E" * 21, "ministries[0].code: 21 characters, expected at most 20"),
        ("ministries.0.name", None, "ministries[0].name: missing, expected a value"),
        ("tables.1.number", 1, 'tables[1].number: "1", expected each only once (also at tables[0])'),
        ("tables.1.number", 0, 'tables[1].number: "0", expected a whole number from 1 to 32767'),
        ("programme.1.starts_at", "9:00", 'programme[1].starts_at: "9:00", expected a time such as 09:30'),
        ("programme.1.ends_at", "08:59", 'programme[1].ends_at: "08:59", expected a time after it starts'),
        ("programme.1.kind", "lunch", 'programme[1].kind: "lunch", expected one of: registration, '),
        (
            "programme.1.speaker.organisation",
            "XX",
            'programme[1].speaker.organisation: "XX", expected one of: EKS',
        ),
        ("programme.2.session", 4, 'programme[2].session: "4", expected the number of a session in this file'),
        ("texts.preface", ["x"], "texts.preface: unknown key, expected one of: anchoring, "),
        ("texts.summary", "x", 'texts.summary: "x", expected a list'),
        ("texts.summary", {"paragraphs": ["x"]}, "texts.summary: an object, expected a list"),
        ("texts.thanks.signature.mail", "x", "texts.thanks.signature.mail: unknown key, expected one of: name, role"),
        ("sessions.0.slot", "1", 'sessions[0].slot: "1", expected a whole number from 0 to 32767'),
        (
            "sessions.0.format",
            "café",
            'sessions[0].format: "café", expected one of: tables, workshop, panel, plenary',
        ),
        ("sessions.0.ministries.0", "XX", 'sessions[0].ministries[0]: "XX", expected one of: EKS'),
        (
            "sessions.0.introducers.0.ministry",
            "XX",
            'sessions[0].introducers[0].ministry: "XX", expected one of: EKS',
        ),
        ("sessions.0.questions.1.text", "", "sessions[0].questions[1].text: empty, expected a text"),
        (
            "sessions.0.questions.1.number",
            1,
            'sessions[0].questions[1].number: "1", expected each only once (also at sessions[0].questions[0])',
        ),
        ("sessions.0.questions.0.tables", [2, 3], 'sessions[0].questions[0].tables[1]: "3", expected one of: 1, 2'),
        (
            "sessions.0.questions.0.subquestions.0.letter",
            "1",
            'sessions[0].questions[0].subquestions[0].letter: "1", expected one letter',
        ),
        (
            "sessions.0.questions.0.subquestions.0.letter",
            "b",
            'sessions[0].questions[0].subquestions[1].letter: "b", expected each only once (also at ',
        ),
        ("survey.recipients", -1, 'survey.recipients: "-1", expected a whole number from 0 to 2147483647'),
        (
            "survey.respondents.0.recipients",
            36,
            'survey.respondents[0].count: "37", expected no more answers than were asked for',
        ),
        ("survey.questions.0.kind", "text", 'survey.questions[0].kind: "text", expected one of: choice, scale'),
        (
            "survey.questions.0.answers.1.label",
            "Ja ",
            'survey.questions[0].answers[1].label: "Ja", expected each only once (also at ',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path: str, value: object, problem: str) -> None:
    messages = told(changed(CONFERENCE, path, value))
    assert [message for message in messages if message.startswith(problem)] == messages[:1]


def test_all_that_is_wrong_is_told_at_once_each_at_its_line() -> None:
    file = copy.deepcopy(CONFERENCE)
    file["sessions"][0]["title"] = ""
    file["tables"].append({"number": 2})
    del file["conference"]["slug"]
    with pytest.raises(ImportFault) as raised:
        read(as_file(file))
    assert lines(raised) == [
        "a.json:3: conference.slug: missing, expected a value",
        'a.json:47: tables[2].number: "2", expected each only once (also at tables[1])',
        "a.json:101: sessions[0].title: empty, expected a text",
    ]


HOSTILE = "😀 مرحبا ሰላም 你好 =HYPERLINK(1) <script>alert(1)</script> #import </w:p>"


def test_strange_and_hostile_text_is_text() -> None:
    file = read(changed(CONFERENCE, "sessions.0.questions.1.text", f"\x00\x1b{HOSTILE}\ud800\n"))
    assert file.sessions[0].questions[1].text == HOSTILE


def test_a_paragraph_keeps_its_lines_and_loses_its_control_characters() -> None:
    file = read(changed(CONFERENCE, "texts.summary", ["- one \r\n- two\x07", "\x00"]))
    assert file.texts[0] == TextRow("summary", ("- one\n- two",))


def test_importers_and_models_know_the_same_words() -> None:
    assert tuple(Language.values) == conference_file.LANGUAGES
    assert tuple(Attribution.values) == conference_file.ATTRIBUTIONS
    assert tuple(SessionFormat.values) == conference_file.SESSION_FORMATS
    assert tuple(ItemKind.values) == conference_file.PROGRAMME_KINDS
    assert tuple(TextSlot.values) == conference_file.TEXT_SLOTS
    assert tuple(SurveyQuestionKind.values) == survey_part.SURVEY_KINDS
