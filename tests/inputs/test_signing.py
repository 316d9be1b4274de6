"""Sign-off: nothing of a question is changed while it stands, whatever the way in; what tables write is received."""

import inspect

import pytest
from django.db import transaction

from conference.actions.history import one_act
from conference.models import Event, Kind, Question, User
from inputs.actions import (
    clarifications,
    dispositions,
    entry,
    headings,
    levels,
    many,
    points,
    proposals,
    signing,
    undo,
)
from inputs.actions.bulk import accept_as_suggested
from inputs.actions.clarifications import ask
from inputs.actions.faults import Decided, NotFinished, SignedOff
from inputs.actions.proposals import Payload, propose
from inputs.actions.reasons import reason_for
from inputs.actions.redaction import passage_of, redact
from inputs.models import Decision, Input, Point, ProposalKind, SignOff
from inputs.queries import coverage, obstacles_of
from tests.factories import NoteTakerFactory, QuestionFactory, SetAsideReasonFactory, TableFactory, make_input
from tests.inputs.desk import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(question):
    return question.session.conference


@pytest.fixture
def world(question, editor, conference):
    """A finished question with one of everything, and beside it a question that is not signed off."""
    first, second, empty = (headings.make(question, title, by=editor) for title in ("Kurs", "Mat", "Tom"))
    gone = headings.remove(headings.make(question, "Borte", by=editor), by=editor)
    entries = [make_input(question, text) for text in ("En", "To", "Tre", "Fire", "Fem")]
    one, two, removed = dispositions.accept(entries[:3], by=editor, place=lambda _entry: first)
    dispositions.remove_point(removed, by=editor)
    reason = SetAsideReasonFactory(conference=conference)
    dispositions.set_aside(entries[2:4], reason=reason, by=editor)
    asked = ask(one, why="Uklart", by=editor)
    clarifications.decide(asked, Decision.KEPT, version=one.version, by=editor)
    proposal = propose(question, Payload(ProposalKind.REWORD, point=one, text="Foreslått"), by=editor)
    other = QuestionFactory(session=question.session)
    dispositions.set_aside(entries[4:], reason=reason, by=editor)
    elsewhere = make_input(other, "Et annet sted")
    done = Event.objects.filter(verb="set_aside").order_by("pk").last().act
    return locals()


def sign(world) -> SignOff:
    return signing.sign(world["question"], by=world["editor"])


#: Every verb that changes what an editor works with, by where it stands.
VERBS = {
    "dispositions.accept": lambda w, by: dispositions.accept([w["new"]], by=by),
    "dispositions.attach": lambda w, by: dispositions.attach(w["one"], [w["elsewhere"]], by=by),
    "dispositions.detach": lambda w, by: dispositions.detach(w["one"].sources.open().get(), by=by),
    "dispositions.unlink": lambda w, by: dispositions.unlink(w["one"].sources.open().get(), by=by),
    "dispositions.remove_point": lambda w, by: dispositions.remove_point(w["one"], by=by),
    "dispositions.restore_point": lambda w, by: dispositions.restore_point(w["removed"], sources=[], by=by),
    "dispositions.set_aside": lambda w, by: dispositions.set_aside([w["new"]], reason=w["reason"], by=by),
    "dispositions.bring_back": lambda w, by: dispositions.bring_back([w["entries"][4]], by=by),
    "points.write": lambda w, by: points.write(w["question"], text="Nytt", reason="Plenum", by=by),
    "points.write_from": lambda w, by: points.write_from(w["question"], w["elsewhere"], by=by),
    "points.reword": lambda w, by: points.reword(w["one"], text="Nytt", version=w["one"].version, by=by),
    "points.move": lambda w, by: points.move(w["one"], to=w["second"], by=by),
    "points.step": lambda w, by: points.step(w["one"], 1, by=by),
    "points.put_at": lambda w, by: points.put_at(w["one"], 7, by=by),
    "points.split": lambda w, by: points.split(w["one"], texts=["E", "n"], version=w["one"].version, by=by),
    "points.merge": lambda w, by: points.merge(points.plan_merge([w["one"], w["two"]]), by=by),
    "headings.make": lambda w, by: headings.make(w["question"], "Ny", by=by),
    "headings.make_pile": lambda w, by: headings.make_pile(w["question"], by=by),
    "headings.merge": lambda w, by: headings.merge(w["first"], w["second"], by=by),
    "headings.rename": lambda w, by: headings.rename(w["first"], "Nytt navn", by=by),
    "headings.put_in_order": lambda w, by: headings.put_in_order(
        w["question"], [w["second"], w["first"], w["empty"]], by=by
    ),
    "headings.put_at": lambda w, by: headings.put_at(w["first"], 7, by=by),
    "headings.remove": lambda w, by: headings.remove(w["empty"], by=by),
    "headings.restore": lambda w, by: headings.restore(w["gone"], by=by),
    "entry.file_under": lambda w, by: entry.file_under(w["new"], w["other"], by=by),
    "entry.file_under, into": lambda w, by: entry.file_under(w["elsewhere"], w["question"], by=by),
    "clarifications.ask": lambda w, by: ask(w["two"], why="Uklart", by=by),
    "clarifications.reopen": lambda w, by: clarifications.reopen(w["asked"], by=by),
    "proposals.accept": lambda w, by: proposals.accept(w["proposal"], version=w["one"].version, by=by),
    "undo.undo": lambda w, by: undo.undo(w["done"], by=by),
    "levels.set_levels": lambda w, by: levels.set_levels([w["one"]], ["state"], by=by),
    "many.file_under": lambda w, by: many.file_under(many.plan([w["new"]], many.is_unhandled), w["other"], by=by),
    "many.set_aside": lambda w, by: many.set_aside(
        many.plan([w["new"]], many.is_unhandled), reason=w["reason"], comment="", by=by
    ),
    "many.use_under": lambda w, by: many.use_under(many.plan([w["new"]], many.is_unhandled), w["first"], by=by),
    "many.move_under": lambda w, by: many.move_under(many.plan([w["one"]], lambda _point: True), w["second"], by=by),
    "many.mark_kind": lambda w, by: many.mark_kind([w["new"]], "measure", by=by),
    "bulk.accept_as_suggested": lambda w, by: accept_as_suggested(
        w["conference"], Input.objects.filter(pk=w["new"].pk), by=by
    ),
}

#: Public names of those modules that change nothing, or that stand below the verbs.
NOT_A_VERB = {
    "lock",
    "lock_open",
    "hold_headings",
    "plan_merge",
    "source_mark",
    "plan",
    "is_unhandled",
    "counts_under",
}


def test_no_verb_is_forgotten():
    found = {
        f"{module.__name__.rsplit('.', 1)[1]}.{name}"
        for module in (dispositions, points, headings, levels, many)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and name not in NOT_A_VERB
    }
    assert found - set(VERBS) == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_change_of_a_signed_off_question_is_refused(verb, world, editor):
    sign(world)
    world["new"] = make_input(world["question"], "Kom etterpå")
    before, events = picture(), Event.objects.count()
    with pytest.raises(SignedOff) as refusal, transaction.atomic():
        VERBS[verb](world, editor)
    assert (refusal.value.stored.by, picture(), Event.objects.count()) == (editor, before, events)


@pytest.mark.parametrize("verb", VERBS)
def test_every_change_is_made_when_nothing_is_signed_off(verb, world, editor):
    """So that the test above fails for the sign-off, and for nothing else."""
    world["new"] = make_input(world["question"], "Kom etterpå")
    events = Event.objects.count()
    VERBS[verb](world, editor)
    assert Event.objects.count() > events


def test_another_question_goes_on(world, editor):
    sign(world)
    [point] = dispositions.accept([world["elsewhere"]], by=editor)
    assert point.question == world["other"]


def test_what_tables_write_is_received_and_the_sign_off_has_something_new_under_it(world, conference):
    sign(world)
    account = User.objects.create(username="bord-1", kind=Kind.TABLE)
    writer = NoteTakerFactory(table=TableFactory(conference=conference), user=account)
    late = make_input(world["question"], "Kom etterpå", table=writer.table, note_taker=writer)
    assert [(one.code, one.count) for one in obstacles_of(world["question"])] == [("unhandled", 1)]
    late = entry.rewrite(late, text="Skrevet om", revision=1, by=account)
    assert entry.withdraw(late, by=account).disposition == "set_aside"
    assert entry.take_back(late, by=account).disposition == "unhandled"
    assert SignOff.objects.standing().count() == 1


def test_words_can_be_taken_out_of_what_is_signed_off(world, conference, editor):
    sign(world)
    redact(passage_of("En", conference), [world["one"]], ground="navn", by=editor)
    assert Point.objects.get(pk=world["one"].pk).text != "En"


def test_a_question_with_something_left_is_not_signed_off(world, editor):
    make_input(world["question"], "Gjenstår")
    with pytest.raises(NotFinished):
        sign(world)
    assert SignOff.objects.count() == 0


@pytest.mark.parametrize("left", ["a point without heading", "a clarification", "a combined text"])
def test_what_stands_in_the_way_of_publication_stands_in_the_way_of_signing(left, world, conference, editor):
    if left == "a point without heading":
        points.move(world["one"], to=None, by=editor)
    elif left == "a clarification":
        ask(world["two"], why="Uklart", by=editor)
    else:
        points.merge(points.plan_merge([world["one"], world["two"]], text="En og to"), by=editor)
        sign(world)  # nobody has asked for a second person
        signing.lift(SignOff.objects.get(), reason="Prøve", by=editor)
        type(conference).objects.update(second_person=True)
        world["question"].session.conference.refresh_from_db()
    with pytest.raises(NotFinished):
        sign(world)


def test_signing_twice_is_signing_once(world):
    assert sign(world) == sign(world)
    assert Event.objects.filter(verb="sign_off").count() == 1


def test_lifting_says_why_and_lets_everything_through_again(world, editor):
    stored = sign(world)
    signing.lift(stored, reason=" En feil ", by=editor)
    stored.refresh_from_db()
    assert (stored.reason, stored.lifted_by) == ("En feil", editor)
    points.reword(world["one"], text="Nytt", version=world["one"].version, by=editor)
    with pytest.raises(Decided):
        signing.lift(stored, reason="Igjen", by=editor)
    assert sign(world) != stored


def test_the_numbers_say_who_signed(world, conference, editor):
    sign(world)
    rows = coverage(conference).questions
    assert [(row.question, row.signed_by) for row in rows] == [(1, "Eli Eksempel"), (world["other"].number, "")]


def test_an_act_of_several_is_refused_whole(world, editor):
    sign(world)
    before = picture()

    @transaction.atomic
    @one_act()
    def both():
        dispositions.accept([world["elsewhere"]], by=editor)
        points.move(world["one"], to=None, by=editor)

    with pytest.raises(SignedOff):
        both()
    assert picture() == before
    assert Question.objects.count() == 2


def test_an_event_of_signing_holds_no_words(world, editor):
    signing.lift(sign(world), reason="Et helt vanlig ord", by=editor)
    told = Event.objects.filter(target_type="signoff")
    assert [(one.verb, one.after) for one in told.order_by("pk")] == [
        (verb, {"question": world["question"].pk}) for verb in ("sign_off", "lift_sign_off")
    ]


def test_the_reason_of_the_system_is_kept_from_editors(world, conference, editor):
    """A withdrawal is let through for whoever is a table, not for the reason's sake."""
    sign(world)
    late = make_input(world["question"], "Kom etterpå")
    with pytest.raises(SignedOff):
        dispositions.set_aside([late], reason=reason_for(conference, "withdrawn"), by=editor)
