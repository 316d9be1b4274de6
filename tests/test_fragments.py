"""What htmx is answered, put into the page that is there, is the page loaded anew."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from conference.models import Event, Role
from inputs import desk_news
from inputs.actions import dispositions, headings
from inputs.actions.reasons import reason_for
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
    "checks",
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
    "desk_move": lambda q, by: ((), {"point": _points(q), "heading": "new"}),
    "desk_set_aside": lambda q, by: ((), {"input": _ticked(q), "reason": "unclear", "comment": ""}),
    "desk_file_under": lambda q, by: ((), {"input": _ticked(q), "question": "1.2"}),
    "desk_place": lambda q, by: ((), {"input": [str(Input.objects.get(question=None).key)]}),
    "desk_undo": lambda q, by: ((last_acts(q, by=by)[0].act,), {}),
    "heading_make": lambda q, by: ((), {"title": "Enda en"}),
    "heading_rename": lambda q, by: ((_heading(q, 0),), {"title": "Nytt navn"}),
    "heading_move": lambda q, by: ((_heading(q, 0),), {"direction": "down"}),
    "heading_remove": lambda q, by: ((_heading(q, 2),), {}),
    "heading_merge": lambda q, by: ((), {"from": _heading(q, 0), "into": _heading(q, 1)}),
    "desk_order": lambda q, by: ((), {"point": _points(q, 1), "direction": "down"}),
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


#: More that is done at an open desk.
AT_THE_DESK = ACTS | {
    "bare": lambda q, by: ((), {"input": _ticked(q)}),
    "new pile": lambda q, by: ((), {"input": _ticked(q), "heading": "new"}),
    "two notes are one": lambda q, by: ((), {"input": _ticked(q)}),
    "bring back": lambda q, by: ((), {"input": [str(Input.objects.exclude(set_aside=None)[0].key)]}),
}
NAMES = {
    "bare": "desk_accept",
    "new pile": "desk_accept",
    "two notes are one": "desk_attach",
    "bring back": "desk_bring_back",
}


@pytest.fixture
def without_overlap(monkeypatch):
    """What others did a moment ago is not told again, so that nothing hides what the act itself has to tell."""
    monkeypatch.setattr(desk_news, "OVERLAP", timedelta(0))


def _seen(page):
    return re.search(r'data-seen="(\d+)"', page)[1]


@pytest.mark.parametrize("name", [name for name in AT_THE_DESK if name != "point_remove"])
def test_an_act_on_an_open_desk_answers_with_the_parts_that_changed(name, question, desk, client, without_overlap):
    aside = make_input(question, "Lagt til side")
    dispositions.set_aside([aside], reason=reason_for(question.session.conference, "unclear"), by=client.user)
    headings.make_pile(question, by=client.user)
    before = client.get(desk).content.decode()
    more, data = AT_THE_DESK[name](question, client.user)
    where = address(NAMES.get(name, name), question, *more)
    answer = client.post(where, data | {"seen": _seen(before)})
    after = client.get(desk).content.decode()
    assert (answer.status_code, answer["RNIK-Fragments"]) == (200, "yes")
    assert htmx.put(before, answer.content.decode()) == htmx.normal(after)
    assert htmx.normal(before) != htmx.normal(after)


@pytest.mark.parametrize(
    "name", ["bare", "new pile", "two notes are one", "desk_set_aside", "desk_file_under", "desk_place"]
)
def test_an_act_that_is_undone_on_an_open_desk_leaves_the_page_as_it_was(
    name, question, desk, client, without_overlap
):
    more, data = AT_THE_DESK[name](question, client.user)
    client.post(address(NAMES.get(name, name), question, *more), data)
    before = client.get(desk).content.decode()
    [newest, *_earlier] = last_acts(question, by=client.user)
    answer = client.post(address("desk_undo", question, newest.act), {"seen": _seen(before)})
    assert htmx.put(before, answer.content.decode()) == htmx.normal(client.get(desk).content.decode())


def test_an_open_desk_hears_of_what_others_have_done_meanwhile(question, desk, client, editor):
    """A slower editor is told who was faster, and gets the page as it is now, with notes that have come."""
    before = client.get(desk).content.decode()
    [first, second, *_more] = Input.objects.counted_under(question).unhandled().order_by("pk")
    dispositions.accept([first], by=editor, place=lambda _entry: headings.make(question, "En ny", by=editor))
    make_input(question, "Nettopp kommet")
    data = {"input": [first.key, second.key], "reason": "unclear", "seen": _seen(before)}
    answer = client.post(address("desk_set_aside", question), data).content.decode()
    assert htmx.put(before, answer) == htmx.normal(client.get(desk).content.decode())
    assert f"{editor.get_full_name()} brukte innspill i rapporten" in answer
    assert "Nettopp kommet" in answer


def test_what_commits_late_is_told_by_the_next_answer(question, desk, client, editor):
    """Numbers of events are given before they are stored: one with a lower number can come after a higher one."""
    before = client.get(desk).content.decode()
    [first, second, *_more] = Input.objects.counted_under(question).unhandled().order_by("pk")
    dispositions.accept([first], by=editor)
    data = {"input": [second.key], "seen": str(Event.objects.latest("pk").pk)}
    answer = client.post(address("desk_accept", question), data).content.decode()
    assert htmx.put(before, answer) == htmx.normal(client.get(desk).content.decode())


def test_when_nearly_everything_has_changed_the_answer_is_the_page(question, desk, client, monkeypatch):
    monkeypatch.setattr(desk_news, "MANY", 1)
    data = {"input": _ticked(question), "seen": "0"}
    answer = client.post(address("desk_accept", question), data)
    assert (answer.status_code, answer["Location"]) == (302, desk)


@pytest.mark.parametrize("seen", ["", "tull", "-1", "9" * 30, "1.5"])
def test_an_act_that_says_nonsense_about_what_was_seen_leads_to_the_page(seen, question, desk, client):
    answer = client.post(address("desk_accept", question), {"input": _ticked(question), "seen": seen})
    assert (answer.status_code, answer["Location"]) == (302, desk)


def test_a_fragment_stands_where_the_filter_lets_it(question, desk, client):
    """Undone under a filter, only what the filter lets through comes back into the list."""
    starred, plain = (make_input(question, text, priority=text == "Viktig") for text in ("Viktig", "Ikke så"))
    dispositions.accept([starred, plain], by=client.user)
    before = client.get(desk, {"star": "1"}).content.decode()
    [newest, *_earlier] = last_acts(question, by=client.user)
    data = {"seen": _seen(before), "view": "star=1"}
    answer = client.post(address("desk_undo", question, newest.act), data).content.decode()
    assert htmx.put(before, answer) == htmx.normal(client.get(desk, {"star": "1"}).content.decode())


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
