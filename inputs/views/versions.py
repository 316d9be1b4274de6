"""The report's frozen versions: the list, one with its files, what differs between two; freezing and publishing."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import may_publish
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import versions as acts
from inputs.comparing import compare_reports
from inputs.forms.versions import FreezeForm, PublishForm, WithdrawForm
from inputs.hindrances import hindrances
from inputs.models import DOWNLOADS, Publication, ReportVersion, VersionKind
from inputs.report.build import NotFinished
from inputs.report.export import MEDIA_TYPES, Format
from inputs.report.pdf import PdfError
from inputs.versions import content_of
from inputs.web import person


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view()
def versions(request: HttpRequest, conference: Conference) -> HttpResponse:
    """All versions, newest first; a posted form freezes one more."""
    if request.method != "POST":
        return _list(request, conference, FreezeForm(initial={"key": uuid4()}))
    if not may_publish(person(request), conference):
        raise PermissionDenied
    form = FreezeForm(request.POST)
    if not form.is_valid():
        return _list(request, conference, form, status=422)
    asked = form.cleaned_data
    try:
        made = acts.freeze(
            conference, VersionKind(asked["kind"]), note=asked["note"], key=asked["key"], by=person(request)
        )
    except NotFinished as error:
        form.add_error("kind", _("Something is left to do before it can be published. Nothing is frozen."))
        return _list(request, conference, form, left=error.obstacles, status=422)
    except acts.Restless:
        form.add_error(None, _("Somebody is changing the report just now. Nothing is frozen. Try once more."))
        return _list(request, conference, form, status=409)
    except PdfError as error:
        return render(request, "inputs/export_failed.html", {"conference": conference, "error": error}, status=503)
    messages.success(request, _("«%(name)s» is frozen.") % {"name": made.name})
    return redirect("version", conference.slug, made.key)


def _list(
    request: HttpRequest, conference: Conference, form: FreezeForm, *, left: Any = (), status: int = 200
) -> HttpResponse:
    stored = list(_versions(conference))
    context = {
        "conference": conference,
        "versions": stored,
        "public": next((one for one in stored if one.was_published), None),
        "form": form if may_publish(person(request), conference) else None,
        "obstacles": left,
    }
    return render(request, "inputs/versions.html", context, status=status)


@require_safe
@conference_view()
def version(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    return _page(request, conference, _find(conference, key))


@require_POST
@conference_view(may_publish)
def publish(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    form = PublishForm(request.POST, is_first=not _earlier(conference))
    if not found.was_published and not form.is_valid():
        return _page(request, conference, found, publish=form, status=422)
    try:
        acts.publish(found, said=form.cleaned_data.get("said", "") if form.is_valid() else "", by=person(request))
    except NotFinished as error:
        return _page(request, conference, found, publish=form, left=error.obstacles, status=422)
    except (acts.NotForPublication, acts.NewerPublished, acts.NothingSaid):
        messages.error(request, _("This version cannot be published. Look at what the page says now."))
        return redirect("version", conference.slug, key)
    messages.success(request, _("The report is public. Caches may show the page as it was for a minute more."))
    return redirect("version", conference.slug, key)


@require_POST
@conference_view(may_publish)
def withdraw(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    if not found.was_published:
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, conference, found, withdraw=form, status=422)
    acts.withdraw(found, reason=form.cleaned_data["reason"], by=person(request))
    messages.success(request, _("The report is withdrawn. Caches may show it for a minute more."))
    return redirect("version", conference.slug, key)


def _page(
    request: HttpRequest,
    conference: Conference,
    found: ReportVersion,
    *,
    publish: PublishForm | None = None,
    withdraw: WithdrawForm | None = None,
    left: Any = None,
    status: int = 200,
) -> HttpResponse:
    """One version; what can be done with it stands on it only for those who may."""
    earlier = _earlier(conference)
    may = may_publish(person(request), conference)
    is_waiting = found.kind == VersionKind.PUBLICATION and not found.was_published and not found.emptied_at
    newest = earlier.order_by("-version__number").select_related("version").first()
    is_passed = is_waiting and newest is not None and newest.version.number > found.number
    if is_waiting and left is None:
        left = hindrances(conference)
    is_public = found.was_published and found.publication.withdrawn_at is None
    context = {
        "conference": conference,
        "version": found,
        "files": found.files.exclude(kind="page").defer("content"),
        "is_newest": newest is not None and newest.version_id == found.pk,
        "is_passed": is_passed,
        "is_waiting": is_waiting,
        "obstacles": left or (),
        "publish": (publish or PublishForm(is_first=newest is None))
        if may and is_waiting and not is_passed
        else None,
        "withdraw": (withdraw or WithdrawForm()) if may and is_public else None,
    }
    return render(request, "inputs/version.html", context, status=status)


@require_safe
@conference_view()
def file(_request: HttpRequest, conference: Conference, key: UUID, kind: str) -> HttpResponse:
    """A file as it was made when the version was frozen."""
    if kind not in DOWNLOADS:
        raise Http404
    found = _find(conference, key)
    stored = get_object_or_404(found.files, kind=kind)
    response = HttpResponse(bytes(stored.content), content_type=MEDIA_TYPES[Format(kind)])
    mark = "-arkiv" * (kind == Format.PDF_ARCHIVE)
    name = f"{conference.slug}-{found.kind}-{found.number}{mark}.{Format(kind).ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@conference_view()
def compare(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What differs between two versions, `?fra=` and `?til=` by key; the two newest where the address names none."""
    newest = [one.key for one in _versions(conference)[:2]]
    old, new = (
        _find(conference, _key(request.GET.get(name), newest[place:])) for name, place in (("fra", 1), ("til", 0))
    )
    context: dict[str, Any] = {"conference": conference, "old": old, "new": new}
    if not old.emptied_at and not new.emptied_at:
        found = compare_reports(content_of(old), content_of(new))
        titles = {
            "added": _("New points"),
            "removed": _("Points that are gone"),
            "reworded": _("Reworded points"),
            "moved": _("Moved points"),
        }
        context |= {"found": found, "parts": [(kind, title, found.of_kind(kind)) for kind, title in titles.items()]}
    return render(request, "inputs/versions_compare.html", context)


def _versions(conference: Conference) -> QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(conference=conference).select_related("by", "publication")


def _find(conference: Conference, key: UUID) -> ReportVersion:
    found = get_object_or_404(
        _versions(conference).select_related("publication__by", "publication__withdrawn_by"), key=key
    )
    found.conference = conference
    return found


def _earlier(conference: Conference) -> QuerySet[Publication]:
    return Publication.objects.filter(version__conference=conference)


def _key(asked: str | None, else_first: list[UUID]) -> UUID:
    if asked is None and else_first:
        return else_first[0]
    try:
        return UUID(asked or "")
    except ValueError:
        raise Http404 from None
