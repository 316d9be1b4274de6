"""The desk: a question's inputs beside its part of the report. What is done there is in desk_acts.py."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from conference.access import may_edit
from conference.models import Conference, Event, Question, User
from inputs.actions import reasons
from inputs.actions.faults import Refused, SignedOff, Stale
from inputs.actions.undo import Blocked, last_acts
from inputs.desk import earlier_titles, read_desk, tables_of
from inputs.forms.desk import SortForm, TitleForm
from inputs.models import Heading, Input, InputKind, Point
from inputs.settling import marks_of
from inputs.suggestions import engine
from inputs.views.alive import Live, mark_of
from inputs.views.desk_lines import Lines, words
from inputs.views.fragments import fragments, since
from inputs.views.proposing import propose_instead
from inputs.views.refusals import deed, sentence
from inputs.views.sieve import as_query, sieve_of
from inputs.web import edits_somewhere, person, question_view

UNDO_SHOWN = 5  # acts offered for undoing


@require_safe
@question_view
def desk(request: HttpRequest, question: Question) -> HttpResponse:
    return show_desk(request, question)


def show_desk(
    request: HttpRequest,
    question: Question,
    *,
    form: SortForm | None = None,
    title_form: TitleForm | None = None,
    title_of: Heading | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. `form` and `title_form` are what was posted and could not be done; `title_of` is whose title."""
    user, conference = person(request), question.session.conference
    questions = list(Question.objects.filter(session__conference=conference).select_related("session"))
    questions.sort(key=lambda one: (one.session.number, one.number))
    place = questions.index(question)
    (newest, mark), sieve = mark_of(conference), sieve_of(request)
    read = read_desk(question, sieve)
    marks = marks_of(question, unhandled=read.numbers.unhandled, viewer=user.pk)
    editing = may_edit(user, conference, question.session) and marks.sign_off is None
    ticked = {*request.POST.getlist("input"), *request.POST.getlist("point")}
    lines = Lines(question, marks, ticked=ticked)
    context = {
        "conference": conference,
        "question": question,
        "address": (conference.slug, question.session.number, question.number),
        "marks": marks,
        "may_propose": not editing and edits_somewhere(request, conference),
        "seen": newest,
        "live": Live("sort", mark, newest),
        "desk": read,
        "numbers": read.numbers,
        "piles": read.piles,
        "aside": read.aside,
        "unplaced": read.unplaced,
        "sieve": sieve,
        "view": as_query(sieve),
        "onward": as_query(replace(sieve, after=None)),
        "tables": tables_of(question),
        "kinds": InputKind.choices,
        "titles": earlier_titles(Conference.objects.visible_to(user)) if editing else [],
        "editing": editing,
        "form": form or SortForm(),
        "title_form": title_form,
        "title_of": title_of,
        "ticked": ticked,
        "lines": [lines.note(entry) for entry in read.unhandled],
        "headings": lines.headings(read.headings),
        "say": words(),
        "engine": engine(),
        "previous": questions[place - 1] if place else None,
        "next": questions[place + 1] if place + 1 < len(questions) else None,
        "elsewhere": [one for one in questions if one != question],
        "reasons": reasons.choices(conference) if editing else [],
        "deeds": deeds(question, by=user) if editing else [],
    }
    return render(request, "inputs/desk.html", context, status=status)


def carry_out(
    request: HttpRequest,
    question: Question,
    act: Callable[[], str],
    *,
    anchor: str = "",
    on_point: UUID | None = None,
    undoes: UUID | None = None,
    raises: tuple[type[Refused], ...] = (),
) -> HttpResponse:
    """Do all of the act or nothing, and say what became of it: to the desk that stands open by the parts of it that
    have changed, else by going back to the desk or to a point's page. Where `undoes` cannot be undone, the way to the
    page that says what stands in its way.

    Stale is the caller's: it shows both texts. So is what it `raises`.
    """
    see = ""
    try:
        with transaction.atomic():
            said, is_done = act(), True
    except (Stale, *raises):  # type: ignore[misc]  # a tuple of classes, which mypy does not see through
        raise
    except SignedOff as refusal:
        return propose_instead(request, question, refusal)
    except Refused as refusal:
        said, is_done = sentence(refusal), False
        if isinstance(refusal, Blocked) and undoes:
            see = reverse("undo", args=[question.session.conference.slug, undoes])
    if not on_point and since(request) is not None:
        context = _fragment_context(request, question) | {"said": said, "is_done": is_done, "see": see}
        if answer := fragments(request, question, context):
            return answer
    (messages.success if is_done else messages.error)(request, said)
    if see:
        return redirect(see)
    address = [question.session.conference.slug, question.session.number, question.number]
    if on_point:
        return redirect(reverse("point", args=[*address, on_point]))
    view = as_query(sieve_of(request))
    return redirect(reverse("desk", args=address) + (f"?{view}" if view else "") + anchor)


def _fragment_context(request: HttpRequest, question: Question) -> dict[str, Any]:
    """What the parts of the page want beside what has changed; whoever acts may edit."""
    return {
        "conference": question.session.conference,
        "question": question,
        "view": as_query(sieve_of(request)),
        "editing": True,
        "deeds": deeds(question, by=person(request)),
    }


def hold(question: Question) -> None:
    """Hold the question while a heading is made or named, so that two who write the same title meet in turn."""
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)


@dataclass(frozen=True)
class Deed:
    """One of the person's last acts: its first event, and what it was in words."""

    event: Event
    what: str | Promise


def deeds(question: Question, *, by: User) -> list[Deed]:
    """The person's last acts under this question that can be undone, newest first."""
    events = last_acts(question, by=by, number=UNDO_SHOWN)
    verbs: dict[UUID, set[str]] = {}
    for act, verb in Event.objects.filter(act__in=[event.act for event in events]).values_list("act", "verb"):
        verbs.setdefault(act, set()).add(verb)
    return [Deed(event, deed(verbs[event.act], event.verb)) for event in events]


def events_under(question: Question, events: list[Event]) -> set[int]:
    """The keys of those events that happened to something of the question."""

    def targets(kind: str) -> list[int]:
        return [event.target_id for event in events if event.target_type == kind]

    inputs = Input.objects.filter(Q(question=question) | Q(filed_under=question), pk__in=targets("input"))
    points = Point.objects.filter(pk__in=targets("point"), question=question)
    headings = Heading.objects.filter(pk__in=targets("heading"), question=question)
    there = set(
        inputs.order_by()
        .values_list(Value("input"), "pk")
        .union(
            points.order_by().values_list(Value("point"), "pk"),
            headings.order_by().values_list(Value("heading"), "pk"),
            all=True,
        )
    )
    return {event.pk for event in events if (event.target_type, event.target_id) in there}
