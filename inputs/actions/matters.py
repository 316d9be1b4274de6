"""What became of the points is told: written, worded anew, put in order, removed and put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Conference, Ministry, User
from inputs.actions.faults import ChosenAgain, NotAvailable, OtherConference, Refused, Stale
from inputs.models import Matter, MatterRevision, Point
from inputs.models.matters import MatterQuerySet
from rnik.lib.text import clean_text

MOST = 30  # matters of one conference: ten to twenty are read, many more are not


class TooMany(Refused):
    """As many matters stand as a page can tell of."""


@dataclass(frozen=True)
class Told:
    """What is told of a matter. `text` and `link` are clean."""

    ministry: Ministry
    status: str
    text: str
    link: str = ""


@transaction.atomic
def write(point: Point, told: Told, *, by: User) -> Matter:
    """Tell what became of the point, last. One that stands already stays as it is.

    Raises TooMany, and OtherConference for the ministry of another.
    """
    conference = point.question.session.conference
    _hold(conference)
    matters = standing(conference)
    if found := matters.filter(point=point).first():
        return found
    _of(told, conference)
    _look_for_room(conference)
    last = Matter.objects.filter(conference=conference).aggregate(last=Max("position"))["last"] or 0
    made = Matter.objects.create(conference=conference, point=point, position=last + 1, **_columns(told))
    _keep(made, by)
    _record("write_matter", by, made, after={"revision": 1})
    return made


@transaction.atomic
def reword(matter: Matter, told: Told, *, version: int, by: User) -> Matter:
    """Tell something else of it. `version` is the one that was read; Stale if somebody was faster."""
    _hold(matter.conference)
    stored = _standing(matter)
    if stored.version != version:
        raise Stale(stored)
    _of(told, matter.conference)
    new = _columns(told)
    if all(getattr(stored, name) == value for name, value in new.items()):
        return stored
    for name, value in new.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.version += 1
    stored.save(update_fields=[*new, "revision", "version"])
    _keep(stored, by)
    _record("reword_matter", by, stored, {"revision": stored.revision - 1}, {"revision": stored.revision})
    return stored


@transaction.atomic
@one_act()
def step(matter: Matter, by_steps: int, *, by: User) -> tuple[int, int]:
    """Up (-1) or down (1); at the end it stays. Returns its place, and of how many."""
    _hold(matter.conference)
    stored = _standing(matter)
    matters = list(standing(matter.conference))
    old = matters.index(stored)
    new = min(max(old + by_steps, 0), len(matters) - 1)
    matters.insert(new, matters.pop(old))
    for position, one in enumerate(matters, 1):
        if one.position != position:
            Matter.objects.filter(pk=one.pk).update(position=position)
            _record("order_matter", by, one, {"position": one.position}, {"position": position})
    return new + 1, len(matters)


@transaction.atomic
def remove(matter: Matter, *, by: User) -> Matter:
    """It is told no more. Raises NotAvailable when it is removed already."""
    _hold(matter.conference)
    stored = _standing(matter)
    stored.removed_at, stored.removed_by = timezone.now(), by
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "version"])
    _record("remove_matter", by, stored)
    return stored


@transaction.atomic
def restore(matter: Matter, *, by: User) -> Matter:
    """Take back the removal: it stands where it stood.

    Raises TooMany, NotAvailable when it stands, ChosenAgain when its point has been told of anew.
    """
    _hold(matter.conference)
    stored = Matter.objects.select_related("conference").get(pk=matter.pk)
    if stored.removed_at is None:
        raise NotAvailable
    if standing(matter.conference).filter(point=stored.point_id).exists():
        raise ChosenAgain
    _look_for_room(matter.conference)
    stored.removed_at = stored.removed_by = None
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "version"])
    _record("restore_matter", by, stored)
    return stored


def standing(conference: Conference) -> MatterQuerySet:
    return Matter.objects.standing().filter(conference=conference)


def _hold(conference: Conference) -> None:
    """Two who write at once meet in turn."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)


def _standing(matter: Matter) -> Matter:
    stored = Matter.objects.select_related("conference").get(pk=matter.pk)
    if stored.removed_at:
        raise NotAvailable
    return stored


def _of(told: Told, conference: Conference) -> None:
    if told.ministry.conference_id != conference.pk:
        raise OtherConference


def _look_for_room(conference: Conference) -> None:
    if standing(conference).count() >= MOST:
        raise TooMany


def _columns(told: Told) -> dict[str, Any]:
    return {
        "ministry": told.ministry,
        "status": told.status,
        "text": clean_text(told.text),
        "link": told.link,
    }


def _keep(matter: Matter, by: User) -> None:
    told = {name: getattr(matter, name) for name in ("ministry", "status", "text", "link")}
    MatterRevision.objects.create(matter=matter, number=matter.revision, by=by, at=timezone.now(), **told)


def _record(
    verb: str,
    by: User,
    matter: Matter,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    changes = [Change(matter, before or {}, after or {})]
    record(verb=verb, by=by, conference=matter.conference, changes=changes)
