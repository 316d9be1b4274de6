"""Undo: the opposite of an act, so that undoing is itself remembered and can be undone. opposites.py has each."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from conference.actions.history import one_act
from conference.models import Event, Question, User
from inputs.actions.faults import Refused
from inputs.actions.opposites import OPPOSITES
from inputs.models import (
    Heading,
    Input,
    Point,
    PointSource,
)

_CHUNK = 1000  # things in one question to the database


class Blocked(Refused):
    """A later act on the same thing stands in the way; `event` is of it. Undo that one first."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(event.verb)


class NotUndoable(Refused):
    """The act has been undone already, or is of a kind that has no opposite."""


def last_acts(question: Question, *, by: User | None = None, number: int = 10) -> list[Event]:
    """The newest acts under the question that can be undone, newest first: a person's or everybody's.

    One event stands for each. What is undone, and the undoing of it, is left out.
    """
    of_question = Q(question=question) | Q(filed_under=question)
    here = (
        Q(target_type="input", target_id__in=Input.objects.filter(of_question).values("pk"))
        | Q(target_type="point", target_id__in=Point.objects.filter(question=question).values("pk"))
        | Q(target_type="heading", target_id__in=Heading.objects.filter(question=question).values("pk"))
    )
    undone = Event.objects.filter(undoes=OuterRef("act"))
    events = Event.objects.filter(here, ~Exists(undone), verb__in=OPPOSITES, undoes=None)
    acts = events.order_by().values("act").annotate(newest=Max("pk"), whose=Max("by"))  # an act is one person's
    if by:
        acts = acts.filter(whose=by.pk)  # of what happened here, and not: here, of all that the person has done
    newest = acts.order_by("-newest")
    return list(Event.objects.filter(pk__in=newest.values("newest")[:number]).order_by("-pk"))


def events_of(act: uuid.UUID) -> list[Event]:
    """What the act did, the last first. Raises NotUndoable when it cannot be taken back, or has been."""
    events = list(Event.objects.filter(act=act).select_related("by").order_by("-pk"))
    if not events or undone_of([act]):
        raise NotUndoable
    if unknown := {event.verb for event in events} - set(OPPOSITES):
        raise NotUndoable(", ".join(sorted(unknown)))
    return events


def undone_of(acts: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Those of the acts that have been undone, and the act that did it."""
    pairs = Event.objects.filter(undoes__in=acts).values_list("undoes", "act")
    return {undone: by for undone, by in pairs if undone}


def is_undoable(verbs: Iterable[str]) -> bool:
    """Has everything that was done an opposite?"""
    return set(verbs) <= set(OPPOSITES)


@transaction.atomic
def undo(act: uuid.UUID, *, by: User) -> None:
    """Take the act back, all of it or nothing. Raises Blocked, NotUndoable, or why an opposite was refused."""
    events = events_of(act)
    if later := in_the_way(events):
        raise Blocked(later)
    with one_act(undoes=act):
        for event in events:
            OPPOSITES[event.verb](event, by)


# --- what stands in the way -----------------------------------------------------------------------------------

#: Acts on a thing that do not stand in the way of taking back an earlier one: its words and its place are two things,
#: and a redaction has been through the earlier words too. That two inputs are not the same touches neither of them.
_PAIRS = {"keep_apart", "let_meet"}
_BESIDE = {
    "order_point": {"reword", "redact", "set_levels", *_PAIRS},
    "order_heading": {"rename_heading", "redact"},
    "set_levels": {"reword", "move", "order_point", "redact"},
    "mark_kind": {"accept", "attach", "detach", "set_aside", "bring_back", "file_under", "order_input", "redact"},
}
_NEVER_IN_THE_WAY = {*_BESIDE, *_PAIRS, "order_input", "redact"}

Thing = tuple[str, int]


def in_the_way(events: Sequence[Event]) -> Event | None:
    """The newest later act on what the act touched that still has its effect: it must be undone first."""
    act, first = events[0].act, min(event.pk for event in events)
    touched: dict[Thing, set[str]] = defaultdict(set)
    made: set[int] = set()
    for event in events:
        if event.verb not in _PAIRS:
            touched[event.target_type, event.target_id].add(event.verb)
        if event.verb in _MADE:
            point = _MADE[event.verb](event)
            touched["point", point].add(event.verb)
            made.add(point)
    later = [
        event
        for event in [*_events_on(touched, first), *_joined(made, first)]
        if event.act != act and not _is_beside(event, touched.get((event.target_type, event.target_id), ()))
    ]
    return _newest_in_force(later)


#: The acts whose opposite takes a point away, and how to find it: nobody's later work on it may go with it.
_MADE: dict[str, Callable[[Event], int]] = {
    "accept": lambda event: event.after["point"],
    "write_point": lambda event: event.target_id,
    "restore_point": lambda event: event.target_id,
}


def _is_beside(later: Event, verbs: Iterable[str]) -> bool:
    return bool(verbs) and all(later.verb in _BESIDE.get(verb, _NEVER_IN_THE_WAY) for verb in verbs)


def _events_on(things: Iterable[Thing], first: int) -> Iterator[Event]:
    by_type: dict[str, list[int]] = defaultdict(list)
    for kind, key in things:
        by_type[kind].append(key)
    for kind, keys in by_type.items():
        for start in range(0, len(keys), _CHUNK):
            there = Event.objects.filter(target_type=kind, target_id__in=keys[start : start + _CHUNK])
            yield from there.filter(pk__gt=first).select_related("by")


def _joined(made: set[int], first: int) -> Iterator[Event]:
    """The later acts by which other inputs came to the points."""
    if made:
        inputs = PointSource.objects.open().filter(point__in=made).values_list("input", flat=True)
        there = Event.objects.filter(verb="attach", target_type="input", target_id__in=list(inputs), pk__gt=first)
        yield from (event for event in there.select_related("by") if event.after["point"] in made)


def _newest_in_force(later: Sequence[Event]) -> Event | None:
    """An act that was undone has no effect, nor has its undoing; one that was done again has.

    Of acts that undo each other in a row, the last counts if the row is odd: what went before them is changed then.
    """
    undoes = {event.act: event.undoes for event in later}
    fresh = set(undoes)
    while fresh:
        more = dict(Event.objects.filter(undoes__in=fresh).values_list("act", "undoes"))
        fresh = set(more) - set(undoes)
        undoes |= more
    last = set(undoes) - set(undoes.values())
    standing = [act for act in last if _length(act, undoes) % 2]
    return Event.objects.filter(act__in=standing).select_related("by").order_by("pk").last() if standing else None


def _length(act: uuid.UUID, undoes: dict[uuid.UUID, uuid.UUID | None]) -> int:
    number, before = 1, undoes[act]
    while before is not None and before in undoes:
        number, before = number + 1, undoes[before]
    return number
