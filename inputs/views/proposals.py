"""What is proposed in a conference: one list, where those who may change the question say yes or no."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import proposals as acts
from inputs.actions.faults import Refused, Stale
from inputs.forms.settling import AnswerForm
from inputs.models import Proposal, SignOff
from inputs.settling import answered, proposed
from inputs.views.refusals import sentence
from inputs.web import person


@require_safe
@conference_view()
def proposals(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _show(request, conference)


@require_POST
@conference_view(may_edit)
def accept(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Do it. If the point has changed since the list was read: what it says now, and the question again (409)."""
    found = _to_answer(request, conference, key)
    version = request.POST.get("version", "")
    try:
        acts.accept(found, version=int(version) if version.isdecimal() else None, by=person(request))
    except Stale:
        return _show(request, conference, stale=found, status=409)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("The proposal is accepted, and done."))
    return redirect("proposals", conference.slug)


@require_POST
@conference_view(may_edit)
def decline(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found, form = _to_answer(request, conference, key), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, conference, form=form, form_of=found, status=422)
    return _do(
        request,
        conference,
        lambda: acts.decline(found, answer=form.cleaned_data["answer"], by=person(request)),
        _("The proposal is declined. Whoever made it sees why."),
    )


@require_POST
@conference_view(may_edit)
def withdraw(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """One's own."""
    found = _find(conference, key)
    if found.made_by != request.user:
        messages.error(request, _("Only %(name)s can take it back. You can decline it.") % {"name": found.made_by})
        return redirect("proposals", conference.slug)
    said = _("Your proposal is taken back.")
    return _do(request, conference, lambda: acts.withdraw(found, by=person(request)), said)


def _do(request: HttpRequest, conference: Conference, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return redirect("proposals", conference.slug)


def _show(
    request: HttpRequest,
    conference: Conference,
    *,
    form: AnswerForm | None = None,
    form_of: Proposal | None = None,
    stale: Proposal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. `form` is what could not be done with `form_of`; `stale` is asked again, its point has changed."""
    signed = SignOff.objects.of(conference).standing().select_related("by")
    context = {
        "conference": conference,
        "proposed": proposed(conference),
        "answered": answered(conference),
        "mine": {session.pk for session in sessions_to_edit(person(request), conference)},
        "signed": {one.question_id for one in signed},
        "form": form,
        "form_of": form_of,
        "stale": stale,
    }
    return render(request, "inputs/proposals.html", context, status=status)


def _find(conference: Conference, key: UUID) -> Proposal:
    return get_object_or_404(
        Proposal.objects.of(conference).select_related("question__session", "input", "made_by"), key=key
    )


def _to_answer(request: HttpRequest, conference: Conference, key: UUID) -> Proposal:
    """The proposal, for one who may change its question."""
    found = _find(conference, key)
    if not may_edit(person(request), conference, found.question.session):
        raise PermissionDenied
    return found
