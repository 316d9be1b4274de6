"""Undo: the opposite of an act, done by the same verbs, so that undoing is itself remembered and can be undone."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from conference.actions.history import one_act
from conference.models import Event, Question, User
from inputs.actions import (
    clarifications,
    clearance,
    confirming,
    dispositions,
    entry,
    headings,
    levels,
    likeness,
    many,
    points,
    proposals,
)
from inputs.actions.faults import Refused
from inputs.models import (
    Clarification,
    Confirmation,
    EarlierTitle,
    Heading,
    Input,
    NotSame,
    Point,
    PointRevision,
    PointSource,
    Proposal,
    ReturnedChange,
    SetAside,
    SourceKind,
    Verdict,
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
    events = Event.objects.filter(here, ~Exists(undone), verb__in=_OPPOSITES, undoes=None)
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
    if unknown := {event.verb for event in events} - set(_OPPOSITES):
        raise NotUndoable(", ".join(sorted(unknown)))
    return events


def undone_of(acts: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Those of the acts that have been undone, and the act that did it."""
    pairs = Event.objects.filter(undoes__in=acts).values_list("undoes", "act")
    return {undone: by for undone, by in pairs if undone}


def is_undoable(verbs: Iterable[str]) -> bool:
    """Has everything that was done an opposite?"""
    return set(verbs) <= set(_OPPOSITES)


@transaction.atomic
def undo(act: uuid.UUID, *, by: User) -> None:
    """Take the act back, all of it or nothing. Raises Blocked, NotUndoable, or why an opposite was refused."""
    events = events_of(act)
    if later := in_the_way(events):
        raise Blocked(later)
    with one_act(undoes=act):
        for event in events:
            _OPPOSITES[event.verb](event, by)


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


# --- the opposites: each takes the event that is undone ---


def _accept(event: Event, by: User) -> None:
    dispositions.remove_point(Point.objects.get(pk=event.after["point"]), by=by)


def _attach(event: Event, by: User) -> None:
    source = PointSource.objects.open().get(point=event.after["point"], input=event.target_id)
    dispositions.unlink(source, by=by)


def _detach(event: Event, by: User) -> None:
    source = PointSource.objects.get(pk=event.before["source"])
    dispositions.attach(source.point, [source.input], by=by, kind=SourceKind(source.kind))


def _remove_point(event: Event, by: User) -> None:
    sources = PointSource.objects.filter(pk__in=event.before["sources"]).select_related("input")
    dispositions.restore_point(Point.objects.get(pk=event.target_id), sources=sources, by=by)


def _restore_point(event: Event, by: User) -> None:
    dispositions.remove_point(Point.objects.get(pk=event.target_id), by=by)


def _set_aside(event: Event, by: User) -> None:
    dispositions.bring_back([Input.objects.get(pk=event.target_id)], by=by)


def _bring_back(event: Event, by: User) -> None:
    decision = SetAside.objects.select_related("input", "reason").get(pk=event.before["set_aside"])
    dispositions.set_aside([decision.input], reason=decision.reason, comment=decision.comment, by=by)


def _file_under(event: Event, by: User) -> None:
    question = Question.objects.filter(pk=event.before["question"]).select_related("session").first()
    entry.file_under(Input.objects.get(pk=event.target_id), question, by=by)


def _reword(event: Event, by: User) -> None:
    point = Point.objects.get(pk=event.target_id)
    earlier = PointRevision.objects.get(point=point, number=event.before["revision"])
    points.reword(point, text=earlier.text, version=point.version, by=by)


def _move(event: Event, by: User) -> None:
    heading = Heading.objects.standing().filter(pk=event.before["heading"]).first()
    position = event.before.get("position")  # acts of earlier versions did not tell
    points.move(Point.objects.get(pk=event.target_id), to=heading, position=position, by=by)


def _write_point(event: Event, by: User) -> None:
    dispositions.remove_point(Point.objects.get(pk=event.target_id), by=by)


def _make_heading(event: Event, by: User) -> None:
    headings.remove(Heading.objects.get(pk=event.target_id), by=by)


def _order_point(event: Event, by: User) -> None:
    points.put_at(Point.objects.get(pk=event.target_id), event.before["position"], by=by)


def _order_heading(event: Event, by: User) -> None:
    headings.put_at(Heading.objects.get(pk=event.target_id), event.before["position"], by=by)


def _rename_heading(event: Event, by: User) -> None:
    earlier = EarlierTitle.objects.filter(pk=event.before["earlier_title"]).first()  # none: a pile got its first name
    headings.rename(Heading.objects.get(pk=event.target_id), earlier.title if earlier else "", by=by)


def _remove_heading(event: Event, by: User) -> None:
    headings.restore(Heading.objects.get(pk=event.target_id), by=by)


def _restore_heading(event: Event, by: User) -> None:
    headings.remove(Heading.objects.get(pk=event.target_id), by=by)


def _ask_clarification(event: Event, by: User) -> None:
    clarifications.withdraw(Clarification.objects.select_related("point").get(pk=event.target_id), by=by)


def _decide_clarification(event: Event, by: User) -> None:
    clarifications.reopen(Clarification.objects.select_related("point").get(pk=event.target_id), by=by)


def _propose(event: Event, by: User) -> None:
    proposals.withdraw(Proposal.objects.get(pk=event.target_id), by=by)


def _decide_proposal(event: Event, by: User) -> None:
    proposals.reopen(Proposal.objects.select_related("question__session").get(pk=event.target_id), by=by)


def _confirm_meaning(event: Event, by: User) -> None:
    confirming.take_back(Confirmation.objects.select_related("point").get(pk=event.target_id), by=by)


def _keep_apart(event: Event, by: User) -> None:
    likeness.let_meet(NotSame.objects.select_related("low", "high").get(pk=event.after["not_same"]), by=by)


def _let_meet(event: Event, by: User) -> None:
    pair = NotSame.objects.select_related("low", "high").get(pk=event.after["not_same"])
    likeness.keep_apart(pair.low, pair.high, by=by)


def _set_levels(event: Event, by: User) -> None:
    levels.set_levels([Point.objects.get(pk=event.target_id)], event.before["levels"], by=by)


def _mark_kind(event: Event, by: User) -> None:
    many.mark_kind([Input.objects.get(pk=event.target_id)], event.before["kind"], by=by)


def _decide_change(event: Event, by: User) -> None:
    clearance.reopen(ReturnedChange.objects.get(pk=event.target_id), by=by)


def _reopen_change(event: Event, by: User) -> None:
    clearance.decide_again(ReturnedChange.objects.get(pk=event.target_id), Verdict(event.after["decision"]), by=by)


_OPPOSITES: dict[str, Callable[[Event, User], None]] = {
    "accept": _accept,
    "attach": _attach,
    "detach": _detach,
    "remove_point": _remove_point,
    "restore_point": _restore_point,
    "set_aside": _set_aside,
    "bring_back": _bring_back,
    "file_under": _file_under,
    "reword": _reword,
    "move": _move,
    "write_point": _write_point,
    "make_heading": _make_heading,
    "order_point": _order_point,
    "order_heading": _order_heading,
    "rename_heading": _rename_heading,
    "remove_heading": _remove_heading,
    "restore_heading": _restore_heading,
    "ask_clarification": _ask_clarification,
    "decide_clarification": _decide_clarification,
    "propose": _propose,
    "decide_proposal": _decide_proposal,
    "confirm_meaning": _confirm_meaning,
    "keep_apart": _keep_apart,
    "let_meet": _let_meet,
    "set_levels": _set_levels,
    "mark_kind": _mark_kind,
    "decide_change": _decide_change,
    "reopen_change": _reopen_change,
}
