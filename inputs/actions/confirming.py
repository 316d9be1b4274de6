"""A second person confirms that a combined point means what its sources mean, or takes that back."""

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import User
from inputs import confirming
from inputs.actions.faults import NotAvailable, NotYours, Stale
from inputs.models import Confirmation, Point


@transaction.atomic
def confirm(point: Point, *, version: int, by: User) -> None:
    """`version` is the point that was read. Raises NotYours for one of its writers, Stale, NotAvailable.

    Twice is once.
    """
    stored = _locked(point)
    if stored.removed_at:
        raise NotAvailable
    if stored.version != version:
        raise Stale(stored)
    if by.pk in confirming.writers([stored])[stored.pk]:
        raise NotYours
    if not confirming.unconfirmed(Point.objects.filter(pk=stored.pk)).exists():
        return
    _end(stored, by)
    made = Confirmation.objects.create(point=stored, revision=stored.revision, by=by, at=timezone.now())
    _record("confirm_meaning", stored, made, by)


@transaction.atomic
def take_back(confirmation: Confirmation, *, by: User) -> None:
    """The point waits for its second person again."""
    stored = _locked(confirmation.point)
    if Confirmation.objects.standing().filter(pk=confirmation.pk).exists():
        _end(stored, by)
        _record("unconfirm_meaning", stored, confirmation, by)


def _end(point: Point, by: User) -> None:
    Confirmation.objects.standing().filter(point=point).update(ended_at=timezone.now(), ended_by=by)


def _locked(point: Point) -> Point:
    return Point.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=point.pk)


def _record(verb: str, point: Point, confirmation: Confirmation, by: User) -> None:
    record(
        verb=verb,
        by=by,
        conference=point.question.session.conference,
        scope=f"question:{point.question_id}",
        changes=[Change(confirmation, after={"point": point.pk, "revision": point.revision})],
    )
