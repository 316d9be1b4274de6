"""«Dette hører vi»: what an editor has chosen is read by every member, live; nothing else is."""

import re
import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from conference import polls
from conference.actions.questions import save_question
from conference.models import Conference, Event, Session
from inputs.actions import dispositions, entry, heard, points, redaction
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import HeardLine, HeardRevision, Point
from inputs.passages import Passage
from tests import htmx
from tests.factories import QuestionFactory, TableFactory, make_input
from tests.inputs.desk import address, said

pytestmark = pytest.mark.django_db

READING = reverse("heard", args=["dialog"])


@pytest.fixture
def said_at_4(question, conference):
    return make_input(question, "Bord fire sier noe", table=TableFactory(conference=conference, number=444))


@pytest.fixture
def line(question, said_at_4, editor):
    return heard.choose(question, said_at_4, text="Vi må ha flere kurs", by=editor)


@pytest.fixture
def full(question, editor):
    return [
        heard.choose(question, make_input(question, f"Nummer {n}"), text=f"Linje {n}", by=editor) for n in range(5)
    ]


def texts(question):
    return list(HeardLine.objects.standing().filter(question=question).values_list("text", flat=True))


def since_in(part):
    return re.search(r'data-since="([\d.]+)"', part)[1]


def take(client, question, **data):
    return client.post(address("heard_choose", question), data, follow=True)


# --- choosing ---


def test_an_input_and_a_point_are_heard_as_they_stand_and_may_be_shortened(question, said_at_4, editor, at_desk):
    [point] = dispositions.accept([make_input(question, "Et punkt")], by=editor)
    assert said(take(at_desk, question, input=said_at_4.key)) == ["The line is included."]
    take(at_desk, question, point=point.key, text="Et kortere punkt\n med to linjer")
    assert texts(question) == ["Bord fire sier noe", "Et kortere punkt med to linjer"]
    assert [(line.input, line.point) for line in HeardLine.objects.order_by("pk")] == [
        (said_at_4, None),
        (None, point),
    ]
    assert check(question.session.conference) == []


def test_nothing_is_shown_before_an_editor_has_chosen_it(question, said_at_4, reader):
    page = reader.get(READING).content.decode()
    assert "Bord fire" not in page
    assert question.text not in page


def test_what_is_too_long_is_shortened_first(question, at_desk):
    made = make_input(question, "ord " * 60)
    response = take(at_desk, question, input=made.key)
    assert (response.status_code, texts(question)) == (422, [])
    page = response.content.decode()
    assert "This is 239 characters. Shorten it to 200, so that it can be read at once." in page
    assert made.text in page[page.index("<textarea") :]
    take(at_desk, question, input=made.key, text="Kortere")
    assert texts(question) == ["Kortere"]


def test_a_second_click_chooses_nothing_more(question, said_at_4, at_desk):
    for _click in range(2):
        take(at_desk, question, input=said_at_4.key)
    assert texts(question) == ["Bord fire sier noe"]


def test_there_are_five_lines_at_most(question, full, said_at_4, at_desk):
    response = take(at_desk, question, input=said_at_4.key)
    assert (said(response), len(texts(question))) == (["Five lines stand here already. Remove one first."], 5)
    assert f'value="{said_at_4.key}"' not in response.content.decode()


def test_what_is_set_aside_removed_or_said_elsewhere_cannot_be_chosen(
    question, said_at_4, conference, editor, at_desk
):
    [point] = dispositions.accept([make_input(question)], by=editor)
    dispositions.remove_point(point, by=editor)
    dispositions.set_aside([said_at_4], reason=reason_for(conference, "unclear"), by=editor)
    elsewhere = make_input(question)
    entry.file_under(elsewhere, QuestionFactory(session=question.session, number=2), by=editor)
    for data in ({"input": said_at_4.key}, {"point": point.key}, {"input": elsewhere.key}):
        assert "Nothing was changed" in said(take(at_desk, question, **data))[0]
    assert [take(at_desk, question, **data).status_code for data in ({}, {"input": "tull"}, {"point": "N\x00L"})] == [
        404
    ] * 3
    assert texts(question) == []


def test_an_input_filed_elsewhere_can_be_heard_there_too(question, line, said_at_4, editor, at_desk):
    other = QuestionFactory(session=question.session, number=2)
    entry.file_under(said_at_4, other, by=editor)
    take(at_desk, other, input=said_at_4.key)
    assert texts(other) == ["Bord fire sier noe"]


def test_the_page_finds_what_holds_the_words_and_goes_back_to_what_was_found(question, said_at_4, editor, at_desk):
    made = make_input(question, "Flere MØTEPLASSER i bygda")
    page = at_desk.get(address("heard_edit", question), {"q": "møteplasser"})
    assert [one.pk for one in page.context["inputs"]] == [made.pk]
    response = take(at_desk, question, input=made.key, q="møteplasser")
    assert response.redirect_chain == [(f"{address('heard_edit', question)}?q=m%C3%B8teplasser", 302)]
    assert at_desk.get(address("heard_edit", question), {"q": "N\x00L"}).status_code == 200


def test_many_inputs_come_when_one_asks_for_them(question, at_desk):
    for n in range(51):
        make_input(question, f"Nummer {n}")
    few = at_desk.get(address("heard_edit", question)).context
    assert (few["inputs"][0].text, len(few["inputs"]), few["left_out"]) == ("Nummer 50", 50, 1)
    many = at_desk.get(address("heard_edit", question), {"alle": "1"}).context
    assert (len(many["inputs"]), many["left_out"]) == (51, 0)


def test_a_line_says_that_what_it_came_from_is_gone(question, line, said_at_4, conference, editor, at_desk):
    mark = "What it came from has been set aside or removed since"
    assert mark not in at_desk.get(address("heard_edit", question)).content.decode()
    dispositions.set_aside([said_at_4], reason=reason_for(conference, "unclear"), by=editor)
    assert mark in at_desk.get(address("heard_edit", question)).content.decode()


# --- changing ---


def test_a_line_is_reworded_and_each_wording_is_kept(question, line, at_desk):
    at_desk.post(address("heard_reword", question, line.key), {"text": "Flere kurs!", "version": "1"})
    assert list(HeardRevision.objects.order_by("number").values_list("text", "by__name")) == [
        ("Vi må ha flere kurs", "Eli Eksempel"),
        ("Flere kurs!", "Rita Redaktør"),
    ]
    assert (texts(question), check(question.session.conference)) == (["Flere kurs!"], [])


def test_who_was_slower_sees_both_texts_and_whose_the_other_is(question, line, editor, at_desk):
    heard.reword(line, text="Elis ord", version=1, by=editor)
    where = address("heard_reword", question, line.key)
    response = at_desk.post(where, {"text": "Mine ord", "version": "1"})
    page = response.content.decode()
    assert (response.status_code, texts(question)) == (409, ["Elis ord"])
    assert all(words in page for words in ("Elis ord", "Eli Eksempel changed this line", "Mine ord</textarea>"))

    # To save once more, having seen both, is to choose.
    [row] = response.context["rows"]
    at_desk.post(where, {"text": "Mine ord", "version": row.form["version"].value()})
    assert texts(question) == ["Mine ord"]


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "x" * 201])
@pytest.mark.parametrize("version", ["1", "", "tull", "-1", "9" * 30])
def test_a_bad_text_or_version_is_refused_and_what_was_typed_stands(text, version, question, line, at_desk):
    response = at_desk.post(address("heard_reword", question, line.key), {"text": text, "version": version})
    assert (response.status_code, texts(question)) == (422, ["Vi må ha flere kurs"])
    assert text.strip("\x00 \n") in response.content.decode()


def test_lines_are_put_in_order_and_the_ends_stay(question, full, at_desk):
    def go(line, direction):
        return said(at_desk.post(address("heard_move", question, line.key), {"direction": direction}, follow=True))

    assert go(full[2], "up") == ["The line is now number 2 of 5."]
    assert go(full[0], "up") == ["The line is now number 1 of 5."]
    assert go(full[4], "down") == ["The line is now number 5 of 5."]
    assert texts(question) == ["Linje 0", "Linje 2", "Linje 1", "Linje 3", "Linje 4"]
    assert at_desk.post(address("heard_move", question, full[0].key), {"direction": "out"}).status_code == 404


def test_a_line_is_removed_and_put_back_where_it_stood(question, full, at_desk):
    where = [address(name, question, full[1].key) for name in ("heard_remove", "heard_restore")]
    at_desk.post(where[0])
    assert texts(question) == ["Linje 0", "Linje 2", "Linje 3", "Linje 4"]
    assert "Nothing was changed" in said(at_desk.post(where[0], follow=True))[-1]  # the second click of two
    assert said(at_desk.post(where[1], follow=True)) == ["The line is back."]
    assert texts(question) == [f"Linje {n}" for n in range(5)]
    assert "Nothing was changed" in said(at_desk.post(where[1], follow=True))[-1]


def test_a_removed_line_does_not_make_a_sixth_nor_a_second(question, full, said_at_4, editor, at_desk):
    heard.remove(full[0], by=editor)
    sixth = heard.choose(question, said_at_4, text="Ny", by=editor)
    restore = address("heard_restore", question, full[0].key)
    assert said(at_desk.post(restore, follow=True)) == ["Five lines stand here already. Remove one first."]
    heard.remove(sixth, by=editor)
    heard.choose(question, full[0].input, text="Valgt på nytt", by=editor)
    assert said(at_desk.post(restore, follow=True)) == [
        "The same has been chosen again meanwhile, and stands here already."
    ]
    assert len(texts(question)) == 5


def test_what_was_done_is_remembered_without_the_words(question, line, editor):
    heard.reword(line, text="Nye ord", version=1, by=editor)
    heard.step(heard.choose(question, make_input(question), text="To", by=editor), -1, by=editor)
    heard.restore(heard.remove(line, by=editor), by=editor)
    verbs = ["hear", "reword_line", "hear", "order_line", "order_line", "remove_line", "restore_line"]
    events = Event.objects.filter(target_type="heardline").order_by("pk")
    assert [event.verb for event in events] == verbs


# --- who may ---


@pytest.mark.parametrize("name", ["heard_reword", "heard_move", "heard_remove", "heard_restore", "heard_choose"])
def test_readers_and_other_sessions_editors_change_nothing(
    name, question, line, said_at_4, reader, other_editor, stranger
):
    data = {"text": "Nytt", "version": "1", "direction": "up", "input": said_at_4.key}
    more = [] if name == "heard_choose" else [line.key]
    where = address(name, question, *more)
    assert [one.post(where, data).status_code for one in (reader, other_editor, stranger)] == [403, 403, 404]
    assert texts(question) == ["Vi må ha flere kurs"]


def test_an_editor_of_one_session_is_led_to_its_questions_alone(question, line, other_editor, reader, at_desk):
    here = address("heard_edit", question)
    assert [here in one.get(READING).content.decode() for one in (at_desk, other_editor, reader)] == [
        True,
        False,
        False,
    ]


# --- reading ---


def test_the_page_shows_lines_alone_no_tables_no_names_no_numbers(question, line, editor, reader):
    heard.remove(heard.choose(question, make_input(question), text="Fjernet igjen", by=editor), by=editor)
    page = reader.get(READING).content.decode()
    shown = html.document_fromstring(page).get_element_by_id("content").text_content()
    wanted, unwanted = (
        (question.text, "Vi må ha flere kurs", "Foreløpig"),
        ("Fjernet", "444", "Bord fire", "Eksempel"),
    )
    assert [text for text in wanted if text not in shown] == []
    assert [text for text in unwanted if text in shown] == []


def test_a_poll_brings_the_lines_when_there_is_news_and_nothing_else(question, line, said_at_4, editor, reader):
    page = reader.get(READING)
    since = page.context["live"].since
    assert reader.get(READING, {"since": since}).status_code == 204

    heard.reword(line, text="Nye ord", version=1, by=editor)
    answer = reader.get(READING, {"since": since})
    part = answer.content.decode()
    assert (answer.status_code, "<html" in part, "Nye ord" in part) == (200, False, True)
    question.text = "Hva mener dere nå?"
    save_question(question, by=editor)
    assert question.text in reader.get(READING, {"since": since_in(part)}).content.decode()
    assert reader.get(READING, {"since": "tull"}).status_code == 200


def test_the_tables_may_write_on_without_news_for_the_readers(question, line, conference, reader):
    since = reader.get(READING).context["live"].since
    make_input(question, "Enda et notat", table=TableFactory(conference=conference))
    assert reader.get(READING, {"since": since}).status_code == 204


def test_the_polled_part_is_the_page_s_own(question, line, reader):
    page = reader.get(READING).content.decode()
    part = reader.get(READING, {"since": "0"}).content.decode()

    def bare(text):
        return re.sub(r'data-every="\d+"|\s+', "", text)

    assert bare(part) in bare(page)
    assert part.strip()


def test_screens_stop_asking_when_the_day_is_past_and_all_is_delivered(question, line, reader):
    Session.objects.update(phase="delivered")
    for day, asks in ((date(2999, 1, 1), True), (date(2024, 1, 1), False)):
        Conference.objects.update(date=day)
        assert ("data-live" in reader.get(READING, {"since": "0"}).content.decode()) == asks


def test_a_new_day_is_news_since_it_may_be_over(question, line, reader, monkeypatch):
    since = reader.get(READING).context["live"].since
    assert reader.get(READING, {"since": since}).status_code == 204
    tomorrow = time.time() + 24 * 60 * 60
    monkeypatch.setattr(polls, "clock", lambda: tomorrow)
    assert reader.get(READING, {"since": since}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_line_and_for_three(number, question, conference, editor, at_desk):
    for n in range(number):
        other = QuestionFactory(session=question.session, number=10 + n)
        heard.choose(other, make_input(other), text="Linje", by=editor)
        heard.choose(question, make_input(question), text="Linje", by=editor)
        [point] = dispositions.accept([make_input(question)], by=editor)
        heard.remove(heard.choose(question, point, text="Borte", by=editor), by=editor)
    costs = []
    for page in (READING, address("heard_edit", question)):
        with CaptureQueriesContext(connection) as captured:
            at_desk.get(page)
        costs.append(len(captured))
    assert costs == [12, 18]


# --- words taken out for good ---


def test_words_taken_out_of_an_input_go_out_of_the_line_and_its_wordings(question, conference, editor, at_desk):
    made = make_input(question, "Ola Oppdiktet vil ha kurs")
    line = heard.choose(question, made, text="Ola Oppdiktet vil ha flere kurs", by=editor)
    heard.reword(line, text="Vi vil ha flere kurs", version=1, by=editor)
    where = reverse("redact", args=["dialog", "innspill", made.key])
    words = {"words": "Ola Oppdiktet", "ground": "Personopplysning"}
    preview = at_desk.post(where, words).context["places"]
    assert [(found.kind, found.is_near, found.besides) for found, _part in preview] == [
        ("input", False, 0),
        ("heardline", True, 1),
    ]
    at_desk.post(where, words | {"confirm": "1", "also": [f"heardline:{line.key}"]})
    assert HeardRevision.objects.get(number=1).text == "[sladdet] vil ha flere kurs"
    assert check(conference) == []


def test_words_of_a_line_alone_are_taken_out_and_who_has_it_open_is_told(question, line, editor, at_desk):
    redaction.redact(Passage("flere kurs", label="[sladdet]"), [line], ground="Personopplysning", by=editor)
    assert texts(question) == ["Vi må ha [sladdet]"]
    response = at_desk.post(
        address("heard_reword", question, line.key), {"text": "Vi må ha flere kurs", "version": "1"}
    )
    assert response.status_code == 409
    assert at_desk.get(reverse("redact", args=["dialog", "linje", line.key])).status_code == 200
    assert line.redactions.get().by == editor


def test_a_point_that_is_reworded_leaves_the_line_as_the_editor_chose_it(question, editor):
    [point] = dispositions.accept([make_input(question)], by=editor)
    heard.choose(question, point, text="Slik hører vi det", by=editor)
    points.reword(Point.objects.get(), text="Rapportens ord", version=1, by=editor)
    assert texts(question) == ["Slik hører vi det"]


# --- htmx ---

ACTS = {
    "heard_choose": lambda line, more: ((), {"input": more.key}),
    "heard_reword": lambda line, more: ((line.key,), {"text": "Andre ord", "version": "1"}),
    "heard_remove": lambda line, more: ((line.key,), {}),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_answers_with_the_page_as_it_then_is(name, question, line, at_desk):
    page, (more, data) = address("heard_edit", question), ACTS[name](line, make_input(question, "Enda et"))
    before = at_desk.get(page).content.decode()
    answer = htmx.post(at_desk, address(name, question, *more), data).content.decode()
    after = at_desk.get(page).content.decode()
    assert htmx.swap(before, answer) == htmx.normal(after) != htmx.normal(before)
