"""«Foreslå en endring»: for those who may not change a question, and for everybody when it is signed off."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.access import may_edit
from conference.models import Question
from inputs.actions import reasons
from inputs.actions.faults import Refused, SignedOff
from inputs.actions.proposals import Payload
from inputs.actions.proposals import propose as make
from inputs.actions.reasons import reason_for
from inputs.forms.settling import ProposalForm
from inputs.models import WITHDRAWN, Heading, Input, Point, ProposalKind, SetAsideReason, SignOff
from inputs.views.chosen import inputs_of, key_of
from inputs.views.refusals import sentence
from inputs.web import person, question_view

#: What somebody was about to do -> what they are offered to propose instead.
INSTEAD = {
    "point_reword": ProposalKind.REWORD,
    "point_remove": ProposalKind.REMOVE,
    "desk_accept": ProposalKind.USE,
    "desk_attach": ProposalKind.SAME,
    "desk_set_aside": ProposalKind.SET_ASIDE,
}


@require_http_methods(["GET", "HEAD", "POST"])
@question_view
def of_point(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Another wording of the point, to take it out, or something in words."""
    return _propose(request, question, get_object_or_404(Point, question=question, key=key), None)


@require_http_methods(["GET", "HEAD", "POST"])
@question_view
def of_input(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """To use the input, to attach it to a point, to set it aside, or something in words."""
    return _propose(request, question, None, get_object_or_404(inputs_of(question), key=key))


def _propose(request: HttpRequest, question: Question, point: Point | None, entry: Input | None) -> HttpResponse:
    if not may_edit(person(request), question.session.conference):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, question, point, entry)
    kind = ProposalKind(request.POST["kind"]) if request.POST.get("kind") in ProposalKind.values else None
    form = ProposalForm(request.POST, kind=kind)
    if kind == ProposalKind.SET_ASIDE and not request.POST.get("reason"):
        form.add_error("reason", _("Choose why it is to be set aside."))
    if kind == ProposalKind.SAME and not request.POST.get("point"):
        form.add_error("point", _("Choose the point that says the same."))
    if not form.is_valid() or kind is None:
        return _show(request, question, point, entry, form=form, status=422)
    payload = _payload(request, question, form, point, entry)
    try:
        make(question, payload, by=person(request))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return _show(request, question, point, entry, form=form, status=409)
    messages.success(request, _("Your proposal stands on the list, in your name."))
    return redirect("proposals", question.session.conference.slug)


def propose_instead(request: HttpRequest, question: Question, refusal: SignedOff) -> HttpResponse:
    """What was refused since the question is signed off, ready to be proposed with what was typed (409)."""
    messages.error(request, sentence(refusal))
    match = request.resolver_match
    name, key = (match.url_name or "", match.kwargs.get("key")) if match else ("", None)
    points = Point.objects.filter(question=question)
    point = points.filter(key=key).first() if key and name.startswith("point_") else None
    entry = None if point else _first_input(request, question)
    if entry is None and point is None:
        return redirect("desk", question.session.conference.slug, question.session.number, question.number)
    kind = INSTEAD.get(name, ProposalKind.WORDS)
    form = ProposalForm(initial={"text": request.POST.get("text") or (point.text if point else "")}, kind=kind)
    return _show(request, question, point, entry, form=form, status=409)


def _payload(
    request: HttpRequest,
    question: Question,
    form: ProposalForm,
    point: Point | None,
    entry: Input | None,
) -> Payload:
    """404 for a kind that is not of what is named."""
    kind, words = form.kind, {"text": form.cleaned_data["text"], "why": form.cleaned_data["why"]}
    match kind, point, entry:
        case ((ProposalKind.REWORD | ProposalKind.REMOVE), Point(), None):
            return Payload(kind, point=point, **words)
        case ProposalKind.WORDS, Point(), None:
            return Payload(kind, point=point, **words)
        case ProposalKind.WORDS, _, Input():
            return Payload(kind, input=entry, **words)
        case ProposalKind.USE, _, Input():
            return Payload(kind, input=entry, heading=_heading(request, question), **words)
        case ProposalKind.SAME, _, Input():
            same = get_object_or_404(Point, question=question, key=key_of(request.POST["point"]))
            return Payload(kind, point=same, input=entry, **words)
        case ProposalKind.SET_ASIDE, _, Input():
            return Payload(kind, input=entry, reason=_reason(request, question), **words)
    raise Http404


def _show(
    request: HttpRequest,
    question: Question,
    point: Point | None,
    entry: Input | None,
    *,
    form: ProposalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    conference = question.session.conference
    standing = Point.objects.standing().filter(question=question).order_by("position", "pk")
    context = {
        "conference": conference,
        "question": question,
        "point": point,
        "entry": entry,
        "form": form or ProposalForm(initial={"text": point.text if point else ""}, kind=None),
        "kind": str(form.kind) if form and form.kind else "",
        "sign_off": SignOff.objects.standing().filter(question=question).select_related("by").first(),
        "headings": Heading.objects.standing().filter(question=question) if entry else [],
        "points": standing if entry else [],
        "reasons": reasons.choices(conference) if entry else [],
        "chosen": request.POST,
    }
    return render(request, "inputs/propose.html", context, status=status)


def _first_input(request: HttpRequest, question: Question) -> Input | None:
    keys = [key_of(value) for value in request.POST.getlist("input")]
    return inputs_of(question).filter(key__in=keys).first()


def _heading(request: HttpRequest, question: Question) -> Heading | None:
    value = request.POST.get("heading")
    return get_object_or_404(Heading, question=question, key=key_of(value), removed_at=None) if value else None


def _reason(request: HttpRequest, question: Question) -> SetAsideReason:
    try:
        found = reason_for(question.session.conference, request.POST.get("reason", ""))
    except SetAsideReason.DoesNotExist:
        raise Http404 from None
    if found.code == WITHDRAWN or not found.is_active:
        raise Http404
    return found
