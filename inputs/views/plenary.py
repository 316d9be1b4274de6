"""A session's plenary: which tables report back, what is said, and what is answered from the stage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import sessions_to_edit
from conference.actions.plenary import choose, release
from conference.models import Session, Table
from inputs.actions.entry import receive_once
from inputs.forms.plenary import HeardForm, ReplyForm
from inputs.models import InputSource
from inputs.plenary import read_plenary
from inputs.views.card import show_card
from inputs.web import editing_session_view, person


@require_safe
@editing_session_view
def plenary(request: HttpRequest, session: Session) -> HttpResponse:
    return _page(request, session)


@require_POST
@editing_session_view
def choose_table(request: HttpRequest, session: Session, pk: int) -> HttpResponse:
    table = _table(session, pk)
    choose(session, table, by=person(request))
    messages.success(request, _("«%(table)s» reports back in this session.") % {"table": table})
    return redirect(_address("plenary", session) + f"#turn-{table.pk}")


@require_POST
@editing_session_view
def release_table(request: HttpRequest, session: Session, pk: int) -> HttpResponse:
    table = _table(session, pk)
    if release(session, table, by=person(request)):
        messages.success(request, _("«%(table)s» does not report back in this session.") % {"table": table})
    return redirect(_address("plenary", session))


@require_POST
@editing_session_view
def add(request: HttpRequest, session: Session) -> HttpResponse:
    """Store what was said in the room, or answered from the stage. Sent twice it is stored once."""
    is_reply = request.POST.get("source") == InputSource.REPLY
    form = (ReplyForm if is_reply else HeardForm)(request.POST, session=session)
    if not form.is_valid():
        return _page(request, session, form)
    note = form.note()
    [entry] = receive_once([note], by=person(request))
    messages.success(request, _("The answer is added.") if is_reply else _("What was said is added."))
    kept = "" if is_reply or note.question is None else f"?sporsmal={note.question.number}"
    return redirect(_address("plenary", session) + f"{kept}#note-{entry.key}")


@require_http_methods(["GET", "HEAD", "POST"])
@editing_session_view
def card(request: HttpRequest, session: Session, pk: int) -> HttpResponse:
    """A table's card, for those who run the plenary; they may pick for a table that has not."""
    here, back = _address("plenary_card", session, pk), _address("plenary", session)
    return show_card(request, session, _table(session, pk), by=person(request), here=here, back=back)


def _page(request: HttpRequest, session: Session, form: HeardForm | None = None) -> HttpResponse:
    """`form` is what was posted and could not be stored."""
    said = form if form and form.heard_as == InputSource.PLENARY else None
    reply = form if form and form.heard_as == InputSource.REPLY else None
    context = {
        "conference": session.conference,
        "session": session,
        "sessions": sessions_to_edit(person(request), session.conference),
        "plenary": read_plenary(session),
        "target": session.conference.plenary_tables_per_session,
        "said_form": said or HeardForm(session=session, initial={"question": request.GET.get("sporsmal")}),
        "reply_form": reply or ReplyForm(session=session),
    }
    return render(request, "inputs/plenary.html", context, status=422 if form else 200)


def _table(session: Session, pk: int) -> Table:
    return get_object_or_404(session.conference.tables, pk=pk)


def _address(name: str, session: Session, *more: int) -> str:
    return reverse(name, args=[session.conference.slug, session.number, *more])
