"""«Meningen er den samme»: combined points that wait for a second person, with what was said beside them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit
from conference.models import Question
from inputs.actions.confirming import confirm as confirm_meaning
from inputs.actions.faults import Refused
from inputs.models import Point
from inputs.settling import confirmed_number, marks_of, waiting_for_second
from inputs.views.refusals import sentence
from inputs.web import editing_view, person, question_view


@require_safe
@question_view
def confirming(request: HttpRequest, question: Question) -> HttpResponse:
    user = person(request)
    context = {
        "conference": question.session.conference,
        "question": question,
        "rows": waiting_for_second(question, viewer=user.pk),
        "marks": marks_of(question),
        "confirmed": confirmed_number(question),
        "editing": may_edit(user, question.session.conference, question.session),
    }
    return render(request, "inputs/confirming.html", context)


@require_POST
@editing_view
def confirm(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The point, as it was read, means what its sources mean."""
    found = get_object_or_404(Point, question=question, key=key)
    version = request.POST.get("version", "")
    try:
        confirm_meaning(found, version=int(version) if version.isdecimal() else 0, by=person(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("Confirmed: the meaning is the same."))
    address = question.session.conference.slug, question.session.number, question.number
    return redirect(reverse("confirming", args=address))
