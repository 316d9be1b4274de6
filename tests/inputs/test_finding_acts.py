"""Finding over all questions, and acting on many: said beforehand, all or nothing, one act, undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Event, Membership, Role
from inputs.actions import dispositions, entry, headings
from inputs.actions.reasons import choices, reason_for
from inputs.integrity import check
from inputs.models import Input, Point
from tests.factories import (
    MembershipFactory,
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_input,
)
from tests.inputs.desk import logged_in, picture, said
from tests.worlds import make_world

pytestmark = pytest.mark.django_db

LIST = "/konferanse/dialog/innspill/"
ACT = f"{LIST}gjor/"
POINTS = "/konferanse/dialog/punkter/"
POINTS_ACT = f"{POINTS}gjor/"


@pytest.fixture
def thirty(question):
    return [make_input(question, f"Innspill nummer {n:02}", table=None) for n in range(30)]


def keys(things):
    return [str(one.key) for one in things]


def dispositions_of(things):
    return [Input.objects.get(pk=one.pk).disposition for one in things]


def confirm(client, where, body):
    """Post, and say yes to what is asked."""
    asked = client.post(where, body)
    assert asked.status_code == 200
    return client.post(where, body | {"confirmed": asked.context["plan"].mark}, follow=True)


# --- finding ---


def test_each_list_tells_how_many_there_are_of_each_value(question, at_desk, editor):
    other = QuestionFactory(session=question.session, number=2)
    table = TableFactory(conference=question.session.conference, number=4)
    make_input(question, "Et tiltak", table=table, kind="measure", priority=True)
    used = make_input(question, "Et brukt tiltak", kind="measure")
    dispositions.accept([used], by=editor)
    filed = make_input(question, "Flyttet")
    entry.file_under(filed, other, by=editor)
    make_input(None, "Uplassert", session=question.session)

    def counts(name, **asked):
        form = at_desk.get(LIST, asked).context["form"]
        return {value: str(label) for value, label in form.fields[name].choices if value}

    assert counts("question") == {
        "none": "No question yet (1)",
        "1.1": f"1.1 {question.text} (2)",
        "1.2": f"1.2 {other.text} (1)",
    }
    # Within what else is asked for, and not within its own value: one sees what choosing another would find.
    assert [
        counts("status", kind="measure", status="used")[value][-3:] for value in ("unhandled", "used", "set_aside")
    ] == [
        "(1)",
        "(1)",
        "(0)",
    ]
    assert [label[-3:] for label in counts("table", q="tiltak").values()] == ["(1)", "(1)"]
    assert counts("mark", question="1.1")["star"].endswith("(1)")
    assert counts("kind", status="used")["none"].endswith("(0)")


def test_inputs_are_found_by_star_reason_person_and_source(question, at_desk, editor):
    conference = question.session.conference
    writer = NoteTakerFactory(table=TableFactory(conference=conference, number=6), name="KN")
    star = make_input(question, "Viktig", priority=True, table=writer.table)
    aside = make_input(question, "Uklart", source="plenary")
    dispositions.set_aside([aside], reason=reason_for(conference, "unclear"), by=at_desk.user)

    def shown(**asked):
        return [one.text for one in at_desk.get(LIST, asked).context["inputs"]]

    assert shown(mark="star") == ["Viktig"]
    assert shown(reason="unclear") == ["Uklart"] == shown(person=at_desk.user.pk) == shown(source="plenary")
    assert shown(table="none") == ["Uklart"]
    assert shown(q="VIKTIG", mark="star", table="6") == [star.text]


def test_the_words_that_were_looked_for_are_marked_and_escaped(question, at_desk):
    make_input(question, "<b>Møte</b> & møter")
    page = at_desk.get(LIST, {"q": "møte"}).content.decode()
    assert "&lt;b&gt;<mark>Møte</mark>&lt;/b&gt; &amp; <mark>møte</mark>r" in page


def test_what_stands_for_anything_in_a_search_stands_for_itself(question, at_desk):
    for text in ("100 % sikkert", "100 prosent", "a_b", "aXb", "sti\\vei"):
        make_input(question, text)

    def shown(words):
        return [one.text for one in at_desk.get(LIST, {"q": words}).context["inputs"]]

    assert (shown("%"), shown("a_b"), shown("\\")) == (["100 % sikkert"], ["a_b"], ["sti\\vei"])


# --- acting on inputs ---


def test_a_few_are_set_aside_at_once_as_one_act_and_undone(question, thirty, at_desk, editor):
    body = {
        "act": "set_aside",
        "reason": "unclear",
        "comment": "Spurt",
        "input": keys(thirty[:3]),
        "find": "q=nummer",
    }
    answer = at_desk.post(ACT, body, follow=True)
    assert said(answer) == ["3 inputs are set aside."]
    assert answer.request["QUERY_STRING"] == "q=nummer"
    assert dispositions_of(thirty[:4]) == ["set_aside"] * 3 + ["unhandled"]
    last = answer.context["last"]
    assert (last.event.verb, last.number) == ("set_aside", 3)
    undone = at_desk.post(reverse("inputs_undo", args=["dialog", last.event.act]), {"find": "q=nummer"}, follow=True)
    assert (said(undone), dispositions_of(thirty[:3])) == (["Undone."], ["unhandled"] * 3)
    assert undone.context["last"] is None


def test_more_than_twenty_are_asked_about_first(question, thirty, at_desk):
    body = {"act": "set_aside", "reason": "unclear", "all": "1", "find": "q=nummer"}
    before = picture()
    asked = at_desk.post(ACT, body)
    assert (asked.status_code, picture()) == (200, before)
    assert asked.context["deed"] == f"Set 30 inputs aside: {dict(choices(question.session.conference))['unclear']}"
    done = at_desk.post(ACT, body | {"confirmed": asked.context["plan"].mark}, follow=True)
    assert said(done) == ["30 inputs are set aside."]
    assert Event.objects.filter(verb="set_aside").values("act").distinct().count() == 1
    assert check(question.session.conference) == []


def test_what_cannot_be_handled_so_is_told_beforehand_and_left_alone(question, thirty, at_desk, editor):
    dispositions.accept(thirty[:1], by=editor)
    body = {"act": "set_aside", "reason": "unclear", "input": keys(thirty[:3])}
    asked = at_desk.post(ACT, body)
    assert ([*asked.context["plan"].takes], [*asked.context["plan"].leaves]) == (thirty[1:3], thirty[:1])
    confirm(at_desk, ACT, body)
    assert dispositions_of(thirty[:4]) == ["used", "set_aside", "set_aside", "unhandled"]


def test_what_has_changed_since_it_was_confirmed_is_asked_about_again(question, thirty, at_desk, editor):
    body = {"act": "set_aside", "reason": "unclear", "all": "1", "find": ""}
    mark = at_desk.post(ACT, body).context["plan"].mark
    dispositions.accept(thirty[:1], by=editor)
    before = picture()
    again = at_desk.post(ACT, body | {"confirmed": mark})
    assert (again.status_code, again.context["changed"], picture()) == (200, True, before)
    assert "Something has changed since you looked" in again.content.decode()


def test_inputs_are_filed_under_a_question_and_the_undoing_files_them_back(question, thirty, at_desk):
    other = QuestionFactory(session=SessionFactory(conference=question.session.conference, number=2), number=1)
    answer = at_desk.post(ACT, {"act": "file_under", "question": "2.1", "input": keys(thirty[:2])}, follow=True)
    assert said(answer) == ["2 inputs now stand under question 2.1."]
    assert Input.objects.counted_under(other).count() == 2
    at_desk.post(reverse("inputs_undo", args=["dialog", answer.context["last"].event.act]))
    assert Input.objects.counted_under(other).count() == 0
    assert Input.objects.counted_under(question).count() == 30


def test_inputs_of_one_question_are_used_under_a_heading_of_it(question, thirty, at_desk):
    other = make_input(QuestionFactory(session=question.session, number=2), "Et annet spørsmål")
    heading = headings.make(question, "Arbeid", by=at_desk.user)
    page = at_desk.get(LIST, {"question": "1.1"})
    assert [str(label) for _value, label in page.context["act"].fields["heading"].choices] == ["Choose", "Arbeid"]
    body = {
        "act": "use_under",
        "heading": str(heading.key),
        "find": "question=1.1",
        "input": keys([*thirty[:2], other]),
    }
    asked = at_desk.post(ACT, body)
    assert [*asked.context["plan"].leaves] == [other]
    done = confirm(at_desk, ACT, body)
    assert [point.text for point in heading.points.order_by("position")] == [one.text for one in thirty[:2]]
    at_desk.post(reverse("inputs_undo", args=["dialog", done.context["last"].event.act]))
    assert (heading.points.filter(removed_at=None).count(), dispositions_of(thirty[:2])) == (0, ["unhandled"] * 2)


def test_the_kind_of_many_is_marked_and_unmarked(question, thirty, at_desk):
    table = TableFactory(conference=question.session.conference, number=3)
    Input.objects.filter(pk=thirty[0].pk).update(kind="challenge", table=table)
    answer = at_desk.post(ACT, {"act": "mark_kind", "kind": "measure", "input": keys(thirty[:2])}, follow=True)
    assert said(answer) == ["2 inputs are marked."]
    assert [Input.objects.get(pk=one.pk).kind for one in thirty[:3]] == ["measure", "measure", ""]
    assert Input.objects.get(pk=thirty[0].pk).revision == 1
    dispositions.accept(thirty[:1], by=at_desk.user)  # what is done with it later does not stand in the way
    act = Event.objects.filter(verb="mark_kind").first().act
    at_desk.post(reverse("inputs_undo", args=["dialog", act]))
    assert [Input.objects.get(pk=one.pk).kind for one in thirty[:2]] == ["challenge", ""]
    again = at_desk.post(ACT, {"act": "mark_kind", "kind": "none", "input": keys(thirty[1:2])})
    assert again.context["act"].non_field_errors() == ["They are marked so already."]


WRONG = [
    ({"act": "set_aside", "reason": "unclear"}, "__all__"),
    ({"act": "set_aside", "input": 1}, "reason"),
    ({"act": "set_aside", "input": 1, "reason": "withdrawn"}, "reason"),
    ({"act": "set_aside", "input": 1, "reason": "unclear", "comment": "x" * 501}, "comment"),
    ({"act": "file_under", "input": 1}, "question"),
    ({"act": "file_under", "input": 1, "question": "9.9"}, "question"),
    ({"act": "use_under", "input": 1}, "heading"),
    ({"act": "mark_kind", "input": 1, "kind": "joke"}, "kind"),
    ({"act": "delete", "input": 1}, "act"),
    ({"input": 1}, "act"),
    ({"act": "set_aside", "all": "1", "find": "q=finnesikke", "reason": "unclear"}, "__all__"),
    ({"act": "set_aside", "all": "1", "find": "kind=joke", "reason": "unclear"}, "__all__"),
]


@pytest.mark.parametrize(("body", "field"), WRONG)
def test_what_is_missing_or_wrong_is_said_and_what_was_ticked_is_kept(body, field, question, thirty, at_desk):
    posted = body | ({"input": keys(thirty[:1])} if "input" in body else {})
    before = picture()
    answer = at_desk.post(ACT, posted)
    assert (answer.status_code, list(answer.context["act"].errors), picture()) == (422, [field], before)
    assert answer.context["ticked"] == posted.get("input", [])


def test_too_many_are_not_handled_at_a_time(question, thirty, at_desk, monkeypatch):
    monkeypatch.setattr("inputs.views.acting.MOST", 10)
    answer = at_desk.post(ACT, {"act": "set_aside", "reason": "unclear", "all": "1"})
    assert (answer.status_code, dispositions_of(thirty[:1])) == (422, ["unhandled"])
    assert at_desk.post(ACT, {"act": "set_aside", "reason": "unclear", "input": keys(thirty)}).status_code == 400


def test_a_second_click_does_nothing_more(question, thirty, at_desk):
    body = {"act": "set_aside", "reason": "unclear", "input": keys(thirty[:2])}
    at_desk.post(ACT, body)
    before = picture()
    assert (at_desk.post(ACT, body).status_code, picture()) == (422, before)


def test_an_editor_of_some_sessions_acts_on_theirs_alone(question, thirty, conference):
    other = QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)
    theirs = make_input(other, "I en annen bolk")
    member = MembershipFactory(conference=conference, role=Role.EDITOR)
    member.sessions.add(other.session)
    client = logged_in(member.user)
    before = picture()
    assert client.post(ACT, {"act": "mark_kind", "kind": "both", "input": keys(thirty[:1])}).status_code == 404
    assert picture() == before
    body = {"act": "set_aside", "reason": "unclear", "all": "1"}
    asked = client.post(ACT, body)
    assert ([*asked.context["plan"].takes], asked.context["not_yours"]) == ([theirs], 30)
    confirm(client, ACT, body)
    assert dispositions_of([theirs, *thirty]) == ["set_aside"] + ["unhandled"] * 30


def test_readers_see_the_lists_and_no_acts(question, thirty, reader, editor):
    dispositions.accept(thirty[:1], by=editor)
    for where in (LIST, POINTS):
        page = reader.get(where)
        assert (page.status_code, page.context["act"]) == (200, None)
        assert 'type="checkbox"' not in page.content.decode()
    for where in (ACT, POINTS_ACT, reverse("inputs_undo", args=["dialog", Event.objects.first().act])):
        assert reader.post(where).status_code == 403


def test_nothing_of_another_conference_is_reached_and_nobody_elses_act_is_undone(db):
    ours, theirs = make_world("var", 1), make_world("deres", 2)
    client = ours.client()
    act, undo = reverse("inputs_act", args=["var"]), reverse("inputs_undo", args=["var", theirs.act])
    before = picture()
    for body in (
        {"act": "set_aside", "reason": "unclear", "input": [theirs.unhandled.key]},
        {"act": "set_aside", "reason": "unclear", "input": [ours.unhandled.key, theirs.unhandled.key]},
        {"act": "set_aside", "reason": "unclear", "input": ["tull"]},
    ):
        assert client.post(act, body).status_code == 404
    foreign = {
        "act": "use_under",
        "input": [ours.unhandled.key],
        "heading": theirs.heading.key,
        "find": "question=1.1",
    }
    assert client.post(act, foreign).status_code == 422
    assert client.post(act, foreign | {"act": "file_under", "question": "2.2"}).status_code == 422
    points = reverse("points_act", args=["var"])
    assert (
        client.post(points, {"act": "set_levels", "levels": ["state"], "point": [theirs.points[0].key]}).status_code
        == 404
    )
    assert client.post(undo).status_code == 404
    somebody = Membership.objects.exclude(user=ours.administrator).filter(conference=ours.conference).get()
    Membership.objects.filter(pk=somebody.pk).update(role=Role.ADMINISTRATOR)
    own = reverse("inputs_undo", args=["var", ours.act])
    assert logged_in(somebody.user).post(own).status_code == 404
    assert picture() == before
    assert not Point.objects.exclude(addressees=[]).exists()


# --- acting on points ---


@pytest.fixture
def points(question, thirty, editor):
    return dispositions.accept(thirty, by=editor)


def test_the_level_of_all_that_is_found_is_set_as_one_act_and_undone(points, at_desk):
    body = {"act": "set_levels", "levels": ["state", "county"], "way": "add", "all": "1", "find": "q=nummer"}
    asked = at_desk.post(POINTS_ACT, body)
    assert "Add these: the state, the county" in asked.context["deed"]
    done = at_desk.post(POINTS_ACT, body | {"confirmed": asked.context["plan"].mark}, follow=True)
    assert said(done) == ["The level of 30 points is changed."]
    assert {tuple(point.addressees) for point in Point.objects.all()} == {("state", "county")}
    act = done.context["last"].event.act
    back = at_desk.post(reverse("inputs_undo", args=["dialog", act]), {"list": "points", "find": "q=nummer"})
    assert back["Location"] == f"{POINTS}?q=nummer"
    assert {tuple(point.addressees) for point in Point.objects.all()} == {()}


def test_points_of_one_question_are_moved_under_a_heading_of_it(question, points, at_desk):
    heading = headings.make(question, "Arbeid", by=at_desk.user)
    body = {"act": "move_under", "heading": str(heading.key), "find": "question=1.1", "point": keys(points[:2])}
    answer = at_desk.post(POINTS_ACT, body, follow=True)
    assert said(answer) == ["2 points are moved."]
    assert list(heading.points.order_by("position")) == points[:2]
    at_desk.post(reverse("inputs_undo", args=["dialog", answer.context["last"].event.act]))
    assert heading.points.count() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"act": "set_levels", "levels": ["state"]}, "__all__"),
        ({"act": "set_levels", "point": 1}, "levels"),
        ({"act": "set_levels", "point": 1, "levels": ["tull"]}, "levels"),
        ({"act": "set_levels", "point": 1, "levels": ["state"], "way": "x"}, "way"),
        ({"act": "move_under", "point": 1}, "heading"),
        ({"act": "tull", "point": 1}, "act"),
    ],
)
def test_what_is_wrong_with_an_act_on_points_is_said(body, field, points, at_desk):
    before = picture()
    answer = at_desk.post(POINTS_ACT, body | ({"point": keys(points[:1])} if "point" in body else {}))
    assert (answer.status_code, list(answer.context["act"].errors), picture()) == (422, [field], before)


def test_points_follow_each_other_over_the_pages_and_are_found_by_words_tables_and_heading(
    question, points, at_desk, editor
):
    more = [make_input(question, f"Flere {n}", table=None) for n in range(25)]
    table = TableFactory(conference=question.session.conference, number=1)
    alone = make_input(question, "Alene", table=table)
    heading = headings.make(question, "Arbeid", by=editor)
    made = [*points, *dispositions.accept([*more, alone], by=editor, place=lambda _entry: heading)]
    first = at_desk.get(POINTS)
    second = at_desk.get(POINTS, {"after": first.context["next_after"]})
    shown = [point for page in (first, second) for point, _tables, _levels in page.context["rows"]]
    assert (shown, second.context["next_after"], first.context["number"]) == (made, None, 56)

    def texts(**asked):
        return [point.text for point, _tables, _levels in at_desk.get(POINTS, asked).context["rows"]]

    assert texts(tables="one") == ["Alene"] == texts(q="ALENE", placed="yes")
    assert texts(tables="several") == []
    assert len(texts(placed="no")) == 30
    assert at_desk.get(POINTS, {"tables": "none"}).context["number"] == 55
    assert at_desk.get(POINTS, {"level": "tull"}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_one_row_and_for_three(number, question, at_desk, editor):
    heading = headings.make(question, "Arbeid", by=editor)
    for n in range(number):
        table = TableFactory(conference=question.session.conference, number=n + 1)
        QuestionFactory(session=question.session, number=n + 2)
        make_input(question, f"Gjenstår {n}", table=table, addressees=(f"Etat {n}",))
        dispositions.accept([make_input(question, f"B {n}", table=table)], by=editor, place=lambda _entry: heading)
    cost = []
    for where in (LIST, f"{LIST}?question=1.1&q=gjenst", POINTS, f"{POINTS}?tables=one&level=none"):
        with CaptureQueriesContext(connection) as captured:
            assert at_desk.get(where).status_code == 200
        cost.append(len(captured))
    assert cost == [14, 15, 12, 12]
