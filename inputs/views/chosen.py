"""What a posted form names, fetched through the question: a key of anything else is not there (404)."""

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from conference.models import Question
from inputs.actions.faults import NotAvailable
from inputs.desk import point_rows
from inputs.models import Heading, Input, Point


def key_of(value: str) -> uuid.UUID:
    """The key that `value` spells; 404 when it spells none."""
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Http404 from None


def inputs_of(question: Question) -> QuerySet[Input]:
    """What was said under the question or has been filed there; also what has since been filed elsewhere.

    The last so that a second click on «file under another question» is told so, and meets no 404.
    """
    return Input.objects.filter(Q(question=question) | Q(filed_under=question)).order_by("received_at", "pk")


def chosen_inputs(request: HttpRequest, inputs: QuerySet[Input]) -> list[Input]:
    """Those of `inputs` that are ticked, in their order."""
    keys = {key_of(value) for value in request.POST.getlist("input")}
    found = list(inputs.filter(key__in=keys))
    if len(found) != len(keys):
        raise Http404
    return found


def chosen_points(request: HttpRequest, question: Question) -> list[Point]:
    """The points that are ticked, in the report's order; also those that somebody has removed meanwhile."""
    keys = {key_of(value) for value in request.POST.getlist("point")}
    found = [row.point for row in point_rows(Point.objects.filter(question=question, key__in=keys))]
    if len(found) != len(keys):
        raise Http404
    return found


def chosen_heading(request: HttpRequest, question: Question) -> Heading | None:
    """The heading that is chosen, None for «no heading yet». Raises NotAvailable when somebody has removed it."""
    value = request.POST.get("heading", "")
    if not value:
        return None
    found = get_object_or_404(Heading, question=question, key=key_of(value))
    if found.removed_at:
        raise NotAvailable
    return found


def chosen_question(request: HttpRequest, question: Question) -> Question | None:
    """Another question of the conference, written «session.number»; None when none is chosen."""
    value = request.POST.get("question", "")
    if not value:
        return None
    session, _dot, number = value.partition(".")
    if not (session.isdecimal() and number.isdecimal()):
        raise Http404
    others = Question.objects.select_related("session").filter(session__conference=question.session.conference)
    return get_object_or_404(others, session__number=int(session), number=int(number))
