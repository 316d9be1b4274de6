"""The paper twin: sheets to write on, and what stands on them typed in afterwards."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Role
from inputs.integrity import check
from inputs.models import MAX_TEXT, Input
from tests import htmx
from tests.factories import MembershipFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.desk import logged_in, picture, said

pytestmark = pytest.mark.django_db
ENTRY = "/konferanse/dialog/papir/"
SHEETS = "/konferanse/dialog/oppsett/papir/"


@pytest.fixture
def table(conference):
    return TableFactory(conference=conference, number=7, on_paper=True)


def data(**more):
    typed = {"text": "En\nTo", "table": "7", "place": "1.1", "division": "line", "kind": "", "key": str(uuid.uuid4())}
    return typed | more


def stored():
    return list(Input.objects.order_by("pk").values_list("text", flat=True))


def test_each_line_is_a_note_of_the_table_and_it_is_seen_who_typed_it(question, table, at_desk):
    response = at_desk.post(ENTRY, data(text=" En \r\n\r\nTo ", kind="measure", priority="on"), follow=True)
    assert response.redirect_chain == [(f"{ENTRY}?bord=7&sted=1.1", 302)]
    assert said(response) == ["2 notes from «Table 7» are stored."]
    assert stored() == ["En", "To"]
    entry = Input.objects.latest("pk")
    assert (entry.source, entry.table, entry.question, entry.kind, entry.priority, entry.received_by) == (
        "paper",
        table,
        question,
        "measure",
        True,
        at_desk.user,
    )
    assert "Rita Redaktør" in response.content.decode()
    form = response.context["form"]
    assert (form["table"].value(), form["place"].value(), form["text"].value()) == ("7", "1.1", None)
    assert check(question.session.conference) == []


def test_an_empty_line_divides_when_that_is_chosen(question, table, at_desk):
    at_desk.post(ENTRY, data(text="En\nsom går over to linjer\n\n  \n\nTo", division="block"))
    assert stored() == ["En\nsom går over to linjer", "To"]


def test_what_belongs_to_no_question_stands_in_its_session(question, table, at_desk):
    at_desk.post(ENTRY, data(place="1"))
    assert {(entry.session, entry.question) for entry in Input.objects.all()} == {(question.session, None)}


def test_a_second_click_stores_nothing_and_a_changed_sheet_only_what_is_new(question, table, at_desk):
    sent = data(text="En\nEn\nTo")
    for _click in range(2):
        at_desk.post(ENTRY, sent)
    at_desk.post(ENTRY, sent | {"text": "Null\nEn\nEn\nTo"})
    assert stored() == ["En", "En", "To", "Null"]


def test_the_same_lines_from_another_table_are_others(question, table, at_desk, conference):
    TableFactory(conference=conference, number=8)
    sent = data()
    at_desk.post(ENTRY, sent)
    at_desk.post(ENTRY, sent | {"table": "8"})
    assert stored() == ["En", "To", "En", "To"]


WRONG = [
    ("text", {"text": " \x00 "}),
    ("text", {"text": "x" * (MAX_TEXT + 1)}),
    ("text", {"text": "x" * MAX_TEXT + "\ny", "division": "block"}),
    ("text", {"text": "x" * 100_001}),
    ("table", {"table": ""}),
    ("table", {"table": "99999999999999999999"}),
    ("table", {"table": "5"}),
    ("place", {"place": ""}),
    ("place", {"place": "1.99"}),
    ("place", {"place": "tull"}),
    ("division", {"division": "word"}),
    ("kind", {"kind": "joke"}),
    ("key", {"key": "1"}),
]


@pytest.mark.parametrize(("field", "wrong"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(field, wrong, question, table, at_desk):
    TableFactory(number=5)  # another conference's
    before, sent = picture(), data() | wrong
    response = at_desk.post(ENTRY, sent)
    form = response.context["form"]
    assert (response.status_code, list(form.errors), picture()) == (422, [field], before)
    assert form["text"].value() == sent["text"]


def test_an_empty_form_is_refused(question, table, at_desk):
    assert at_desk.post(ENTRY, {}).status_code == 422


def test_a_limited_editor_types_in_for_their_own_sessions_alone(question, table, conference):
    member = MembershipFactory(conference=conference)
    member.sessions.add(question.session)
    QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)
    client = logged_in(member.user)
    assert [client.post(ENTRY, data(place=place)).status_code for place in ("2.1", "2", "1.1")] == [422, 422, 302]
    make_input(None, "Annen bolk", session=conference.sessions.get(number=2), source="paper")
    assert {entry.session for entry in client.get(ENTRY).context["typed"]} == {question.session}


def test_who_may_not_edit_meets_403_and_who_may_not_see_404(question, table, reader, stranger):
    before = picture()
    for ask in (lambda one: one.get(ENTRY), lambda one: one.post(ENTRY, data())):
        assert [ask(one).status_code for one in (reader, stranger)] == [403, 404]
    assert picture() == before


def test_what_htmx_is_answered_is_the_page_loaded_anew(question, table, at_desk):
    here = f"{ENTRY}?bord=7&sted=1.1"
    before = at_desk.get(here).content.decode()
    answer = htmx.post(at_desk, ENTRY, data()).content.decode()
    assert htmx.swap(before, answer) == htmx.normal(at_desk.get(here).content.decode())


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_sheet_and_for_three(number, question, table, at_desk, conference):
    for _one in range(number):
        other = TableFactory(conference=conference)
        asked = QuestionFactory(session=SessionFactory(conference=conference))
        make_input(asked, table=other, source="paper")
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(ENTRY).status_code == 200
    assert len(captured) == 10


# --- the sheets ---


@pytest.fixture
def administrator(conference):
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    client.cookies["django_language"] = "en"
    return client


def shown(response):
    return [(table.number, asked.session.number, asked.number) for table, asked in response.context["sheets"]]


def test_there_is_a_sheet_for_each_paper_table_and_each_question_put_to_it(
    question, table, administrator, conference
):
    other = TableFactory(conference=conference, number=8)
    second = QuestionFactory(session=question.session, number=2)
    second.tables.add(other)
    QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)
    assert shown(administrator.get(SHEETS)) == [(7, 1, 1), (7, 2, 1)]
    assert shown(administrator.get(SHEETS, {"tables": "all", "session": "1"})) == [(7, 1, 1), (8, 1, 1), (8, 1, 2)]
    assert shown(administrator.get(SHEETS, {"tables": "8"})) == [(8, 1, 1), (8, 1, 2), (8, 2, 1)]


def test_a_sheet_says_where_it_belongs_in_the_reports_language(question, table, administrator):
    page = administrator.get(SHEETS).content.decode()
    sheet = page[page.index('<section class="paper"') :]
    assert "Bord 7" in sheet
    assert question.text in sheet
    assert "Til referenten." in sheet
    assert "Print 1 sheet" in page


@pytest.mark.parametrize("wrong", [{"tables": "99"}, {"tables": "tull"}, {"session": "99"}, {"session": "tull"}])
def test_what_cannot_be_asked_for_gives_no_sheets(wrong, question, table, administrator):
    response = administrator.get(SHEETS, wrong)
    assert (response.status_code, shown(response)) == (422, [])


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheets_cost_the_same_for_one_and_for_three(number, question, administrator, conference):
    for _one in range(number):
        TableFactory(conference=conference, on_paper=True)
        QuestionFactory(session=question.session)
    with CaptureQueriesContext(connection) as captured:
        assert administrator.get(SHEETS).status_code == 200
    assert len(captured) == 10


def test_the_tables_page_leads_to_the_sheets(question, table, administrator):
    page = administrator.get(reverse("setup_tables", args=["dialog"])).content.decode()
    assert f'href="{SHEETS}"' in page
