"""Proposals side by side in Chromium: axe, a phone, the keyboard alone; and deciding without a page being loaded."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from conference.models import Conference, Membership, Role
from inputs.actions import clearance
from inputs.actions.demo import seed_demo
from inputs.clearance.comparing import Sent
from inputs.clearance.marks import Part
from inputs.clearance.reading import read_answer
from tests.browser.test_every_page import faults
from tests.inputs.clearance.conftest import Returned
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def returned(sent, office, by, *, words) -> None:
    """An answer with a word changed, a point struck out, a comment, and a paragraph added."""
    word = Returned(sent)
    first = word.point(0)
    word.write(first, words)
    word.strike(word.point(1), mark_too=True)
    word.comment(word.point(2), "Stemmer dette?")
    word.new_after(word.point(3), "Et nytt punkt fra departementet.")
    lines = [Sent(line.number, Part(line.part), line.text) for line in sent.lines.all()]
    findings = read_answer(word.saved(), "svar.docx", sent=lines, mark=sent.mark)
    clearance.take_back(sent, clearance.Answer(office, "svar.docx", words[:60], findings), by=by)


@pytest.fixture
def session(transactional_db):
    """A session of the demonstration, with two answers that disagree."""
    seed_demo("for denne ene testen")
    conference = Conference.objects.get()
    by = Membership.objects.get(conference=conference, role=Role.ADMINISTRATOR).user
    session = next(
        one for one in conference.sessions.order_by("number") if one.questions.filter(points__isnull=False)
    )
    sent = clearance.send(
        conference,
        [session],
        to="Eksempeldepartementet",
        deadline=timezone.localdate() + timedelta(days=7),
        letter=clearance.standard_letter(conference),
        by=by,
    )
    text = sent.lines.filter(part="point").first().text
    returned(sent, "Eksempeldepartementet", by, words=f"{text} Det haster.")
    returned(sent, "Departementet for prøver", by, words=f"Kanskje: {text}")
    session.by = by
    return session


@pytest.fixture
def address(session, context, live_server) -> str:
    client = logged_in(session.by)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return f"{live_server.url}/konferanse/{session.conference.slug}/klarering/"


def test_the_pages_of_clearance_are_sound(session, page, address):
    sent = session.conference.clearances.get()
    pages = ["", "send/", f"bolk/{session.number}/", f"{sent.key}/svar/", f"{sent.key}/skriv-inn/"]
    found = {name: faults(page, address + name) for name in pages}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_proposal_is_followed_where_it_stands_and_undone(session, page, address):
    page.goto(f"{address}bolk/{session.number}/")
    page.get_by_role("button", name="Bruk ordlyden").first.click()
    expect(page.locator("#messages")).to_contain_text("Punktet har den foreslåtte ordlyden.")
    expect(page.get_by_text("Punktet er omformulert siden det ble sendt.")).to_be_visible()
    page.get_by_role("button", name="Angre").first.click()
    expect(page.locator("#messages")).to_contain_text("Angret.")
    expect(page.get_by_text("Punktet er omformulert siden det ble sendt.")).to_have_count(0)
