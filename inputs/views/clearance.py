"""Clearance in Word: what was sent to whom and until when, the files, and the answers as they come."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import clearance as acts
from inputs.clearances import read_sent, waiting_by_session
from inputs.forms.clearance import AnswerForm, SendForm, TypeInForm
from inputs.models import Clearance, Proposed, Via
from inputs.report.export import MEDIA_TYPES, Format
from inputs.web import person


@require_safe
@conference_view()
def clearance(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What is out, what is overdue, and what has come back."""
    context = {
        "conference": conference,
        "rows": read_sent(conference, today=timezone.localdate()),
        "sessions": waiting_by_session(conference),
        "editing": may_edit(person(request), conference),
    }
    return render(request, "inputs/clearance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def send(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The Word file is made and remembered as sent; the editor passes it on."""
    mine = list(sessions_to_edit(person(request), conference))
    data = request.POST if request.method == "POST" else None
    start = {"letter": acts.standard_letter(conference)}
    form = SendForm(data, conference=conference, sessions=mine, initial=start)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            made = acts.send(
                conference,
                chosen["sessions"],
                to=chosen["to"],
                deadline=chosen["deadline"],
                letter=chosen["letter"],
                by=person(request),
            )
        except acts.NothingToSend:
            form.add_error("scope", _("There are no points yet in what you chose. Choose something else."))
        else:
            messages.success(
                request,
                _("«For clearance %(number)d» is made. Download it below, and send it to %(to)s.")
                % {"number": made.number, "to": made.to},
            )
            return redirect("clearance", conference.slug)
    context = {"conference": conference, "form": form}
    return render(request, "inputs/clearance_send.html", context, status=422 if form.is_bound else 200)


@require_safe
@conference_view()
def download(_request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    """The file as it was sent: the same bytes each time."""
    found = get_object_or_404(conference.clearances, key=key)
    if not found.file:
        raise Http404  # words in it have been redacted since
    response = HttpResponse(bytes(found.file), content_type=MEDIA_TYPES[Format.DOCX])
    response["Content-Disposition"] = f'attachment; filename="{conference.slug}-klarering-{found.number}.docx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def answer(request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    """A returned file is read; what it proposes waits for the editors."""
    found = _mine(request, conference, key)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswerForm(*bound, clearance=found, initial={"office": found.to})
    if form.is_valid():
        reply = acts.take_back(found, form.cleaned_data["answer"], by=person(request))
        number = reply.changes.count()
        if number:
            said = ngettext(
                "The answer is taken in. It holds %(count)d proposal or comment.",
                "The answer is taken in. It holds %(count)d proposals and comments.",
                number,
            )
        else:
            said = _("The answer is taken in. Nothing was changed in the file.")
        messages.success(request, said % {"count": number} if number else said)
        return redirect("clearance", conference.slug)
    context = {"conference": conference, "clearance": found, "form": form}
    return render(request, "inputs/clearance_answer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def type_in(request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    """A proposal that came by e-mail or by pen, typed in with whose it is."""
    found = _mine(request, conference, key)
    data = request.POST if request.method == "POST" else None
    form = TypeInForm(data, clearance=found, initial={"key": uuid.uuid4(), "office": found.to})
    if form.is_valid():
        new = form.cleaned_data
        made = acts.type_in(
            new["point"],
            key=new["key"],
            office=new["office"],
            via=Via(new["via"]),
            proposed=Proposed(new["proposed"]),
            text=new["text"],
            remark=new["remark"],
            by=person(request),
        )
        messages.success(request, _("The proposal is stored."))
        return redirect("clearance_session", conference.slug, made.question.session.number)
    context = {"conference": conference, "clearance": found, "form": form}
    return render(request, "inputs/clearance_type_in.html", context, status=422 if form.is_bound else 200)


@require_POST
@conference_view(may_edit)
def close(request: HttpRequest, conference: Conference, key: uuid.UUID) -> HttpResponse:
    """Nothing more is expected from them."""
    acts.close(_mine(request, conference, key), by=person(request))
    messages.success(request, _("Nothing more is expected from them."))
    return redirect("clearance", conference.slug)


def _mine(request: HttpRequest, conference: Conference, key: uuid.UUID) -> Clearance:
    """What was sent, for those who edit in all of its sessions."""
    found = get_object_or_404(conference.clearances.defer("file"), key=key)
    sessions = set(found.lines.exclude(question=None).values_list("question__session", flat=True))
    if not sessions <= set(sessions_to_edit(person(request), conference).values_list("pk", flat=True)):
        raise PermissionDenied
    return found
