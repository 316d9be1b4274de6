"""Two editors at once: of accepting and setting aside the same input, one wins and the other is told."""

import threading

import pytest
from django.db import connection

from conference.models import User
from inputs.actions import dispositions
from inputs.actions.faults import AlreadyHandled, Stale
from inputs.actions.points import reword
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import Point, PointSource, SetAside
from tests.factories import QuestionFactory, UserFactory, make_input

ROUNDS = 50


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave or raised, in order."""
    barrier = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(place, one):
        try:
            barrier.wait()
            outcomes[place] = one() or "done"
        except (AlreadyHandled, Stale) as refusal:
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
