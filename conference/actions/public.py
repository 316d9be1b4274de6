"""What everybody may see of a conference is switched on and off."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from conference.actions.faults import Stale
from conference.actions.history import Change, record
from conference.models import Conference, PublicPage, User


class IsRehearsal(Exception):
    """A rehearsal has no public page."""


@transaction.atomic
def save_public_page(page: PublicPage, *, fields: Iterable[str], is_open: bool, version: int, by: User) -> PublicPage:
    """Store those fields of the page, and open or close it. `version` is the one that was read, 0 for a new page.

    Raises Stale, and IsRehearsal.
    """
    conference = Conference.objects.select_for_update(no_key=True).get(pk=page.conference_id)
    if conference.is_rehearsal:
        raise IsRehearsal
    stored = PublicPage.objects.filter(conference=conference).first()
    fresh = stored or PublicPage(conference=conference, version=0)
    if fresh.version != version:
        raise Stale(fresh)
    for name in fields:
        setattr(fresh, name, getattr(page, name))
    was_open = fresh.opened_at is not None
    if is_open != was_open:
        fresh.opened_at, fresh.opened_by = (timezone.now(), by) if is_open else (None, None)
    fresh.version += 1
    fresh.save()
    verb = "save_public_page" if is_open == was_open else "open_public_page" if is_open else "close_public_page"
    record(verb=verb, by=by, conference=conference, changes=[Change(fresh, after={"version": fresh.version})])
    return fresh
