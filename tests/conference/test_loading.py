"""A conference from a file: made, brought in line, and never at the cost of an answer."""

import copy
import json

import pytest
from django.utils.translation import override

from conference.actions.loading import load_conference
from conference.actions.replacing import NotReplaceable
from conference.importers.files import read_conference
from conference.models import Conference, ProgrammeItem, Question, Session, Table, User
from tests.factories import make_input

pytestmark = pytest.mark.django_db

FILE = {
    "format": "rnik.conference/1",
    "conference": {
        "slug": "mote", "title": "Dialogmøte", "date": "2026-03-12", "series": "Dialogmøter",
        "participants": {"organisation": 60, "government": {"attended": 20, "limit": 25}},
    },
    "ministries": [{"code": "EKS", "name": "Eksempeldepartementet", "name_nn": "Eksempeldepartementet"}],
    "tables": [{"number": 1}, {"number": 2}],
    "programme": [
        {"starts_at": "09:00", "kind": "speech", "title": "Åpning", "text": ["Kjære alle.", "Velkommen!"],
         "speaker": {"name": "Kari Eksempel", "title": "ordfører", "organisation": "EKS"}},
        {"starts_at": "09:30", "kind": "session", "title": "Bolk 1", "session": 1},
    ],
    "texts": {"purpose": ["Å snakke *sammen*."]},
    "sessions": [
        {
            "number": 1, "title": "Språk", "ministries": ["EKS"], "topic": ["Om språk."],
            "introducers": [{"name": "Kari Eksempel", "title": "ordfører", "ministry": "EKS"}],
            "introduction": ["Hun innledet."],
            "questions": [
                {"number": 1, "text": "Hva hindrer?", "subquestions": [{"letter": "a", "text": "på jobb"}]},
                {"number": 2, "text": "Hva hjelper?", "tables": [2]},
            ],
        },
    ],
    "survey": {
        "recipients": 90, "respondents": [{"group": "organisation", "count": 37}],
        "questions": [{"kind": "choice", "base": "organisation", "text": "Fornøyd?",
                       "answers": [{"label": "Ja", "count": 30}, {"label": "Nei", "count": 6}]}],
    },
}  # fmt: skip


def load(**changes):
    described, _points = read_conference(json.dumps(FILE | changes).encode(), "file.json")
    return load_conference(described, by=User.objects.system())


def with_questions(*texts):
    sessions = copy.deepcopy(FILE["sessions"])
    sessions[0]["questions"] = [{"number": n, "text": text} for n, text in enumerate(texts, 1)]
    return sessions


def test_everything_in_the_file_is_stored():
    conference = load()
    session = conference.sessions.get()
    first, second = session.questions.all()
    speech, item = conference.programme.all()
    counts = [(count.category, count.attended, count.limit) for count in conference.participant_counts.all()]
    assert counts == [("organisation", 60, None), ("government", 20, 25)]
    assert conference.series.name == "Dialogmøter"
    assert (session.topic, session.introduction, session.introducers.get().ministry.code) == (
        "Om språk.", "Hun innledet.", "EKS",
    )  # fmt: skip
    assert (speech.text, speech.speaker_ministry.code, item.session) == ("Kjære alle.\n\nVelkommen!", "EKS", session)
    assert ([p.letter for p in first.subquestions.all()], [t.number for t in second.tables.all()]) == (["a"], [2])
    assert conference.texts.get().text == "Å snakke *sammen*."
    assert [(a.label, a.count) for a in conference.survey.questions.get().answers.all()] == [("Ja", 30), ("Nei", 6)]


def test_loading_twice_gives_the_same_rows():
    load()
    counts = [model.objects.count() for model in (Conference, Session, Question, Table, ProgrammeItem)]
    first = Question.objects.order_by("pk").values_list("pk", "version", "text")
    again = load()
    assert [model.objects.count() for model in (Conference, Session, Question, Table, ProgrammeItem)] == counts
    assert list(Question.objects.order_by("pk").values_list("pk", "version", "text")) == list(first)
    assert again.version == 1


def test_a_question_that_is_asked_anew_keeps_its_earlier_wording():
    load()
    load(sessions=with_questions("Hva hindrer oss?", "Hva hjelper?"))
    question = Question.objects.get(number=1)
    assert [(r.number, r.text) for r in question.revisions.all()] == [(1, "Hva hindrer?"), (2, "Hva hindrer oss?")]
    assert (question.text, question.version) == ("Hva hindrer oss?", 2)


def test_what_nobody_has_answered_may_go():
    load()
    conference = load(tables=[{"number": 1}], sessions=with_questions("Hva hindrer?"))
    assert (conference.tables.count(), Question.objects.count()) == (1, 1)


def test_lists_that_the_file_leaves_out_stay():
    load()
    conference = load(tables=[], programme=[], texts={}, sessions=[])
    assert (conference.tables.count(), conference.programme.count(), conference.sessions.count()) == (2, 2, 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sessions": with_questions("Hva hindrer?")}, "question 1.2 has inputs and cannot be removed"),
        (
            {"tables": [{"number": 1}], "sessions": with_questions("Hva hindrer?", "Hva hjelper?")},
            "table 2 has inputs and cannot be removed",
        ),
        (
            {"sessions": [{"number": 3, "title": "Ny bolk"}], "programme": []},
            "session 1 has inputs and cannot be removed",
        ),
        (
            {"sessions": with_questions("Hva hjelper?", "Noe nytt?")},
            "question 1.2 has inputs and cannot become 1",
        ),
    ],
)
def test_what_has_inputs_is_neither_removed_nor_renumbered(changes, reason):
    conference = load()
    question = Question.objects.get(number=2)
    make_input(question, table=conference.tables.get(number=2))
    with override("en"), pytest.raises(NotReplaceable, match=reason):
        load(**changes)
    assert [q.text for q in Question.objects.order_by("number")] == ["Hva hindrer?", "Hva hjelper?"]
    assert (conference.tables.count(), conference.sessions.get().title) == (2, "Språk")


def test_the_words_that_importers_know_are_the_models_words():
    from conference.importers import conference_file
    from conference.models import Attribution, ItemKind, Language, SessionFormat, TextSlot

    assert tuple(Language.values) == conference_file.LANGUAGES
    assert tuple(Attribution.values) == conference_file.ATTRIBUTIONS
    assert tuple(SessionFormat.values) == conference_file.SESSION_FORMATS
    assert sorted(conference_file.PROGRAMME_KINDS) == sorted(ItemKind.values)
    assert sorted(conference_file.TEXT_SLOTS) == sorted(TextSlot.values)
