"""Where a person begins: my conferences. A table begins at its table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.login import writer_of
from conference.models import Conference, Kind, Membership, User


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 the middleware lets nobody else in; this tells the type checker
    if user.kind == Kind.TABLE and writer_of(request) is not None:
        return redirect("table")
    roles = {m.conference_id: m.get_role_display() for m in Membership.objects.active().filter(user=user)}
    rows = [
        {"conference": conference, "role_name": roles.get(conference.pk) or gettext("superuser")}
        for conference in Conference.objects.visible_to(user)
    ]
    return render(request, "conference/home.html", {"conferences": rows})
