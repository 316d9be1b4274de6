"""A point's page, merging and headings: whole or not at all, and two editors at once see both texts."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import Event
from inputs.actions import dispositions, headings, points
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import Heading, Input, Point
from inputs.report.build import build_report
from inputs.report.html import render_body
from tests.factories import HeadingFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.desk import address, merge_form, picture, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def heading(question):
    return HeadingFactory(question=question, title="Kurs", position=1)


@pytest.fixture
def point(question, heading, editor):
    table = TableFactory(conference=question.session.conference, number=4)
    entries = [make_input(question, "Bordets egne ord", table=table)]
    [made] = dispositions.accept(entries, by=editor, place=lambda _entry: heading)
    return points.reword(made, text="Rapportens ord", version=1, by=editor)


@pytest.fixture
def second(question, heading, editor):
    [made] = dispositions.accept([make_input(question, "Det andre")], by=editor, place=lambda _entry: heading)
    return made


def titles():
    return list(Heading.objects.standing().values_list("title", flat=True))


# --- the point ---


def test_the_page_shows_the_wordings_and_what_the_tables_said(question, point, at_desk, reader):
    for client in (at_desk, reader):
        page = client.get(address("point", question, point.key)).content.decode()
        assert all(text in page for text in ["Rapportens ord", "Bordets egne ord", "Eli Eksempel"])
    assert "<textarea" not in page


def test_an_open_desk_is_answered_with_what_was_said_for_a_point_alone(
    question, point, at_desk, editor, django_assert_max_num_queries
):
    dispositions.attach(point, [make_input(question, "Kurs i helgene")], by=editor)
    where, target = address("point", question, point.key), {"HTTP_HX_TARGET": f"sources-{point.key}"}
    with django_assert_max_num_queries(8):
        answer = at_desk.get(where, **target).content.decode()
    assert answer.count("<li>") == 2
    assert "Kurs i helgene" in answer
    assert "<html" not in answer
    assert answer.count(point.text) == 0  # a source that says what the point says is not told twice


def test_a_point_is_reworded_and_its_sources_stay(question, point, at_desk):
    data = {"text": "Nye ord\r\n", "version": point.version}
    response = at_desk.post(address("point_reword", question, point.key), data)
    assert response["Location"] == f"{address('desk', question)}#point-{point.key}"
    point.refresh_from_db()
    assert (point.text, point.sources.open().count()) == ("Nye ord", 1)


def test_who_was_slower_sees_both_texts_and_whose_the_other_is(question, point, at_desk):
    before = picture()
    data = {"text": "Mine ord", "version": point.version - 1}
    response = at_desk.post(address("point_reword", question, point.key), data)
    assert (response.status_code, picture()) == (409, before)
    page = response.content.decode()
    theirs = page[page.index("<blockquote>") : page.index("</blockquote>")]
    assert ("Rapportens ord" in theirs, "Eli Eksempel" in page, "Mine ord</textarea>" in page) == (True, True, True)

    # To save once more, having seen both, is to choose.
    data["version"] = response.context["form"]["version"].value()
    assert at_desk.post(address("point_reword", question, point.key), data).status_code == 302
    assert Point.objects.get().text == "Mine ord"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("point_reword", {"text": " \n\x00 ", "version": 2}),
        ("point_reword", {"text": "x" * 10_001, "version": 2}),
        ("point_reword", {"text": "Ord", "version": "to"}),
        ("point_reword", {"text": "Ord"}),
        ("point_split", {"texts": "Bare en", "version": 2}),
        ("point_split", {"texts": "En\nTo"}),
        ("point_move", {"new_heading": "x" * 201}),
        ("point_take_out", {"reason": "x" * 501}),
    ],
)
def test_what_cannot_be_saved_is_told_of_and_nothing_is_lost(name, data, question, point, at_desk):
    before = picture()
    data = data | {"input": Input.objects.get().key}
    response = at_desk.post(address(name, question, point.key), data)
    assert (response.status_code, picture()) == (422, before)


def test_a_point_becomes_two_and_both_keep_the_source(question, point, at_desk):
    data = {"texts": "Første\n\n  Andre  ", "version": point.version}
    response = at_desk.post(address("point_split", question, point.key), data, follow=True)
    assert said(response) == ["The point is now 2 points, each with all its sources."]
    assert [(one.text, one.sources.open().count()) for one in Point.objects.order_by("pk")] == [
        ("Første", 1),
        ("Andre", 1),
    ]


def test_a_point_that_was_changed_meanwhile_is_not_divided(question, point, at_desk):
    before = picture()
    response = at_desk.post(address("point_split", question, point.key), {"texts": "En\nTo", "version": 1})
    assert (response.status_code, picture()) == (409, before)
    assert "En\nTo" in response.content.decode()


def test_a_point_moves_to_a_heading_that_is_there_or_is_written_or_to_none(question, point, at_desk):
    other = HeadingFactory(question=question, title="Mat")
    for data, expected in [({"heading": other.key}, "Mat"), ({"new_heading": "Ny"}, "Ny"), ({"heading": ""}, None)]:
        at_desk.post(address("point_move", question, point.key), data)
        point.refresh_from_db()
        assert (point.heading and point.heading.title) == expected


def test_the_last_source_takes_the_point_with_it_and_the_page_says_so_first(question, point, at_desk):
    assert "This is the only source." in at_desk.get(address("point", question, point.key)).content.decode()
    data = {"input": Input.objects.get().key}
    for _click in range(2):
        response = at_desk.post(address("point_take_out", question, point.key), data, follow=True)
        assert response.status_code == 200
    assert "took this point out of the report" in response.content.decode()
    assert (Point.objects.standing().count(), Input.objects.get().disposition) == (0, "unhandled")


def test_a_point_stays_without_a_source_when_it_is_said_why(question, point, at_desk):
    data = {"input": Input.objects.get().key, "reason": "Sagt i plenum"}
    at_desk.post(address("point_take_out", question, point.key), data)
    assert Point.objects.standing().get().editorial_reason == "Sagt i plenum"


@pytest.fixture
def combined(question, point, second, editor):
    """«Det andre» is merged into the point."""
    return points.merge(points.plan_merge([point, second], text="Rapportens egne ord og det andre"), by=editor)


def test_the_page_marks_the_words_that_rest_on_each_source_alone(question, combined, at_desk):
    resting = at_desk.get(address("point", question, combined.key)).context["resting"]
    assert [[text for text, is_alone in one.pieces if is_alone] for one in resting] == [["egne", "ord"], []]
    points.reword(combined, text="Noe helt nytt", version=combined.version, by=at_desk.user)
    page = at_desk.get(address("point", question, combined.key)).content.decode()
    assert page.count("No word of the text rests on this source alone.") == 2


def test_a_source_is_taken_out_and_the_point_reworded_by_one_act(question, combined, at_desk):
    source = combined.sources.order_by("pk").first()
    data = {"input": source.input.key, "text": "Det andre alene", "version": combined.version}
    for _click in range(2):
        at_desk.post(address("point_take_out", question, combined.key), data)
        combined.refresh_from_db()
        assert (combined.text, combined.revision, combined.sources.open().count()) == ("Det andre alene", 4, 1)
    deed = at_desk.get(address("desk", question)).context["deeds"][0]
    assert str(deed.what) == "took a source out and reworded"
    at_desk.post(address("desk_undo", question, deed.event.act))
    combined.refresh_from_db()
    assert (combined.text, combined.sources.open().count()) == ("Rapportens egne ord og det andre", 2)
    assert check(question.session.conference) == []


def test_a_source_stays_when_the_text_without_it_was_overtaken(question, combined, at_desk, editor):
    version = combined.version
    points.reword(combined, text="Kollegaens ord", version=version, by=editor)
    before = picture()
    data = {"input": combined.sources.first().input.key, "text": "Mine ord uten den", "version": version}
    answer = at_desk.post(address("point_take_out", question, combined.key), data)
    page = answer.content.decode()
    assert (answer.status_code, picture()) == (409, before)
    assert ("Mine ord uten den</textarea>" in page, "Kollegaens ord" in page) == (True, True)
    data["version"] = answer.context["take_out_form"]["version"].value()
    assert at_desk.post(address("point_take_out", question, combined.key), data).status_code == 302
    assert Point.objects.standing().get().text == "Mine ord uten den"


def test_one_input_serves_two_points_and_two_questions(question, point, second, at_desk):
    entry = point.sources.get().input
    other = QuestionFactory(session=question.session, number=7)
    page = at_desk.get(address("use_also", question, entry.key)).content.decode()
    assert ("uses it already" in page, second.text in page, address("use_also", other, entry.key) in page) == (
        True, True, True,
    )  # fmt: skip
    at_desk.post(address("use_also", question, entry.key), {"point": second.key})
    response = at_desk.post(address("use_also", other, entry.key), {"point": "new"}, follow=True)
    made = response.context["point"]
    assert (made.question, made.text, said(response)) == (other, entry.text, ["The input is used here, too."] * 2)
    assert entry.uses.filter(closed_at=None).count() == 3
    deed = at_desk.get(address("desk", question)).context["deeds"][0]
    assert str(deed.what) == "used an input once more"
    at_desk.post(address("desk_undo", other, deed.event.act))
    assert (Point.objects.standing().filter(question=other).count(), entry.uses.filter(closed_at=None).count()) == (
        0,
        2,
    )
    assert check(question.session.conference) == []


def test_an_input_is_used_once_more_only_where_it_can_be(question, point, second, at_desk, reader, editor):
    entry = point.sources.get().input
    aside = make_input(question, "Lagt til side")
    dispositions.set_aside([aside], reason=reason_for(question.session.conference, "unclear"), by=editor)
    dispositions.remove_point(second, by=editor)
    before = picture()
    for data, key, status in [
        ({}, entry.key, 422),
        ({"point": "new"}, aside.key, 409),
        ({"point": second.key}, entry.key, 409),
        ({"point": uuid.uuid4()}, entry.key, 404),
        ({"point": "nonsense"}, entry.key, 404),
        ({"point": "new"}, uuid.uuid4(), 404),
    ]:
        assert at_desk.post(address("use_also", question, key), data).status_code == status, data
    assert reader.post(address("use_also", question, entry.key), {"point": "new"}).status_code == 403
    assert picture() == before


def test_a_point_is_removed_and_its_input_remains_to_be_handled(question, point, at_desk):
    at_desk.post(address("point_remove", question, point.key))
    before = picture()
    assert (Point.objects.standing().count(), Input.objects.get().disposition) == (0, "unhandled")
    response = at_desk.post(address("point_remove", question, point.key), follow=True)
    assert said(response)[-1].startswith("Somebody has removed")
    assert picture() == before


# --- merging ---


def test_the_preview_shows_all_sources_and_changes_nothing(question, point, second, at_desk):
    before = picture()
    response = at_desk.post(address("merge_preview", question), {"point": [second.key, point.key]})
    assert (response.status_code, picture()) == (200, before)
    plan = response.context["plan"]
    assert (plan.target, plan.absorbed, len(plan.inputs), plan.tables) == (
        point,
        (second,),
        2,
        frozenset(Input.objects.exclude(table=None).values_list("table", flat=True)),
    )
    page = response.content.decode()
    assert all(text in page for text in ["Bordets egne ord", "Det andre", "Table 4"])


def test_the_merge_does_what_the_preview_showed_and_a_second_click_nothing(question, point, second, at_desk):
    data = merge_form(point, second, text="Begge deler")
    response = at_desk.post(address("merge", question), data, follow=True)
    assert said(response) == ["2 points are now one, with all their sources."]
    merged = Point.objects.standing().get()
    assert (merged, merged.text, merged.sources.open().count()) == (point, "Begge deler", 2)
    assert check(question.session.conference) == []

    before = picture()
    response = at_desk.post(address("merge", question), data, follow=True)
    assert said(response)[-1] == "The points are one already."
    assert picture() == before


@pytest.mark.parametrize("changed", ["point", "second"])
def test_a_merge_of_what_somebody_has_changed_shows_it_anew_and_keeps_the_text(
    changed, question, point, second, at_desk, editor
):
    data = merge_form(point, second, text="Begge deler")
    slower = {"point": point, "second": second}[changed]
    points.reword(slower, text="Nyere ord", version=slower.version, by=editor)
    before = picture()
    response = at_desk.post(address("merge", question), data)
    assert (response.status_code, picture()) == (409, before)
    assert all(text in response.content.decode() for text in ["Begge deler", "Nyere ord"])


def test_a_merge_wants_two_points_and_a_text(question, point, second, at_desk):
    before = picture()
    both = merge_form(point, second, text="")
    assert at_desk.post(address("merge_preview", question), {"point": point.key}).status_code == 422
    assert at_desk.post(address("merge", question), both | {"text": " "}).status_code == 422
    assert at_desk.post(address("merge", question), {"point": point.key, "text": "x"}).status_code == 302
    assert picture() == before


def test_a_point_moves_by_a_step_among_its_own_and_the_report_follows(question, heading, point, second, at_desk):
    make = dispositions.accept([make_input(question, "Under ingen overskrift")], by=at_desk.user)
    Point.objects.filter(pk__in=[point.pk, second.pk]).update(heading=heading)
    response = at_desk.post(address("desk_order", question), {"point": second.key, "direction": "up"}, follow=True)
    assert response.redirect_chain == [(f"{address('desk', question)}#point-{second.key}", 302)]
    assert said(response) == ["The point is now number 1 of 2."]
    order = [row.point for group in response.context["desk"].headings for row in group.points]
    assert order == [second, point, *make]
    report = render_body(build_report(question.session.conference, draft=True))
    assert report.index(second.text) < report.index(point.text)

    for _step in range(3):
        at_desk.post(address("desk_order", question), {"point": second.key, "direction": "down"})
    assert list(Point.objects.order_by("position").values_list("pk", flat=True))[:2] == [point.pk, second.pk]
    before = picture()
    for ticked, direction, status in [
        ([second.key], "sideways", 404),
        ([], "up", 422),
        ([point.key, second.key], "up", 422),
    ]:
        answer = at_desk.post(address("desk_order", question), {"point": ticked, "direction": direction})
        assert answer.status_code == status
    assert picture() == before


def test_the_list_of_acts_calls_a_merge_and_a_split_by_their_names(question, heading, at_desk):
    first, second = (make_input(question, words) for words in ("Flere kurs", "Kurs på kveldstid"))
    points = dispositions.accept([first, second], by=at_desk.user, place=lambda _entry: heading)
    shown = at_desk.post(address("merge_preview", question), {"point": [point.key for point in points]})
    assert shown.context["form"]["text"].value() == "Flere kurs Kurs på kveldstid"
    data = merge_form(*points, text="Flere kurs på kveldstid")
    response = at_desk.post(address("merge", question), data, follow=True)
    assert str(response.context["deeds"][0].what) == "merged points"
    parts = {"texts": "Flere kurs\nPå kveldstid", "version": 2}
    response = at_desk.post(address("point_split", question, points[0].key), parts, follow=True)
    assert str(response.context["deeds"][0].what) == "split a point"


def test_a_heading_that_was_renamed_moved_or_removed_comes_back_by_the_desks_undo(question, heading, at_desk):
    mat = HeadingFactory(question=question, title="Mat", position=2)
    acts = [("heading_rename", {"title": "Ny"}), ("heading_move", {"direction": "up"}), ("heading_remove", {})]
    for name, data in acts:
        response = at_desk.post(address(name, question, mat.key), data, follow=True)
        assert titles() != ["Kurs", "Mat"]
        [deed, *_earlier] = response.context["deeds"]
        at_desk.post(address("desk_undo", question, deed.event.act))
        assert titles() == ["Kurs", "Mat"]


# --- headings ---


def test_headings_are_made_named_and_removed(question, at_desk):
    at_desk.post(address("heading_make", question), {"title": " Første \n emne "})
    made = Heading.objects.get()
    assert titles() == ["Første emne"]
    at_desk.post(address("heading_rename", question, made.key), {"title": "Nytt navn"})
    assert titles() == ["Nytt navn"]
    for _click in range(2):
        assert at_desk.post(address("heading_remove", question, made.key)).status_code == 302
    assert titles() == []


@pytest.mark.parametrize("title", ["Kurs", " Kurs ", "", "x" * 201])
def test_a_title_that_is_taken_empty_or_too_long_is_told_of_beside_the_field(title, question, heading, at_desk):
    other = HeadingFactory(question=question, title="Mat", position=2)
    for where in [address("heading_make", question), address("heading_rename", question, other.key)]:
        response = at_desk.post(where, {"title": title})
        page = response.content.decode()
        assert (response.status_code, titles()) == (422, ["Kurs", "Mat"])
        assert response.context["title_form"].errors["title"][0] in page
        assert page.count('aria-invalid="true"') == 1


def test_a_heading_moves_by_a_step_and_other_stays_last(question, heading, at_desk, editor):
    mat = HeadingFactory(question=question, title="Mat", position=2)
    headings.make(question, "Annet", by=editor, is_other=True)
    response = at_desk.post(address("heading_move", question, mat.key), {"direction": "up"}, follow=True)
    assert said(response) == ["«Mat» is now number 1 of 3."]
    assert titles() == ["Mat", "Kurs", "Annet"]
    for _step in range(3):
        at_desk.post(address("heading_move", question, mat.key), {"direction": "down"})
    assert titles() == ["Kurs", "Mat", "Annet"]
    assert at_desk.post(address("heading_move", question, mat.key), {"direction": "sideways"}).status_code == 404


def test_each_move_button_says_what_it_moves_and_keeps_its_id(question, heading, at_desk):
    page = at_desk.get(address("desk", question)).content.decode()
    assert f'id="up-{heading.key}"' in page
    for direction in ("up", "down"):
        assert f'Move {direction}<span class="ds-sr-only">: Kurs</span>' in page


def test_a_heading_with_points_is_not_removed(question, heading, point, at_desk):
    response = at_desk.post(address("heading_remove", question, heading.key), follow=True)
    assert said(response) == ["Points stand under the heading. Move them first, then it can be removed."]
    assert titles() == ["Kurs"]


def test_two_piles_become_one_in_one_act(question, heading, point, at_desk, editor):
    pile = headings.make_pile(question, by=editor)
    [other] = dispositions.accept([make_input(question)], by=editor, place=lambda _entry: pile)
    where = address("heading_merge", question)
    at_desk.post(where, {"from": pile.key, "into": heading.key})
    other.refresh_from_db()
    assert (other.heading, list(Heading.objects.standing())) == (heading, [heading])
    assert Event.objects.filter(verb__in=["move", "remove_heading"]).values("act").distinct().count() == 1
    before = picture()
    again = {"from": pile.key, "into": heading.key}
    assert at_desk.post(where, again, follow=True).status_code == 200  # a second click is told so
    for into, status in [(pile.key, 422), ("", 422), ("tull", 404)]:
        assert at_desk.post(where, {"from": pile.key, "into": into}).status_code == status
    assert picture() == before


def test_points_are_moved_to_a_pile_together_and_without_a_tick_it_is_said(question, heading, point, at_desk):
    assert at_desk.post(address("desk_move", question), {"heading": "new"}).status_code == 422
    at_desk.post(address("desk_move", question), {"point": point.key, "heading": "new"})
    point.refresh_from_db()
    assert (point.heading.title, str(point.heading)) == ("", "Pile without a name")


def test_a_pile_gets_its_name_and_no_name_is_given_twice(question, heading, at_desk, editor):
    pile = headings.make_pile(question, by=editor)
    where = address("heading_rename", question, pile.key)
    assert at_desk.post(where, {"title": " "}).status_code == 422
    assert at_desk.post(where, {"title": heading.title}).status_code == 422
    at_desk.post(where, {"title": "Navnet"})
    pile.refresh_from_db()
    assert (pile.title, pile.earlier_titles.count()) == ("Navnet", 0)


# --- who, and what is not theirs ---

OF_POINT = ["point_reword", "point_split", "point_move", "point_take_out", "point_remove"]
OF_HEADING = ["heading_rename", "heading_move", "heading_remove"]
OF_QUESTION = ["merge_preview", "merge", "heading_make", "heading_merge", "desk_move", "desk_order"]


def every_act(question, point, heading):
    yield from [address(name, question, point.key) for name in OF_POINT]
    yield from [address(name, question, heading.key) for name in OF_HEADING]
    yield from [address(name, question) for name in OF_QUESTION]


def everything(point, second):
    """A posted form that would do for every act."""
    return {
        "text": "Ord",
        "texts": "En\nTo",
        "version": [point.version, second.version],
        "point": [point.key, second.key],
        "title": "Tittel",
        "direction": "up",
        "input": Input.objects.first().key,
    }


def test_who_may_not_edit_meets_403_and_who_may_not_see_404(
    question, point, second, heading, reader, other_editor, stranger
):
    before = picture()
    for act in every_act(question, point, heading):
        data = everything(point, second)
        answers = [client.post(act, data).status_code for client in (reader, other_editor, stranger)]
        assert answers == [403, 403, 404], act
    assert stranger.get(address("point", question, point.key)).status_code == 404
    assert picture() == before


def test_looking_at_an_act_does_nothing(question, point, heading, at_desk):
    for act in every_act(question, point, heading):
        assert at_desk.get(act).status_code == 405


def test_points_and_headings_of_another_question_are_not_there(question, point, second, heading, at_desk, editor):
    sister = QuestionFactory(session=question.session, number=2)
    foreign = QuestionFactory(session=SessionFactory(number=1), number=1)
    for elsewhere in (sister, foreign):
        theirs = make_input(elsewhere, "Deres")
        [their_point] = dispositions.accept([theirs], by=editor)
        their_heading = HeadingFactory(question=elsewhere)
        data = everything(point, second)
        before = picture()
        for act in every_act(question, their_point, their_heading):
            if "/punkt/" in act or ("/overskrifter/" in act and not act.endswith("overskrifter/")):
                data |= {"from": their_heading.key, "into": heading.key}
                assert at_desk.post(act, data).status_code == 404, act
        forged = [
            ("merge", [], {"point": [point.key, their_point.key]}),
            ("merge_preview", [], {"point": [point.key, their_point.key]}),
            ("point_move", [point.key], {"heading": their_heading.key}),
            ("point_take_out", [point.key], {"input": theirs.key}),
            ("point_take_out", [point.key], {"input": "tull"}),
        ]
        for name, more, change in forged:
            assert at_desk.post(address(name, question, *more), data | change).status_code == 404, (name, change)
        assert at_desk.get(address("point", question, their_point.key)).status_code == 404
        assert picture() == before
    assert at_desk.get(address("point", question, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_source_and_for_three(number, question, point, second, at_desk, editor):
    for n in range(number):
        table = TableFactory(conference=question.session.conference)
        dispositions.attach(point, [make_input(question, f"Også {n}", table=table)], by=editor)
        point = points.reword(point, text=f"Ordlyd {n}", version=point.version, by=editor)
        HeadingFactory(question=question)
    with CaptureQueriesContext(connection) as page:
        assert at_desk.get(address("point", question, point.key)).status_code == 200
    with CaptureQueriesContext(connection) as preview:
        at_desk.post(address("merge_preview", question), {"point": [point.key, second.key]})
    with CaptureQueriesContext(connection) as elsewhere:
        at_desk.get(address("use_also", question, point.sources.first().input.key))
    assert (len(page), len(preview), len(elsewhere)) == (23, 24, 12)
