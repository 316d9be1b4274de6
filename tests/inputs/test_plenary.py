"""A session's plenary: fair choice of tables, what is said, what is answered."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.actions.plenary import choose, release
from conference.models import Event, PlenaryTurn, Table
from inputs.actions.card import pick
from inputs.actions.entry import withdraw
from inputs.integrity import check
from inputs.models import MAX_TEXT, CardLine, Input
from inputs.plenary import read_plenary
from inputs.queries import coverage
from tests import htmx
from tests.factories import MembershipFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.desk import logged_in, picture, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


def where(name, question, *more):
    return reverse(name, args=[question.session.conference.slug, question.session.number, *more])


@pytest.fixture
def tables(conference) -> list[Table]:
    return [TableFactory(conference=conference, number=n) for n in (1, 2, 3)]


def heard(**more):
    return {
        "text": "Sagt fra salen.",
        "source": "plenary",
        "question": "1",
        "table": "",
        "key": str(uuid.uuid4()),
    } | more


# --- who reports back ---


def test_a_chosen_table_stands_last_and_history_says_who_chose(question, tables, editor):
    choose(question.session, tables[2], by=editor)
    turn = choose(question.session, tables[0], by=editor)
    assert [row.table for row in question.session.turns.all()] == [tables[2], tables[0]]
    assert (turn.chosen_by, Event.objects.latest("pk").after) == (
        editor,
        {"session": question.session.pk, "table": tables[0].pk},
    )


def test_choosing_twice_and_releasing_twice_changes_nothing_more(question, tables, at_desk):
    for _click in range(2):
        at_desk.post(where("plenary_choose", question, tables[0].pk))
    assert PlenaryTurn.objects.count() == 1
    for _click in range(2):
        at_desk.post(where("plenary_release", question, tables[0].pk))
    verbs = Event.objects.filter(target_type="plenaryturn").order_by("pk").values_list("verb", flat=True)
    assert (PlenaryTurn.objects.count(), list(verbs)) == (0, ["choose_for_plenary", "release_from_plenary"])


def test_a_table_of_another_conference_is_never_chosen(question, editor):
    for act in (choose, release):
        with pytest.raises(ValueError, match="own conference"):
            act(question.session, TableFactory(), by=editor)


def test_those_that_have_been_up_least_stand_first(question, tables, editor, conference):
    eight, nine = (SessionFactory(conference=conference, number=n) for n in (8, 9))
    for session, table in ((eight, tables[0]), (eight, tables[1]), (nine, tables[0])):
        choose(session, table, by=editor)
    shown = read_plenary(question.session).candidates
    assert [(one.table, one.elsewhere) for one in shown] == [
        (tables[2], ()),
        (tables[1], (8,)),
        (tables[0], (8, 9)),
    ]


def test_a_chosen_tables_picked_and_starred_notes_come_first(question, tables, editor):
    plain, starred, picked = (
        make_input(question, text, table=tables[0], priority=text != "Vanlig")
        for text in ("Vanlig", "Viktig", "Plukket")
    )
    withdraw(make_input(question, "Trukket", table=tables[0], priority=True), by=editor)
    make_input(question, "Et annet bords", table=tables[1], priority=True)
    make_input(question, "Sagt i salen", table=tables[0], priority=True, source="plenary")
    pick(question.session, tables[0], [picked], by=editor)
    choose(question.session, tables[0], by=editor)
    [turn] = read_plenary(question.session).turns
    assert (turn.card.first, turn.card.others) == ((picked, starred), (plain,))


def test_the_page_says_how_many_are_chosen_and_how_many_is_usual(question, tables, at_desk):
    at_desk.post(where("plenary_choose", question, tables[1].pk))
    page = at_desk.get(where("plenary", question)).content.decode()
    assert "1 chosen; 3 is the usual." in page
    assert "Not been up yet." in page


# --- what is said, and what is answered ---


def test_what_is_said_is_an_input_of_the_session_with_its_source(question, tables, at_desk):
    response = at_desk.post(where("plenary_add", question), heard(table="2"), follow=True)
    added = Input.objects.get()
    assert response.redirect_chain == [(f"{where('plenary', question)}?sporsmal=1#note-{added.key}", 302)]
    assert (added.text, added.source, added.question, added.table, added.received_by, added.disposition) == (
        "Sagt fra salen.",
        "plenary",
        question,
        tables[1],
        at_desk.user,
        "unhandled",
    )
    assert response.context["said_form"]["question"].value() == "1"
    assert check(question.session.conference) == []


def test_an_answer_is_kept_apart_and_needs_an_end_like_any_input(question, at_desk):
    at_desk.post(where("plenary_add", question), heard(source="reply", question="", text="Det lover vi."))
    make_input(question, "Fra et bord")
    page = read_plenary(question.session)
    [answer] = page.replies
    assert (answer.text, answer.source, answer.question, answer.table, page.said) == (
        "Det lover vi.",
        "reply",
        None,
        None,
        (),
    )
    assert coverage(question.session.conference).unhandled == 2
    found = at_desk.get(reverse("inputs", args=["dialog"]), {"source": "reply"})
    assert list(found.context["inputs"]) == [answer]


def test_an_answer_belongs_to_no_table_whatever_is_posted(question, tables, at_desk):
    at_desk.post(where("plenary_add", question), heard(source="reply", table="1"))
    assert Input.objects.get().table is None


def test_a_double_click_stores_once_and_other_words_under_the_same_key_are_stored_too(question, at_desk):
    sent = heard()
    for _click in range(2):
        at_desk.post(where("plenary_add", question), sent)
    at_desk.post(where("plenary_add", question), sent | {"text": "Sagt etterpå."})
    assert list(Input.objects.order_by("pk").values_list("text", flat=True)) == ["Sagt fra salen.", "Sagt etterpå."]


WRONG = [
    ("text", {"text": " \x00 "}),
    ("text", {"text": "x" * (MAX_TEXT + 1)}),
    ("question", {"question": "99"}),
    ("question", {"question": "tull"}),
    ("table", {"table": "99999999999999999999"}),
    ("key", {"key": "1"}),
]


@pytest.mark.parametrize("source", ["plenary", "reply"])
@pytest.mark.parametrize(("field", "wrong"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(field, wrong, source, question, at_desk):
    if (field, source) == ("table", "reply"):
        wrong, field = {"text": ""}, "text"
    before, sent = picture(), heard(source=source) | wrong
    response = at_desk.post(where("plenary_add", question), sent)
    form = response.context[{"plenary": "said_form", "reply": "reply_form"}[source]]
    assert (response.status_code, list(form.errors), picture()) == (422, [field], before)
    assert form["text"].value() == sent["text"]


def test_the_questions_of_another_session_are_no_choice(question, at_desk, conference):
    QuestionFactory(session=SessionFactory(conference=conference, number=2), number=7)
    TableFactory(number=5)
    for wrong in ({"question": "7"}, {"table": "5"}):
        assert at_desk.post(where("plenary_add", question), heard(**wrong)).status_code == 422


def test_who_may_not_edit_meets_403_and_who_may_not_see_404(question, tables, reader, other_editor, stranger):
    before = snapshot()
    card = where("plenary_card", question, tables[0].pk)
    for ask in (
        lambda one: one.get(where("plenary", question)),
        lambda one: one.get(card),
        lambda one: one.post(card),
        lambda one: one.post(where("plenary_add", question), heard()),
        lambda one: one.post(where("plenary_choose", question, tables[0].pk)),
        lambda one: one.post(where("plenary_release", question, tables[0].pk)),
    ):
        assert [ask(one).status_code for one in (reader, other_editor, stranger)] == [403, 403, 404]
    assert snapshot() == before


def test_the_conferences_page_leads_there_for_those_who_may(question, at_desk, reader, other_editor):
    shown = [
        where("plenary", question) in one.get(reverse("conference", args=["dialog"])).content.decode()
        for one in (at_desk, reader, other_editor)
    ]
    assert shown == [True, False, False]


def test_what_htmx_is_answered_is_the_page_loaded_anew(question, tables, at_desk):
    page = where("plenary", question)
    acts = [
        (where("plenary_choose", question, tables[0].pk), {}),
        (where("plenary_add", question), heard(question="")),
        (where("plenary_add", question), heard(source="reply", question="")),
        (where("plenary_release", question, tables[0].pk), {}),
    ]
    for address, data in acts:
        before = at_desk.get(page).content.decode()
        answer = htmx.post(at_desk, address, data).content.decode()
        after = at_desk.get(page).content.decode()
        assert htmx.swap(before, answer) == htmx.normal(after)
        assert htmx.normal(before) != htmx.normal(after)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_of_each_and_for_three(number, question, at_desk, conference, editor):
    other = SessionFactory(conference=conference, number=2)
    for _one in range(number):
        chosen, free = TableFactory(conference=conference), TableFactory(conference=conference)
        choose(question.session, chosen, by=editor)
        choose(other, free, by=editor)
        pick(question.session, chosen, [make_input(question, table=chosen)], by=editor)
        make_input(question, table=free)
        make_input(question, source="plenary", table=chosen)
        make_input(question, source="reply")
        QuestionFactory(session=question.session)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(where("plenary", question)).status_code == 200
    assert len(captured) == 18


# --- the card, as those who run the plenary see it ---


def test_an_editor_picks_for_a_table_that_has_not(question, tables, at_desk):
    notes = [make_input(question, f"Notat {n}", table=tables[0]) for n in range(4)]
    card = where("plenary_card", question, tables[0].pk)
    response = at_desk.post(card, {"line": [str(notes[2].key), str(notes[0].key)]}, follow=True)
    assert said(response) == ["2 lines stand on the card."]
    assert response.context["card"].picked == (notes[0], notes[2])  # in the order of the page
    assert {line.picked_by for line in CardLine.objects.all()} == {at_desk.user}


def test_a_limited_editor_meets_their_own_session(question, conference):
    member = MembershipFactory(conference=conference)
    member.sessions.add(question.session)
    other = QuestionFactory(session=SessionFactory(conference=conference, number=2))
    client = logged_in(member.user)
    assert [client.get(where("plenary", one)).status_code for one in (question, other)] == [200, 403]
    assert list(client.get(where("plenary", question)).context["sessions"]) == [question.session]
