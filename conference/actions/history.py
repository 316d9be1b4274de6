"""The one function that writes events, and bumps the counter that screens poll."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conference.models import Conference, Event, RevisionCounter, User

MAX_CODE = 40  # a choice's code or a UUID; anything longer would be somebody's words


@dataclass(frozen=True)
class Change:
    """What happened to one thing: ids, numbers and codes before and after."""

    target: models.Model
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Act:
    act: uuid.UUID
    undoes: uuid.UUID | None = None


_current: ContextVar[_Act | None] = ContextVar("act", default=None)


@contextmanager
def one_act(*, undoes: uuid.UUID | None = None) -> Iterator[uuid.UUID]:
    """What is recorded inside is one act, done by one click. An outer act takes in an inner one."""
    outer = _current.get()
    act = outer or _Act(uuid.uuid4(), undoes)
    token = _current.set(act)
    try:
        yield act.act
    finally:
        _current.reset(token)


def record(
    *,
    verb: str,
    by: User,
    conference: Conference | None,
    changes: Iterable[Change],
    scope: str = "all",
    at: datetime | None = None,
) -> uuid.UUID:
    """Write one event a change, all under one act, inside the caller's transaction. Returns the act.

    Inside `one_act()` all records share its act.

    `scope` names the counter that pollers of this conference sum: a table, a question, «heard»; «all» is the
    planning and whatever concerns more than one.
    Raises ValueError for a value that could hold somebody's words.
    """
    current = _current.get() or _Act(uuid.uuid4())
    at = at or timezone.now()
    events = [
        Event(
            conference=conference,
            act=current.act,
            verb=verb,
            by=by,
            at=at,
            target_type=change.target._meta.model_name or "",
            target_id=change.target.pk,
            before=_without_words(change.before),
            after=_without_words(change.after),
            undoes=current.undoes,
        )
        for change in changes
    ]
    Event.objects.bulk_create(events, batch_size=1000)
    if conference is not None and events:
        _bump(conference, scope, len(events))
    return current.act


def revision(conference: Conference, *scopes: str) -> int:
    """A number that grows whenever something happens in the conference, or in those scopes of it.

    «session:» is the scope of every session.
    """
    wanted = Q()
    for scope in scopes:
        wanted |= Q(scope__startswith=scope) if scope.endswith(":") else Q(scope=scope)
    counters = RevisionCounter.objects.filter(wanted, conference=conference)
    return counters.aggregate(sum=models.Sum("value"))["sum"] or 0


def touch(conference: Conference, scope: str) -> None:
    """What screens show has changed though nobody did anything: they look again, and no event is written."""
    _bump(conference, scope, 1)


def tell_tables(conference: Conference, tables: Iterable[int | None]) -> None:
    """Screens of these tables have something new, though the events are counted elsewhere.

    Inside the caller's transaction and before `record()`, so that counters are always locked in one order.
    """
    scopes = {f"table:{table}" for table in tables if table is not None}
    counters = RevisionCounter.objects.filter(conference=conference, scope__in=scopes)
    locked = list(counters.select_for_update().order_by("pk").values_list("pk", flat=True))
    RevisionCounter.objects.filter(pk__in=locked).update(value=F("value") + 1)


def _bump(conference: Conference, scope: str, by: int) -> None:
    counter = RevisionCounter.objects.filter(conference=conference, scope=scope)
    if not counter.update(value=F("value") + by):
        RevisionCounter.objects.get_or_create(conference=conference, scope=scope)
        counter.update(value=F("value") + by)


def _without_words(values: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in values.items():
        for each in value if isinstance(value, list) else [value]:
            is_code = isinstance(each, str) and len(each) <= MAX_CODE and not set(each) & set(" \n\t")
            if not (each is None or isinstance(each, int) or is_code):
                raise ValueError(f"An event holds ids, numbers and codes, never text: {name}")
    return dict(values)
