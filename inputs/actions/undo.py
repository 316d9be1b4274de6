"""Undo: the opposite of an act, done by the same verbs, so that undoing is itself remembered and can be undone."""

import uuid
from collections.abc import Callable

from django.db import transaction

from conference.actions.history import one_act
from conference.models import Event, Question, User
from inputs.actions import dispositions, entry, headings, levels, many, points
from inputs.actions.faults import Refused
from inputs.models import EarlierTitle, Heading, Input, Point, PointRevision, PointSource, SetAside, SourceKind


class Blocked(Refused):
    """A later act on the same thing stands in the way; `event` is it. Undo that one first."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(event.verb)


class NotUndoable(Refused):
    """The act has been undone already, or is of a kind that has no opposite."""


def last_acts(question: Question, *, by: User, number: int = 10) -> list[Event]:
    """The person's newest acts under the question that can be undone, newest first; one event stands for each."""
    scope_events = Event.objects.filter(
        conference=question.session.conference, by=by, verb__in=_OPPOSITES, undoes=None
    ).order_by("-pk")
    acts: dict[uuid.UUID, Event] = {}
    for event in scope_events[: number * 20]:
        acts.setdefault(event.act, event)
    undone = set(Event.objects.filter(undoes__in=acts).values_list("undoes", flat=True))
    return [event for act, event in acts.items() if act not in undone][:number]


@transaction.atomic
def undo(act: uuid.UUID, *, by: User) -> None:
    """Take the act back, all of it or nothing. Raises Blocked, NotUndoable, or why an opposite was refused."""
    events = list(Event.objects.filter(act=act).select_related("by").order_by("-pk"))
    if not events or Event.objects.filter(undoes=act).exists():
        raise NotUndoable
    if unknown := {event.verb for event in events} - set(_OPPOSITES):
        raise NotUndoable(", ".join(sorted(unknown)))
    for event in events:
        _look_for_later(event)
    with one_act(undoes=act):
        for event in events:
            _OPPOSITES[event.verb](event, by)


#: Acts on a thing that do not stand in the way of taking back an earlier one: its words and its place are two things,
#: and a redaction has been through the earlier words too.
_BESIDE = {
    "order_point": {"reword", "redact", "set_levels"},
    "order_heading": {"rename_heading", "redact"},
    "set_levels": {"reword", "move", "order_point", "redact"},
    "mark_kind": {"accept", "attach", "detach", "set_aside", "bring_back", "file_under", "order_input", "redact"},
}
_NEVER_IN_THE_WAY = {*_BESIDE, "order_input", "redact"}


def _look_for_later(event: Event) -> None:
    """An act counts as later until it is undone itself."""
    later = (
        Event.objects.filter(target_type=event.target_type, target_id=event.target_id, pk__gt=event.pk, undoes=None)
        .exclude(act=event.act)
        .exclude(verb__in=_BESIDE.get(event.verb, _NEVER_IN_THE_WAY))
        .select_related("by")
        .order_by("pk")
    )
    undone = set(Event.objects.filter(undoes__in=[one.act for one in later]).values_list("undoes", flat=True))
    for one in later:
        if one.act not in undone:
            raise Blocked(one)


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
    earlier = EarlierTitle.objects.get(pk=event.before["earlier_title"])
    headings.rename(Heading.objects.get(pk=event.target_id), earlier.title, by=by)


def _remove_heading(event: Event, by: User) -> None:
    headings.restore(Heading.objects.get(pk=event.target_id), by=by)


def _restore_heading(event: Event, by: User) -> None:
    headings.remove(Heading.objects.get(pk=event.target_id), by=by)


def _set_levels(event: Event, by: User) -> None:
    levels.set_levels([Point.objects.get(pk=event.target_id)], event.before["levels"], by=by)


def _mark_kind(event: Event, by: User) -> None:
    many.mark_kind([Input.objects.get(pk=event.target_id)], event.before["kind"], by=by)


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
    "set_levels": _set_levels,
    "mark_kind": _mark_kind,
}
