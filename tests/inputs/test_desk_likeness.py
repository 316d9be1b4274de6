"""What is like a note, at the desk: the line under it, the order by likeness, and what is said of two in place."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from inputs import desk_news
from inputs.actions import dispositions, headings, likeness, points
from inputs.actions.undo import last_acts
from inputs.desk import Sieve, read_desk
from inputs.models import NotSame, Point
from inputs.suggestions import Engine
from inputs.views import desk as desk_view
from inputs.views import likeness as likeness_view
from tests import htmx
from tests.factories import TableFactory, make_input
from tests.inputs.desk import address, said

pytestmark = pytest.mark.django_db

SNOW, SNOW_TOO = "Kommunen bør rydde gangveiene for snø", "Rydd snø på gangveiene om vinteren"
CHOIR = "Koret øver hver torsdag"


@pytest.fixture
def notes(question):
    tables = [TableFactory(conference=question.session.conference, number=number) for number in (2, 9, 4)]
    return [
        make_input(question, text, table=table)
        for text, table in zip((SNOW, CHOIR, SNOW_TOO), (tables[0], tables[2], tables[1]), strict=True)
    ]


def links(text):
    return {link.get("data-alike"): link for link in html.fromstring(f"<div>{text}</div>").iter("a")}


def seen(client, question):
    return re.search(r'data-seen="(\d+)"', client.get(address("desk", question)).content.decode())[1]


def test_the_lines_come_by_a_fragment_that_is_the_same_as_on_the_page(notes, question, at_desk, reader):
    for client in (at_desk, reader):
        part = links(client.get(address("desk_likeness", question), headers={"HX-Request": "true"}).content.decode())
        assert set(part) == {str(notes[0].key), str(notes[2].key)}
        assert part[str(notes[0].key)].get("href") == address("desk_alike", question, notes[0].key)
        page = client.get(address("desk_likeness", question)).content.decode()
        assert "<html" in page
        for link in part.values():
            assert htmx.normal(html.tostring(link, encoding="unicode", with_tail=False))[12:-14] in htmx.normal(page)
        assert " 9" in part[str(notes[0].key)].text_content()


def test_the_desk_itself_compares_nothing(notes, question, at_desk, monkeypatch):
    monkeypatch.setattr("inputs.suggestions.pairs", None)
    assert at_desk.get(address("desk", question)).status_code == 200


@pytest.mark.parametrize("where", ["desk_likeness", "desk"])
def test_it_takes_as_many_queries_for_one_pair_as_for_three(where, question, at_desk):
    costs = []
    for number in (1, 2):
        for _ in range(number):
            make_input(question, SNOW, table=TableFactory(conference=question.session.conference))
            make_input(question, SNOW_TOO)
        with CaptureQueriesContext(connection) as captured:
            assert at_desk.get(address(where, question), {"order": "likhet"}).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 25


def test_in_the_order_by_likeness_no_act_moves_what_is_left(question, at_desk, editor):
    texts = [SNOW, CHOIR, "Noe helt annet", SNOW_TOO, CHOIR + " kveld", SNOW + " hver dag"]
    entries = [make_input(question, text) for text in texts]
    order = Sieve(by_likeness=True)
    before = read_desk(question, order).unhandled
    assert abs(before.index(entries[1]) - before.index(entries[4])) == 1
    page = at_desk.get(address("desk", question), {"order": "likhet"})
    assert [key for key, _line in page.context["lines"]] == [str(one.key) for one in before]
    for handled in entries[:4]:
        dispositions.accept([handled], by=editor)
        left = read_desk(question, order).unhandled
        assert left == tuple(one for one in before if one in left)
    assert len(left) == 2


def test_the_order_goes_on_after_the_last_that_was_shown(question, monkeypatch):
    for text in (SNOW, CHOIR, SNOW_TOO):
        make_input(question, text)
    whole = read_desk(question, Sieve(by_likeness=True)).unhandled
    monkeypatch.setattr("inputs.desk.PAGE", 2)
    first = read_desk(question, Sieve(by_likeness=True))
    second = read_desk(question, Sieve(after=first.next_after, by_likeness=True))
    assert (first.unhandled, second.unhandled, second.next_after) == (whole[:2], whole[2:], None)


def test_what_is_said_of_two_at_an_open_desk_is_answered_by_what_changed(notes, question, at_desk):
    snow, _choir, too = notes
    where, data = address("desk_alike_not_same", question, snow.key), {"other": too.key}
    answer = at_desk.post(where, data | {"seen": seen(at_desk, question)})
    assert (answer.status_code, answer["RNIK-Fragments"]) == (200, "yes")
    assert NotSame.objects.holding().count() == 1
    part = at_desk.get(address("desk_likeness", question), headers={"HX-Request": "true"}).content.decode()
    assert links(part) == {}
    same = address("desk_alike_same", question, snow.key)
    answer = at_desk.post(same, data | {"seen": seen(at_desk, question)}).content.decode()
    assert f'id="note-{snow.key}" data-gone' in answer
    assert Point.objects.get().sources.open().count() == 2


def test_inputs_that_say_the_same_become_one_point_under_the_heading_that_is_chosen(notes, question, at_desk, editor):
    pile = headings.make_pile(question, by=editor)
    data = {"input": [notes[0].key, notes[2].key], "heading": pile.key}
    at_desk.post(address("desk_attach", question), data)
    point = Point.objects.get()
    assert (point.heading, point.text, point.sources.open().count()) == (pile, SNOW, 2)
    at_desk.post(address("desk_attach", question), {"input": [notes[1].key], "point": point.key, "heading": "new"})
    assert (headings.Heading.objects.standing().count(), point.sources.open().count()) == (1, 3)


@pytest.mark.parametrize(("engine", "words"), [(Engine.LEXICAL, "by words"), (Engine.SEMANTIC, "by meaning")])
def test_the_help_says_which_engine_compares(engine, words, question, at_desk, monkeypatch):
    for module in (desk_view, likeness_view):
        monkeypatch.setattr(module, "engine", lambda: engine)
    for name in ("desk", "desk_likeness"):
        assert f"Compared {words}" in at_desk.get(address(name, question)).content.decode()


@pytest.mark.parametrize(("here", "there"), [("desk", "desk_edit"), ("desk_edit", "desk")])
def test_sort_and_edit_lead_to_each_other_with_the_question_kept(here, there, question, at_desk):
    page = html.document_fromstring(at_desk.get(address(here, question)).content.decode())
    [switch] = page.find_class("desk-switch")
    assert [(link.get("href"), link.get("aria-current")) for link in switch if link.get("aria-current")] == [
        (address(here, question), "page")
    ]
    [other] = [link for link in switch if link.get("data-other-way") is not None]
    assert other.get("href") == address(there, question)


def test_a_new_pile_is_sent_alone(notes, question, at_desk, editor, monkeypatch):
    monkeypatch.setattr(desk_news, "OVERLAP", timedelta(0))
    first = headings.make(question, "Først", by=editor)
    last = headings.make(question, "Annet", by=editor, is_other=True)
    dispositions.accept([notes[0]], by=editor, place=lambda _entry: first)
    before = seen(at_desk, question)
    answer = at_desk.post(address("desk_accept", question), {"input": notes[1].key, "heading": "new", "seen": before})
    sections = html.fromstring(f"<div>{answer.content.decode()}</div>").find_class("heading")
    made = headings.Heading.objects.standing().exclude(pk__in=[first.pk, last.pk]).get()
    assert [(one.get("id"), one.get("data-after")) for one in sections] == [
        (f"heading-{made.key}", f"heading-{first.key}"),
        (f"heading-{last.key}", f"heading-{made.key}"),
    ]


def test_an_act_that_cannot_be_undone_leads_to_what_stands_in_the_way(notes, question, at_desk):
    by = at_desk.user
    [point] = dispositions.accept([notes[0]], by=by)
    [deed] = last_acts(question, by=by)
    points.reword(point, text="Andre ord", version=1, by=by)
    where = address("desk_undo", question, deed.act)
    answer = at_desk.post(where, {"seen": seen(at_desk, question)}).content.decode()
    way = f"/konferanse/{question.session.conference.slug}/angre/{deed.act}/"
    assert f'href="{way}"' in answer
    response = at_desk.post(where, follow=True)
    assert response.redirect_chain == [(way, 302)]
    assert said(response)


def test_an_input_can_be_used_in_one_more_point_by_those_who_may(notes, question, at_desk, other_editor, reader):
    likeness.keep_apart(notes[0], notes[1], by=at_desk.user)
    page = f"/konferanse/{question.session.conference.slug}/innspill/{notes[0].key}/"
    way = f'href="{address("use_also", question, notes[0].key)}"'
    assert [way in client.get(page).content.decode() for client in (at_desk, other_editor, reader)] == [
        True,
        False,
        False,
    ]
