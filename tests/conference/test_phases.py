"""The life of a session."""

import pytest

from conference.actions.phases import StepNotPossible, set_phase
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
