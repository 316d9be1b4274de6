"""One input beside those that may make the same point, and what an editor says about each of them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit
from conference.actions.history import one_act
from conference.models import Question
from inputs import suggestions
from inputs.actions import dispositions, likeness
from inputs.actions.faults import AlreadyHandled, NotAvailable, Refused
from inputs.desk import PAGE
from inputs.models import Input, Point
from inputs.similarity.shared import marked
from inputs.suggestions import alike_to, engine
from inputs.views.chosen import chosen_points, key_of
from inputs.views.desk import carry_out
from inputs.views.fragments import since
from inputs.views.refusals import sentence
from inputs.web import editing_view, person, question_view


@require_safe
@question_view
def likenesses(request: HttpRequest, question: Question) -> HttpResponse:
    """The notes that remain and are like another, each with where that was said; the desk puts it under its lines."""
    remain = list(
        Input.objects.counted_under(question).unhandled().in_order_of_arrival().select_related("table")[:PAGE]
    )
    likely = suggestions.alike(question, remain)
    context = {
        "conference": question.session.conference,
        "question": question,
        "rows": [(entry, likely[entry.pk]) for entry in remain if entry.pk in likely],
        "engine": engine(),
    }
    return render(request, _part("inputs/likenesses.html", "links", request), context)


@require_safe
@question_view
def alike(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """At most five that resemble it, each beside it in full; a fragment of them alone for those who ask with htmx."""
    entry = _find(question, key)
    own = list(Point.objects.standing().filter(sources__input=entry, sources__closed_at=None).distinct())
    rows = [
        {
            "candidate": one,
            "here": marked(entry.text, one.shared),
            "there": marked(one.input.text, one.shared),
            "merge": [*own[:1], *one.points[:1]] if own and one.points else [],
        }
        for one in alike_to(entry, question)
    ]
    context = {
        "conference": question.session.conference,
        "question": question,
        "address": (question.session.conference.slug, question.session.number, question.number),
        "entry": entry,
        "own": own,
        "rows": rows,
        "engine": engine(),
        "editing": may_edit(person(request), question.session.conference, question.session)
        and entry.set_aside_id is None,
    }
    return render(request, _part("inputs/alike.html", "candidates", request), context)


def _part(template: str, part: str, request: HttpRequest) -> str:
    is_fragment = bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    return f"{template}#{part}" if is_fragment else template


@require_POST
@editing_view
def same(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The two make the same point: one act, whichever of them stands in the report already.

    The input becomes a source of the point that is named; else the other becomes a source of the input's own point,
    and where neither is used yet, the other becomes the point. The text that stands is left as it is.
    """
    entry, other = _find(question, key), _other(request, question)
    points = chosen_points(request, question)

    def act() -> str:
        with one_act():
            one, two = dispositions.lock([entry, other])
            if points:
                if not points[0].sources.open().filter(input=two).exists():
                    raise NotAvailable  # the other has been taken out of it since
                dispositions.attach(points[0], [one], by=person(request))
            elif two.lead_source_id or two.set_aside_id:
                raise AlreadyHandled([two])
            elif one.lead_source is not None:
                dispositions.attach(one.lead_source.point, [two], by=person(request))
            else:
                [made] = dispositions.accept([two], by=person(request))
                dispositions.attach(made, [one], by=person(request))
        return _("The two are sources of the same point now.")

    return carry_out(request, question, act)


@require_POST
@editing_view
def not_same(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The two make two points; they are not suggested for each other until one of them is edited."""
    entry, other = _find(question, key), _other(request, question)

    def act() -> str:
        likeness.keep_apart(entry, other, by=person(request))
        return _("The two are not suggested for each other any more, unless one of them is edited.")

    if since(request) is not None:
        return carry_out(request, question, act)  # asked for at the desk, which goes on showing the candidates
    return _stay(request, question, key, act)


def _stay(request: HttpRequest, question: Question, key: UUID, act: Callable[[], str]) -> HttpResponse:
    try:
        with transaction.atomic():
            said = act()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    place = question.session.conference.slug, question.session.number, question.number
    return redirect(reverse("desk_alike", args=[*place, key]))


def _find(question: Question, key: UUID) -> Input:
    return get_object_or_404(Input.objects.counted_under(question).select_related("table", "note_taker"), key=key)


def _other(request: HttpRequest, question: Question) -> Input:
    """The input that is named beside it, which stands under the same question."""
    return _find(question, key_of(request.POST.get("other", "")))
