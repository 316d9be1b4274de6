"""What editors do with inputs: it happens whole or not at all, for those who may, and the desk says so."""

import uuid

import pytest

from conference.models import Event
from inputs.actions import dispositions, entry, headings
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import Heading, Input, Point
from tests.factories import HeadingFactory, QuestionFactory, SessionFactory, make_input
from tests.inputs.desk import address, logged_in, picture, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(question):
    return [make_input(question, text) for text in ("En", "To", "Tre")]


@pytest.fixture
def point(question, editor):
    [made] = dispositions.accept([make_input(question, "Punktet")], by=editor)
    return made


def keys(*things):
    return [str(thing.key) for thing in things]


def kinds():
    return [one.disposition for one in Input.objects.order_by("pk")]


def test_the_ticked_inputs_become_points_under_a_chosen_heading(question, entries, at_desk):
    heading = HeadingFactory(question=question)
    response = at_desk.post(
        address("desk_accept", question), {"input": keys(*entries[:2]), "heading": heading.key}, follow=True
    )
    assert response.redirect_chain == [(address("desk", question), 302)]
    assert said(response) == ["2 inputs are now points of the report."]
    assert list(Point.objects.order_by("pk").values_list("text", "heading")) == [
        ("En", heading.pk),
        ("To", heading.pk),
    ]
    assert kinds() == ["used", "used", "unhandled"]
    assert check(question.session.conference) == []


def test_a_heading_that_is_written_is_made_in_the_same_act(question, entries, at_desk):
    at_desk.post(address("desk_accept", question), {"input": keys(entries[0]), "new_heading": "  Nye \n møter "})
    assert Point.objects.get().heading.title == "Nye møter"
    assert Event.objects.filter(verb__in=["accept", "make_heading"]).values("act").distinct().count() == 1


def test_without_a_heading_the_points_wait_for_one(question, entries, at_desk):
    at_desk.post(address("desk_accept", question), {"input": keys(entries[0]), "heading": ""})
    assert Point.objects.get().heading is None


def test_the_same_point_takes_the_inputs_as_sources_and_keeps_its_text(question, entries, point, at_desk):
    response = at_desk.post(
        address("desk_attach", question), {"input": keys(*entries[1:]), "point": keys(point)}, follow=True
    )
    assert said(response) == ["The point has 2 more sources."]
    assert Point.objects.get().text == "Punktet"
    assert point.sources.open().count() == 3


def test_of_inputs_that_say_the_same_one_becomes_the_point_and_the_others_its_sources(question, entries, at_desk):
    response = at_desk.post(address("desk_attach", question), {"input": keys(*entries)}, follow=True)
    assert said(response) == ["The point has 2 more sources."]
    made = Point.objects.get()
    assert (made.text, made.heading, made.sources.open().count()) == ("En", None, 3)
    [one] = response.context["deeds"]
    at_desk.post(address("desk_undo", question, one.event.act))
    assert kinds() == ["unhandled"] * 3


def test_inputs_become_a_new_pile_without_a_name_and_undo_takes_it_away(question, entries, at_desk):
    data = {"input": keys(*entries[:2]), "heading": "new"}
    response = at_desk.post(address("desk_accept", question), data, follow=True)
    assert [(one.title, one.points.count()) for one in Heading.objects.standing()] == [("", 2)]
    assert "Pile without a name 1" in response.content.decode()
    [one] = response.context["deeds"]
    at_desk.post(address("desk_undo", question, one.event.act))
    assert (kinds(), Heading.objects.standing().count()) == (["unhandled"] * 3, 0)


def test_inputs_are_set_aside_with_reason_and_comment_and_brought_back(question, entries, at_desk):
    data = {"input": keys(entries[0]), "reason": "unclear", "comment": "Hvem mener de?"}
    response = at_desk.post(address("desk_set_aside", question), data, follow=True)
    assert said(response) == ["1 input is set aside."]
    [decision] = response.context["desk"].aside
    assert (decision.input, decision.reason.code, decision.comment) == (entries[0], "unclear", "Hvem mener de?")

    response = at_desk.post(address("desk_bring_back", question), {"input": keys(entries[0])}, follow=True)
    assert (response.context["desk"].aside, kinds()) == ((), ["unhandled"] * 3)


def test_inputs_move_to_another_question_and_undo_brings_them_home(question, entries, at_desk):
    other = QuestionFactory(session=SessionFactory(conference=question.session.conference, number=2), number=3)
    response = at_desk.post(
        address("desk_file_under", question), {"input": keys(*entries[:2]), "question": "2.3"}, follow=True
    )
    assert said(response) == ["2 inputs now stand under question 2.3."]
    assert list(Input.objects.counted_under(other)) == entries[:2]

    [deed] = response.context["deeds"]
    at_desk.post(address("desk_undo", question, deed.event.act))
    assert list(Input.objects.counted_under(question)) == entries


def test_an_input_without_question_is_filed_under_this_one(question, at_desk):
    lost = make_input(None, "Hører til et sted", session=question.session)
    response = at_desk.post(address("desk_place", question), {"input": keys(lost)}, follow=True)
    assert said(response) == ["1 input now stands under this question."]
    assert response.context["desk"].unhandled == (lost,)


def test_the_last_act_can_be_undone_all_of_it_and_undoing_twice_is_harmless(question, entries, at_desk):
    response = at_desk.post(
        address("desk_accept", question), {"input": keys(*entries), "new_heading": "Ny"}, follow=True
    )
    [deed] = response.context["deeds"]
    first = at_desk.post(address("desk_undo", question, deed.event.act), follow=True)
    assert said(first) == ["Undone."]
    assert (kinds(), Heading.objects.standing().count()) == (["unhandled"] * 3, 0)

    before = picture()
    second = at_desk.post(address("desk_undo", question, deed.event.act), follow=True)
    assert said(second) == ["It has been undone already, or cannot be undone."]
    assert picture() == before


def test_undo_tells_who_has_built_on_it_since(question, entries, at_desk, editor):
    at_desk.post(address("desk_accept", question), {"input": keys(entries[0])})
    act = Event.objects.get(verb="accept").act
    dispositions.detach(Input.objects.get(pk=entries[0].pk).lead_source, by=editor)

    before = picture()
    [*_earlier, message] = said(at_desk.post(address("desk_undo", question, act), follow=True))
    assert message.startswith("Eli Eksempel has later (")
    assert "took a source out" in message
    assert picture() == before


def test_nobody_undoes_what_somebody_else_did_nor_under_another_question(question, entries, at_desk, editor):
    dispositions.accept([entries[0]], by=editor)
    foreign = Event.objects.get(verb="accept").act
    other = QuestionFactory(session=question.session, number=2)
    dispositions.accept([make_input(other)], by=at_desk.user)
    elsewhere = Event.objects.filter(verb="accept").order_by("pk").last().act

    before = picture()
    for act in (foreign, elsewhere, uuid.uuid4()):
        assert at_desk.post(address("desk_undo", question, act)).status_code == 404
    assert picture() == before


ACTS = {
    "desk_accept": {},
    "desk_attach": {},
    "desk_set_aside": {"reason": "unclear"},
    "desk_file_under": {"question": "1.2"},
}


@pytest.mark.parametrize("name", ACTS)
def test_a_second_click_or_a_slower_editor_changes_nothing_more(name, question, entries, point, at_desk):
    QuestionFactory(session=question.session, number=2)
    data = ACTS[name] | {"input": keys(*entries), "point": keys(point)}
    at_desk.post(address(name, question), data)
    before = picture()
    response = at_desk.post(address(name, question), data, follow=True)
    assert (response.status_code, picture()) == (200, before)
    if name != "desk_attach":  # the sources are there, as they should be
        [*_earlier, message] = said(response)
        assert message.startswith("3 of the inputs have been used, set aside or filed elsewhere already.")


def test_what_one_editor_has_used_another_cannot_set_aside(question, entries, at_desk, editor):
    dispositions.accept([entries[0]], by=editor)
    before = picture()
    data = {"input": keys(*entries), "reason": "unclear"}
    [*_earlier, message] = said(at_desk.post(address("desk_set_aside", question), data, follow=True))
    assert message.startswith("The input has been used, set aside or filed elsewhere already.")
    assert picture() == before


@pytest.mark.parametrize("name", [*ACTS, "desk_place"])
def test_without_a_tick_the_desk_says_what_to_do_and_keeps_what_was_typed(name, question, entries, at_desk):
    data = {"new_heading": "Min nye overskrift", "comment": "Min kommentar", "reason": "unclear"}
    before = picture()
    response = at_desk.post(address(name, question), data)
    assert (response.status_code, picture()) == (422, before)
    page = " ".join(response.content.decode().split())
    for text in ["Tick the inputs first", "Min nye overskrift", "Min kommentar", 'value="unclear" selected']:
        assert text in page


WRONG = [
    ("desk_accept", {"new_heading": "x" * 201}, "new_heading"),
    ("desk_set_aside", {"reason": ""}, "reason"),
    ("desk_set_aside", {"reason": "unclear", "comment": "x" * 501}, "comment"),
    ("desk_file_under", {"question": ""}, "question"),
    ("desk_file_under", {"question": "1.1"}, "question"),
    ("desk_attach", {}, "__all__"),
]


@pytest.mark.parametrize(("name", "data", "field"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_the_ticks_stay(name, data, field, question, entries, at_desk):
    before = picture()
    response = at_desk.post(address(name, question), data | {"input": keys(entries[1])})
    assert (response.status_code, picture()) == (422, before)
    assert list(response.context["form"].errors) == [field]
    assert response.context["ticked"] == {str(entries[1].key)}
    assert "checked" in response.content.decode()


def test_two_points_are_not_the_same_point(question, entries, point, at_desk, editor):
    [second] = dispositions.accept([entries[0]], by=editor)
    data = {"input": keys(entries[1]), "point": keys(point, second)}
    assert at_desk.post(address("desk_attach", question), data).status_code == 422


def test_a_heading_or_a_point_that_somebody_has_removed_is_told_of(question, entries, point, at_desk, editor):
    heading = headings.make(question, "Borte", by=editor)
    headings.remove(heading, by=editor)
    dispositions.remove_point(point, by=editor)
    before = picture()
    for name, more in [("desk_accept", {"heading": heading.key}), ("desk_attach", {"point": point.key})]:
        response = at_desk.post(address(name, question), more | {"input": keys(entries[0])}, follow=True)
        assert said(response)[0].startswith("Somebody has removed or set aside")
    assert picture() == before


POSTS = [*ACTS, "desk_bring_back", "desk_place"]


@pytest.mark.parametrize("name", POSTS)
def test_who_may_not_edit_meets_403_and_who_may_not_see_404(name, question, entries, reader, other_editor, stranger):
    before = picture()
    data = {"input": keys(*entries), "reason": "unclear", "question": "1.1"}
    answers = [one.post(address(name, question), data).status_code for one in (reader, other_editor, stranger)]
    assert (answers, picture()) == ([403, 403, 404], before)


@pytest.mark.parametrize("name", POSTS)
def test_looking_at_an_act_does_nothing(name, question, at_desk):
    assert at_desk.get(address(name, question)).status_code == 405


def test_keys_of_another_question_or_conference_are_not_there(question, entries, point, at_desk, editor):
    sister = QuestionFactory(session=question.session, number=2)
    foreign = QuestionFactory(session=SessionFactory(number=1), number=1)
    before = None
    for elsewhere in (sister, foreign):
        theirs = make_input(elsewhere, "Deres")
        [their_point] = dispositions.accept([make_input(elsewhere, "Brukt")], by=editor)
        their_heading = HeadingFactory(question=elsewhere)
        lost = make_input(None, "Uplassert", session=SessionFactory(conference=elsewhere.session.conference))
        before = picture()
        forged = [
            *[
                (name, {"input": keys(entries[0], theirs), "reason": "unclear", "point": keys(point)})
                for name in POSTS
            ],
            ("desk_place", {"input": keys(lost)}),
            ("desk_attach", {"input": keys(entries[0]), "point": keys(their_point)}),
            ("desk_accept", {"input": keys(entries[0]), "heading": their_heading.key}),
        ]
        for name, data in forged:
            assert at_desk.post(address(name, question), data).status_code == 404, (name, data)
        assert picture() == before


NONSENSE = [
    ("desk_accept", {"input": "1"}),
    ("desk_accept", {"heading": "tull"}),
    ("desk_attach", {"point": "'; drop table"}),
    ("desk_set_aside", {"reason": "withdrawn"}),
    ("desk_set_aside", {"reason": "finnes-ikke"}),
    ("desk_file_under", {"question": "9.9"}),
    ("desk_file_under", {"question": "²"}),
    ("desk_file_under", {"question": "99999999999999999999.1"}),
]


@pytest.mark.parametrize(("name", "data"), NONSENSE)
def test_nonsense_is_not_there_and_changes_nothing(name, data, question, entries, point, at_desk):
    before = picture()
    data = {"input": keys(entries[0]), "point": keys(point)} | data
    assert at_desk.post(address(name, question), data).status_code == 404
    assert picture() == before


def test_a_reason_that_the_conference_has_retired_cannot_be_chosen(question, entries, at_desk):
    reason = reason_for(question.session.conference, "unclear")
    reason.is_active = False
    reason.save()
    data = {"input": keys(entries[0]), "reason": "unclear"}
    assert at_desk.post(address("desk_set_aside", question), data).status_code == 404


def test_an_editor_of_this_session_may_edit_here(question, entries, other_editor, conference):
    from tests.factories import MembershipFactory

    member = MembershipFactory(conference=conference)
    member.sessions.add(question.session)
    response = logged_in(member.user).post(address("desk_accept", question), {"input": keys(entries[0])})
    assert response.status_code == 302


def test_the_page_that_was_read_is_the_page_one_comes_back_to(question, entries, at_desk):
    data = {"input": keys(entries[1]), "view": f"after={entries[0].key}"}
    response = at_desk.post(address("desk_accept", question), data)
    assert response["Location"] == f"{address('desk', question)}?after={entries[0].key}"


def test_filing_does_not_take_what_is_used(question, entries, at_desk, editor):
    QuestionFactory(session=question.session, number=2)
    dispositions.accept([entries[0]], by=editor)
    before = picture()
    at_desk.post(address("desk_file_under", question), {"input": keys(*entries), "question": "1.2"})
    assert picture() == before
    assert entry.file_under(entries[1], None, by=editor).filed_under is None
