"""Decorators that turn what stands in an address into an object that the caller may touch.

A stranger meets 404, so that an address tells nothing; a member without the right meets 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from conference.login import device_of, revision_for
from conference.models import Conference, Device, NoteTaker, User
from conference.polls import Follows

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ConferenceView = Callable[Concatenate[HttpRequest, Conference, P], HttpResponse]
TableView = Callable[Concatenate[HttpRequest, NoteTaker, P], HttpResponse]


def conference_view(
    may: Callable[[User, Conference], bool] | None = None, *, follows: Follows | None = None
) -> Callable[[ConferenceView[P]], Callable[..., HttpResponse]]:
    """The view gets the conference named by `slug`, fetched through the person; `may` is asked next.

    Answers are never cached: they hold what only members may see.

    A view that `follows` is not asked when `?since=` names the mark of what it would show (rnik/lib/login.py).
    """

    def decorate(view: ConferenceView[P]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, User):
                raise PermissionDenied
            visible = Conference.objects.visible_to(user).with_role_of(user).select_related("series")
            conference = get_object_or_404(visible, slug=slug)
            if may is not None and not may(user, conference):
                raise PermissionDenied
            request.is_rehearsal = conference.is_rehearsal  # type: ignore[attr-defined]  # every page says so
            request.conference = conference  # type: ignore[attr-defined]  # the frame shows the way around in it
            return view(request, conference, *args, **kwargs)

        if follows is not None:
            wrapper.idle = follows.idle  # type: ignore[attr-defined]  # asked before the view
        return wrapper

    return decorate


def table_view(
    *, is_api: bool = False, is_polled: bool = False
) -> Callable[[TableView[P]], Callable[..., HttpResponse]]:
    """The view gets the note-taker whose code opened the session. Only tables come in, no person of whatever role.

    Anybody else is led to the form for the code; an API answers 401 as JSON instead, since a redirect that is
    followed would look like success to a device that sends what it has kept. So is htmx answered, which would put
    the form for the code where somebody's words stand.

    A view that is polled tells the table's revision, and is not asked when `?since=` names it: nothing is new (204).
    """

    def decorate(view: TableView[P]) -> Callable[..., HttpResponse]:
        @login_not_required  # the code is asked for here, not the person
        @never_cache
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            revision = revision_for(request) if is_polled else None
            if revision is not None and request.GET.get("since") == str(revision):
                return HttpResponse(status=204)
            device = device_of(request)
            if device is not None:
                writer = device.access_code.note_taker
                request.device = device  # type: ignore[attr-defined]  # for views that ask how it writes
                request.is_rehearsal = writer.table.conference.is_rehearsal  # type: ignore[attr-defined]  # as above
                response = view(request, writer, *args, **kwargs)
                if revision is not None:
                    response["X-Revision"] = revision  # from before the view: what came in between is told next time
                return response
            if is_api or getattr(request, "htmx", False):
                return JsonResponse({"error": "log_in"}, status=401)
            return redirect("table_login")

        return wrapper

    return decorate


def device_in(request: HttpRequest) -> Device:
    """The device that a table's request comes from; `table_view` has found it."""
    device: Device = request.device  # type: ignore[attr-defined]  # set there
    return device
