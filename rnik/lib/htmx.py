"""One template, two answers: the whole page, or what stands within it when htmx asked for it."""

from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, str]:
    """`layout` for a page's `{% extends %}`: the whole page, or only what htmx puts into the one that is there."""
    asked = getattr(request, "htmx", None)
    within = asked and not asked.history_restore_request
    return {"layout": "fragment.html" if within else "base.html"}
