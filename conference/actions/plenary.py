"""Which tables report back in plenary: chosen one by one, and taken back."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import PlenaryTurn, Session, Table, User


@transaction.atomic
def choose(session: Session, table: Table, *, by: User) -> PlenaryTurn:
    """The table reports back in the session, after those chosen before; again changes nothing."""
    turns = _hold(session, table).turns.all()
    if stored := turns.filter(table=table).first():
        return stored
    last = turns.aggregate(last=Max("position"))["last"] or 0
    turn = PlenaryTurn.objects.create(
        session=session, table=table, position=last + 1, chosen_at=timezone.now(), chosen_by=by
    )
    _record("choose_for_plenary", turn, by=by)
    return turn


@transaction.atomic
def release(session: Session, table: Table, *, by: User) -> bool:
    """The table does not report back after all; history remembers that it was to. False when it was not chosen."""
    turn = _hold(session, table).turns.filter(table=table).first()
    if turn is None:
        return False
    _record("release_from_plenary", turn, by=by)
    turn.delete()
    return True


def _hold(session: Session, table: Table) -> Session:
    """Hold the session, so that two who choose at the same moment meet in turn."""
    if table.conference_id != session.conference_id:
        raise ValueError("a table reports back in its own conference alone")
    return Session.objects.select_for_update(no_key=True).get(pk=session.pk)


def _record(verb: str, turn: PlenaryTurn, *, by: User) -> None:
    record(
        verb=verb,
        by=by,
        conference=turn.session.conference,
        scope=f"table:{turn.table_id}",
        changes=[Change(turn, after={"session": turn.session_id, "table": turn.table_id})],
    )
