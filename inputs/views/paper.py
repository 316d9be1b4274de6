"""«Skriv inn fra papir»: what tables wrote on paper, typed in by those who edit."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference
from conference.web import conference_view
from inputs.actions.entry import receive_once
from inputs.forms.paper import PaperEntryForm
from inputs.models import Input, InputSource
from inputs.web import person

SHOWN = 50  # of what was typed in last


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def paper_entry(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Store the notes of one sheet, and be ready for the next of the same table."""
    sessions = list(sessions_to_edit(person(request), conference).prefetch_related("questions"))
    for session in sessions:
        session.conference = conference
    initial = {"table": request.GET.get("bord"), "place": request.GET.get("sted")}
    form = PaperEntryForm(request.POST or None, sessions=sessions, initial=initial)
    if form.is_valid():
        notes = form.notes()
        receive_once(notes, by=person(request))
        said = {"number": len(notes), "table": form.cleaned_data["table"]}
        messages.success(
            request,
            ngettext(
                "%(number)s note from «%(table)s» is stored.",
                "%(number)s notes from «%(table)s» are stored.",
                len(notes),
            )
            % said,
        )
        kept = urlencode({"bord": form.cleaned_data["table"].number, "sted": form.cleaned_data["place"]})
        return redirect(f"{reverse('paper_entry', args=[conference.slug])}?{kept}")
    typed = (
        Input.objects.filter(conference=conference, session__in=sessions, source=InputSource.PAPER)
        .select_related("session", "question", "table", "received_by")
        .order_by("-received_at", "-pk")[:SHOWN]
    )
    context = {"conference": conference, "form": form, "typed": typed}
    return render(request, "inputs/paper_entry.html", context, status=422 if request.method == "POST" else 200)
