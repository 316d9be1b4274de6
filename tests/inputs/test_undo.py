"""Undo: every act can be taken back, by the same verbs, unless something later stands in the way."""

import pytest
from django.db import transaction

from conference.actions.history import one_act
from conference.models import Event
from inputs.actions import dispositions, entry, headings, points
from inputs.actions.faults import NotEmpty, TitleTaken
from inputs.actions.undo import Blocked, NotUndoable, last_acts, undo
from inputs.integrity import check
from inputs.models import Heading, Input, Point, PointSource, SetAside
from tests.factories import HeadingFactory, QuestionFactory, SetAsideReasonFactory, UserFactory, make_input

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(question):
    return question.session.conference


def last_act():
    return Event.objects.order_by("pk").last().act


@transaction.atomic
@one_act()
def name_a_pile(question, by):
    headings.rename(headings.make_pile(question, by=by), "Navn", by=by)


def picture():
    """What an editor sees: each input's disposition, each point's text, place and sources."""
    return (
        [(one.pk, one.disposition, one.filed_under_id) for one in Input.objects.order_by("pk")],
        [
            (one.pk, one.text, one.heading_id, sorted(one.sources.open().values_list("input", "kind")))
            for one in Point.objects.standing().order_by("position", "pk")
        ],
        list(Heading.objects.standing().values_list("title", flat=True)),
    )


@pytest.fixture
def world(question, editor):
    """Two points of one input each, one input set aside, one free, two headings."""
    first, second = (HeadingFactory(question=question, title=title) for title in ("Kurs", "Mat"))
    entries = [make_input(question, text) for text in ("En", "To", "Tre", "Fire")]
    [one, two] = dispositions.accept(entries[:2], by=editor, place=lambda _entry: first)
    reason = SetAsideReasonFactory(conference=question.session.conference)
    dispositions.set_aside([entries[2]], reason=reason, by=editor, comment="uklart")
    return {"one": one, "two": two, "entries": entries, "first": first, "second": second, "reason": reason}


ACTS = {
    "accept": lambda w, by: dispositions.accept([w["entries"][3]], by=by),
    "attach": lambda w, by: dispositions.attach(w["one"], [w["entries"][3]], by=by),
    "detach": lambda w, by: dispositions.detach(w["one"].sources.open().get(), by=by),
    "remove a point": lambda w, by: dispositions.remove_point(w["one"], by=by),
    "set aside": lambda w, by: dispositions.set_aside([w["entries"][3]], reason=w["reason"], by=by),
    "bring back": lambda w, by: dispositions.bring_back([w["entries"][2]], by=by),
    "file elsewhere": lambda w, by: entry.file_under(
        w["entries"][3], QuestionFactory(session=w["entries"][3].session), by=by
    ),
    "reword": lambda w, by: points.reword(w["one"], text="Omskrevet", version=w["one"].version, by=by),
    "move": lambda w, by: points.move(w["one"], to=w["second"], by=by),
    "write a point": lambda w, by: points.write(w["one"].question, text="Fra scenen", reason="Plenum", by=by),
    "make a heading": lambda w, by: headings.make(w["one"].question, "Ny", by=by),
    "make a pile": lambda w, by: headings.make_pile(w["one"].question, by=by),
    "name a pile": lambda w, by: name_a_pile(w["one"].question, by),
    "merge two headings": lambda w, by: headings.merge(w["first"], w["second"], by=by),
    "rename a heading": lambda w, by: headings.rename(w["first"], "Opplæring", by=by),
    "order headings": lambda w, by: headings.put_in_order(w["one"].question, [w["second"], w["first"]], by=by),
    "remove a heading": lambda w, by: headings.remove(w["second"], by=by),
    "move a point down": lambda w, by: points.step(w["one"], 1, by=by),
    "merge": lambda w, by: points.merge(points.plan_merge([w["one"], w["two"]], text="En og to"), by=by),
    "split": lambda w, by: points.split(w["one"], texts=["En a", "En b"], version=w["one"].version, by=by),
    "use once more": lambda w, by: points.write_from(w["one"].question, w["entries"][0], by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_undoing_an_act_gives_the_picture_before_it_and_undoing_that_the_one_after(act, world, editor, conference):
    before = picture()
    ACTS[act](world, editor)
    after = picture()
    assert after != before
    done = last_act()
    undo(done, by=editor)
    assert picture() == before
    assert check(conference) == []
    assert set(Event.objects.filter(undoes=done).values_list("by", flat=True)) == {editor.pk}


def test_accepting_many_is_one_act(question, editor):
    entries = [make_input(question, f"Nr. {n}") for n in range(4)]
    dispositions.accept(entries, by=editor)
    undo(last_act(), by=editor)
    assert [one.disposition for one in Input.objects.all()] == ["unhandled"] * 4
    assert Point.objects.standing().count() == 0


def test_an_act_is_undone_once(world, editor):
    ACTS["set aside"](world, editor)
    act = last_act()
    undo(act, by=editor)
    with pytest.raises(NotUndoable):
        undo(act, by=editor)


def test_a_later_act_on_the_same_thing_blocks_and_is_named(world, editor):
    ACTS["accept"](world, editor)
    accepted = last_act()
    point = Point.objects.standing().get(text="Fire")
    points.reword(point, text="Fire og fem", version=point.version, by=editor)
    reworded = last_act()
    dispositions.attach(world["one"], [world["entries"][3]], by=editor)
    with pytest.raises(Blocked) as refusal:
        undo(accepted, by=editor)
    assert refusal.value.event.verb == "attach"
    undo(last_act(), by=editor)
    undo(reworded, by=editor)
    undo(accepted, by=editor)
    assert world["entries"][3].disposition == "unhandled"
    assert PointSource.objects.open().filter(input=world["entries"][3]).count() == 0


def test_what_has_no_opposite_says_so(question, editor):
    make_input(question)
    with pytest.raises(NotUndoable, match="receive"):
        undo(last_act(), by=editor)


def test_the_last_acts_are_the_persons_own_and_leave_out_what_is_undone(world, editor, question):
    ACTS["set aside"](world, editor)
    undo(last_act(), by=editor)
    assert [event.verb for event in last_acts(question, by=editor)] == ["set_aside", "accept"]
    assert SetAside.objects.open().count() == 1


def test_undoing_what_was_undone_does_it_again(world, editor):
    for name in ("rename a heading", "order headings", "remove a heading", "move a point down"):
        ACTS[name](world, editor)
        after = picture()
        undo(last_act(), by=editor)
        undo(last_act(), by=editor)
        assert picture() == after, name


def test_a_removed_heading_does_not_come_back_beside_another_of_its_name(world, editor, question):
    headings.remove(world["second"], by=editor)
    done = last_act()
    headings.make(question, "Mat", by=editor)
    before = picture()
    with pytest.raises(TitleTaken):
        undo(done, by=editor)
    assert picture() == before


def test_order_and_words_are_taken_back_apart(world, editor):
    points.reword(world["one"], text="Omskrevet", version=1, by=editor)
    words = last_act()
    points.step(world["one"], 1, by=editor)
    order = last_act()
    points.reword(world["two"], text="Også omskrevet", version=1, by=editor)
    undo(words, by=editor)
    undo(order, by=editor)
    assert list(Point.objects.order_by("position").values_list("text", flat=True)) == ["En", "Også omskrevet"]


def test_an_order_that_somebody_has_built_on_stays(world, editor):
    points.step(world["one"], 1, by=editor)
    done = last_act()
    points.step(world["one"], -1, by=editor)
    with pytest.raises(Blocked):
        undo(done, by=editor)


def test_points_that_got_the_same_number_still_change_places(world, editor):
    Point.objects.update(position=4)
    assert points.step(world["one"], 1, by=editor) == (2, 2)
    assert list(Point.objects.order_by("position").values_list("text", flat=True)) == ["To", "En"]
    assert points.step(world["one"], 1, by=editor) == (2, 2)


def test_a_heading_is_renamed_but_not_to_anothers_name(world, editor):
    headings.rename(world["first"], "  Kurs og  veiledning ", by=editor)
    with pytest.raises(TitleTaken):
        headings.rename(world["second"], "Kurs og veiledning", by=editor)
    assert picture()[2] == ["Kurs og veiledning", "Mat"]


def test_headings_stand_in_the_order_they_are_put_and_annet_stays_last(world, editor, question):
    other = headings.make(question, "Annet", by=editor, is_other=True)
    headings.put_in_order(question, [other, world["second"], world["first"]], by=editor)
    assert picture()[2] == ["Mat", "Kurs", "Annet"]


def test_a_heading_with_points_cannot_be_removed(world, editor):
    with pytest.raises(NotEmpty):
        headings.remove(world["first"], by=editor)
    headings.remove(world["second"], by=editor)
    assert picture()[2] == ["Kurs"]


def test_the_last_acts_are_those_of_the_question_however_much_is_done_elsewhere(world, editor, question):
    elsewhere = QuestionFactory(session=question.session)
    for turn in range(12):
        dispositions.accept([make_input(elsewhere, f"Annet {turn}")], by=editor)
    colleague = UserFactory()
    points.reword(world["one"], text="Omskrevet", version=1, by=colleague)
    assert [event.verb for event in last_acts(question, by=editor)] == ["set_aside", "accept"]
    assert [event.verb for event in last_acts(question)] == ["reword", "set_aside", "accept"]


def test_what_was_built_on_a_point_by_others_is_not_taken_with_it(world, editor):
    ACTS["accept"](world, editor)
    accepted = last_act()
    point = Point.objects.standing().get(text="Fire")
    dispositions.attach(point, [world["entries"][0]], by=UserFactory())
    attached = last_act()
    with pytest.raises(Blocked) as refusal:
        undo(accepted, by=editor)
    assert refusal.value.event.act == attached
    undo(attached, by=editor)
    points.reword(point, text="Fire og mer", version=point.version, by=UserFactory())
    with pytest.raises(Blocked) as refusal:
        undo(accepted, by=editor)
    assert refusal.value.event.verb == "reword"


def test_a_row_of_undoings_is_done_again_from_its_end(world, editor):
    texts = ["Andre", "Tredje"]
    for version, text in enumerate(texts, 1):
        points.reword(world["one"], text=text, version=version, by=editor)
    second = last_act()
    first = Event.objects.filter(verb="reword").order_by("pk").first().act
    undo(second, by=editor)
    undone_second = last_act()
    undo(first, by=editor)
    undone_first = last_act()
    with pytest.raises(Blocked) as refusal:
        undo(undone_second, by=editor)
    assert refusal.value.event.act == undone_first
    undo(undone_first, by=editor)
    undo(undone_second, by=editor)
    assert Point.objects.get(pk=world["one"].pk).text == "Tredje"
    with pytest.raises(NotUndoable):
        undo(undone_second, by=editor)
