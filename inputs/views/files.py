"""Files that take their time: asked for, followed while they are made, downloaded."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conference.access import may_publish
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import files as acts
from inputs.forms.files import PACKAGES, FileForm
from inputs.models import MadeFile, MadeKind, MadeState
from inputs.report.export import MEDIA_TYPES, MOST_POINTS, Format
from inputs.web import person


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view()
def files(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What is being made and what was; a posted form asks for one more. `?kind=` chooses in the form."""
    viewer = person(request)
    sessions = list(conference.sessions.order_by("number"))
    packages = may_publish(viewer, conference)
    if request.method != "POST":
        chosen = {"kind": request.GET.get("kind", "")}
        return _page(request, conference, FileForm(initial=chosen, sessions=sessions, packages=packages))
    if request.POST.get("kind") in PACKAGES and not packages:
        raise PermissionDenied
    form = FileForm(request.POST, sessions=sessions, packages=packages)
    if not form.is_valid():
        return _page(request, conference, form, status=422)
    kind, session = MadeKind(form.cleaned_data["kind"]), form.cleaned_data["session"]
    try:
        acts.start(conference, kind, session=session, by=viewer)
    except acts.Busy:
        form.add_error(None, _("The server is making other files just now. Try once more in a minute."))
        return _page(request, conference, form, status=503)
    messages.success(request, _("The file is being made. You can leave this page and come back."))
    return redirect("files", conference.slug)


def _page(request: HttpRequest, conference: Conference, form: FileForm, *, status: int = 200) -> HttpResponse:
    is_part = request.headers.get("HX-Target") == "made-files"
    found = list(_files(conference, packages=form.packages).defer("content").select_related("by"))
    titles = {one.number: one.title for one in form.sessions}
    context = {
        "conference": conference,
        "form": form,
        "files": [(one, titles.get(one.session, "")) for one in found],
        "is_making": any(one.shown_state == MadeState.MAKING for one in found),
        "is_part": is_part,
        "most": f"{MOST_POINTS:,}".replace(",", "\u00a0"),
    }
    return render(request, "inputs/files.html#made" if is_part else "inputs/files.html", context, status=status)


@require_safe
@conference_view()
def made_file(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """The file as it was made."""
    found = get_object_or_404(_files(conference, packages=may_publish(person(request), conference)), key=key)
    if found.content is None:
        raise Http404
    kind = Format(found.format)
    marks = [f"bolk-{found.session}"] * bool(found.session)
    marks += ["arkiv"] * (kind != Format.PDF) + ["utkast"] * found.is_draft
    marks += {"internal": ["intern"], "open": ["apen"], "closed": ["lukket"]}.get(found.edition, [])
    response = HttpResponse(bytes(found.content), content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{"-".join([conference.slug, *marks])}.{kind.ending}"'
    return response


def _files(conference: Conference, *, packages: bool) -> QuerySet[MadeFile]:
    """Those that the person may have: the archive package is for those who publish."""
    own = MadeFile.objects.filter(conference=conference)
    return own if packages else own.exclude(kind__in=PACKAGES)
