"""Addresses below «Oppsett»: what administrators configure."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from conference.views import lists
from conference.views.facts import MINISTRIES, PARTICIPANTS, facts
from conference.views.lists import RowList
from conference.views.programme import PROGRAMME
from conference.views.questions import QUESTIONS, question_form
from conference.views.sessions import INTRODUCERS, SESSIONS, session_form, session_page, session_phase
from conference.views.setup import setup


def list_addresses(start: str, listing: RowList, form: Callable[..., HttpResponse] | None = None) -> list[URLPattern]:
    """A list's addresses below `start`: a new row, one row, moving it, removing it. `form` is a page of its own."""
    here: dict[str, Any] = {"listing": listing}
    view, more = (form, {}) if form else (lists.edit_row, here)
    return [
        path(f"{start}ny/", view, more, name=f"{listing.name}_new"),
        path(f"{start}<int:pk>/", view, more, name=listing.name),
        path(f"{start}<int:pk>/flytt/", lists.move_row, here, name=f"{listing.name}_move"),
        path(f"{start}<int:pk>/fjern/", lists.remove_row, here, name=f"{listing.name}_remove"),
    ]


urlpatterns = [
    path("", setup, name="setup"),
    path("angre/", lists.put_back_row, name="setup_put_back"),
    path("fakta/", facts, name="setup_facts"),
    *list_addresses("fakta/deltakere/", PARTICIPANTS),
    path("departementer/", lists.list_page, {"listing": MINISTRIES}, name="setup_ministries"),
    *list_addresses("departementer/", MINISTRIES),
    path("program/", lists.list_page, {"listing": PROGRAMME}, name="setup_programme"),
    *list_addresses("program/", PROGRAMME),
    path("bolker/", lists.list_page, {"listing": SESSIONS}, name="setup_sessions"),
    path("bolker/ny/", session_form, name="setup_session_new"),
    path("bolker/<int:pk>/", session_page, name="setup_session"),
    path("bolker/<int:pk>/endre/", session_form, name="setup_session_form"),
    path("bolker/<int:pk>/fase/", session_phase, name="setup_session_phase"),
    path("bolker/<int:pk>/flytt/", lists.move_row, {"listing": SESSIONS}, name="setup_session_move"),
    path("bolker/<int:pk>/fjern/", lists.remove_row, {"listing": SESSIONS}, name="setup_session_remove"),
    *list_addresses("bolker/<int:session>/sporsmal/", QUESTIONS, question_form),
    *list_addresses("bolker/<int:session>/innledere/", INTRODUCERS),
]
