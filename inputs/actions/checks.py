"""A finding of the checks is accepted with a reason, agreed to by a second person, or looked at again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Conference, User
from inputs.actions.faults import NotAvailable, NotYours, Refused
from inputs.checks.finding import Finding, Thing
from inputs.findings import findings, read_edition
from inputs.models import Acceptance, Heading, Point
from inputs.passages import Passage
from rnik.lib.text import clean_line


class Changed(Refused):
    """What was read is not what stands there now: the finding is another one, or there is none any more."""


@transaction.atomic
def accept(conference: Conference, finding: Finding, *, reason: str, by: User) -> Acceptance:
    """Let the report go out with it, for this reason. `finding` is what was read: the caller has just found it.

    A second click finds it accepted. Raises NotAvailable for what no reason makes good.
    """
    if not finding.can_be_accepted:
        raise NotAvailable
    _hold(conference)
    standing = Acceptance.objects.standing().filter(conference=conference)
    if stored := standing.filter(finding=finding.key, reading=finding.reading).first():
        return stored
    made = Acceptance.objects.create(
        conference=conference,
        finding=finding.key,
        reading=finding.reading,
        reason=clean_line(reason),
        by=by,
        at=timezone.now(),
        **_about(finding),
    )
    _record("accept_finding", made, by, second=finding.needs_second)
    return made


def _about(finding: Finding) -> dict[str, Any]:
    """Whose words the finding is about, where a redaction can take words out."""
    match finding.place.thing:
        case Thing.POINT:
            return {"point": Point.objects.get(key=UUID(finding.place.ref))}
        case Thing.HEADING:
            return {"heading": Heading.objects.get(key=UUID(finding.place.ref))}
    return {}


@transaction.atomic
def agree(acceptance: Acceptance, *, by: User) -> Acceptance:
    """A second person accepts it too. Twice is once.

    Raises NotYours for whoever accepted it, Changed when what was read has changed or it was taken back.
    """
    stored = _held(acceptance)
    if stored.ended_at:
        raise Changed
    if stored.by_id == by.pk:
        raise NotYours
    if stored.second_at:
        return stored
    now = {one.finding.key: one.finding for one in findings(read_edition(stored.conference), stored.conference)}
    found = now.get(stored.finding)
    if found is None or found.reading != stored.reading or not found.needs_second:
        raise Changed
    stored.second_by, stored.second_at = by, timezone.now()
    stored.save(update_fields=["second_by", "second_at"])
    _record("agree_finding", stored, by)
    return stored


@transaction.atomic
def reopen(acceptance: Acceptance, *, by: User) -> None:
    """It is to be looked at again. A second click finds it so."""
    stored = _held(acceptance)
    if stored.ended_at is None:
        stored.ended_at, stored.ended_by = timezone.now(), by
        stored.save(update_fields=["ended_at", "ended_by"])
        _record("reopen_finding", stored, by)


def take_out(passage: Passage, conference: Conference, targets: Iterable[Any], *, by: User) -> None:
    """Inside a redaction's transaction: the words go from every reason.

    What stood for the words of a point or heading goes too, since it is made of them; so the acceptance ends.
    """
    about = list(targets)
    points = [one.pk for one in about if isinstance(one, Point)]
    headings = [one.pk for one in about if isinstance(one, Heading)]
    for stored in Acceptance.objects.filter(conference=conference).order_by("pk").select_for_update():
        fields = []
        if passage.count(stored.reason):
            stored.reason = passage.without(stored.reason)
            fields.append("reason")
        if stored.point_id in points or stored.heading_id in headings:
            if stored.ended_at is None:
                stored.ended_at, stored.ended_by = timezone.now(), by
            stored.reading = ""
            fields += ["reading", "ended_at", "ended_by"]
        if fields:
            stored.save(update_fields=fields)


def _hold(conference: Conference) -> None:
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)


def _held(acceptance: Acceptance) -> Acceptance:
    """As it is stored, the conference held until the act is done: of two at once one comes first."""
    _hold(acceptance.conference)
    return Acceptance.objects.select_related("conference").get(pk=acceptance.pk)


def _record(verb: str, acceptance: Acceptance, by: User, **more: bool) -> None:
    about = {"point": acceptance.point_id, "heading": acceptance.heading_id}
    changes = [Change(acceptance, after={name: key for name, key in about.items() if key} | more)]
    record(verb=verb, by=by, conference=acceptance.conference, changes=changes)
