"""The responsible level of points, as editors set it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.db import transaction

from conference.actions.history import Change, record
from conference.models import User
from inputs.actions.faults import NotAvailable, OtherConference
from inputs.actions.signing import hold_open
from inputs.levels import choices_of
from inputs.models import Point


class Way(StrEnum):
    """What is done with the levels that the points have."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"


@transaction.atomic
def set_levels(points: Iterable[Point], codes: Sequence[str], *, by: User, way: Way = Way.REPLACE) -> list[Point]:
    """Let the points concern these levels and ministries; returns those that were changed by it.

    The version stays, so that nobody who is wording a point is disturbed. Raises NotAvailable for a point that is
    removed or a code that the conference does not have, OtherConference.
    """
    points = list(points)
    hold_open([point.question_id for point in points], by=by)
    keys = [point.pk for point in points]
    held = Point.objects.select_for_update(of=("self",)).select_related("question__session__conference")
    locked = list(held.filter(pk__in=keys).order_by("pk"))
    if not locked:
        return []
    conference = locked[0].question.session.conference
    if any(point.question.session.conference_id != conference.pk for point in locked):
        raise OtherConference
    order = [code for code, _name in choices_of(conference)]
    # What is taken away, or was there before, may have left the set-up meanwhile.
    known = {*order, *(code for point in locked for code in point.addressees)}
    if any(point.removed_at for point in locked) or not set(codes) <= known:
        raise NotAvailable
    changes, changed = [], []
    for point in locked:
        before = list(point.addressees)
        after = _after(before, codes, way, order)
        if after != before:
            point.addressees = after
            changed.append(point)
            changes.append(Change(point, {"levels": before}, {"levels": after}))
    Point.objects.bulk_update(changed, ["addressees"], batch_size=500)
    questions = {point.question_id for point in changed}
    scope = f"question:{questions.pop()}" if len(questions) == 1 else "all"
    record(verb="set_levels", by=by, conference=conference, scope=scope, changes=changes)
    return changed


def _after(before: Sequence[str], codes: Sequence[str], way: Way, order: Sequence[str]) -> list[str]:
    wanted = {
        Way.REPLACE: set(codes),
        Way.ADD: {*before, *codes},
        Way.REMOVE: {*before} - {*codes},
    }[way]
    gone = [code for code in before if code not in order]
    return [code for code in [*order, *gone] if code in wanted]
