"""Sign-off of a question: what remains, the signature, and how it is lifted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_decide
from conference.models import Question
from inputs.actions import signing as acts
from inputs.actions.faults import Refused
from inputs.forms.settling import LiftForm
from inputs.models import Input, SignOff
from inputs.queries import obstacles_of
from inputs.settling import marks_of
from inputs.views.refusals import sentence
from inputs.web import person, question_view


@require_safe
@question_view
def signing(request: HttpRequest, question: Question) -> HttpResponse:
    return _show(request, question)


@require_POST
@question_view
def sign(request: HttpRequest, question: Question) -> HttpResponse:
    """The question is finished. While something is left, the page says what (409)."""
    _let_in(request, question)
    try:
        acts.sign(question, by=person(request))
    except Refused as refusal:
        return _show(request, question, refusal=sentence(refusal), status=409)
    messages.success(request, _("The question is signed off. Nothing of it is changed until that is lifted."))
    return _back(question)


@require_POST
@question_view
def lift(request: HttpRequest, question: Question) -> HttpResponse:
    """It may be changed again, for a reason that is kept."""
    _let_in(request, question)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _show(request, question, form=form, status=422)
    stored = SignOff.objects.filter(question=question).select_related("question__session").order_by("-pk").first()
    try:
        if stored:
            acts.lift(stored, reason=form.cleaned_data["reason"], by=person(request))
            messages.success(request, _("The sign-off is lifted. The question can be changed again."))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return _back(question)


def _let_in(request: HttpRequest, question: Question) -> None:
    if not may_decide(person(request), question.session.conference):
        raise PermissionDenied


def _back(question: Question) -> HttpResponse:
    return redirect("signing", question.session.conference.slug, question.session.number, question.number)


def _show(
    request: HttpRequest,
    question: Question,
    *,
    form: LiftForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "conference": question.session.conference,
        "question": question,
        "marks": marks_of(question, unhandled=Input.objects.counted_under(question).unhandled().count()),
        "obstacles": obstacles_of(question),
        "deciding": may_decide(person(request), question.session.conference),
        "earlier": question.sign_offs.exclude(lifted_at=None).select_related("by", "lifted_by").order_by("-pk"),
        "form": form or LiftForm(),
        "refusal": refusal,
    }
    return render(request, "inputs/signing.html", context, status=status)
