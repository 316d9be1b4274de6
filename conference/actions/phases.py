"""The life of a session."""

from datetime import datetime

from django.db import transaction

from conference.actions.history import Change, record
from conference.models import Session, User
from conference.phases import STEPS, Phase


class StepNotPossible(Exception):
    """The session is in a phase from which the asked-for one cannot be reached."""

    def __init__(self, phase: Phase) -> None:
        self.phase = phase
        self.possible = sorted(STEPS[phase])
        super().__init__(phase)


@transaction.atomic
def set_phase(session: Session, *, to: Phase, by: User, writable_until: datetime | None = None) -> Session:
    """Move the session to the phase `to`; the same phase again changes nothing. Raises StepNotPossible."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    before = Phase(session.phase)
    if before == to and writable_until in (None, session.writable_until):
        return session
    if before != to and to not in STEPS[before]:
        raise StepNotPossible(before)
    session.phase = to
    session.writable_until = writable_until or session.writable_until
    session.version += 1
    session.save(update_fields=["phase", "writable_until", "version"])
    record(
        verb="set_phase",
        by=by,
        conference=session.conference,
        scope=f"session:{session.pk}",
        changes=[Change(session, {"phase": str(before)}, {"phase": str(to)})],
    )
    return session
