"""The outline of the whole report, and asking somebody for a part of it."""

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import may_edit
from conference.actions import contributions as acts
from conference.models import Conference, Contribution, User
from conference.web import conference_view
from inputs.forms.contribution import AskForm, standard_request
from inputs.report.outline import Row, full_title, places, read_outline, speaker
from inputs.web import edits_somewhere, person

_LONGEST_LINK = 1_800  # characters; more than that some mail programs cut


@require_safe
@conference_view()
def outline(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Every part, with its state, who sees to it, and what is waited for."""
    rows = read_outline(conference)
    administers = getattr(conference, "viewer_role", "") == "administrator" or person(request).is_superuser
    context = {
        "conference": conference,
        "rows": rows,
        "ready": sum(row.state == "ready" for row in rows),
        "today": timezone.localdate(),
        "editing": edits_somewhere(request, conference),
        "administers": administers,
    }
    return render(request, "inputs/outline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def part(request: HttpRequest, conference: Conference, name: str) -> HttpResponse:
    """What was asked for this part, and a form to ask for more."""
    row = places(conference).get(name)
    if row is None:
        raise Http404
    if request.method != "POST":
        first = {
            "to": row.owner or speaker(row.place.item),
            "text": standard_request(conference, full_title(row), by=person(request)),
            "key": uuid4(),
        }
        return _part(request, conference, row, AskForm(initial=first, conference=conference))
    form = AskForm(request.POST, conference=conference)
    if not form.is_valid():
        return _part(request, conference, row, form, status=422)
    asked = form.cleaned_data
    acts.ask(
        conference,
        row.place,
        to=asked["to"],
        deadline=asked["deadline"],
        text=asked["text"],
        key=asked["key"],
        by=person(request),
    )
    messages.success(request, _("It is noted. Now send the text: it stands below, ready to be copied."))
    return redirect("outline_part", conference.slug, name)


@require_POST
@conference_view(may_edit)
def end(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """What was asked for has come, or is not waited for any more."""
    return _settle(request, conference, key, acts.end, _("«%(to)s» is not waited for any more."))


@require_POST
@conference_view(may_edit)
def wait(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """It was ended by mistake."""
    return _settle(request, conference, key, acts.wait_again, _("«%(to)s» is waited for again."))


def _settle(
    request: HttpRequest, conference: Conference, key: UUID, act: Callable[..., Contribution], said: str
) -> HttpResponse:
    found = get_object_or_404(conference.contributions, key=key)
    by: User = person(request)
    act(found, by=by)
    messages.success(request, said % {"to": found.to})
    return redirect("outline", conference.slug)


def _part(
    request: HttpRequest, conference: Conference, row: Row, form: AskForm, *, status: int = 200
) -> HttpResponse:
    place = row.place
    asked = conference.contributions.filter(part=place.part, session=place.session, item=place.item)
    rows = asked.select_related("asked_by", "ended_by").order_by("-pk")
    title = full_title(row)
    context = {
        "conference": conference,
        "row": row,
        "title": title,
        "form": form,
        "asked": [(one, _mail(one, f"{conference.title}: {title}")) for one in rows],
        "today": timezone.localdate(),
    }
    return render(request, "inputs/outline_part.html", context, status=status)


def _mail(asked: Contribution, subject: str) -> str:
    """A link that opens a new message with the text in it; empty when it would be too long to open."""
    to = asked.to if "@" in asked.to and " " not in asked.to else ""
    body = quote(asked.text.replace("\n", "\r\n"))
    link = f"mailto:{quote(to, safe='@')}?subject={quote(subject)}&body={body}"
    return link if len(link) <= _LONGEST_LINK else ""
