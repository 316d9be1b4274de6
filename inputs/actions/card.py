"""A table picks the lines that it reads aloud."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Session, Table, User
from inputs.models import CardLine, Input


@transaction.atomic
def pick(session: Session, table: Table, lines: Sequence[Input], *, by: User) -> None:
    """These lines of the table stand on its card for the session, in this order, and no others.

    The notes are not changed by it: a device that holds them has nothing to send again. Again changes nothing.
    """
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)  # two who pick at once meet in turn
    stored = list(CardLine.objects.filter(input__table=table, input__session=session).order_by("position", "pk"))
    before, after = [line.input_id for line in stored], [line.pk for line in lines]
    if before == after:
        return
    CardLine.objects.filter(pk__in=[line.pk for line in stored]).delete()
    at = timezone.now()
    CardLine.objects.bulk_create(
        CardLine(input=line, position=position, picked_at=at, picked_by=by) for position, line in enumerate(lines)
    )
    record(
        verb="pick_lines",
        by=by,
        at=at,
        conference=session.conference,
        scope=f"table:{table.pk}",
        changes=[Change(table, {"inputs": before}, {"session": session.pk, "inputs": after})],
    )
