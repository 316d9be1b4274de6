"""The conference's own page: the day, and how far the work has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.access import membership, sessions_to_edit
from conference.models import Conference, Question, User
from conference.web import conference_view
from inputs.hindrances import hindrances
from inputs.mine import number_of
from inputs.queries import coverage
from inputs.waiting import waiting


@require_safe
@conference_view()
def conference_home(request: HttpRequest, conference: Conference) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 conference_view lets nobody else in; this tells the type checker
    role = membership(request.user, conference)
    numbers = coverage(conference)
    asked = Question.objects.filter(session__conference=conference)
    texts = {
        (session, number): text for session, number, text in asked.values_list("session__number", "number", "text")
    }
    context = {
        "conference": conference,
        "role_name": role.get_role_display() if role else "",
        "numbers": numbers,
        "waiting": waiting(conference, role, numbers) if role else None,
        "obstacles": hindrances(conference, numbers),
        "mine": number_of(conference, request.user),
        "programme": conference.programme.select_related("session"),
        "editable": sessions_to_edit(request.user, conference),
        "sessions": conference.sessions.order_by("number"),
        "rows": [(row, texts[row.session, row.question]) for row in numbers.questions],
    }
    return render(request, "inputs/conference_home.html", context)
