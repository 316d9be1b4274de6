"""Inputs that editors add: stored like those of the tables, once, and found again on the desk."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import Event
from inputs.desk import PAGE
from inputs.integrity import check
from inputs.models import MAX_TEXT, Input
from tests.factories import TableFactory, make_input
from tests.inputs.desk import address, picture, said

pytestmark = pytest.mark.django_db


def data(**more):
    return {"text": "Sagt fra salen.", "source": "plenary", "kind": "", "table": "", "key": str(uuid.uuid4())} | more


def test_what_was_said_in_plenary_stands_last_among_what_remains(question, at_desk):
    earlier = make_input(question)
    response = at_desk.post(address("input_add", question), data(kind="measure"), follow=True)
    added = Input.objects.latest("pk")
    assert response.redirect_chain == [(f"{address('desk', question)}#note-{added.key}", 302)]
    assert said(response) == ["1 input is added."]
    assert response.context["desk"].unhandled == (earlier, added)
    assert (added.text, added.source, added.kind, added.table, added.received_by, added.question) == (
        "Sagt fra salen.",
        "plenary",
        "measure",
        None,
        at_desk.user,
        question,
    )
    assert f'id="note-{added.key}"' in response.content.decode()
    assert Event.objects.get(verb="receive", target_id=added.pk).by == at_desk.user
    assert check(question.session.conference) == []


def test_notes_from_paper_become_an_input_a_line_with_their_table(question, at_desk):
    table = TableFactory(conference=question.session.conference, number=7)
    sent = data(text=" En \r\n\r\n To\nTre ", lines="on", source="paper", table="7")
    assert said(at_desk.post(address("input_add", question), sent, follow=True)) == ["3 inputs are added."]
    stored = Input.objects.order_by("pk").values_list("text", "table", "source")
    assert list(stored) == [(text, table.pk, "paper") for text in ("En", "To", "Tre")]


def test_several_lines_are_one_input_unless_it_is_said_otherwise(question, at_desk):
    at_desk.post(address("input_add", question), data(text="En\nTo"))
    assert Input.objects.get().text == "En\nTo"


def test_a_double_click_adds_nothing_more(question, at_desk):
    sent = data(text="En\nTo", lines="on")
    answers = [at_desk.post(address("input_add", question), sent)["Location"] for _click in range(2)]
    assert (answers[0] == answers[1], Input.objects.count()) == (True, 2)


def test_the_desk_begins_where_the_new_input_stands(question, at_desk):
    for n in range(PAGE):
        make_input(question, f"Innspill {n}")
    response = at_desk.post(address("input_add", question), data(), follow=True)
    assert response.context["desk"].unhandled == (Input.objects.latest("pk"),)


WRONG = [
    ("text", {"text": " \x00 "}),
    ("text", {"text": "x" * (MAX_TEXT + 1)}),
    ("text", {"text": "x" * (MAX_TEXT + 1) + "\ny", "lines": "on"}),
    ("text", {"text": ("x" * MAX_TEXT + "\n") * 2}),
    ("text", {"text": "x" * 100_001}),
    ("source", {"source": "table"}),
    ("source", {"source": ""}),
    ("table", {"table": "99999999999999999999"}),
    ("table", {"table": "tull"}),
    ("kind", {"kind": "joke"}),
    ("key", {"key": "1"}),
]


@pytest.mark.parametrize(("field", "wrong"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(field, wrong, question, at_desk):
    before = picture()
    response = at_desk.post(address("input_add", question), data() | wrong)
    form = response.context["form"]
    assert (response.status_code, list(form.errors), picture()) == (422, [field], before)
    assert form["text"].value() == (data() | wrong)["text"]


def test_another_conferences_table_is_no_choice(question, at_desk):
    TableFactory(number=5)
    assert at_desk.post(address("input_add", question), data(table="5")).status_code == 422


def test_who_may_not_edit_meets_403_and_who_may_not_see_404(question, reader, other_editor, stranger):
    before = picture()
    for ask in (
        lambda one: one.get(address("input_add", question)),
        lambda one: one.post(address("input_add", question), data()),
    ):
        assert [ask(one).status_code for one in (reader, other_editor, stranger)] == [403, 403, 404]
    assert picture() == before


def test_the_desk_leads_there_for_those_who_may(question, at_desk, reader):
    shown = [
        address("input_add", question) in one.get(address("desk", question)).content.decode()
        for one in (at_desk, reader)
    ]
    assert shown == [True, False]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_table_and_for_three(number, question, at_desk):
    for _table in range(number):
        TableFactory(conference=question.session.conference)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(address("input_add", question)).status_code == 200
    assert len(captured) == 7
