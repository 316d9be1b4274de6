"""Undo from everywhere: the history of a thing, and the page that says what undoing one act would do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from conference.access import may_edit
from conference.models import Conference, Event, Question, Session
from conference.web import conference_view
from inputs.actions import undo as undoing
from inputs.actions.faults import Refused
from inputs.models import Heading, Input, Point
from inputs.views.refusals import sentence, told, verbs_of
from inputs.web import person

SHOWN = 5  # things of an act that are named

#: What undoing does, by what was done.
REVERSALS: dict[str, str | Promise] = {
    "accept": gettext_lazy("The points that were made go out of the report; their inputs remain to be handled."),
    "attach": gettext_lazy("The inputs are taken out of the point again. Its text stays."),
    "detach": gettext_lazy("The inputs become sources of the point again."),
    "remove_point": gettext_lazy("The point comes back into the report with its sources."),
    "restore_point": gettext_lazy("The point goes out of the report again; its inputs remain to be handled."),
    "set_aside": gettext_lazy("The inputs remain to be handled."),
    "bring_back": gettext_lazy("The inputs are set aside again, for the same reason."),
    "file_under": gettext_lazy("The inputs count where they did before."),
    "reword": gettext_lazy("The point gets its earlier text. The one it has now is kept among its wordings."),
    "move": gettext_lazy("The point stands where it stood before."),
    "write_point": gettext_lazy("The point goes out of the report."),
    "make_heading": gettext_lazy("The heading is removed, if nothing stands under it."),
    "order_point": gettext_lazy("The order of the points is as it was before."),
    "order_heading": gettext_lazy("The order of the headings is as it was before."),
    "rename_heading": gettext_lazy("The heading gets its earlier title."),
    "remove_heading": gettext_lazy("The heading comes back."),
    "restore_heading": gettext_lazy("The heading is removed again, if nothing stands under it."),
    "keep_apart": gettext_lazy("The two may be suggested for each other again."),
    "let_meet": gettext_lazy("The two are not suggested for each other."),
}


@dataclass(frozen=True)
class Told:
    """An act in a history: one of its events, what it was in words, and whether it has been or can be undone."""

    event: Event
    what: str | Promise
    is_undone: bool
    is_undoable: bool


def history_of(events: QuerySet[Event], *, words: Mapping[str, str | Promise] | None = None) -> list[Told]:
    """The acts, the first first, an entry each; `words` say for one kind of thing what was done with it."""
    first = {event.act: event for event in events.select_related("by").order_by("-pk")}
    acts = sorted(first.values(), key=lambda event: event.pk)
    undone = undoing.undone_of(first)
    verbs = verbs_of(acts)

    def what(event: Event) -> str | Promise:
        own = (words or {}).get(event.verb)
        if own and event.undoes:
            return _("%(deed)s (by undoing)") % {"deed": own}
        return own or told(event, verbs)

    return [
        Told(
            event,
            what(event),
            event.act in undone,
            undoing.is_undoable(verbs[event.act]),
        )
        for event in acts
    ]


def events_of_point(point: Point) -> QuerySet[Event]:
    """What happened to the point, and to its sources in it."""
    inputs = point.sources.order_by().values("input")
    in_it = Q(after__point=point.pk) | Q(before__point=point.pk)
    of_sources = Q(target_type="input", target_id__in=inputs, verb__in=["accept", "attach", "detach"])
    return Event.objects.filter(Q(target_type="point", target_id=point.pk) | of_sources & in_it)


@dataclass(frozen=True)
class Thing:
    """Something that an act touched: its words, where it is seen, and which session's editors may change it."""

    text: str
    address: str
    session: Session
    place: Question | None


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view()
def undo(request: HttpRequest, conference: Conference, act: UUID) -> HttpResponse:
    """What was done, what undoing it will do, what stands in the way. Anybody's act, for those who may edit there."""
    events = list(Event.objects.filter(act=act, conference=conference).select_related("by").order_by("-pk"))
    things = _things(conference, events)
    if not things:
        raise Http404
    if not all(may_edit(person(request), conference, session) for session in {one.session for one in things}):
        raise PermissionDenied
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                undoing.undo(act, by=person(request))
        except Refused as why:
            refusal = why
        else:
            messages.success(request, _("Undone."))
            return redirect(things[0].address)
    else:
        refusal = _refusal(act)
    blocked = refusal.event if isinstance(refusal, undoing.Blocked) else None
    context = {
        "conference": conference,
        "event": events[0],
        "what": told(events[0], verbs_of(events)),
        "things": things[:SHOWN],
        "more": len(things) - SHOWN if len(things) > SHOWN else 0,
        "place": next((one.place for one in things if one.place), None),
        "back": things[0].address,
        "will_happen": list(dict.fromkeys(REVERSALS[one.verb] for one in events if one.verb in REVERSALS)),
        "refused": sentence(refusal) if refusal else "",
        "blocked": blocked,
        "blocked_is_undoable": blocked and blocked.verb in REVERSALS,
    }
    return render(request, "inputs/undo.html", context, status=409 if refusal and request.method == "POST" else 200)


def _refusal(act: UUID) -> Refused | None:
    try:
        later = undoing.in_the_way(undoing.events_of(act))
    except undoing.NotUndoable as refusal:
        return refusal
    return undoing.Blocked(later) if later else None


def _things(conference: Conference, events: Sequence[Event]) -> list[Thing]:
    """What the act touched that an editor can look at, inputs first."""

    def of(kind: str) -> Iterable[int]:
        return {event.target_id for event in events if event.target_type == kind}

    inputs = Input.objects.filter(pk__in=of("input"), conference=conference)
    points = Point.objects.filter(pk__in=of("point"), question__session__conference=conference)
    headings = Heading.objects.filter(pk__in=of("heading"), question__session__conference=conference)
    slug = conference.slug

    def below(name: str, question: Question, *more: object) -> str:
        return reverse(name, args=[slug, question.session.number, question.number, *more])

    return [
        *(
            Thing(one.text, reverse("input", args=[slug, one.key]), one.session, one.filed_under or one.question)
            for one in inputs.select_related("session", "question__session", "filed_under__session").order_by("pk")
        ),
        *(
            Thing(one.text, below("point", one.question, one.key), one.question.session, one.question)
            for one in points.select_related("question__session").order_by("pk")
        ),
        *(
            Thing(one.title, below("desk", one.question), one.question.session, one.question)
            for one in headings.select_related("question__session").order_by("pk")
        ),
    ]
