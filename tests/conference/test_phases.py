"""The life of a session."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from conference.actions.faults import Stale
from conference.actions.phases import StepNotPossible, end_group_work, give_more_time, set_phase
from conference.models import Event
from conference.phases import STEPS, Phase
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("start", Phase)
@pytest.mark.parametrize("to", Phase)
def test_a_session_goes_exactly_where_the_table_says(start, to, editor):
    session = SessionFactory(phase=start)
    if to == start or to in STEPS[start]:
        set_phase(session, to=to, by=editor)
        session.refresh_from_db()
        assert session.phase == to
    else:
        with pytest.raises(StepNotPossible) as refusal:
            set_phase(session, to=to, by=editor)
        assert refusal.value.possible == sorted(STEPS[start])
        session.refresh_from_db()
        assert session.phase == start


def test_the_same_phase_again_leaves_no_event(editor):
    session = SessionFactory()
    set_phase(session, to=Phase.OPEN, by=editor)
    set_phase(session, to=Phase.OPEN, by=editor)
    assert [(e.before, e.after) for e in Event.objects.all()] == [({"phase": "planned"}, {"phase": "open"})]


def test_every_phase_can_be_reached_from_the_first():
    reached, edge = {Phase.PLANNED}, {Phase.PLANNED}
    while edge:
        edge = {to for start in edge for to in STEPS[start]} - reached
        reached |= edge
    assert reached == set(Phase)


# --- until when tables change, and until when they talk ---


def _at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Oslo"))


def _days(number):
    return timezone.localdate() + timedelta(days=number)


def test_a_session_that_opens_may_be_changed_until_noon_the_day_after_the_conference(editor):
    session = SessionFactory(conference__date=_days(10), conference__end_date=_days(11))
    opened = set_phase(session, to=Phase.OPEN, by=editor)
    assert opened.writable_until == _at(f"{_days(12)}T12:00")


def test_the_conferences_own_deadline_comes_first_unless_it_has_passed(editor):
    later = timezone.now() + timedelta(days=3)
    session = SessionFactory(conference__tidying_deadline=later)
    assert set_phase(session, to=Phase.OPEN, by=editor).writable_until == later
    rehearsed = SessionFactory(conference__tidying_deadline=timezone.now() - timedelta(days=3))
    assert set_phase(rehearsed, to=Phase.OPEN, by=editor).writable_until == _at(f"{_days(1)}T12:00")


def test_a_deadline_that_is_set_stays_when_the_session_opens_again(editor):
    until = timezone.now() + timedelta(hours=2)
    session = SessionFactory(phase=Phase.PLENARY, writable_until=until)
    assert set_phase(session, to=Phase.OPEN, by=editor).writable_until == until


def test_a_session_knows_since_when_it_is_in_its_phase(editor):
    before = timezone.now()
    session = set_phase(SessionFactory(), to=Phase.OPEN, by=editor)
    assert before <= session.phase_since <= timezone.now()
    since = session.phase_since
    set_phase(session, to=Phase.OPEN, by=editor, writable_until=before + timedelta(days=9))
    session.refresh_from_db()
    assert session.phase_since == since


def test_five_minutes_more_are_given_once_to_two_who_click(editor):
    end = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=20)
    session = end_group_work(SessionFactory(), at=end, by=editor)
    more = give_more_time(session, minutes=5, read=end, by=editor)
    assert more.work_until == end + timedelta(minutes=5)
    with pytest.raises(Stale):
        give_more_time(session, minutes=5, read=end, by=editor)
    session.refresh_from_db()
    assert session.work_until == end + timedelta(minutes=5)


def test_an_end_that_has_passed_is_moved_to_five_minutes_from_now(editor):
    past = timezone.now() - timedelta(minutes=30)
    session = end_group_work(SessionFactory(), at=past, by=editor)
    before = timezone.now().replace(second=0, microsecond=0)
    more = give_more_time(session, minutes=5, read=past, by=editor)
    assert before + timedelta(minutes=5) <= more.work_until <= timezone.now() + timedelta(minutes=5)


def test_the_end_can_be_taken_away_and_the_same_again_leaves_no_event(editor):
    end = timezone.now() + timedelta(minutes=20)
    session = SessionFactory()
    for at in (end, end, None, None):
        end_group_work(session, at=at, by=editor)
    session.refresh_from_db()
    assert session.work_until is None
    assert Event.objects.filter(verb="end_group_work").count() == 2
