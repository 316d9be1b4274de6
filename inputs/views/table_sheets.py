"""A table's running text: saved by a plain form, and divided into inputs."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from conference.models import NoteTaker, Session
from conference.web import table_view
from inputs.actions.faults import KeyTaken, Locked, Stale
from inputs.actions.sheets import store_sheet
from inputs.actions.table_notes import account, may_change
from inputs.forms.sheets import SheetForm
from inputs.models import Input, MinutesSheet
from inputs.table_state import sessions_at, sheet_at
from inputs.views import dividing, table
from inputs.views.ways import SHEET, SheetBox


@require_POST
@table_view()
def save(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """Store the sheet as it shall be; a stale form shows both texts. The other button goes on to divide it."""
    session = table.session_of(writer, request.POST.get("session", ""))
    stored = sheet_at(writer, session)
    form = SheetForm(request.POST)
    box = SheetBox.of(stored)
    box.text = request.POST.get("text", "")
    if not form.is_valid():
        box.fault = table.fault_of(form)
        return table.page(request, writer, str(session.number), box=box, status=400)
    if stored is None and not form.cleaned_data["text"]:
        box.fault = _("Write what was said first.")
        return table.page(request, writer, str(session.number), box=box, status=400)
    try:
        sheet = _store(form, session, writer)
    except Stale:
        box = SheetBox.of(sheet_at(writer, session))
        box.stored, box.text = box.text, form.cleaned_data["text"]
        box.fault = _("The sheet was changed elsewhere meanwhile. Yours is not stored yet.")
        return table.page(request, writer, str(session.number), box=box, status=409)
    except Locked:
        box.fault = _("The time for changes is over, so the sheet stays as it was. You can still write line by line.")
        return table.page(request, writer, str(session.number), box=box, status=423)
    if "divide" in request.POST:
        return redirect("table_sheet_divide", sheet.key)
    return redirect(_address(session))


def _store(form: SheetForm, session: Session, writer: NoteTaker) -> MinutesSheet:
    """A key that is another's, as a form that was copied may hold, is exchanged for a new one."""
    data = form.cleaned_data
    wanted = {"session": session, "text": data["text"], "revision": data["revision"] + 1, "writer": writer}
    try:
        return store_sheet(data["key"], **wanted).sheet
    except KeyTaken:
        return store_sheet(uuid.uuid4(), **wanted).sheet


@require_http_methods(["GET", "HEAD", "POST"])
@table_view()
def divide(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    """The writer's own sheet, cut in pieces; confirmed once, they are inputs."""
    sheets = MinutesSheet.objects.written_by(writer).select_related("session__conference", "note_taker__table")
    sheet = get_object_or_404(sheets, key=key)
    session = next(one for one in sessions_at(writer.table) if one.pk == sheet.session_id)

    def show(division: dividing.Division, status: int) -> HttpResponse:
        context = {"table": writer.table, "session": session, "division": division, "back": _address(session)}
        return render(request, "inputs/table_divide.html", context, status=status)

    def done(made: list[Input]) -> HttpResponse:
        messages.success(
            request,
            ngettext(
                "%(count)d input is made. It stands under its question, line by line.",
                "%(count)d inputs are made. They stand under their questions, line by line.",
                len(made),
            )
            % {"count": len(made)},
        )
        return redirect(_address(session))

    if not may_change(sheet.session):
        fault = _("The time for changes is over, so the table cannot divide the sheet. The editors do it.")
        closed = dividing.Division(sheet, [], [], 0, fault)
        return show(closed, 423 if request.method == "POST" else 200)
    questions = list(session.questions.all())
    return dividing.answer(request, sheet, questions, by=account(writer), show=show, done=done)


def _address(session: Session) -> str:
    return f"{reverse('table')}?bolk={session.number}&maate={SHEET}"
