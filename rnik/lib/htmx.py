"""One template, two answers: the whole page, or what stands within it when htmx asked for it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def layout(request: HttpRequest) -> dict[str, str]:
    """`layout` for a page's `{% extends %}`: the whole page, or only what htmx puts into the one that is there."""
    asked = getattr(request, "htmx", None)
    within = asked and not asked.history_restore_request
    return {"layout": "fragment.html" if within else "base.html"}


def address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a form that led to another page leaves that page's address, so that it can be loaded again.

    A form that came back with its errors keeps the address of the page it stands on, and so does a page that asks
    for a part of itself.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        asked = getattr(request, "htmx", None)
        here = request.get_full_path()
        left = asked.current_url_abs_path if asked and asked.target == "content" else None
        if request.method == "GET" and left not in (None, here):
            response["HX-Push-Url"] = here
        return response

    return middleware
