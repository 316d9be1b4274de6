"""Two editors at once: of accepting and setting aside the same input, one wins and the other is told."""

import threading

import pytest
from django.db import connection, transaction

from conference.models import User
from inputs.actions import dispositions, headings, holds, points, signing
from inputs.actions.faults import AlreadyHandled, Held, NotAvailable, NotFinished, SignedOff, Stale
from inputs.actions.points import reword
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import Point, PointHold, PointSource, SetAside, SignOff
from tests.factories import HeadingFactory, QuestionFactory, UserFactory, make_input

ROUNDS = 50


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave or raised, in order."""
    barrier = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(place, one):
        try:
            barrier.wait()
            outcomes[place] = one() or "done"
        except (AlreadyHandled, Held, NotAvailable, Stale) as refusal:
            outcomes[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, one)) for place, one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_fifty_rounds_of_accept_against_set_aside_have_one_winner_each():
    question = QuestionFactory()
    conference = question.session.conference
    by = UserFactory()
    reason = reason_for(conference, "unclear")
    User.objects.system()
    wins = {"accept": 0, "set_aside": 0}
    for _round in range(ROUNDS):
        entry = make_input(question)
        accepted, put_aside = at_once(
            lambda entry=entry: "won" if dispositions.accept([entry], by=by) else None,
            lambda entry=entry: dispositions.set_aside([entry], reason=reason, by=by) or "won",
        )
        assert sorted([accepted, put_aside]) == ["AlreadyHandled", "won"]
        wins["accept" if accepted == "won" else "set_aside"] += 1
        entry.refresh_from_db()
        assert entry.disposition == ("used" if accepted == "won" else "set_aside")
    assert sum(wins.values()) == ROUNDS
    assert (PointSource.objects.open().count(), SetAside.objects.open().count()) == tuple(wins.values())
    assert check(conference) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_who_reword_the_same_version_one_meets_the_others_text():
    question = QuestionFactory()
    by = UserFactory()
    [point] = dispositions.accept([make_input(question)], by=by)
    for version in range(1, 11):
        outcomes = at_once(
            lambda v=version: "won" if reword(point, text=f"Den ene {v}", version=v, by=by) else None,
            lambda v=version: "won" if reword(point, text=f"Den andre {v}", version=v, by=by) else None,
        )
        assert sorted(outcomes) == ["Stale", "won"]
    assert Point.objects.get().version == 11
    assert check(question.session.conference) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_merges_that_overlap_one_holds_all_of_its_points_and_the_other_none():
    question = QuestionFactory()
    anne, kari = UserFactory(), UserFactory()
    one, both, other = dispositions.accept([make_input(question) for _n in range(3)], by=anne)
    for _round in range(20):
        outcomes = at_once(
            lambda: holds.take([one, both], by=anne),
            lambda: holds.take([other, both], by=kari),
        )
        assert sorted(outcomes) == ["Held", "done"]
        [holder] = {hold.by for hold in PointHold.objects.live()}
        held = set(PointHold.objects.live().values_list("point", flat=True))
        assert held == {both.pk, (one if holder == anne else other).pk}
        holds.release(question, by=holder)
    assert check(question.session.conference) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_that_overlap_one_is_done_and_no_source_is_lost():
    question = QuestionFactory()
    anne, kari = UserFactory(), UserFactory()
    for done in range(1, 11):
        one, both, other = dispositions.accept([make_input(question) for _n in range(3)], by=anne)
        first = points.plan_merge([one, both], text="Den ene")
        second = points.plan_merge([other, both], text="Den andre")
        outcomes = at_once(
            lambda plan=first: "won" if points.merge(plan, by=anne) else None,
            lambda plan=second: "won" if points.merge(plan, by=kari) else None,
        )
        assert outcomes.count("won") == 1
        assert set(outcomes) <= {"won", "Stale", "NotAvailable"}
        assert PointSource.objects.open().count() == 3 * done
        assert Point.objects.standing().count() == 2 * done
    assert check(question.session.conference) == []


def one_after_the_other(first, second):
    """Run `second` while the transaction of `first` is open: does it wait? Returns how both ended."""
    done_first, done_second = threading.Event(), threading.Event()
    ends = {}

    def run(name, work):
        try:
            work()
            ends[name] = "done"
        except (NotFinished, SignedOff) as refusal:
            ends[name] = type(refusal).__name__
        finally:
            connection.close()

    def hold_on():
        with transaction.atomic():
            first()
            done_first.set()
            done_second.wait(timeout=0.5)  # one that does not wait has gone past by now

    def come_after():
        done_first.wait()
        second()
        done_second.set()

    threads = [threading.Thread(target=run, args=one) for one in (("first", hold_on), ("second", come_after))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends["first"], ends["second"]


@pytest.fixture
def finished(db):
    """A question with one point under a heading, and the two who meet over it."""
    question, by, chief = QuestionFactory(), UserFactory(), UserFactory()
    heading = HeadingFactory(question=question)
    [point] = dispositions.accept([make_input(question)], by=by, place=lambda _entry: heading)
    acts = {
        "reword": lambda: reword(point, text="Ny", version=1, by=by),
        "leave its heading": lambda: points.move(point, to=None, by=by),
        "remove": lambda: dispositions.remove_point(point, by=by),
        "write": lambda: points.write(question, text="Ny", reason="Sagt i plenum", by=by),
        "make a heading": lambda: headings.make(question, "Ny", by=by),
    }
    return question, acts, lambda: signing.sign(question, by=chief)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["reword", "leave its heading", "remove", "write", "make a heading"])
def test_an_act_that_meets_a_sign_off_waits_for_it_and_is_refused(act, finished):
    question, acts, sign = finished
    assert one_after_the_other(sign, acts[act]) == ("done", "SignedOff")
    assert check(question.session.conference) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["leave its heading", "remove", "write"])
def test_a_sign_off_that_meets_an_act_waits_for_it_and_sees_what_it_left(act, finished):
    question, acts, sign = finished
    assert one_after_the_other(acts[act], sign) == ("done", "NotFinished")
    assert (SignOff.objects.count(), check(question.session.conference)) == (0, [])
