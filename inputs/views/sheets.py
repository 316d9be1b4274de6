"""The conference's minutes sheets as editors see them: what is left in each, and how it is accounted for."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import sheets as actions
from inputs.actions.faults import KeyTaken, Stale
from inputs.actions.reasons import reason_for
from inputs.forms.sheets import RestForm, TakeInForm
from inputs.models import Input, MinutesSheet, SheetAside
from inputs.views import dividing
from inputs.views.refusals import sentence
from inputs.web import person


@require_safe
@conference_view()
def sheets(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Session by session, with how much is left in each."""
    found = (
        _sheets(conference).annotate(divided=Count("inputs")).order_by("session__number", "note_taker__table__number")
    )
    context = {
        "conference": conference,
        "sheets": [(sheet, len(sheet.text.split()), _decision(sheet)) for sheet in found],
        "editing": sessions_to_edit(person(request), conference).exists(),
    }
    return render(request, "inputs/sheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def take_in(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A table's Word file or text becomes a sheet, in a session in which the editor edits; then it is divided."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    mine = list(sessions_to_edit(person(request), conference))
    form = TakeInForm(*bound, conference=conference, sessions=mine, initial={"key": uuid.uuid4()})
    if form.is_valid():
        data = form.cleaned_data
        wanted = {"table": data["table"], "session": data["session"], "text": data["words"], "source": data["source"]}
        try:
            sheet = actions.take_in(data["key"], **wanted, by=person(request))
        except KeyTaken:
            sheet = actions.take_in(uuid.uuid4(), **wanted, by=person(request))
        messages.success(request, _("The minutes are taken in. Divide them into inputs here."))
        return redirect("sheet", conference.slug, sheet.key)
    context = {"conference": conference, "form": form}
    return render(request, "inputs/sheet_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view()
def sheet(request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    """What is left in one sheet, to be divided in the table's name, or set aside. Readers read it."""
    found = get_object_or_404(_sheets(conference), key=key)
    if may_edit(person(request), conference, found.session):
        return _divide(request, conference, found)
    if request.method == "POST":
        raise PermissionDenied
    return _show(request, conference, found, {})


def _divide(request: HttpRequest, conference: Conference, found: MinutesSheet) -> HttpResponse:
    def show(division: dividing.Division, status: int) -> HttpResponse:
        form = RestForm(conference=conference, initial={"revision": found.revision})
        return _show(request, conference, found, {"division": division, "form": form}, status=status)

    def done(made: list[Input]) -> HttpResponse:
        messages.success(
            request,
            ngettext("%(count)d input is made.", "%(count)d inputs are made.", len(made)) % {"count": len(made)},
        )
        found.refresh_from_db()
        return redirect("sheet", conference.slug, found.key) if found.text else redirect("sheets", conference.slug)

    questions = list(found.session.questions.order_by("number"))
    return dividing.answer(request, found, questions, by=person(request), show=show, done=done)


@require_POST
@conference_view()
def set_aside(request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    """What is left becomes no input, for a reason of the conference's list."""
    found = _mine(request, conference, key)
    form = RestForm(request.POST, conference=conference)
    if not form.is_valid():
        questions = list(found.session.questions.order_by("number"))

        def show(division: dividing.Division, _status: int) -> HttpResponse:
            return _show(request, conference, found, {"division": division, "form": form}, status=422)

        return dividing.begin(found, questions, show=show)
    data = form.cleaned_data
    try:
        actions.set_rest_aside(
            found,
            revision=data["revision"],
            reason=reason_for(conference, data["reason"]),
            comment=data["comment"],
            by=person(request),
        )
        messages.success(request, _("What is left of the sheet is set aside."))
    except Stale as refusal:
        messages.error(request, sentence(refusal))
    return redirect("sheet", conference.slug, found.key)


@require_POST
@conference_view()
def bring_back(request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    found = _mine(request, conference, key)
    actions.bring_rest_back(found, by=person(request))
    messages.success(request, _("What is left of the sheet counts again."))
    return redirect("sheet", conference.slug, found.key)


def _sheets(conference: Conference) -> Any:
    opened = SheetAside.objects.open().select_related("reason", "opened_by")
    return (
        MinutesSheet.objects.of(conference)
        .select_related("session__conference", "note_taker__table", "received_by")
        .prefetch_related(Prefetch("settings_aside", queryset=opened, to_attr="decisions"))
    )


def _decision(found: MinutesSheet) -> SheetAside | None:
    decisions: list[SheetAside] = getattr(found, "decisions", [])
    return decisions[0] if decisions else None


def _mine(request: HttpRequest, conference: Conference, key: uuid.UUID) -> MinutesSheet:
    found: MinutesSheet = get_object_or_404(_sheets(conference), key=key)
    if not may_edit(person(request), conference, found.session):
        raise PermissionDenied
    return found


def _show(
    request: HttpRequest, conference: Conference, found: MinutesSheet, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {"conference": conference, "sheet": found, "decision": _decision(found), **more}
    return render(request, "inputs/sheet.html", context, status=status)
