"""«Til avklaring»: points are marked at their own page, and decided upon at one page for the editorial meeting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_decide, may_edit
from conference.models import Conference, Question
from conference.web import conference_view
from inputs.actions import clarifications as acts
from inputs.actions.faults import Refused, Stale
from inputs.forms.settling import AskForm, DecideForm
from inputs.models import Clarification, Decision, Point
from inputs.settling import asked, decided
from inputs.views.points import show_point
from inputs.views.refusals import sentence
from inputs.web import editing_view, person


@require_safe
@conference_view()
def clarifications(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _show(request, conference)


@require_POST
@editing_view
def ask(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Mark the point, with a sentence why and perhaps another text."""
    found, form = get_object_or_404(Point, question=question, key=key), AskForm(request.POST)
    if not form.is_valid():
        return show_point(request, question, found, ask_form=form, status=422)
    try:
        acts.ask(found, **form.cleaned_data, by=person(request))
    except Refused as refusal:
        return show_point(request, question, found, ask_form=form, refusal=sentence(refusal), status=409)
    messages.success(request, _("The point stands on the list for the editorial meeting."))
    address = question.session.conference.slug, question.session.number, question.number, key
    return redirect(reverse("point", args=address) + "#settling")


@require_POST
@conference_view(may_decide)
def decide(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """What was decided. If the point was reworded since it was read: what it says now, and the form as typed."""
    found = _find(conference, key)
    form = DecideForm(request.POST, has_alternative=bool(found.alternative))
    if not form.is_valid():
        return _show(request, conference, form=form, form_of=found, status=422)
    data = form.cleaned_data
    data["decision"] = Decision(data["decision"])
    try:
        acts.decide(found, **data, by=person(request))
    except Stale as stale:
        kept = request.POST.copy()
        kept["version"] = str(stale.stored.version) if isinstance(stale.stored, Point) else ""
        again = DecideForm(kept, has_alternative=form.has_alternative)
        return _show(request, conference, form=again, form_of=found, stale=True, status=409)
    except Refused as refusal:
        return _refused(request, conference, refusal)
    messages.success(request, _("It is decided, and kept with the point."))
    return redirect("clarifications", conference.slug)


@require_POST
@conference_view(may_edit)
def withdraw(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Whoever asked, or one who decides, takes it off the list."""
    found = _find(conference, key)
    if found.opened_by != request.user and not may_decide(person(request), conference):
        messages.error(
            request, _("Only %(name)s or the chief editor can take it off the list.") % {"name": found.opened_by}
        )
        return redirect("clarifications", conference.slug)
    try:
        acts.withdraw(found, by=person(request))
    except Refused as refusal:
        return _refused(request, conference, refusal)
    messages.success(request, _("It is taken off the list."))
    return redirect("clarifications", conference.slug)


@require_POST
@conference_view(may_decide)
def reopen(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """What was decided comes up again; the decision is kept."""
    try:
        acts.reopen(_find(conference, key), by=person(request))
    except Refused as refusal:
        return _refused(request, conference, refusal)
    messages.success(request, _("It is open again. What was decided is kept."))
    return redirect("clarifications", conference.slug)


def _refused(request: HttpRequest, conference: Conference, refusal: Refused) -> HttpResponse:
    messages.error(request, sentence(refusal))
    return redirect("clarifications", conference.slug)


def _show(
    request: HttpRequest,
    conference: Conference,
    *,
    form: DecideForm | None = None,
    form_of: Clarification | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page. `form` is what could not be done, of the clarification `form_of`."""
    context = {
        "conference": conference,
        "asked": asked(conference),
        "decided": decided(conference),
        "deciding": may_decide(person(request), conference),
        "form": form,
        "form_of": form_of,
        "stale": stale,
    }
    return render(request, "inputs/clarifications.html", context, status=status)


def _find(conference: Conference, key: UUID) -> Clarification:
    rows = Clarification.objects.of(conference).select_related("point", "opened_by")
    return get_object_or_404(rows, key=key)
