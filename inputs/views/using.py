"""One input may serve several points, also under several questions. Where it is used already it stays."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.models import Question
from inputs.actions import dispositions, points
from inputs.actions.faults import Refused
from inputs.desk import point_rows
from inputs.models import Input, Point
from inputs.views.chosen import key_of
from inputs.views.refusals import sentence
from inputs.web import editing_view, person

NEW = "new"


@require_http_methods(["GET", "HEAD", "POST"])
@editing_view
def use_also(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The input becomes a source of a point of this question, or a point of its own."""
    entry = get_object_or_404(Input.objects.select_related("table"), conference=question.session.conference, key=key)
    chosen = request.POST.get("point", "")
    if request.method != "POST" or not chosen:
        is_empty = request.method == "POST"
        return _show(request, question, entry, is_empty=is_empty, status=422 if is_empty else 200)
    point = None if chosen == NEW else get_object_or_404(Point, question=question, key=key_of(chosen))
    try:
        with transaction.atomic():
            if point is None:
                point = points.write_from(question, entry, by=person(request))
            else:
                dispositions.attach(point, [entry], by=person(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return _show(request, question, entry, status=409)
    messages.success(request, _("The input is used here, too."))
    address = question.session.conference.slug, question.session.number, question.number
    return redirect(reverse("point", args=[*address, point.key]))


def _show(
    request: HttpRequest, question: Question, entry: Input, *, is_empty: bool = False, status: int = 200
) -> HttpResponse:
    conference = question.session.conference
    rows = point_rows(Point.objects.standing().filter(question=question))
    context = {
        "conference": conference,
        "question": question,
        "entry": entry,
        "rows": rows,
        "using": {row.point.pk for row in rows if any(source.input_id == entry.pk for source in row.sources)},
        "questions": Question.objects.filter(session__conference=conference)
        .exclude(pk=question.pk)
        .select_related("session")
        .order_by("session__number", "number"),
        "is_empty": is_empty,
        "is_new": NEW,
    }
    return render(request, "inputs/use_also.html", context, status=status)
