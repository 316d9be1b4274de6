"""A table delivers its minutes of a session, and may take that back until the deadline."""

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Delivery, Session, Table, User
from conference.phases import Phase


class NotYet(Exception):
    """The session has not begun, so there is nothing to deliver."""


class TooLate(Exception):
    """The deadline has passed, so what was delivered stays so."""


@transaction.atomic
def deliver(table: Table, session: Session, *, by: User) -> Delivery:
    """The table is done with the session; again changes nothing. Raises NotYet."""
    if session.phase == Phase.PLANNED:
        raise NotYet
    _hold(table)
    stands = Delivery.objects.standing().filter(table=table, session=session).first()
    if stands is not None:
        return stands
    made = Delivery.objects.create(table=table, session=session, at=timezone.now(), by=by)
    _record("deliver", made, by=by)
    return made


@transaction.atomic
def take_back_delivery(table: Table, session: Session, *, by: User) -> None:
    """The table is not done after all; again changes nothing. Raises TooLate."""
    if not session.may_be_changed:
        raise TooLate
    _hold(table)
    stands = Delivery.objects.standing().filter(table=table, session=session).first()
    if stands is not None:
        stands.taken_back_at, stands.taken_back_by = timezone.now(), by
        stands.save(update_fields=["taken_back_at", "taken_back_by"])
        _record("take_back_delivery", stands, by=by)


def _hold(table: Table) -> None:
    """Two devices of a table that click at once meet here in turn."""
    Table.objects.select_for_update(no_key=True).get(pk=table.pk)


def _record(verb: str, delivery: Delivery, *, by: User) -> None:
    record(
        verb=verb,
        by=by,
        conference=delivery.table.conference,
        scope=f"table:{delivery.table_id}",
        changes=[Change(delivery, after={"table": delivery.table_id, "session": delivery.session_id})],
    )
