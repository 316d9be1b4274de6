"""Answers that are the same for everybody say so: no header by which caches would tell readers apart."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def same_for_everybody(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, outside of those that look at sessions and languages: they mark each answer as varying."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(response, "is_public", False):
            response.headers.pop("Vary", None)
        return response

    return middleware
