"""Asking somebody for a part of the report, and noting that it has come."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Conference, Contribution, ProgrammeItem, ReportPart, Session, User


@dataclass(frozen=True)
class Place:
    """A part of the report: one of a session's, a speech, or one of which there is only one."""

    part: ReportPart
    session: Session | None = None
    item: ProgrammeItem | None = None


@transaction.atomic
def ask(
    conference: Conference, place: Place, *, to: str, deadline: date, text: str, key: UUID, by: User
) -> Contribution:
    """Note that it was asked. `key` is the form's: sent twice, noted once."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    asked = conference.contributions.filter(key=key).first()
    if asked is None:
        asked = Contribution.objects.create(
            conference=conference,
            key=key,
            part=place.part,
            session=place.session,
            item=place.item,
            to=to,
            deadline=deadline,
            text=text,
            asked_at=timezone.now(),
            asked_by=by,
        )
        _record("ask_contribution", asked, by)
    return asked


@transaction.atomic
def end(contribution: Contribution, *, by: User) -> Contribution:
    """It has come, or is not waited for any more. A second click finds it done."""
    held = _held(contribution)
    if held.ended_at is None:
        held.ended_at, held.ended_by = timezone.now(), by
        held.save(update_fields=["ended_at", "ended_by"])
        _record("end_contribution", held, by)
    return held


@transaction.atomic
def wait_again(contribution: Contribution, *, by: User) -> Contribution:
    """It was ended by mistake."""
    held = _held(contribution)
    if held.ended_at is not None:
        held.ended_at = held.ended_by = None
        held.save(update_fields=["ended_at", "ended_by"])
        _record("reopen_contribution", held, by)
    return held


def _held(contribution: Contribution) -> Contribution:
    return Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)


def _record(verb: str, contribution: Contribution, by: User) -> None:
    changes = [Change(contribution, after={"part": str(contribution.part)})]
    record(verb=verb, by=by, conference=contribution.conference, changes=changes)
