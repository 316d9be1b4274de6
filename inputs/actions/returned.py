"""Deciding about what came back from clearance, by the ordinary acts.

The decision is recorded first, so that the act is known by what it did to the point.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Conference, Session, User
from inputs.actions import dispositions, points
from inputs.actions.faults import Decided, NotAvailable, Stale
from inputs.models import (
    ClearanceReply,
    Point,
    Proposed,
    ReturnedChange,
    SetAsideReason,
    Verdict,
)
from rnik.lib.text import clean_text


@transaction.atomic
@one_act()
def accept(change: ReturnedChange, *, text: str, version: int, by: User) -> None:
    """The point gets the proposed text, or another that the editor wrote.

    Raises Stale when the point is not the `version` that was read, Decided, NotAvailable.
    """
    stored = _open(change)
    point = _point(stored)
    same = clean_text(text) == stored.text
    _decide(stored, Verdict.ACCEPTED if same else Verdict.OTHER, by=by)
    points.reword(point, text=text, version=version, by=by)


@transaction.atomic
@one_act()
def remove(change: ReturnedChange, *, reason: SetAsideReason, comment: str, version: int, by: User) -> None:
    """The point goes out of the report, and its inputs are set aside, except for those that other points use.

    Raises Stale, Decided, NotAvailable, OtherConference.
    """
    stored = _open(change)
    point = _point(stored)
    sources = [source.input for source in point.sources.open().select_related("input").order_by("pk")]
    dispositions.lock(sources)  # inputs before points, everywhere
    point = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if point.version != version:
        raise Stale(point)
    _decide(stored, Verdict.ACCEPTED, by=by, answer=comment)
    dispositions.remove_point(point, by=by)
    free = [one for one in dispositions.lock(sources) if not (one.lead_source_id or one.set_aside_id)]
    dispositions.set_aside(free, reason=reason, comment=comment, by=by)


@transaction.atomic
@one_act()
def add(change: ReturnedChange, *, text: str, reason: str, by: User) -> Point:
    """A paragraph that was added becomes a point without source, under the heading that it stood under."""
    stored = _open(change)
    if stored.proposed != Proposed.ADDED:
        raise NotAvailable
    after = stored.after
    heading = None
    if after and after.question_id == stored.question_id:
        heading = after.heading or (after.point.heading if after.point else None)
    if heading and heading.removed_at:
        heading = None
    _decide(stored, Verdict.ACCEPTED if clean_text(text) == stored.text else Verdict.OTHER, by=by)
    return points.write(stored.question, text=text, reason=reason, by=by, heading=heading)


@transaction.atomic
def settle(change: ReturnedChange, *, decision: Verdict, answer: str, by: User) -> None:
    """Not followed, or handled in another way; `answer` says why, in a sentence. Raises Decided."""
    if not clean_text(answer):
        raise ValueError("What is not followed is answered.")
    _decide(_open(change), decision, by=by, answer=clean_text(answer))


@transaction.atomic
@one_act()
def accept_certain(reply: ClearanceReply, *, sessions: Iterable[Session], by: User) -> int:
    """Follow every wording of the answer that is certain, in these sessions. Returns how many there were.

    Left alone: whatever needs a hand, and points that have been reworded or removed since they were sent.
    """
    waiting = reply.changes.open().filter(
        proposed=Proposed.WORDING, is_certain=True, line__point__isnull=False, question__session__in=list(sessions)
    )
    number = 0
    for change in waiting.select_related("line__point").order_by("line__point__pk"):
        point = change.point
        if point and point.removed_at is None and change.line and not change.line.is_stale:
            accept(change, text=change.text, version=point.version, by=by)
            number += 1
    return number


@transaction.atomic
def reopen(change: ReturnedChange, *, by: User) -> None:
    """The proposal waits for a decision again; what was answered is kept, in case it is decided as it was."""
    stored = ReturnedChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if stored.decision == Verdict.OPEN:
        raise NotAvailable
    before = stored.decision
    stored.decision, stored.decided_at, stored.decided_by = Verdict.OPEN, None, None
    stored.save(update_fields=["decision", "decided_at", "decided_by"])
    _record("reopen_change", stored, {"decision": str(before)}, by=by)


@transaction.atomic
def decide_again(change: ReturnedChange, decision: Verdict, *, by: User) -> None:
    """As it was decided before it was reopened. Raises Decided."""
    stored = _open(change)
    _decide(stored, decision, by=by, answer=stored.answer)


def _open(change: ReturnedChange) -> ReturnedChange:
    stored = (
        ReturnedChange.objects.select_for_update(of=("self",))
        .select_related(
            "question__session__conference", "line__point", "after__heading", "after__point__heading", "reply"
        )
        .get(pk=change.pk)
    )
    if stored.decision != Verdict.OPEN:
        raise Decided
    return stored


def _point(change: ReturnedChange) -> Point:
    if change.point is None:
        raise NotAvailable
    return change.point


def _decide(change: ReturnedChange, decision: Verdict, *, by: User, answer: str = "") -> None:
    at: datetime = timezone.now()
    change.decision, change.answer, change.decided_at, change.decided_by = decision, answer, at, by
    change.save(update_fields=["decision", "answer", "decided_at", "decided_by"])
    _record("decide_change", change, {"decision": str(decision), "reply": change.reply_id}, by=by)


def _conference(change: ReturnedChange) -> Conference:
    return change.question.session.conference


def _record(verb: str, change: ReturnedChange, after: dict[str, object], *, by: User) -> None:
    record(verb=verb, by=by, conference=_conference(change), changes=[Change(change, after=after)])
