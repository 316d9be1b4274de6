"""Who is asked to log in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class LoginRequired(LoginRequiredMiddleware):
    """Django's, but what is asked every few seconds costs no look at who it is.

    A view that needs no person, such as a table's, is let through. One that has an answer of its own for somebody who
    has seen all (`view.idle`, which sees to it that they may) is not asked when it gives it.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        idle: HttpResponseBase | None = view_func.idle(request, **view_kwargs) if hasattr(view_func, "idle") else None
        return idle or super().process_view(request, view_func, view_args, view_kwargs)
