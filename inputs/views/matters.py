"""«Dere sa – vi gjorde»: the page that is read and printed, and where chief editors write and order its matters."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import may_publish
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import matters as acts
from inputs.actions.faults import Refused, Stale
from inputs.forms.heard import SearchForm
from inputs.forms.matters import MatterForm
from inputs.matters import looked_for, newest_edition, published_points, read_matters
from inputs.models import Matter, Point
from inputs.views.refusals import sentence
from inputs.web import person

SHOWN = 50  # points listed before one asks for all
REMOVED_SHOWN = 10


@require_safe
@conference_view()
def matters(request: HttpRequest, conference: Conference) -> HttpResponse:
    """All that stand, for every member; what can be done with them for those who may publish."""
    edition = newest_edition(conference)
    removed = Matter.objects.filter(conference=conference).exclude(removed_at=None)
    may = may_publish(person(request), conference)
    context = {
        "conference": conference,
        "rows": read_matters(conference, published_points(edition)),
        "is_published": edition is not None and edition.withdrawn_at is None,
        "is_shown": getattr(getattr(conference, "public_page", None), "shows_matters", False),
        "may_write": may,
        "removed": removed.select_related("removed_by").order_by("-removed_at")[:REMOVED_SHOWN] if may else [],
    }
    return render(request, "inputs/matters.html", context)


@require_safe
@conference_view(may_publish)
def choose(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The points of the published report, to be found by words; each leads to the form for what became of it."""
    search = SearchForm(request.GET)
    said = published_points(newest_edition(conference))
    found = looked_for(said, search.words)
    told = Matter.objects.standing().filter(conference=conference).values_list("point__key", flat=True)
    context = {
        "conference": conference,
        "search": search,
        "is_published": bool(said),
        "points": [(one, UUID(one.id)) for one in (found if search.wants_all else found[:SHOWN])],
        "left_out": 0 if search.wants_all else max(len(found) - SHOWN, 0),
        "told": set(told),
    }
    return render(request, "inputs/matter_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_publish)
def new(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """What became of one point, which stands in the published report."""
    points = Point.objects.select_related("question__session")
    point = get_object_or_404(points, question__session__conference=conference, key=key)
    point.question.session.conference = conference
    said = published_points(newest_edition(conference)).get(key.hex)
    form = MatterForm(request.POST if request.method == "POST" else None, conference=conference)
    context = {"conference": conference, "said": said, "form": form}
    if request.method != "POST":
        return render(request, "inputs/matter.html", context)
    if said is None:
        return render(request, "inputs/matter.html", context, status=409)
    if not form.is_valid():
        return render(request, "inputs/matter.html", context, status=422)
    return _carry_out(
        request, conference, lambda: acts.write(point, form.told(), by=person(request)), _("The matter is saved.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view()
def matter(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """One matter with its history, and the form that tells it anew; both texts when somebody was faster (409)."""
    found = _find(conference, key)
    may = may_publish(person(request), conference)
    if request.method != "POST":
        return _show(request, found, _form(found) if may else None)
    if not may:
        raise PermissionDenied
    form = MatterForm(request.POST, conference=conference)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        return _carry_out(
            request,
            conference,
            lambda: acts.reword(found, form.told(), version=version, by=person(request)),
            _("The matter is saved."),
        )
    except Stale:
        found = _find(conference, key)
        # The form goes on from what is stored now: to save it once more is to choose it over the other.
        kept = MatterForm(request.POST.dict() | {"version": found.version}, conference=conference)
        return _show(request, found, kept, is_stale=True, status=409)


@require_POST
@conference_view(may_publish)
def move(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """One step up or down; the ends stay where they are."""
    found, by_steps = _find(conference, key), {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if by_steps is None:
        raise Http404
    try:
        number, count = acts.step(found, by_steps, by=person(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        said = {"number": number, "count": count}
        messages.success(request, _("The matter is now number %(number)d of %(count)d.") % said)
    return redirect("matters", conference.slug)


@require_POST
@conference_view(may_publish)
def remove(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    said = _("The matter is removed. It can be put back below.")
    return _carry_out(request, conference, lambda: acts.remove(found, by=person(request)), said)


@require_POST
@conference_view(may_publish)
def restore(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    return _carry_out(request, conference, lambda: acts.restore(found, by=person(request)), _("The matter is back."))


def _carry_out(request: HttpRequest, conference: Conference, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do it and go back to the page. Stale is the caller's."""
    try:
        act()
    except Stale:
        raise
    except acts.TooMany:
        messages.error(request, _("%(count)d matters stand here already. Remove one first.") % {"count": acts.MOST})
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return redirect("matters", conference.slug)


def _find(conference: Conference, key: UUID) -> Matter:
    """The matter, also one that somebody has removed: what is done with it then is refused with a sentence."""
    matters = Matter.objects.select_related("point", "ministry", "removed_by")
    found = get_object_or_404(matters, conference=conference, key=key)
    found.conference = conference
    return found


def _form(found: Matter) -> MatterForm:
    start = {name: getattr(found, name) for name in ("ministry", "status", "text", "link", "version")}
    return MatterForm(initial=start, conference=found.conference)


def _show(
    request: HttpRequest, found: Matter, form: MatterForm | None, *, is_stale: bool = False, status: int = 200
) -> HttpResponse:
    conference = found.conference
    wordings = list(found.revisions.select_related("by", "ministry").order_by("-number"))
    context = {
        "conference": conference,
        "matter": found,
        "said": published_points(newest_edition(conference)).get(found.point.key.hex),
        "form": None if found.removed_at else form,
        "wordings": wordings,
        "is_stale": is_stale,
    }
    return render(request, "inputs/matter.html", context, status=status)
