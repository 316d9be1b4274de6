"""Several at one question: who is there, what somebody holds while merging, and what arrives on an open page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.actions.history import revision
from conference.models import Event, Role
from inputs.actions import dispositions, entry, headings, holds, points, presence, signing
from inputs.actions import undo as undoing
from inputs.actions.faults import Held
from inputs.actions.undo import last_acts
from inputs.integrity import check
from inputs.models import Page, Point, PointHold, Presence
from tests.factories import MembershipFactory, QuestionFactory, make_input
from tests.inputs.desk import address, logged_in, merge_form, picture, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(question):
    return MembershipFactory(
        conference=question.session.conference, role=Role.EDITOR, user__name="Kari Nordmann"
    ).user


@pytest.fixture
def pair(question, at_desk):
    notes = [make_input(question, text) for text in ("Flere busser", "Oftere buss")]
    return dispositions.accept(notes, by=at_desk.user)


def past(seconds):
    return timezone.now() - timedelta(seconds=seconds)


# --- a merge holds its points ---


ACTS = {
    "reword": lambda point, by: points.reword(point, text="Annet", version=point.version, by=by),
    "split": lambda point, by: points.split(point, texts=["En", "To"], version=point.version, by=by),
    "move": lambda point, by: points.move(point, to=None, by=by),
    "step": lambda point, by: points.step(point, 1, by=by),
    "merge": lambda point, by: points.merge(points.plan_merge(list(Point.objects.order_by("pk"))), by=by),
    "remove": lambda point, by: dispositions.remove_point(point, by=by),
    "take out": lambda point, by: dispositions.detach(point.sources.get(), by=by),
    "undo": lambda point, by: undoing.undo(last_acts(point.question)[0].act, by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_somebody_merges_is_not_changed_by_another(act, pair, kari, at_desk):
    holds.take(pair, by=kari)
    before = picture()
    with pytest.raises(Held) as caught:
        ACTS[act](pair[0], at_desk.user)
    assert (caught.value.stored.by, picture()) == (kari, before)


@pytest.mark.parametrize("act", ACTS)
def test_what_is_held_is_its_holders_and_free_again_when_the_time_is_over(act, pair, kari, at_desk):
    holds.take(pair, by=kari)
    PointHold.objects.update(since=past(700), until=past(100))
    ACTS[act](pair[0], at_desk.user)


def test_the_holder_merges_and_undoes_and_the_points_are_free(question, pair, kari, at_desk):
    client = logged_in(kari)
    keys = {"point": [str(point.key) for point in pair]}
    assert client.post(address("merge_preview", question), keys).status_code == 200
    assert PointHold.objects.live().filter(by=kari).count() == 2
    answer = client.post(address("merge", question), merge_form(*pair, text="Flere og oftere busser"))
    assert (answer.status_code, PointHold.objects.count()) == (302, 0)
    undoing.undo(last_acts(question)[0].act, by=at_desk.user)
    assert check(question.session.conference) == []
    assert Point.objects.standing().count() == 2


def test_a_source_joins_a_held_point_all_the_same(question, pair, kari, at_desk):
    holds.take(pair, by=kari)
    dispositions.attach(pair[0], [make_input(question, "Buss hver time")], by=at_desk.user)
    assert pair[0].sources.open().count() == 2


def test_of_two_who_open_a_merge_on_the_same_point_the_second_is_told_who_has_it(question, pair, kari, at_desk):
    holds.take(pair, by=kari)
    keys = {"point": [str(point.key) for point in pair]}
    answer = at_desk.post(address("merge_preview", question), keys, follow=True)
    [sentence] = said(answer)
    assert "Kari Nordmann is merging this point now" in sentence
    assert not PointHold.objects.filter(by=at_desk.user).exists()
    assert "Kari Nordmann is merging this point now" in answer.content.decode()  # at the points


def test_whoever_takes_over_works_on_and_the_other_loses_no_word(question, pair, kari, at_desk):
    client, form = logged_in(kari), merge_form(*pair, text="Karis tekst")
    client.post(address("merge_preview", question), {"point": form["point"]})
    assert (
        at_desk.post(address("point_reword", question, pair[0].key), {"text": "Mitt", "version": 1}).status_code
        == 409
    )
    for point in pair:
        assert at_desk.post(address("point_take_over", question, point.key)).status_code == 302
    assert (
        at_desk.post(address("point_reword", question, pair[0].key), {"text": "Mitt", "version": 1}).status_code
        == 302
    )
    answer = client.post(address("merge", question), form)
    assert answer.status_code == 409
    assert "Karis tekst" in answer.content.decode()


def test_a_merge_that_another_holds_by_now_keeps_what_was_typed(question, pair, kari, at_desk):
    form = merge_form(*pair, text="Min tekst")
    holds.take(pair, by=kari)
    answer = at_desk.post(address("merge", question), form)
    assert (answer.status_code, Point.objects.standing().count()) == (409, 2)
    page = answer.content.decode()
    assert "Min tekst" in page
    assert "Kari Nordmann is merging" in page


@pytest.mark.parametrize(
    ("name", "body"), [("point_reword", {"text": "Mine ord"}), ("point_split", {"texts": "Mine ord\nTo"})]
)
def test_words_for_a_held_point_stay_where_they_were_typed(name, body, question, pair, kari, at_desk):
    holds.take(pair, by=kari)
    answer = at_desk.post(address(name, question, pair[0].key), {"version": 1} | body)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mine ord" in page
    assert "Kari Nordmann is merging this point now, so" in page


def test_cancelling_lets_go_and_keeps_those_of_others(question, pair, kari, at_desk):
    holds.take(pair[:1], by=kari)
    holds.take(pair[1:], by=at_desk.user)
    logged_in(kari).post(address("merge_leave", question))
    assert [hold.by for hold in PointHold.objects.all()] == [at_desk.user]


def test_a_hold_says_nothing_but_ids_and_stands_in_the_way_of_no_undo(question, pair, kari, at_desk):
    act = last_acts(question)[0].act
    holds.take(pair, by=kari)
    holds.release(question, by=kari)
    undoing.undo(act, by=at_desk.user)
    assert [event.after for event in Event.objects.filter(verb="hold_point").order_by("pk")] == [
        {"point": point.pk, "of": kari.pk} for point in pair
    ]


# --- who is here ---


def beat(client, question, **body):
    return client.post(address("desk_pulse", question), {"page": "sort"} | body)


def here(client, question):
    return client.get(address("desk", question)).content.decode()


def test_who_is_here_is_told_to_the_others_and_not_to_oneself(question, pair, kari, at_desk):
    assert beat(logged_in(kari), question, page="edit", point=str(pair[0].key)).status_code == 204
    assert "Kari Nordmann</strong>" in here(at_desk, question)
    assert "Flere busser" in here(at_desk, question)
    assert "Also here" not in here(logged_in(kari), question)


def test_whoever_is_silent_for_a_minute_is_gone(question, kari, at_desk):
    presence.beat(question, page=Page.SORT, point=None, by=kari)
    Presence.objects.update(seen_at=past(61))
    assert "Also here" not in here(at_desk, question)
    beat(at_desk, question)
    assert [one.person for one in Presence.objects.all()] == [at_desk.user]


def test_a_pulse_is_no_event_and_news_only_when_it_says_something_new(question, kari):
    def counted():
        return revision(question.session.conference)

    events = Event.objects.count()
    presence.beat(question, page=Page.SORT, point=None, by=kari)
    first = counted()
    presence.beat(question, page=Page.SORT, point=None, by=kari)
    assert counted() == first
    presence.beat(question, page=Page.EDIT, point=None, by=kari)
    assert (counted(), Event.objects.count()) == (first + 1, events)


@pytest.mark.parametrize("body", [{"page": "annet"}, {"page": ""}, {"point": "x"}, {"point": "0" * 32}])
def test_a_pulse_that_says_what_cannot_be_is_not_taken(body, question, at_desk):
    assert beat(at_desk, question, **body).status_code == 404
    assert not Presence.objects.exists()


def test_a_merge_that_stands_open_is_held_on_and_one_that_ended_is_told(question, pair, kari, at_desk):
    holds.take(pair, by=kari)
    PointHold.objects.update(since=past(500), until=timezone.now() + timedelta(seconds=100))
    presence.beat(question, page=Page.MERGE, point=None, by=kari)
    assert PointHold.objects.first().until > timezone.now() + timedelta(seconds=500)
    PointHold.objects.update(since=past(700), until=past(1))
    beat(at_desk, question)
    assert not PointHold.objects.exists()
    assert Event.objects.filter(verb="release_point").count() == 2


# --- what arrives ---


def asked(client, question, *, since="", **query):
    page = client.get(address("desk", question)).context["live"]
    return lambda: client.get(
        address("desk_live", question), {"page": "sort", "since": since or page.mark, "seen": page.seen} | query
    )


def test_an_idle_look_costs_two_queries_and_news_at_most_twenty_five(question, pair, kari, at_desk):
    look = asked(at_desk, question)
    with CaptureQueriesContext(connection) as captured:
        assert (look().status_code, len(captured)) == (204, 2)
    points.reword(pair[0], text="Flere busser om kvelden", version=1, by=kari)
    make_input(question, "Nytt notat")
    with CaptureQueriesContext(connection) as captured:
        assert look().status_code == 200
    assert len(captured) <= 25


def test_others_acts_arrive_in_parts_and_are_told_by_name(question, pair, kari, at_desk):
    waiting = make_input(question, "Venter")
    look = asked(at_desk, question)
    heading = headings.make(question, "Møteplasser", by=kari)
    for point in pair:
        points.move(point, to=heading, by=kari)
    entry.receive([entry.Note(session=question.session, question=question, text="Fra bordet")], by=kari)
    dispositions.accept([waiting], by=kari)
    answer = look().content.decode()
    assert "Kari Nordmann moved 2 points" in answer
    assert "1 new input" in answer
    assert f'id="note-{waiting.key}" data-gone' in answer
    assert "Fra bordet" in answer


def test_ones_own_acts_are_not_told_to_oneself(question, pair, at_desk):
    look = asked(at_desk, question)
    points.reword(pair[0], text="Omskrevet", version=1, by=at_desk.user)
    assert 'id="heard"' not in look().content.decode()


def test_a_hold_arrives_at_its_point_and_goes(question, pair, kari, at_desk):
    look = asked(at_desk, question)
    holds.take(pair, by=kari)
    assert "Kari Nordmann is merging this point now" in look().content.decode()
    look = asked(at_desk, question)
    holds.release(question, by=kari)
    answer = look().content.decode()
    assert "is merging this" not in answer
    assert f'id="point-{pair[0].key}"' in answer


def test_acts_of_another_question_arrive_nowhere_else(question, kari, at_desk):
    other = QuestionFactory(session=question.session, number=9)
    look = asked(at_desk, question)
    headings.make(other, "Et annet sted", by=kari)
    answer = look().content.decode()
    assert "Et annet sted" not in answer
    assert 'id="heard"' not in answer


def test_a_sign_off_asks_for_the_whole_page(question, kari, at_desk):
    look = asked(at_desk, question)
    signing.sign(question, by=kari)
    assert "data-old" in look().content.decode()


def test_the_document_is_told_which_lines_others_have_changed(question, pair, kari, at_desk):
    look = asked(at_desk, question, page="edit")
    points.reword(pair[0], text="Flere busser om kvelden", version=1, by=kari)
    answer = look().content.decode()
    assert f'data-line="{pair[0].key}"' in answer
    assert "Kari Nordmann has changed this" in answer
    assert "data-changed" in answer


def test_a_merge_is_told_of_new_inputs_and_changed_sources(question, pair, kari, at_desk):
    keys = {"point": [str(point.key) for point in pair]}
    page = at_desk.post(address("merge_preview", question), keys)
    form = merge_form(*pair, text="Mitt utkast") | {"read": page.context["live"].seen}
    entry.receive([entry.Note(session=question.session, question=question, text="Nytt fra bordet")], by=kari)
    dispositions.attach(pair[0], [make_input(question, "Også buss")], by=kari)
    answer = at_desk.post(address("merge_preview", question), form, headers={"HX-Target": "merge-news"})
    told = answer.content.decode()
    assert "Nytt fra bordet" in told
    assert "Også buss" in told
    assert "<textarea" not in told
