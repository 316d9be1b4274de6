"""Sessions, their questions and their phases in «Oppsett»."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from conference.models import Event, HandOut, Ministry, Question, QuestionRevision, Role, Session
from conference.phases import STEPS, Phase
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_input,
)
from tests.inputs.desk import logged_in, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def client(conference):
    user = MembershipFactory(conference=conference, role=Role.ADMINISTRATOR, user__name="Anne Admin").user
    return logged_in(user)


@pytest.fixture
def session(conference):
    return SessionFactory(conference=conference, number=1, title="Norsk")


@pytest.fixture
def question(session):
    return QuestionFactory(session=session, number=1, text="Hva hindrer dere?")


def at(name, *place):
    return reverse(name, args=["dialog", *place])


# --- sessions ---


def test_a_new_session_gets_the_next_number_and_opens(client, conference, session):
    data = {"title": "Arbeid", "format": "workshop", "topic": "Om arbeid.\r\n\r\nMer.", "slot": "2", "track": "A"}
    response = client.post(at("setup_session_new"), data)
    made = Session.objects.get(number=2)
    assert response["Location"] == at("setup_session", made.pk)
    assert (made.title, made.format, made.topic, made.slot, made.track) == (
        "Arbeid",
        "workshop",
        "Om arbeid.\n\nMer.",
        2,
        "A",
    )


def test_the_first_responsible_is_named_first(client, conference, session):
    one, two, three = (
        Ministry.objects.create(conference=conference, code=c, name=c, position=n) for n, c in enumerate("ABC")
    )
    data = {"title": "Norsk", "format": "tables", "version": "1", "responsible": [one.pk, three.pk], "first": two.pk}
    client.post(at("setup_session_form", session.pk), data)
    assert list(session.responsibilities.values_list("ministry", flat=True)) == [two.pk, one.pk, three.pk]
    form = client.get(at("setup_session_form", session.pk)).context["form"]
    assert (form.initial["first"], form.initial["responsible"]) == (two.pk, [two.pk, one.pk, three.pk])


def test_the_tables_get_longer_in_one_session(client, session):
    address, until = at("setup_session_form", session.pk), "2026-10-10T12:30"
    client.post(address, {"title": "Norsk", "format": "tables", "version": "1", "writable_until": until})
    session.refresh_from_db()
    assert timezone.localtime(session.writable_until).isoformat().startswith(until)
    assert f'value="{until}"' in client.get(address).content.decode()
    response = client.post(
        address, {"title": "Norsk", "format": "tables", "version": "2", "writable_until": "i morgen"}
    )
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"writable_until"})


def test_a_stale_session_shows_both(client, session):
    address = at("setup_session_form", session.pk)
    client.post(address, {"title": "Språk", "format": "tables", "version": "1"})
    response = client.post(address, {"title": "Tale", "format": "tables", "version": "1"})
    assert (response.status_code, response.context["both"]) == (
        409,
        [{"label": "Tittel", "theirs": "Språk", "mine": "Tale"}],
    )
    assert Session.objects.get().title == "Språk"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": ""}, {"title"}),
        ({"slot": "999999", "format": "sirkus"}, {"slot", "format"}),
        ({"topic": "X" * 20_001}, {"topic"}),
    ],
)
def test_a_session_that_cannot_be_is_refused(change, wrong, client, conference):
    response = client.post(at("setup_session_new"), {"title": "Arbeid", "format": "tables"} | change)
    assert (response.status_code, set(response.context["form"].errors)) == (422, wrong)
    assert Session.objects.count() == 0


# --- questions ---


def test_a_new_question_gets_the_next_number_and_its_first_wording(client, session, question):
    client.post(at("setup_question_new", session.pk), {"text": "Hva hjelper?"})
    made = Question.objects.get(number=2)
    assert [(r.number, r.text, r.by.name) for r in made.revisions.all()] == [(1, "Hva hjelper?", "Anne Admin")]


def test_a_question_is_asked_at_the_chosen_tables(client, conference, session, question):
    one, _two = TableFactory.create_batch(2, conference=conference)
    data = {"text": question.text, "version": "1", "tables": [one.pk]}
    client.post(at("setup_question", session.pk, question.pk), data)
    question.refresh_from_db()
    assert (list(question.tables.all()), question.version, question.revisions.count()) == ([one], 2, 1)


def test_another_conferences_table_cannot_be_chosen(client, conference, session, question):
    TableFactory(conference=conference)
    data = {"text": question.text, "version": "1", "tables": [TableFactory().pk]}
    assert client.post(at("setup_question", session.pk, question.pk), data).status_code == 422


def test_a_question_that_nobody_has_answered_is_worded_at_once(client, session, question):
    client.post(at("setup_question", session.pk, question.pk), {"text": "Hva stopper dere?", "version": "1"})
    assert list(QuestionRevision.objects.values_list("number", "text")) == [
        (1, "Hva hindrer dere?"),
        (2, "Hva stopper dere?"),
    ]


def test_changing_what_is_answered_asks_first_and_then_keeps_both_wordings(client, session, question):
    make_input(question)
    make_input(question)
    address = at("setup_question", session.pk, question.pk)
    response = client.post(address, {"text": "Hva stopper dere?", "version": "1"})
    assert (response.status_code, response.context["answered"]) == (200, [("innspill", 2)])
    page = response.content.decode()
    assert ("Hva hindrer dere?" in page, "Hva stopper dere?" in page) == (True, True)
    question.refresh_from_db()
    assert (question.text, question.revisions.count()) == ("Hva hindrer dere?", 1)
    client.post(address, {"text": "Hva stopper dere?", "version": "1", "confirm": "1"})
    question.refresh_from_db()
    assert (question.text, question.version) == ("Hva stopper dere?", 2)
    assert [r.number for r in question.revisions.all()] == [1, 2]
    assert [w.text for w in client.get(address).context["wordings"]] == ["Hva stopper dere?", "Hva hindrer dere?"]


def test_the_same_text_again_asks_nothing(client, session, question):
    make_input(question)
    response = client.post(at("setup_question", session.pk, question.pk), {"text": question.text, "version": "1"})
    assert (response.status_code, question.revisions.count()) == (302, 1)


@pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
def test_a_stale_question_shows_both(confirm, client, session, question):
    make_input(question)
    address = at("setup_question", session.pk, question.pk)
    client.post(address, {"text": "Deres?", "version": "1", "confirm": "1"})
    response = client.post(address, {"text": "Mitt?", "version": "1", **confirm})
    assert (response.status_code, response.context["both"]) == (
        409,
        [{"label": "Spørsmål", "theirs": "Deres?", "mine": "Mitt?"}],
    )
    assert Question.objects.get().text == "Deres?"


@pytest.mark.parametrize("text", ["", "  \n ", "\x01", "X" * 2001, "N\x00L"])
def test_a_question_without_words_or_with_too_many_is_refused(text, client, session):
    response = client.post(at("setup_question_new", session.pk), {"text": text})
    assert (response.status_code, Question.objects.count()) == (422, 0)


def test_a_question_changed_after_it_was_sent_out_says_so_at_once(client, session, question, editor):
    QuestionRevision.objects.update(at=timezone.now() - timedelta(hours=1))
    HandOut.objects.create(
        conference=session.conference, kind="sent", whom="alle", key=uuid.uuid4(), by=editor, at=timezone.now()
    )
    assert [row.mark for row in client.get(at("setup_session", session.pk)).context["questions"]["rows"]] == [""]
    address = at("setup_question", session.pk, question.pk)
    response = client.post(address, {"text": "Ny?", "version": "1"}, follow=True)
    said_again = f"Endret {localtime():%d.%m} – send på nytt"
    assert said(response) == [f"Spørsmål 1 er lagret. {said_again}."]
    assert [row.mark for row in response.context["questions"]["rows"]] == [said_again]


def test_a_chief_editor_words_no_question(conference, session, question):
    other = logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)
    response = other.post(at("setup_question", session.pk, question.pk), {"text": "Ny?", "version": "1"})
    assert (response.status_code, Question.objects.get().text) == (403, "Hva hindrer dere?")


# --- phases ---


@pytest.mark.parametrize("phase", Phase)
def test_only_the_possible_steps_are_offered(phase, client, session):
    Session.objects.update(phase=phase)
    offered = client.get(at("setup_session", session.pk)).context["steps"]
    assert {step for step, _name, _meaning in offered} == STEPS[phase]


def test_a_step_is_taken(client, session):
    response = client.post(at("setup_session_phase", session.pk), {"to": "open"}, follow=True)
    assert (Session.objects.get().phase, said(response)) == ("open", ["Bolken er nå: åpen."])
    assert [event.verb for event in Event.objects.all()] == ["set_phase"]


@pytest.mark.parametrize("to", ["delivered", "tull", "", "N\x00L"])
def test_a_step_that_is_not_possible_is_a_sentence(to, client, session):
    response = client.post(at("setup_session_phase", session.pk), {"to": to}, follow=True)
    assert said(response) == ["Det går ikke an å gå dit fra «planlagt». Bolken er som før."]
    assert Session.objects.get().phase == "planned"


def test_other_roles_and_other_conferences_move_no_session(client, conference, session):
    theirs = SessionFactory()
    chief = logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)
    statuses = [
        chief.post(at("setup_session_phase", session.pk), {"to": "open"}).status_code,
        client.post(at("setup_session_phase", theirs.pk), {"to": "open"}).status_code,
    ]
    assert (statuses, set(Session.objects.values_list("phase", flat=True))) == ([403, 404], {"planned"})


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_forms_cost_the_same_for_one_and_for_three(number, client, conference, session, question):
    for n in range(number):
        Ministry.objects.create(conference=conference, code=f"D{n}", name=f"Departement {n}")
        TableFactory(conference=conference)
        QuestionRevision.objects.create(
            question=question, number=n + 2, text="Ny?", by=question.revisions.get(number=1).by, at=timezone.now()
        )
    costs = []
    for page in (at("setup_session_form", session.pk), at("setup_question", session.pk, question.pk)):
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        costs.append(len(captured))
    assert costs == [9, 12]
