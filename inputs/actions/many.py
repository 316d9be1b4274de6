"""One act on many inputs or points that were found: what it would do is worked out first, and that is done."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

from conference.actions.history import Change, one_act, record, tell_tables
from conference.models import Question, User
from inputs.actions import dispositions, points
from inputs.actions.faults import AlreadyHandled, OtherConference
from inputs.models import Heading, Input, Point, SetAsideReason

MOST = 250  # things in one act: what an editor can answer for, and take back while waiting

Thing = TypeVar("Thing", Input, Point)


@dataclass(frozen=True)
class Plan(Generic[Thing]):
    """What an act would do: `takes` are changed by it, `leaves` are left as they are."""

    takes: tuple[Thing, ...]
    leaves: tuple[Thing, ...]

    @property
    def mark(self) -> str:
        """Tells this plan from another, so that what was confirmed is what is done."""
        told = ",".join(str(one.pk) for one in sorted(self.takes, key=lambda one: one.pk))
        return hashlib.sha256(f"{told};{len(self.leaves)}".encode()).hexdigest()[:24]


def plan(found: Iterable[Thing], fits: Callable[[Thing], bool]) -> Plan[Thing]:
    """Those that fit the act, and those that do not."""
    takes: list[Thing] = []
    leaves: list[Thing] = []
    for one in found:
        (takes if fits(one) else leaves).append(one)
    return Plan(tuple(takes), tuple(leaves))


def is_unhandled(entry: Input) -> bool:
    """Neither used nor set aside: it may be set aside, or filed elsewhere."""
    return entry.disposition == "unhandled"


def counts_under(entry: Input, question: Question) -> bool:
    return (entry.filed_under_id or entry.question_id) == question.pk


@transaction.atomic
def set_aside(found: Plan[Input], *, reason: SetAsideReason, comment: str, by: User) -> None:
    dispositions.set_aside(found.takes, reason=reason, comment=comment, by=by)


@transaction.atomic
def file_under(found: Plan[Input], question: Question, *, by: User) -> None:
    """Count them all under the question. Raises AlreadyHandled, OtherConference."""
    locked = dispositions.lock_open(found.takes, questions=[question.pk], by=by)
    if taken := [entry for entry in locked if not is_unhandled(entry)]:
        raise AlreadyHandled(taken)
    if any(entry.conference_id != question.session.conference_id for entry in locked):
        raise OtherConference
    changes = [Change(entry, {"question": entry.filed_under_id}, {"question": question.pk}) for entry in locked]
    _update(locked, filed_under=question)
    record(verb="file_under", by=by, conference=question.session.conference, changes=changes)


@transaction.atomic
@one_act()
def use_under(found: Plan[Input], heading: Heading, *, by: User) -> list[Point]:
    """Each becomes a point under the heading, in its own words. Raises what `accept` raises."""
    return dispositions.accept(found.takes, by=by, place=lambda _entry: heading)


@transaction.atomic
def mark_kind(found: Iterable[Input], kind: str, *, by: User) -> None:
    """Say what kind of inputs these are: a challenge, a measure, both, or nothing. Their words stay as they are."""
    locked = [entry for entry in dispositions.lock_open(found, by=by) if entry.kind != kind]
    if not locked:
        return
    conference = locked[0].conference
    changes = [Change(entry, {"kind": entry.kind}, {"kind": kind}) for entry in locked]
    _update(locked, kind=kind)
    tell_tables(conference, [entry.table_id for entry in locked])
    record(verb="mark_kind", by=by, conference=conference, changes=changes)


@transaction.atomic
@one_act()
def move_under(found: Plan[Point], heading: Heading, *, by: User) -> None:
    """Put the points under the heading, last, in their order. Raises NotAvailable, OtherConference."""
    for point in found.takes:
        points.move(point, to=heading, by=by)


def _update(entries: Sequence[Input], **values: object) -> None:
    for start in range(0, len(entries), dispositions.CHUNK):
        chunk = [entry.pk for entry in entries[start : start + dispositions.CHUNK]]
        Input.objects.filter(pk__in=chunk).update(**values)
