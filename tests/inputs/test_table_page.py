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
from conference.models import AccessCode, Event, Session, User
from inputs.actions import dispositions
from inputs.actions.reasons import reason_for
from inputs.actions.undo import undo
from inputs.integrity import check
from inputs.models import Input
from tests import htmx
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
        for unseen in self.page.xpath("//template | //li//*[@hidden]"):
            unseen.drop_tree()
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
    tabs = [
        (tab.text_content().split(), tab.get("aria-current"))
        for tab in screen.page.xpath("//nav[@class='table-tabs']//li/a")
    ]
    assert tabs == [(["Session", "1"], "page"), (["Session", "2"], None)]


def test_the_open_session_is_shown_first(screen):
    Session.objects.filter(number=2).update(phase="open")
    screen.go()
    assert list(screen.sections()) == ["1", ""]
    assert screen.page.xpath("//nav[@class='table-tabs']//a[@aria-current]/@href") == ["?bolk=2"]
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
    [note] = screen.page.xpath("//ul[@id='notes-1']/li")
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


def in_order(*texts, screen):
    for text in texts:
        screen.write(text)
    return [Input.objects.get(text=text).key for text in texts]


def test_a_note_moves_up_and_down_among_the_tables_own_and_stays_at_the_ends(screen, conference, question):
    make_input(question, "Et annet bords", table=conference.tables.get(number=8))
    *_rest, last = in_order("En", "To", "Tre", screen=screen)
    response = screen.send(screen.form(f"/{last}/flytt/"), direction="up")
    assert response["Location"] == f"/bord/?bolk=1#n-{last}"
    assert screen.sections()["1"] == ["En", "Tre", "To"]
    for _click in range(2):
        screen.send(screen.form(f"/{last}/flytt/"), direction="up")
    assert screen.sections()["1"] == ["Tre", "En", "To"]
    screen.send(screen.form(f"/{last}/flytt/"), direction="down")
    assert screen.sections()["1"] == ["En", "Tre", "To"]
    assert [(e.before, e.after) for e in Event.objects.filter(verb="order_input").order_by("pk")] == [
        ({"place": 3}, {"place": 2}),
        ({"place": 2}, {"place": 1}),
        ({"place": 1}, {"place": 2}),
    ]
    assert list(Input.objects.filter(text="Et annet bords").values_list("position", "revision")) == [(0, 1)]
    assert check(conference) == []


def test_a_new_note_and_one_that_comes_from_another_question_stand_last(screen):
    first, _second = in_order("En", "To", screen=screen)
    screen.send(screen.form(f"/{first}/flytt/"), direction="down")
    screen.write("Fra den andre", number=1)
    other = Input.objects.get(text="Fra den andre").key
    screen.write("Ny")
    screen.send(screen.form(f"/{first}/flytt/"), direction="up")
    screen.send(screen.form(f"/innspill/{other}/"), question="1")
    assert screen.sections()["1"] == ["En", "To", "Ny", "Fra den andre"]


def test_a_table_that_arranges_its_notes_does_not_stand_in_the_way_of_an_editors_undo(screen, conference, editor):
    _first, second = in_order("En", "To", screen=screen)
    [entry] = Input.objects.filter(key=second)
    dispositions.set_aside([entry], reason=reason_for(conference, "unclear"), by=editor)
    screen.send(screen.form(f"/{second}/flytt/"), direction="up")
    undo(Event.objects.get(verb="set_aside").act, by=editor)
    entry.refresh_from_db()
    assert (entry.disposition, entry.position) == ("unhandled", 1)
    assert check(conference) == []


def test_the_buttons_at_the_ends_say_that_they_lead_nowhere(screen):
    in_order("En", "To", screen=screen)
    ends = [button.get("aria-disabled") for button in screen.page.xpath("//button[@name='direction']")]
    assert ends == ["true", None, None, "true"]


def test_a_direction_that_is_none_leads_nowhere(screen):
    [key] = in_order("En", screen=screen)
    for direction in ("sideways", ""):
        assert screen.client.post(f"/bord/innspill/{key}/flytt/", {"direction": direction}).status_code == 404


def test_the_order_stays_after_the_deadline(screen):
    _first, second = in_order("En", "To", screen=screen)
    form = screen.form(f"/{second}/flytt/")
    Session.objects.update(writable_until=timezone.now() - timedelta(minutes=1))
    assert screen.send(form, direction="up").status_code == 423
    screen.go()
    assert screen.sections()["1"] == ["En", "To"]
    assert screen.page.xpath("//button[@name='direction']") == []


def test_kind_and_star_come_with_a_new_note_and_stay_when_it_is_refused(screen):
    response = screen.write(" ", kind="measure", priority="on")
    assert response.status_code == 400
    screen.write("Flere kurs")
    assert list(Input.objects.values_list("text", "kind", "priority")) == [("Flere kurs", "measure", True)]


def test_htmx_is_answered_what_the_page_would_show(screen):
    _first, second = in_order("En", "To", screen=screen)
    page = screen.client.get("/bord/?bolk=1").content.decode()
    response = htmx.post(screen.client, f"/bord/innspill/{second}/flytt/", {"direction": "up"})
    assert htmx.swap(page, response.content.decode()) == htmx.normal(
        screen.client.get("/bord/?bolk=1").content.decode()
    )


def test_htmx_is_told_that_the_log_in_has_ended_and_keeps_what_was_typed(screen, editor):
    [key] = in_order("En", screen=screen)
    AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)
    response = htmx.post(screen.client, f"/bord/innspill/{key}/", {"text": "To", "revision": "1"})
    assert (response.status_code, response.json(), Input.objects.get().text) == (401, {"error": "log_in"}, "En")
    plain = screen.client.post(f"/bord/innspill/{key}/", {"text": "To", "revision": "1"})
    assert (plain.status_code, plain["Location"]) == (302, "/bord/logg-inn/")


def test_the_brand_leads_a_table_to_its_table_until_its_code_has_ended(screen, editor):
    response = screen.client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/bord/")
    AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)
    assert screen.client.get("/").status_code == 200


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
    for action in ("", "trekk/", "angre/", "flytt/"):
        body = {"text": "Deres", "revision": "1", "direction": "up"}
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
    assert len(captured) == 7
