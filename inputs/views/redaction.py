"""Words taken out for good: what is to go, a preview of every place, and then the act. It cannot be undone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from conference.access import may_edit
from conference.models import Conference, Session
from conference.web import conference_view
from inputs.actions import redaction
from inputs.actions.redaction import Found, Text
from inputs.actions.versions import holding
from inputs.forms.redaction import RedactForm
from inputs.models import Heading, HeardLine, Input, Matter, MinutesSheet, Point, ReturnedChange, SignOff
from inputs.passages import Passage, excerpt
from inputs.web import person

#: The word in the address, what it means, and how one of them is found in a conference.
KINDS: dict[str, tuple[type[models.Model], str]] = {
    "innspill": (Input, "conference"),
    "punkt": (Point, "question__session__conference"),
    "ark": (MinutesSheet, "session__conference"),
    "overskrift": (Heading, "question__session__conference"),
    "linje": (HeardLine, "question__session__conference"),
    "godkjenning": (SignOff, "question__session__conference"),
    "sak": (Matter, "conference"),
    "forslag": (ReturnedChange, "question__session__conference"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view()
def redact(request: HttpRequest, conference: Conference, kind: str, key: UUID) -> HttpResponse:
    """First which words, then where they stand; only the button of the preview takes them out."""
    start = _find(conference, kind, key)
    if not may_edit(person(request), conference, redaction.session_of(start)):
        raise PermissionDenied
    form = RedactForm(request.POST or None, conference=conference)
    if not form.is_valid():
        return _show(request, conference, start, {"form": form}, status=422 if form.is_bound else 200)
    passage = redaction.passage_of(form.cleaned_data["words"], conference)
    found = redaction.find(passage, conference, start=start)
    if not found or found[0].target != start:
        form.add_error("words", _("These words do not stand in the text. They may have been taken out already."))
        return _show(request, conference, start, {"form": form}, status=422)
    mine, others = _divide(request, conference, found)
    if "confirm" not in request.POST:
        versions = holding(passage, conference, [one.target for one in mine])
        more = {"form": form, **_preview(passage, mine), "others": others, "versions": versions}
        return _show(request, conference, start, more)
    ticked = {*request.POST.getlist("also")}
    chosen = [one.target for one in mine if one.target == start or one.name in ticked]
    redaction.redact(passage, chosen, ground=form.cleaned_data["ground"], by=person(request))
    messages.success(
        request,
        ngettext(
            "The words are taken out of %(count)d text.", "The words are taken out of %(count)d texts.", len(chosen)
        )
        % {"count": len(chosen)},
    )
    return redirect(_way_back(conference, start))


def _find(conference: Conference, kind: str, key: UUID) -> Text:
    if kind not in KINDS:
        raise Http404
    model, of = KINDS[kind]
    found: Any = get_object_or_404(model, **{of: conference, "key": key})
    return found


def _divide(request: HttpRequest, conference: Conference, found: list[Found]) -> tuple[list[Found], int]:
    """Those that the person may take words out of, and how many there are besides."""
    sessions: dict[int, Session] = {}
    for one in found:
        session = redaction.session_of(one.target)
        sessions[session.pk] = session
    allowed = {pk for pk, session in sessions.items() if may_edit(person(request), conference, session)}
    mine = [one for one in found if redaction.session_of(one.target).pk in allowed]
    return mine, len(found) - len(mine)


def _preview(passage: Passage, mine: list[Found]) -> dict[str, Any]:
    return {
        "places": [(one, excerpt(passage, str(_words(one.target)))) for one in mine],
        "number": mine[0].now + mine[0].besides,
        "instead": passage.without(passage.words),
    }


def _words(target: Text) -> str:
    match target:
        case Heading():
            return target.title
        case SignOff():
            return target.reason
        case ReturnedChange():
            return "\n\n".join(part for part in (target.text, *target.remarks) if part)
    return target.text


def _show(
    request: HttpRequest, conference: Conference, start: Text, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "conference": conference,
        "start": start,
        "words": _words(start),
        "back": _way_back(conference, start),
        **more,
    }
    return render(request, "inputs/redact.html", context, status=status)


def _way_back(conference: Conference, start: Text) -> str:
    """The page of what the words were taken out of."""
    match start:
        case Input():
            return reverse("input", args=[conference.slug, start.key])
        case Point():
            place = conference.slug, start.question.session.number, start.question.number
            return reverse("point", args=[*place, start.key])
        case Heading():
            return reverse("desk", args=[conference.slug, start.question.session.number, start.question.number])
        case SignOff():
            return reverse("signing", args=[conference.slug, start.question.session.number, start.question.number])
        case ReturnedChange():
            return reverse("clearance_session", args=[conference.slug, start.question.session.number])
        case Matter():
            return reverse("matter", args=[conference.slug, start.key])
        case HeardLine():
            return reverse("heard_edit", args=[conference.slug, start.question.session.number, start.question.number])
    return reverse("sheet", args=[conference.slug, start.key])
