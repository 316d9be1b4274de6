"""The questions before the day: their unlisted page is opened, closed and moved; printing and sending is noted."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import AdvancePage, Conference, HandOut, HandOutKind, User


@transaction.atomic
def release(conference: Conference, *, by: User) -> AdvancePage:
    """Open the page to whoever has its address. An open one stays as it is."""
    page = _held(conference)
    if page.released_at is None:
        page.released_at, page.released_by = timezone.now(), by
        page.save()
        _record("release_questions", page, by)
    return page


@transaction.atomic
def close(conference: Conference, *, by: User) -> AdvancePage:
    """Nobody sees the page any more; the address is kept, and is the same when it is opened again."""
    page = _held(conference)
    if page.released_at is not None:
        page.released_at = page.released_by = None
        page.save()
        _record("close_questions", page, by)
    return page


@transaction.atomic
def renew(conference: Conference, key: UUID, *, by: User) -> AdvancePage:
    """Another address instead of `key`, which leads nowhere from now on. A second click finds it renewed already."""
    page = _held(conference)
    if page.key == key:
        page.key = uuid4()
        page.save()
        _record("renew_questions", page, by)
    return page


@transaction.atomic
def note_hand_out(conference: Conference, kind: HandOutKind, *, whom: str, key: UUID, by: User) -> HandOut:
    """Note that the questions were printed or sent, as they are now. `key` is the form's: sent twice, noted once."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    noted = HandOut.objects.filter(conference=conference, key=key).first()
    if noted is None:
        noted = HandOut.objects.create(conference=conference, kind=kind, whom=whom, key=key, by=by, at=timezone.now())
        record(verb="hand_out_questions", by=by, conference=conference, changes=[Change(noted, after={"kind": kind})])
    return noted


def _held(conference: Conference) -> AdvancePage:
    """The conference's page, held until the act is done."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    return AdvancePage.objects.filter(conference=conference).first() or AdvancePage(conference=conference)


def _record(verb: str, page: AdvancePage, by: User) -> None:
    record(verb=verb, by=by, conference=page.conference, changes=[Change(page)])
