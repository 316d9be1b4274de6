"""Used, set aside or unhandled: the acts, one by one."""

import pytest
from django.db import IntegrityError, transaction

from conference.models import Event
from inputs.actions import dispositions as act
from inputs.actions import headings, points
from inputs.actions.faults import AlreadyHandled, NotAvailable, OtherConference, WithoutQuestion
from inputs.integrity import check
from inputs.models import Input, Point, PointSource, SourceKind
from tests.factories import HeadingFactory, QuestionFactory, SetAsideReasonFactory, make_input

pytestmark = pytest.mark.django_db


def state(entry):
    """The input's disposition in one word, from the database."""
    stored = Input.objects.get(pk=entry.pk)
    return "used" if stored.lead_source_id else "set aside" if stored.set_aside_id else "unhandled"


def test_accepting_keeps_the_words_and_the_order_and_remembers_the_source(question, editor):
    heading = HeadingFactory(question=question)
    entries = [make_input(question, text) for text in ("Andre", "Første", "Tredje")]
    points = act.accept(entries, by=editor, place=lambda _entry: heading)
    assert [(p.text, p.heading, p.position) for p in Point.objects.order_by("position")] == [
        ("Andre", heading, 1),
        ("Første", heading, 2),
        ("Tredje", heading, 3),
    ]
    assert [(s.point, s.input, s.input_revision, s.kind) for s in PointSource.objects.order_by("pk")] == [
        (point, entry, 1, SourceKind.KEPT) for point, entry in zip(points, entries, strict=True)
    ]
    assert [state(entry) for entry in entries] == ["used"] * 3
    assert check(question.session.conference) == []


def test_accepting_one_that_is_taken_changes_nothing_for_the_others(question, editor):
    first, second = make_input(question), make_input(question)
    act.accept([second], by=editor)
    with pytest.raises(AlreadyHandled) as refusal:
        act.accept([first, second], by=editor)
    assert refusal.value.inputs == [second]
    assert (state(first), Point.objects.count()) == ("unhandled", 1)


def test_an_input_without_question_cannot_become_a_point(question, editor):
    entry = make_input(session=question.session)
    with pytest.raises(WithoutQuestion):
        act.accept([entry], by=editor)
    assert (state(entry), Point.objects.count()) == ("unhandled", 0)


def test_a_point_cannot_be_accepted_under_another_questions_heading(question, editor):
    heading = HeadingFactory(question=QuestionFactory(session=question.session, number=2))
    with pytest.raises(OtherConference):
        act.accept([make_input(question)], by=editor, place=lambda _entry: heading)
    assert Point.objects.count() == 0


def test_the_same_point_again_attaches_and_leaves_the_text(question, editor):
    [point] = act.accept([make_input(question, "Gi oss plass.")], by=editor)
    again = make_input(question, "plass, plass!")
    act.attach(point, [again], by=editor)
    act.attach(point, [again], by=editor)
    assert [s.kind for s in point.sources.open()] == [SourceKind.KEPT, SourceKind.SAME]
    assert (state(again), Point.objects.get().text) == ("used", "Gi oss plass.")


def test_one_input_may_serve_two_points_and_loses_its_lead_to_the_other(question, editor):
    entry = make_input(question)
    [one] = act.accept([entry], by=editor)
    [two] = act.accept([make_input(question)], by=editor)
    act.attach(two, [entry], by=editor)
    act.detach(one.sources.open().get(), by=editor)
    entry.refresh_from_db()
    assert entry.lead_source == two.sources.open().get(input=entry)
    assert check(question.session.conference) == []


def test_taking_out_the_last_source_removes_the_point_and_frees_the_input(question, editor):
    entry = make_input(question)
    [point] = act.accept([entry], by=editor)
    act.detach(point.sources.open().get(), by=editor)
    point.refresh_from_db()
    assert (state(entry), point.removed_by) == ("unhandled", editor)
    assert PointSource.objects.get().closed_by == editor


def test_taking_out_the_last_source_may_leave_an_editorial_point(question, editor):
    [point] = act.accept([make_input(question)], by=editor)
    act.detach(point.sources.open().get(), by=editor, editorial_reason="Sagt fra scenen")
    point.refresh_from_db()
    assert (point.removed_at, point.editorial_reason) == (None, "Sagt fra scenen")


def test_setting_aside_needs_an_unhandled_input_of_the_same_conference(question, editor):
    reason = SetAsideReasonFactory(conference=question.session.conference)
    used, free = make_input(question), make_input(question)
    act.accept([used], by=editor)
    with pytest.raises(AlreadyHandled):
        act.set_aside([used], reason=reason, by=editor)
    with pytest.raises(OtherConference):
        act.set_aside([free], reason=SetAsideReasonFactory(), by=editor)
    act.set_aside([free], reason=reason, by=editor, comment="en prøve")
    assert (state(used), state(free)) == ("used", "set aside")


def test_bringing_back_closes_the_decision_and_may_be_repeated(question, editor):
    entry = make_input(question)
    act.set_aside([entry], reason=SetAsideReasonFactory(conference=entry.conference), by=editor)
    act.bring_back([entry], by=editor)
    act.bring_back([entry], by=editor)
    assert (state(entry), entry.settings_aside.get().closed_by) == ("unhandled", editor)
    assert Event.objects.filter(verb="bring_back").count() == 1


def test_an_input_that_is_set_aside_cannot_be_attached(question, editor):
    [point] = act.accept([make_input(question)], by=editor)
    entry = make_input(question)
    act.set_aside([entry], reason=SetAsideReasonFactory(conference=entry.conference), by=editor)
    with pytest.raises(NotAvailable):
        act.attach(point, [entry], by=editor)
    assert state(entry) == "set aside"


def test_nothing_can_be_attached_to_a_removed_point(question, editor):
    [point] = act.accept([make_input(question)], by=editor)
    act.remove_point(point, by=editor)
    with pytest.raises(NotAvailable):
        act.attach(point, [make_input(question)], by=editor)


def test_the_database_refuses_two_dispositions(question, editor):
    entry = make_input(question)
    act.set_aside([entry], reason=SetAsideReasonFactory(conference=entry.conference), by=editor)
    [point] = act.accept([make_input(question)], by=editor)
    with pytest.raises(IntegrityError, match="input_has_one_disposition"), transaction.atomic():
        Input.objects.filter(pk=entry.pk).update(lead_source=point.sources.get())


def test_nothing_comes_to_stand_under_a_heading_that_was_removed(question, editor):
    heading = headings.make(question, "Kurs", by=editor)
    [point] = act.accept([make_input(question)], by=editor, place=lambda _entry: heading)
    sources = list(point.sources.open())
    act.remove_point(point, by=editor)
    headings.remove(heading, by=editor)
    with pytest.raises(NotAvailable):
        act.accept([make_input(question)], by=editor, place=lambda _entry: heading)
    [other] = act.accept([make_input(question)], by=editor)
    with pytest.raises(NotAvailable):
        points.move(other, to=heading, by=editor)
    back = act.restore_point(point, sources=sources, by=editor)
    assert (back.heading, check(question.session.conference)) == (None, [])
