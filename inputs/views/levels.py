"""The responsible level of one point, set on its page."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.models import Question
from inputs.actions import levels
from inputs.levels import choices_of
from inputs.models import Point
from inputs.views.desk import carry_out
from inputs.web import editing_view, person


@require_POST
@editing_view
def set_levels(request: HttpRequest, question: Question, key: uuid.UUID) -> HttpResponse:
    """Let the ticked levels and ministries be the point's; none takes them all away."""
    point = get_object_or_404(Point, question=question, key=key)
    ticked = request.POST.getlist("level")
    if not set(ticked) <= {code for code, _name in choices_of(question.session.conference)}:
        raise Http404

    def act() -> str:
        levels.set_levels([point], ticked, by=person(request))
        return _("The responsible level is saved.")

    return carry_out(request, question, act, on_point=point.key)
