"""Sheets: what is divided leaves them, what is left stands in the way until it is set aside, and nothing is lost."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from conference.models import Event, Kind, Session, User
from inputs.actions.dividing import divide
from inputs.actions.faults import KeyTaken, OtherConference, Stale
from inputs.actions.reasons import reason_for
from inputs.actions.sheets import bring_rest_back, set_rest_aside, store_sheet, take_in
from inputs.dividing import propose
from inputs.integrity import check
from inputs.models import Input, MinutesRevision, MinutesSheet, SheetAside, SheetSource
from inputs.queries import coverage, obstacles
from tests.factories import ConferenceFactory, NoteTakerFactory, SessionFactory, TableFactory

pytestmark = pytest.mark.django_db

TEXT = "Spørsmål 1\nTiltak:\n- Flere kurs\n- Mer tid\n\nUplassert:\nNoe annet"
QUESTIONS = {1: "Hva mener dere?"}


@pytest.fixture
def session(question):
    return question.session


@pytest.fixture
def writer(session):
    account = User.objects.create(username="bord-7", kind=Kind.TABLE)
    return NoteTakerFactory(table=TableFactory(conference=session.conference, number=7), user=account)


@pytest.fixture
def sheet(session, writer):
    return store_sheet(uuid.uuid4(), session=session, text=TEXT, revision=1, writer=writer).sheet


def pieces(sheet, *left):
    return [replace(one, leave=n in left) for n, one in enumerate(propose(sheet.text, QUESTIONS))]


def in_the_way(conference):
    return sum(one.count for one in obstacles(conference) if one.code == "undivided")


def test_paragraphs_move_into_inputs_that_remember_where_they_stood(sheet, session, writer, editor):
    made = divide(sheet, pieces(sheet, 1), revision=1, by=editor)
    assert [(one.text, one.kind, one.question and one.question.number) for one in made] == [
        ("Flere kurs", "measure", 1),
        ("Noe annet", "", None),
    ]
    assert {(one.table, one.note_taker, one.source, one.received_by) for one in made} == {
        (writer.table, writer, "table", editor)
    }
    spans = [TEXT[one.span_start : one.span_end] for one in made]
    assert spans == ["- Flere kurs", "Uplassert:\nNoe annet"]
    assert {(one.sheet, one.sheet_revision) for one in made} == {(sheet, 1)}
    sheet.refresh_from_db()
    assert (sheet.text, sheet.revision) == ("Spørsmål 1\nTiltak:\n\n- Mer tid", 2)
    assert list(MinutesRevision.objects.order_by("number").values_list("number", "text")) == [
        (1, TEXT),
        (2, sheet.text),
    ]
    assert check(session.conference) == []


def test_dividing_is_one_act_and_its_history_holds_no_words(sheet, editor):
    divide(sheet, pieces(sheet), revision=1, by=editor)
    events = Event.objects.filter(by=editor)
    assert sorted(events.values_list("verb", flat=True)) == ["divide_sheet", *["receive"] * 3]
    assert events.values("act").distinct().count() == 1


def test_the_same_again_gives_the_same_inputs_and_makes_none(sheet, editor):
    chosen = pieces(sheet, 1)
    first, second = (divide(sheet, chosen, revision=1, by=editor) for _click in range(2))
    assert {one.pk for one in first} == {one.pk for one in second}
    assert Input.objects.count() == 2


def test_a_sheet_that_has_changed_is_not_divided(sheet, session, writer, editor):
    chosen = pieces(sheet)
    store_sheet(sheet.key, session=session, text=TEXT + "\n\nMer", revision=2, writer=writer)
    with pytest.raises(Stale):
        divide(sheet, chosen, revision=1, by=editor)
    assert Input.objects.count() == 0


def test_words_that_came_in_time_are_not_late_because_they_were_divided_later(sheet, session, editor):
    Session.objects.update(writable_until=timezone.now())
    Session.objects.update(writable_until=sheet.received_at + timedelta(milliseconds=1))
    sheet.refresh_from_db()
    [first, *_rest] = divide(sheet, pieces(sheet), revision=1, by=editor)
    assert (first.late, first.received_at > sheet.received_at) == (False, True)
    MinutesSheet.objects.update(received_at=timezone.now(), text=TEXT)
    sheet.refresh_from_db()
    [late, *_rest] = divide(sheet, pieces(sheet), revision=2, by=editor)
    assert late.late is True


def test_what_is_left_stands_in_the_way_until_it_is_set_aside_and_again_when_it_is_brought_back(sheet, editor):
    conference = sheet.session.conference
    assert (coverage(conference).undivided_sheets, in_the_way(conference)) == (1, 1)
    for _click in range(2):
        set_rest_aside(sheet, revision=1, reason=reason_for(conference, "unclear"), by=editor, comment="Uleselig")
    assert (coverage(conference).undivided_sheets, in_the_way(conference)) == (0, 0)
    decision = SheetAside.objects.get()
    assert (decision.reason.code, decision.comment, decision.opened_by) == ("unclear", "Uleselig", editor)
    for _click in range(2):
        bring_rest_back(sheet, by=editor)
    assert in_the_way(conference) == 1
    verbs = Event.objects.filter(by=editor).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["set_aside_sheet", "bring_back_sheet"]
    assert check(conference) == []


def test_new_words_in_a_sheet_that_was_set_aside_count_again(sheet, session, writer, editor):
    set_rest_aside(sheet, revision=1, reason=reason_for(session.conference, "unclear"), by=editor)
    store_sheet(sheet.key, session=session, text="Nye ord", revision=2, writer=writer)
    assert in_the_way(session.conference) == 1
    assert (SheetAside.objects.get().closed_by, check(session.conference)) == (writer.user, [])


def test_only_what_was_read_is_set_aside_and_for_a_reason_of_its_own_conference(sheet, session, writer, editor):
    store_sheet(sheet.key, session=session, text="Nye ord", revision=2, writer=writer)
    with pytest.raises(Stale):
        set_rest_aside(sheet, revision=1, reason=reason_for(session.conference, "unclear"), by=editor)
    with pytest.raises(OtherConference):
        set_rest_aside(sheet, revision=2, reason=reason_for(ConferenceFactory(), "unclear"), by=editor)
    store_sheet(sheet.key, session=session, text="", revision=3, writer=writer)
    with pytest.raises(Stale):
        set_rest_aside(sheet, revision=3, reason=reason_for(session.conference, "unclear"), by=editor)
    assert SheetAside.objects.count() == 0


def taken_in(sheet, editor, key=None, **changes):
    where = {"table": sheet.note_taker.table, "session": sheet.session, "source": SheetSource.WORD} | changes
    return take_in(key or uuid.uuid4(), text="Fra Word", by=editor, **where)


def test_minutes_that_an_editor_takes_in_are_a_sheet_of_their_own_and_say_who_received_them(sheet, writer, editor):
    key = uuid.uuid4()
    first, again = taken_in(sheet, editor, key), taken_in(sheet, editor, key)
    assert (first.pk, first.note_taker, first.received_by, first.source) == (again.pk, writer, editor, "word")
    assert MinutesSheet.objects.count() == 2
    [made] = divide(first, propose(first.text, QUESTIONS), revision=1, by=editor)
    assert (made.table, made.source) == (writer.table, "paper")
    assert check(sheet.session.conference) == []


def test_a_table_without_a_note_taker_gets_one_for_what_is_taken_in(sheet, editor):
    table = TableFactory(conference=sheet.session.conference, number=8)
    assert taken_in(sheet, editor, table=table).note_taker.table == table


def test_the_device_neither_reads_nor_writes_what_an_editor_took_in(sheet, session, writer, editor):
    theirs = taken_in(sheet, editor)
    with pytest.raises(KeyTaken):
        store_sheet(theirs.key, session=session, text="Over", revision=9, writer=writer)
    assert list(MinutesSheet.objects.written_by(writer)) == [sheet]


def test_minutes_are_taken_in_within_one_conference_and_under_a_key_of_their_own(sheet, editor):
    with pytest.raises(OtherConference):
        taken_in(sheet, editor, session=SessionFactory())
    with pytest.raises(KeyTaken):
        taken_in(sheet, editor, sheet.key)
