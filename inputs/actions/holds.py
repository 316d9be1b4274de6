"""Whoever opens a merge holds its points for a while; others do not change them meanwhile, unless they take over.

A hold is softer than a lock: it ends by itself, and anybody may end it. So nobody waits for one who has gone home.
Holds change under the question's row, which every act on a point holds too (`hold_open`): none slips in between.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Kind, Question, User
from inputs.actions.faults import Held
from inputs.models import Point, PointHold
from inputs.models.together import PointHoldQuerySet

HELD_FOR = timedelta(minutes=10)  # since the page was last known to be open


def refuse_held(points: Iterable[int], *, by: User) -> None:
    """What every act that would pull a point away goes through, when its question is held. Raises Held.

    Tables pass: what they do with notes of their own is theirs. So does redaction, which asks nobody.
    """
    if by.kind == Kind.TABLE:
        return
    others = PointHold.objects.live().filter(point__in=points).exclude(by=by)
    if stored := others.select_related("by").order_by("pk").first():
        raise Held(stored)


@transaction.atomic
@one_act()
def take(points: Sequence[Point], *, by: User) -> None:
    """Hold all of the points, or none. Raises Held when somebody has one of them. Again is longer."""
    question = _hold_question(points[0].question_id)
    keys = [point.pk for point in points]
    refuse_held(keys, by=by)
    now = timezone.now()
    own = PointHold.objects.live().filter(point__in=keys, by=by)
    mine = set(own.values_list("point", flat=True))
    own.update(until=now + HELD_FOR)
    _end(PointHold.objects.filter(point__in=set(keys) - mine), question, by=by)  # their time was over
    made = PointHold.objects.bulk_create(
        [PointHold(point_id=key, by=by, since=now, until=now + HELD_FOR) for key in keys if key not in mine]
    )
    _record("hold_point", by, made, question)


def renew(question: Question, *, by: User) -> None:
    """The page is open still. What was taken over or has ended stays so. No event: nothing is other than it was."""
    held = PointHold.objects.live().filter(point__question=question, by=by)
    held.update(until=timezone.now() + HELD_FOR)


@transaction.atomic
@one_act()
def release(question: Question, *, by: User) -> None:
    """The person merges nothing here any more."""
    held = _hold_question(question.pk)
    _end(PointHold.objects.filter(point__question=held, by=by), held, by=by)


@transaction.atomic
@one_act()
def take_over(point: Point, *, by: User) -> None:
    """End another's hold on the point; one's own stays. The other's merge looks at versions by itself."""
    question = _hold_question(point.question_id)
    _end(PointHold.objects.filter(point=point).exclude(by=by), question, by=by, verb="take_over_point")


@transaction.atomic
@one_act()
def sweep(question: Question, *, by: User) -> None:
    """End those whose time is over, so that open pages are told. `by` is whoever was there to notice."""
    over = PointHold.objects.filter(point__question=question, until__lte=timezone.now())
    if over.exists():
        _end(over, _hold_question(question.pk), by=by)


def _hold_question(key: int) -> Question:
    return (
        Question.objects.select_for_update(no_key=True, of=("self",))
        .select_related("session__conference")
        .get(pk=key)
    )


def _end(holds: PointHoldQuerySet, question: Question, *, by: User, verb: str = "release_point") -> None:
    ended = list(holds.order_by("pk"))
    _record(verb, by, ended, question)
    PointHold.objects.filter(pk__in=[hold.pk for hold in ended]).delete()


def _record(verb: str, by: User, holds: Sequence[PointHold], question: Question) -> None:
    record(
        verb=verb,
        by=by,
        conference=question.session.conference,
        scope=f"question:{question.pk}",
        changes=[Change(hold, after={"point": hold.point_id, "of": hold.by_id}) for hold in holds],
    )
