"""The table interface (docs/api.md): JSON in, JSON out, nothing stored twice and nothing lost."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import RequestDataTooBig
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.actions.devices import beat
from conference.login import revision_for
from conference.models import NoteTaker
from conference.web import device_in, table_view
from inputs.actions.faults import KeyTaken, Locked, Rearranged, Stale
from inputs.actions.sheets import store_sheet
from inputs.actions.table_notes import arrange, send, take_away
from inputs.models import Input, MinutesSheet
from inputs.table_interface import (
    Faults,
    Json,
    TooLong,
    read_note,
    read_order,
    read_pulse,
    read_revision,
    read_sheet,
    receipt,
    told,
    told_note,
    told_sheet,
)
from inputs.table_state import current, notes_at, sessions_at

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, NoteTaker, P], HttpResponse]


def _refusals_as_json(view: View[P]) -> View[P]:
    """Each reason for not storing as a status and a body; of what is stored, only what is the table's own."""

    @wraps(view)
    def wrapper(request: HttpRequest, writer: NoteTaker, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, writer, *args, **kwargs)
        except Input.DoesNotExist:
            return _answer({"error": "not_found"}, 404)
        except KeyTaken:
            return _answer({"error": "key_taken"}, 409)
        except Stale as refusal:
            return _answer({"error": "conflict"} | _stored(refusal), 409)
        except Rearranged:
            return _answer({"error": "rearranged"}, 409)
        except TooLong as refusal:
            return _answer({"error": "too_long", "length": refusal.length, "limit": refusal.limit}, 413)
        except RequestDataTooBig:
            return _answer({"error": "too_long"}, 413)
        except Faults as refusal:
            return _answer({"errors": refusal.errors}, 422)
        except Locked as refusal:
            return _answer({"error": "locked"} | _stored(refusal), 423)

    return wrapper


@require_safe
@table_view(is_api=True)
def state(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """Where the table is: its sessions and questions, which one is open, and how much has been received."""
    table = writer.table
    sessions = sessions_at(table)
    is_open = current(sessions)
    return _answer(
        {
            "csrf": get_token(request),
            "conference": table.conference.slug,
            "table": table.number,
            "writer": writer.name,
            "current": is_open.number if is_open else None,
            "sessions": [
                {
                    "number": session.number,
                    "title": session.title,
                    "phase": session.phase,
                    "work_until": session.work_until.isoformat() if session.work_until else None,
                    "writable_until": session.writable_until.isoformat() if session.writable_until else None,
                    "questions": [
                        {"id": f"{session.number}.{one.number}", "number": one.number, "text": one.text}
                        for one in session.questions.all()
                    ],
                }
                for session in sessions
            ],
            "received": Input.objects.filter(table=table).count(),
            "revision": revision_for(request),
        }
    )


@require_safe
@table_view(is_api=True, is_polled=True)
def notes(_request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """All notes of the table, whoever wrote them."""
    return JsonResponse([told_note(entry) for entry in notes_at(writer.table)], safe=False)


@require_http_methods(["PUT", "DELETE"])
@table_view(is_api=True)
@_refusals_as_json
def note(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    """Store the note with that key, or withdraw it."""
    if request.method == "DELETE":
        gone = take_away(key, writer=writer, revision=read_revision(request.GET.get("revision")))
        return _answer(receipt(gone) | {"withdrawn": True}, 200)
    stored = send(read_note(request.body, key, writer.table.conference), writer=writer)
    return _answer(receipt(stored.entry), 201 if stored.is_new else 200)


@require_safe
@table_view(is_api=True)
def sheets(_request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """The writer's own running minutes, session by session."""
    own = MinutesSheet.objects.written_by(writer).select_related("session", "note_taker").order_by("session__number")
    return JsonResponse([told_sheet(one) for one in own], safe=False)


@require_http_methods(["PUT"])
@table_view(is_api=True)
@_refusals_as_json
def sheet(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    """Store the writer's running minutes of a session."""
    session, text, number = read_sheet(request.body, writer.table.conference)
    stored = store_sheet(key, session=session, text=text, revision=number, writer=writer)
    return _answer(receipt(stored.sheet), 201 if stored.is_new else 200)


@require_http_methods(["PUT"])
@table_view(is_api=True)
@_refusals_as_json
def order(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    """Put the table's notes of a question in order. The key is the device's own for this act, and only echoed."""
    said = read_order(request.body, writer.table.conference)
    arrange(said.keys, said.seen, session=said.session, question=said.question, writer=writer)
    return _answer({"key": str(key), "revision": 1})


@require_POST
@table_view(is_api=True)
@_refusals_as_json
def pulse(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """The device is there, and tells how much waits on it unsent. The answer changes when a session does."""
    beat(device_in(request), waiting=read_pulse(request.body), table=writer.table)
    versions = writer.table.conference.sessions.aggregate(sum=Sum("version"))["sum"]
    return _answer({"sessions": versions or 0})


def _answer(body: Json, status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status)


def _stored(refusal: Stale | Locked) -> Json:
    stored = refusal.stored
    assert isinstance(stored, Input | MinutesSheet)  # noqa: S101 points have no tables; this tells the type checker
    return told(stored)
