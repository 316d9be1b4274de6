"""What htmx is answered, put into the page that is there, is the page loaded anew."""

import pytest
from django.urls import reverse

from conference.models import Role
from inputs.actions import dispositions, headings
from inputs.actions.undo import last_acts
from inputs.models import Input, Point
from tests import htmx
from tests.factories import HeadingFactory, MembershipFactory, QuestionFactory, make_input
from tests.inputs.desk import address, logged_in
from tests.matrix import ARGUMENTS, MATRIX

pytestmark = pytest.mark.django_db

#: Pages of the conference that the test below asks for as they stand; their own tests post to them.
PAGES = [
    "conference",
    "room",
    "report",
    "report_chapter",
    "desk",
    "desk_edit",
    "heard_edit",
    "screen_control",
    "ledger",
    "inputs",
    "points",
]


@pytest.fixture
def client(question):
    member = MembershipFactory(conference=question.session.conference, role=Role.ADMINISTRATOR)
    client = logged_in(member.user)
    client.user = member.user
    return client


@pytest.fixture
def desk(question, client):
    """Points under two headings, one of three sources; inputs that remain, one set aside, one unplaced."""
    first, second = HeadingFactory(question=question, position=1), HeadingFactory(question=question, position=2)
    inputs = [make_input(question, f"Innspill {n}") for n in range(8)]
    dispositions.accept(inputs[:2], by=client.user, place=lambda _entry: first)
    [point] = dispositions.accept([inputs[2]], by=client.user, place=lambda _entry: second)
    dispositions.attach(point, [inputs[3]], by=client.user)
    make_input(None, "Uplassert", session=question.session)
    QuestionFactory(session=question.session, number=2)
    headings.make(question, "Tom", by=client.user)
    return address("desk", question)


def _ticked(question, number=2):
    return [str(entry.key) for entry in Input.objects.counted_under(question).unhandled().order_by("pk")[:number]]


def _points(question, number=2):
    return [str(point.key) for point in Point.objects.standing().filter(question=question)[:number]]


ACTS = {
    "desk_accept": lambda q, by: ((), {"input": _ticked(q), "new_heading": "Ny"}),
    "desk_attach": lambda q, by: ((), {"input": _ticked(q), "point": _points(q, 1)}),
    "desk_set_aside": lambda q, by: ((), {"input": _ticked(q), "reason": "unclear", "comment": ""}),
    "desk_file_under": lambda q, by: ((), {"input": _ticked(q), "question": "1.2"}),
    "desk_place": lambda q, by: ((), {"input": [str(Input.objects.get(question=None).key)]}),
    "desk_undo": lambda q, by: ((last_acts(q, by=by)[0].act,), {}),
    "heading_make": lambda q, by: ((), {"title": "Enda en"}),
    "heading_rename": lambda q, by: ((_heading(q, 0),), {"title": "Nytt navn"}),
    "heading_move": lambda q, by: ((_heading(q, 0),), {"direction": "down"}),
    "heading_remove": lambda q, by: ((_heading(q, 2),), {}),
    "point_remove": lambda q, by: ((_points(q)[0],), {}),
    "point_move": lambda q, by: ((_points(q)[0],), {"new_heading": "Nytt sted"}),
}


def _heading(question, place):
    return question.headings.standing()[place].key


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_the_desk_answers_with_the_page_as_it_then_is(name, question, desk, client):
    before = client.get(desk).content.decode()
    more, data = ACTS[name](question, client.user)
    answer = htmx.post(client, address(name, question, *more), data)
    after = client.get(desk).content.decode()
    assert htmx.swap(before, answer.content.decode()) == htmx.normal(after)
    assert htmx.normal(before) != htmx.normal(after)


def test_the_answer_is_the_content_alone_and_says_what_was_done(question, desk, client):
    answer = htmx.post(client, address("desk_accept", question), ACTS["desk_accept"](question, client.user)[1])
    text = answer.content.decode()
    assert "<html" not in text
    assert "<header" not in text
    assert '<div id="messages" hx-swap-oob="innerHTML">' in text
    assert "2 innspill er nå punkter i rapporten." in text


def test_a_refused_form_comes_back_as_the_content_with_its_errors(question, desk, client):
    answer = htmx.post(client, address("desk_accept", question), {"input": []})
    assert (answer.status_code, "<html" in answer.content.decode()) == (422, False)
    assert answer.context["form"].errors


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asked_for_by_htmx_is_its_own_content(name, question, desk, client):
    assert MATRIX[name]["administrator"] == 200
    where = reverse(name, kwargs=ARGUMENTS[name])
    page = client.get(where).content.decode()
    part = client.get(where, headers=htmx.HEADERS).content.decode()
    assert htmx.swap(page, part) == htmx.normal(page)


def test_going_back_in_the_browser_gets_the_whole_page(question, desk, client):
    page = client.get(desk, headers=htmx.HEADERS | {"HX-History-Restore-Request": "true"}).content.decode()
    assert "<html" in page


def test_a_log_in_that_has_ended_leaves_the_page_and_what_was_typed(question, desk, client):
    client.logout()
    answer = htmx.post(client, address("desk_accept", question), {"input": []})
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_form_that_leads_to_another_page_leaves_that_page_s_address(question, desk, client):
    point = Point.objects.standing()[0]
    here = address("point", question, point.key)
    headers = htmx.HEADERS | {"HX-Current-URL": f"http://testserver{here}"}
    data = {"text": "Andre ord", "version": point.version}
    led_on = client.post(address("point_reword", question, point.key), data, headers=headers, follow=True)
    assert led_on["HX-Push-Url"] == desk
    refused = client.post(address("point_reword", question, point.key), {"text": ""}, headers=headers, follow=True)
    assert (refused.status_code, "HX-Push-Url" in refused) == (422, False)


def test_a_form_that_leads_back_to_its_own_page_leaves_the_address(question, desk, client):
    headers = htmx.HEADERS | {"HX-Current-URL": f"http://testserver{desk}"}
    data = ACTS["desk_accept"](question, client.user)[1]
    answer = client.post(address("desk_accept", question), data, headers=headers, follow=True)
    assert (answer.status_code, "HX-Push-Url" in answer) == (200, False)
