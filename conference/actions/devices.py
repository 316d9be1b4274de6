"""Devices come in by a code, say how they are, and can be sent out."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record, touch
from conference.models import AccessCode, Conference, Device, Table, User

PULSE = timedelta(seconds=15)  # what a device says is written down no more often, unless it says something new
AWAY = timedelta(minutes=2)  # a device that has been silent so long is not there
MOST_WAITING = 1_000_000


@transaction.atomic
def come_in(code: AccessCode, *, kind: str, again: int | None, by: User) -> Device:
    """The device that the code lets in. `again` is what this browser was before, if it was something."""
    table, now = code.note_taker.table, timezone.now()
    device = Device.objects.of_table(table).filter(pk=again or 0).first() or Device(opened_at=now)
    device.access_code, device.kind, device.seen_at = code, kind, now
    device.removed_at = device.removed_by = None
    device.save()
    record(
        verb="open_table",
        by=by,
        conference=table.conference,
        scope=f"table:{table.pk}",
        changes=[Change(code, after={"table": table.pk, "device": device.pk})],
    )
    return device


def beat(device: Device, *, waiting: int, table: Table) -> None:
    """The device is there, and so much waits on it unsent. No event; the room looks again only at something new."""
    now = timezone.now()
    silent = now - device.seen_at
    is_news = waiting != device.waiting or silent >= AWAY or not device.has_spoken
    if not is_news and silent < PULSE:
        return
    since = (device.waiting_since or now) if waiting else None
    Device.objects.filter(pk=device.pk).update(seen_at=now, waiting=waiting, waiting_since=since)
    if is_news:
        _touch(table)


def tried(device: Device, *, table: Table) -> None:
    """A line that was written to try the device has come through. Its words are kept nowhere."""
    now = timezone.now()
    Device.objects.filter(pk=device.pk).update(seen_at=now, tested_at=now)
    _touch(table)


@transaction.atomic
def remove_device(device: Device, conference: Conference, *, by: User) -> bool:
    """It sends no more until the table's code is typed on it again; what waits there stays there.

    Says whether it was let in until now.
    """
    stored = (
        Device.objects.select_for_update(of=("self",)).select_related("access_code__note_taker").get(pk=device.pk)
    )
    if stored.removed_at is not None:
        return False
    stored.removed_at, stored.removed_by = timezone.now(), by
    stored.save(update_fields=["removed_at", "removed_by"])
    table = stored.access_code.note_taker.table_id
    record(
        verb="remove_device",
        by=by,
        conference=conference,
        scope=f"table:{table}",
        changes=[Change(stored, after={"table": table})],
    )
    return True


def _touch(table: Table) -> None:
    touch(table.conference, f"seen:{table.pk}")
