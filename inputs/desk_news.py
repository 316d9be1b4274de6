"""What of a desk has changed since somebody saw it: read from the history, so that every act is told alike.

An act tells the desk no more than its events. So one answer serves one's own acts, an undo of several, what a
colleague did meanwhile, and notes that the tables have just sent.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conference.models import Conference, Event, Question, User
from inputs.models import Heading, Input, Point, PointSource

MANY = 300  # events after which the whole page is the shorter answer
# Sequences commit out of order: what others did in the last seconds is told again, which changes nothing.
OVERLAP = timedelta(seconds=10)
_IN_PLACE = {"make_heading", "rename_heading"}  # what is done with a heading that leaves the others where they are
NEAR = 2000  # how far back in the sequence that can be


@dataclass(frozen=True)
class News:
    """What may stand otherwise than when it was seen. `headings` are keys, None for the points without one.

    `names` says that a heading has come, gone or been named, `all_headings` that they stand in another order.
    `by_others` are the events that say so, of others than the one who asks, and told for the first time.
    """

    inputs: tuple[Input, ...]
    headings: frozenset[int | None]
    names: bool
    all_headings: bool
    aside: bool
    unplaced: bool
    by_others: tuple[Event, ...] = ()


def seen(conference: Conference) -> int:
    """The newest event. Asked for before the page is read, so that the page is never older than it says."""
    return Event.objects.filter(conference=conference).order_by("-pk").values_list("pk", flat=True).first() or 0


def news(question: Question, since: int, *, by: User) -> News | None:
    """What has changed under the question since that event; None when it is so much that all may have, or when the
    question was signed off or opened again.
    """
    newer = Q(pk__gt=since) | (Q(at__gt=timezone.now() - OVERLAP) & ~Q(by=by))
    conference = question.session.conference
    read = Event.objects.filter(newer, conference=conference, pk__gt=since - NEAR).select_related("by").order_by("pk")
    events = list(read[: MANY + 1])
    if len(events) > MANY or any(_settles(event, question) and event.pk > since for event in events):
        return None
    touched = _inputs(question, events)
    keys = {entry.pk for entry in touched}
    changed = {event.target_id for event in events if event.verb != "receive" and event.target_type == "input"} & keys
    points = _points(question, events, changed)
    headings = _own_headings(question, events)
    arranged = [event for event in events if event.target_type == "heading" and event.target_id in headings]
    return News(
        inputs=touched,
        headings=frozenset(_places(question, events, points)),
        names=bool(arranged),
        all_headings=any(event.verb not in _IN_PLACE for event in arranged),
        # Whatever is done with an input may have put it aside or brought it back, but to use it.
        aside=any(
            event.verb not in {"receive", "accept", "attach"} and event.target_type == "input" for event in events
        ),
        unplaced=any(entry.question_id is None for entry in touched),
        by_others=tuple(
            event
            for event in events
            if event.pk > since and event.by_id != by.pk and _is_here(event, keys, points.keys(), headings)
        ),
    )


def _settles(event: Event, question: Question) -> bool:
    return event.target_type == "signoff" and event.after.get("question") == question.pk


def _is_here(event: Event, inputs: Container[int], points: Container[int], headings: Container[int]) -> bool:
    """Did it happen to something of the question?"""
    there: dict[str, Container[int]] = {"input": inputs, "point": points, "heading": headings}
    return event.target_id in there.get(event.target_type, ()) or _talks_of(event, inputs, points)


def _talks_of(event: Event, inputs: Container[int], points: Container[int]) -> bool:
    """A hold, a clarification or a comment says what it is about."""
    return event.after.get("point") in points or event.after.get("input") in inputs


def _inputs(question: Question, events: Iterable[Event]) -> tuple[Input, ...]:
    """Those of the events that have to do with the question: counted here, said here, filed away, or not placed."""
    filed_away = {
        event.target_id
        for event in events
        if event.verb == "file_under" and question.pk in {event.before.get("question"), event.after.get("question")}
    }
    here = Q(question=question) | Q(filed_under=question) | Q(pk__in=filed_away)
    here |= Q(session=question.session_id, question=None)
    keys = {event.target_id for event in events if event.target_type == "input"}
    keys |= {event.after["input"] for event in events if event.target_type == "comment" and "input" in event.after}
    # A point that goes or comes back takes its inputs along, and says so by itself.
    points = {event.target_id for event in events if event.verb in {"remove_point", "restore_point"}}
    keys |= set(PointSource.objects.filter(point__in=points).values_list("input", flat=True))
    return tuple(Input.objects.filter(here, pk__in=keys).select_related("table").order_by("received_at", "pk"))


def _points(question: Question, events: Iterable[Event], inputs: Iterable[int]) -> dict[int, int | None]:
    """The points that something happened to, or to the words behind them, each with where it stands."""
    points = {event.target_id for event in events if event.target_type == "point"}
    for event in events:
        points |= {state["point"] for state in (event.before, event.after) if "point" in state}
    sources = PointSource.objects.open().filter(input__in=inputs)
    points |= set(sources.values_list("point", flat=True))
    return dict(Point.objects.filter(pk__in=points, question=question).values_list("pk", "heading"))


def _places(question: Question, events: list[Event], points: Mapping[int, int | None]) -> Iterable[int | None]:
    """Where the points stand, and where they stood; and the headings that were made or named."""
    yield from points.values()
    named = {event.target_id for event in events if event.target_type == "heading" and event.verb in _IN_PLACE}
    if named:
        # One that is made stands last, but for «Other», whose number is another then.
        standing = Heading.objects.standing().filter(question=question)
        yield from standing.filter(Q(pk__in=named) | Q(is_other=True)).values_list("pk", flat=True)
    yield from (event.before["heading"] for event in events if event.verb == "move" and event.target_id in points)


def _own_headings(question: Question, events: Iterable[Event]) -> set[int]:
    keys = {event.target_id for event in events if event.target_type == "heading"}
    return set(Heading.objects.filter(pk__in=keys, question=question).values_list("pk", flat=True)) if keys else set()
