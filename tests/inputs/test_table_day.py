"""What a table does on the day beside writing: a test line, and «Lever referatet» for each session."""

from datetime import timedelta

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from conference.actions.codes import issue_codes
from conference.models import Delivery, Device, Event, Session, User
from inputs.models import Input, MinutesSheet
from tests.factories import (
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_input,
)
from tests.inputs.desk import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(question):
    """Session 1 is open, with two questions; the second is put to table 8 alone."""
    conference = question.session.conference
    Session.objects.update(phase="open", writable_until=timezone.now() + timedelta(hours=1))
    tables = [TableFactory(conference=conference, number=number) for number in (7, 8)]
    QuestionFactory(session=question.session, number=2, text="Hva kan bare bord 8?").tables.add(tables[1])
    return conference


@pytest.fixture
def table(conference):
    """A browser at table 7."""
    client = Client(headers={"accept-language": "en"})
    client.post("/bord/logg-inn/", {"code": issue_codes(conference, by=User.objects.system())[0].code})
    return client


def page(client, address="/bord/"):
    return lxml.html.fromstring(client.get(address).content)


def text(client, place, address="/bord/"):
    return " ".join(page(client, address).get_element_by_id(place).text_content().split())


def deliver(client, **more):
    return client.post("/bord/lever/", {"session": "1"} | more, follow=True)


def standing():
    return list(Delivery.objects.standing().values_list("table__number", "session__number"))


# --- delivering ---


def test_a_table_that_has_written_under_each_question_delivers_at_once(table, conference, question):
    make_input(question, table=conference.tables.get(number=7))
    deliver(table)
    assert standing() == [(7, 1)]
    assert text(table, "table-delivery").startswith("✓ Delivered at")


def test_a_table_is_asked_once_about_the_questions_it_has_written_nothing_under(table, question):
    response = deliver(table)
    assert standing() == []
    alert = lxml.html.fromstring(response.content).xpath("//div[@id='table-delivery']//div[@role='alert']")[0]
    assert [" ".join(item.text_content().split()) for item in alert.xpath(".//li")] == [f"1 {question.text}"]
    [form] = [form for form in lxml.html.fromstring(response.content).forms if form.action == "/bord/lever/"]
    table.post(form.action, dict(form.fields))
    assert standing() == [(7, 1)]


def test_a_withdrawn_note_answers_nothing(table, conference, question):
    note = make_input(question, table=conference.tables.get(number=7))
    table.post(f"/bord/innspill/{note.key}/trekk/")
    deliver(table)
    assert standing() == []


def test_a_sheet_that_is_not_divided_may_answer_any_question(table, conference, question):
    writer = NoteTakerFactory(table=conference.tables.get(number=7))
    MinutesSheet.objects.create(session=question.session, note_taker=writer, text="Alt", received_at=timezone.now())
    deliver(table)
    assert standing() == [(7, 1)]


def test_delivering_twice_is_one_delivery(table):
    deliver(table, sure="1")
    deliver(table, sure="1")
    assert Delivery.objects.count() == 1
    assert Event.objects.filter(verb="deliver").count() == 1


def test_a_delivery_is_taken_back_and_made_again(table):
    deliver(table, sure="1")
    first = Delivery.objects.get()
    for _click in range(2):
        table.post("/bord/lever/angre/", {"session": "1"})
    assert standing() == []
    deliver(table, sure="1")
    first.refresh_from_db()
    assert (standing(), Delivery.objects.count(), first.taken_back_at is not None) == ([(7, 1)], 2, True)


def test_after_the_deadline_the_delivery_stands_and_the_page_offers_nothing_else(table):
    deliver(table, sure="1")
    Session.objects.update(writable_until=timezone.now() - timedelta(minutes=1))
    assert "We are not done" not in text(table, "table-delivery")
    response = table.post("/bord/lever/angre/", {"session": "1"}, follow=True)
    assert said(response) == [
        "The time for changes is over, so the delivery stands. What you write now is still received."
    ]
    assert standing() == [(7, 1)]


def test_text_after_the_delivery_is_received_and_may_be_changed(table, question):
    deliver(table, sure="1")
    note = {"session": "1", "question": "1", "text": "Etterpå"}
    table.post("/bord/innspill/", note)
    stored = Input.objects.get()
    table.post(f"/bord/innspill/{stored.key}/", note | {"text": "Etterpå, endret", "revision": "1"})
    stored.refresh_from_db()
    assert (stored.text, stored.late, standing()) == ("Etterpå, endret", False, [(7, 1)])


def test_a_session_that_has_not_begun_is_not_delivered(table, conference):
    SessionFactory(conference=conference, number=2)
    response = table.post("/bord/lever/", {"session": "2", "sure": "1"}, follow=True)
    assert said(response) == ["This session has not begun, so there is nothing to deliver yet."]
    assert standing() == []
    assert text(table, "table-delivery", "/bord/?bolk=2") == ""


@pytest.mark.parametrize("number", ["", "9", "-1", "x", "99999", "1\x00"])
def test_a_session_that_is_not_there_leads_nowhere(number, table):
    for address in ("/bord/lever/", "/bord/lever/angre/"):
        assert table.post(address, {"session": number, "sure": "1"}).status_code == 404


def test_a_session_of_another_conference_is_not_reached(table):
    SessionFactory(number=5, phase="open")
    assert deliver(table, session="5", sure="1").status_code == 404


# --- the end of group work ---


def test_the_head_of_the_page_says_until_when_the_table_talks(table):
    assert text(table, "table-until") == ""
    today = timezone.localtime()
    Session.objects.update(work_until=today.replace(hour=10, minute=35))
    assert text(table, "table-until") == "Group work until 10.35"
    Session.objects.update(phase="plenary")
    assert text(table, "table-until") == ""


# --- the test line ---


def test_a_test_line_is_a_mark_and_no_input(table):
    Session.objects.update(phase="planned")
    [form] = [form for form in page(table).forms if form.action == "/bord/prov/"]
    response = table.post(form.action, {"line": "Hallo?"}, follow=True)
    assert said(response)[0].startswith("The test line came through at")
    assert (Input.objects.count(), Device.objects.get().has_spoken) == (0, True)
    assert "This table is ready." in response.content.decode()
    assert "Hallo?" not in response.content.decode()


def test_an_empty_test_line_is_none(table):
    response = table.post("/bord/prov/", {"line": " \x00 "}, follow=True)
    assert said(response) == ["The test line was empty. Write a word, and send it."]
    assert Device.objects.get().tested_at is None


def test_when_a_session_is_open_nobody_is_asked_for_a_test_line(table):
    assert [form for form in page(table).forms if form.action == "/bord/prov/"] == []
