"""The life of a session, and the end of its group work."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from conference.actions.faults import Stale
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
    """Move the session to the phase `to`; the same phase again changes nothing. Raises StepNotPossible.

    A session that opens without a deadline gets the conference's.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    before = Phase(session.phase)
    if before == to and writable_until in (None, session.writable_until):
        return session
    if before != to and to not in STEPS[before]:
        raise StepNotPossible(before)
    session.writable_until = writable_until or session.writable_until
    if to == Phase.OPEN and session.writable_until is None:
        session.writable_until = session.conference.deadline()
    if before != to:
        session.phase_since = timezone.now()
    session.phase = to
    session.version += 1
    session.save(update_fields=["phase", "phase_since", "writable_until", "version"])
    record(
        verb="set_phase",
        by=by,
        conference=session.conference,
        scope=f"session:{session.pk}",
        changes=[Change(session, {"phase": str(before)}, {"phase": str(to)})],
    )
    return session


@transaction.atomic
def end_group_work(session: Session, *, at: datetime | None, by: User) -> Session:
    """Say until when the tables talk; None says nothing of it. The same again changes nothing."""
    return _end(Session.objects.select_for_update().get(pk=session.pk), at, by=by)


@transaction.atomic
def give_more_time(session: Session, *, minutes: int, read: datetime | None, by: User) -> Session:
    """So many minutes more than the end that was `read`, or than now when that has passed.

    Raises Stale when the end is another one by now, so that two who click give the minutes once.
    """
    stored = Session.objects.select_for_update().get(pk=session.pk)
    if stored.work_until != read:
        raise Stale(stored)
    this_minute = timezone.now().replace(second=0, microsecond=0)
    return _end(stored, max(read or this_minute, this_minute) + timedelta(minutes=minutes), by=by)


def _end(session: Session, at: datetime | None, *, by: User) -> Session:
    before = session.work_until
    if at == before:
        return session
    session.work_until = at
    session.version += 1
    session.save(update_fields=["work_until", "version"])
    record(
        verb="end_group_work",
        by=by,
        conference=session.conference,
        scope=f"session:{session.pk}",
        changes=[Change(session, {"until": _code(before)}, {"until": _code(at)})],
    )
    return session


def _code(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
