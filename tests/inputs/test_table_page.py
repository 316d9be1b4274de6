"""The table's plain page: written, changed, withdrawn and taken back by forms alone, and nothing typed is lost."""

import uuid
from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.actions.codes import issue_codes
from conference.models import Session, User
from inputs.integrity import check
from inputs.models import Input
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory, make_input

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


class Screen:
    """A browser at a table: fills in the forms that stand on the page, with what stands in them."""

    def __init__(self, code):
        self.client = Client(headers=ENGLISH)
        self.client.post("/bord/logg-inn/", {"code": code})
        self.go()

    def go(self, address="/bord/"):
        return self._show(self.client.get(address))

    def form(self, action, number=0):
        return [form for form in self.page.forms if form.action.endswith(action)][number]

    def send(self, form, **values):
        fields = {name: value for name, value in form.fields.items() if value is not None} | values
        response = self.client.post(form.action, {name: value for name, value in fields.items() if value is not None})
        if response.status_code == 302:
            address = response["Location"].split("#")[0]
            self.go(address)
        else:
            self._show(response)
        return response

    def write(self, text, number=0, **values):
        return self.send(self.form("/bord/innspill/", number), text=text, **values)

    def change(self, **values):
        return self.send(self.form(f"/{Input.objects.get().key}/"), **values)

    def _show(self, response):
        self.response = response
        self.page = lxml.html.fromstring(response.content)
        return response

    def sections(self):
        """What stands under each question: the notes' words."""
        return {
            section.get("id")[2:]: [" ".join(text.text_content().split()) for text in section.xpath(".//li/p[1]")]
            for section in self.page.find_class("table-question")
        }

    def alert(self):
        return " ".join(self.page.xpath("//*[@role='alert' and not(@hidden)]")[0].text_content().split())


@pytest.fixture
def conference(question):
    conference = question.session.conference
    QuestionFactory(session=question.session, number=2)
    QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)
    for number in (7, 8):
        TableFactory(conference=conference, number=number)
    return conference


@pytest.fixture
def screens(conference):
    return [Screen(one.code) for one in issue_codes(conference, by=User.objects.system())]


@pytest.fixture
def screen(screens):
    return screens[0]


def test_all_questions_of_the_session_stand_on_one_page_and_what_belongs_to_none(screen):
    assert screen.sections() == {"1": [], "2": [], "": []}
    tabs = [(tab.text_content().split(), tab.get("aria-current")) for tab in screen.page.xpath("//nav//li/a")]
    assert tabs == [(["Session", "1"], "page"), (["Session", "2"], None)]


def test_the_open_session_is_shown_first(screen):
    Session.objects.filter(number=2).update(phase="open")
    screen.go()
    assert list(screen.sections()) == ["1", ""]
    assert screen.page.xpath("//nav//a[@aria-current]/@href")[-1] == "?bolk=2"
    screen.go("/bord/?bolk=1")
    assert list(screen.sections()) == ["1", "2", ""]


def test_a_session_that_is_not_there_leads_to_the_first(screen):
    assert screen.go("/bord/?bolk=<b>").status_code == 200


def test_a_note_is_written_under_its_question_and_the_browser_led_to_it(screen, conference):
    response = screen.write("Flere møteplasser", number=1)
    stored = Input.objects.get()
    assert response["Location"] == f"/bord/?bolk=1#n-{stored.key}"
    assert (stored.question.number, stored.table.number, stored.text) == (2, 7, "Flere møteplasser")
    assert screen.sections() == {"1": [], "2": ["Flere møteplasser"], "": []}
    assert check(conference) == []


def test_what_belongs_to_no_question_is_written_too(screen):
    screen.write("Noe helt annet", number=2)
    assert (Input.objects.get().question, screen.sections()[""]) == (None, ["Noe helt annet"])


def test_a_double_click_stores_one_note_and_the_back_button_another(screen):
    form = screen.form("/bord/innspill/")
    for text in ("En", "En", "To"):
        screen.send(form, text=text)
    assert screen.sections()["1"] == ["En", "To"]


def test_each_line_becomes_a_note_when_the_box_is_ticked(screen):
    form = screen.form("/bord/innspill/")
    for _click in range(2):
        screen.send(form, text="En\n\n  To \nTre", lines="on")
    assert screen.sections()["1"] == ["En", "To", "Tre"]
    screen.write("Første linje\nAndre linje", number=1)
    assert Input.objects.last().text == "Første linje\nAndre linje"


@pytest.mark.parametrize(("text", "part"), [(" \n", "Write what was said first."), ("å" * 10_001, "At most 10000")])
def test_a_note_that_cannot_be_stored_keeps_what_was_typed(text, part, screen):
    response = screen.write(text, number=1)
    assert (response.status_code, part in screen.alert()) == (400, True)
    assert screen.form("/bord/innspill/", 1).fields["text"].strip() == text.strip()
    assert screen.form("/bord/innspill/", 0).fields["text"].strip() == ""
    assert Input.objects.count() == 0


def test_words_question_kind_and_star_are_changed_together(screen, conference):
    screen.write("Flere kurs")
    screen.change(text="Flere og bedre kurs", question="2", kind="measure", priority="on")
    stored = Input.objects.get()
    assert (stored.text, stored.question.number, stored.kind, stored.priority) == (
        "Flere og bedre kurs",
        2,
        "measure",
        True,
    )
    assert "Flere og bedre kurs" in screen.sections()["2"][0]
    screen.change(priority=None, question="")
    stored.refresh_from_db()
    assert (stored.priority, stored.question, stored.kind, stored.revision) == (False, None, "measure", 3)
    assert check(conference) == []


def test_a_stale_change_shows_both_texts_and_goes_through_when_it_is_sent_again(screen):
    screen.write("En")
    stale = screen.form(f"/{Input.objects.get().key}/")
    screen.change(text="Den andres")
    response = screen.send(stale, text="Min")
    assert response.status_code == 409
    assert Input.objects.get().text == "Den andres"
    [note] = screen.page.find_class("note")
    assert note.find_class("ds-alert")[0].find_class("note-text")[0].text_content() == "Den andres"
    assert screen.form(f"/{Input.objects.get().key}/").fields["text"].strip() == "Min"
    screen.change()
    assert Input.objects.get().text == "Min"


def test_a_change_that_empties_the_note_keeps_it(screen):
    screen.write("En")
    assert screen.change(text="  ").status_code == 400
    assert Input.objects.get().text == "En"


def test_a_note_is_withdrawn_and_taken_back(screen, conference):
    screen.write("En")
    screen.send(screen.form("/trekk/"))
    assert Input.objects.get().set_aside.reason.code == "withdrawn"
    assert "Withdrawn" in screen.page.find_class("note-withdrawn")[0].text_content()
    screen.send(screen.form("/angre/"))
    assert Input.objects.get().set_aside is None
    assert screen.page.find_class("note-withdrawn") == []
    assert check(conference) == []


def test_after_the_deadline_new_notes_are_late_and_stored_ones_stay(screen):
    screen.write("En")
    change, withdraw = screen.form(f"/{Input.objects.get().key}/"), screen.form("/trekk/")
    Session.objects.update(writable_until=timezone.now() - timedelta(minutes=1))
    assert screen.send(change, text="Mine ord").status_code == 423
    assert screen.form(f"/{Input.objects.get().key}/").fields["text"].strip() == "Mine ord"
    assert screen.send(withdraw).status_code == 423
    assert (Input.objects.get().text, Input.objects.get().set_aside) == ("En", None)
    screen.go()
    assert screen.page.find_class("note-change") == []
    screen.write("To")
    assert Input.objects.get(text="To").late is True


def test_another_tables_notes_are_neither_seen_nor_touched(screens):
    ours, theirs = screens
    ours.write("Vårt")
    key = Input.objects.get().key
    theirs.go()
    assert theirs.sections()["1"] == []
    for action in ("", "trekk/", "angre/"):
        body = {"text": "Deres", "revision": "1"}
        assert theirs.client.post(f"/bord/innspill/{key}/{action}", body).status_code == 404
    theirs.write("Deres", key=str(key))
    assert {one.table.number: one.text for one in Input.objects.all()} == {7: "Vårt", 8: "Deres"}
    assert ours.client.post(f"/bord/innspill/{uuid.uuid4()}/", {}).status_code == 404


def test_another_conferences_session_and_question_are_refused(screen):
    elsewhere = QuestionFactory(session=SessionFactory(conference=ConferenceFactory(), number=5), number=9)
    assert screen.client.post("/bord/innspill/", {"session": 5, "text": "Noe"}).status_code == 404
    assert screen.client.post("/bord/innspill/", {"session": "²", "text": "Noe"}).status_code == 404
    response = screen.write("Noe", question=str(elsewhere.number))
    assert (response.status_code, Input.objects.count()) == (400, 0)


def test_what_somebody_wrote_is_never_markup(screen):
    screen.write("<script>alert(1)</script>")
    assert screen.page.xpath("//script[contains(., 'alert')]") == []
    assert screen.sections()["1"] == ["<script>alert(1)</script>"]


def test_the_number_of_notes_received_stands_at_the_top(screen):
    assert screen.page.find_class("table-state")[0].text_content().strip() == "Nothing received yet"
    screen.write("En")
    at = timezone.localtime(Input.objects.get().received_at)
    assert " ".join(screen.page.find_class("table-state")[0].text_content().split()) == (
        f"1 note received, the last at {at:%H.%M}"
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_note_and_for_three(number, screen, question, conference):
    for n in range(number):
        make_input(question, f"Innspill {n}", table=conference.tables.get(number=7))
        QuestionFactory(session=SessionFactory(conference=conference, number=50 + n))
    with CaptureQueriesContext(connection) as captured:
        screen.go()
    assert len(captured) == 6
