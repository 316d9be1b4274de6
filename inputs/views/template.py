"""The Word template that the report is built on: taken in use, its styles chosen, taken away, put back."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from conference.access import may_publish
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import templates as acts
from inputs.actions.faults import Refused, Stale
from inputs.forms.template import StylesForm, TemplateForm
from inputs.models import ReportTemplate
from inputs.report import docx
from inputs.report.build import read_report
from inputs.report_template.reading import styles_of
from inputs.report_template.roles import ROLES, guess
from inputs.views.refusals import sentence
from inputs.web import person

logger = logging.getLogger(__name__)

REMOVED_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_publish)
def template(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What the report's Word file is built on, and the form for another template."""
    if request.method != "POST":
        return _show(request, conference, TemplateForm())
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, conference, form, status=422)
    bare = form.cleaned_data["bare"]
    try:
        found = guess(styles_of(bare))
        docx.render(read_report(conference, draft=True), docx.Template(bare, found))
    except Exception:
        # A template can be wrong in more ways than can be listed; better told here than at every download.
        logger.warning("No report could be made on an uploaded template", exc_info=True)
        form.refuse()
        return _show(request, conference, form, status=422)
    acts.take_in_use(conference, bare, name=form.cleaned_data["name"], styles=found, by=person(request))
    messages.success(request, _in_use(len(found)))
    return redirect("report_template", conference.slug)


@require_POST
@conference_view(may_publish)
def styles(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    form = StylesForm(request.POST, template=found, styles=styles_of(bytes(found.content)))
    if not form.is_valid():
        return _show(request, conference, TemplateForm(), form, status=422)
    version = form.cleaned_data["version"]
    try:
        return _carry_out(
            request,
            conference,
            lambda: acts.choose_styles(found, form.chosen(), version=version, by=person(request)),
            _("The styles are saved."),
        )
    except Stale:
        messages.error(request, _("Somebody else chose other styles meanwhile. These are theirs: choose once more."))
        return redirect("report_template", conference.slug)


@require_POST
@conference_view(may_publish)
def remove(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    said = _("The template is removed: the Word file has our own look again. It can be put back below.")
    return _carry_out(request, conference, lambda: acts.remove(found, by=person(request)), said)


@require_POST
@conference_view(may_publish)
def put_back(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    said = _("The template is in use again.")
    return _carry_out(request, conference, lambda: acts.put_back(found, by=person(request)), said)


def _in_use(number: int) -> str:
    said = ngettext(
        "The template is in use. %(number)d of our %(all)d styles was found in it: see that it fits.",
        "The template is in use. %(number)d of our %(all)d styles were found in it: see that they fit.",
        number,
    )
    return said % {"number": number, "all": len(ROLES)}


def _carry_out(request: HttpRequest, conference: Conference, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do it and go back to the page. Stale is the caller's."""
    try:
        act()
    except Stale:
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return redirect("report_template", conference.slug)


def _find(conference: Conference, key: UUID) -> ReportTemplate:
    found = get_object_or_404(ReportTemplate, conference=conference, key=key)
    found.conference = conference
    return found


def _show(
    request: HttpRequest,
    conference: Conference,
    upload: TemplateForm,
    chosen: StylesForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    standing = ReportTemplate.objects.standing().filter(conference=conference).select_related("by").first()
    removed = ReportTemplate.objects.filter(conference=conference).exclude(removed_at=None).defer("content")
    if standing and chosen is None:
        chosen = StylesForm(template=standing, styles=styles_of(bytes(standing.content)))
    context = {
        "conference": conference,
        "template": standing,
        "upload": upload,
        "styles": chosen if standing else None,
        "removed": removed.select_related("removed_by").order_by("-removed_at")[:REMOVED_SHOWN],
    }
    return render(request, "inputs/report_template.html", context, status=status)
