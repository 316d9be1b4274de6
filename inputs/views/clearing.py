"""What came back from clearance, side by side, and what the editors decide about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference, Event, Session
from conference.web import conference_view
from inputs.actions import reasons, undo
from inputs.actions import returned as acts
from inputs.actions.faults import Decided, Refused, Stale
from inputs.actions.reasons import reason_for
from inputs.clearances import read_proposals, waiting_by_session
from inputs.forms.clearance import DecideForm
from inputs.models import WITHDRAWN, ClearanceReply, ReturnedChange, SetAsideReason, Verdict
from inputs.views.refusals import sentence
from inputs.web import person


@require_safe
@conference_view()
def proposals(request: HttpRequest, conference: Conference, session: int) -> HttpResponse:
    found = get_object_or_404(Session, conference=conference, number=session)
    return _show(request, conference, found)


def _show(
    request: HttpRequest,
    conference: Conference,
    session: Session,
    *,
    typed: tuple[UUID, DecideForm] | None = None,
    stale: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. `typed` is what was posted for a proposal and could not be done; `stale`: the point was changed."""
    session.conference = conference
    groups = read_proposals(session)
    replies: dict[int, ClearanceReply] = {}
    certain: dict[int, int] = {}
    for group in groups:
        for side in group.sides:
            if side.is_open and side.can_be_used and not side.change.needs_a_hand and side.now is None:
                replies[side.change.reply_id] = side.change.reply
                certain[side.change.reply_id] = certain.get(side.change.reply_id, 0) + 1
    editing = may_edit(person(request), conference, session)
    context = {
        "conference": conference,
        "session": session,
        "sessions": waiting_by_session(conference),
        "waiting": [group for group in groups if group.is_open],
        "decided": [group for group in groups if not group.is_open],
        "certain": [(reply, certain[pk]) for pk, reply in replies.items()] if editing else [],
        "editing": editing,
        "reasons": reasons.choices(conference) if editing else [],
        "typed_key": typed[0] if typed else None,
        "typed": typed[1] if typed else None,
        "stale": stale,
    }
    return render(request, "inputs/clearance_session.html", context, status=status)


@require_POST
@conference_view(may_edit)
def decide(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Follow the proposal, write another text, take the point out, or say why it is not followed."""
    change = _mine(request, conference, key)
    session = change.question.session
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, conference, session, typed=(key, form), status=422)
    try:
        said = _act(request, conference, change, form.cleaned_data)
    except Stale:
        return _show(request, conference, session, typed=(key, form), stale=key, status=409)
    except Decided:
        messages.error(request, _("Somebody has decided about this already. Undo that first; nothing was changed."))
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    return _back(session, conference, change)


def _act(request: HttpRequest, conference: Conference, change: ReturnedChange, data: dict[str, Any]) -> str:
    by, version = person(request), data["version"]
    match data["act"]:
        case "accept":
            acts.accept(change, text=change.text, version=version, by=by)
            return _("The point has the proposed wording.")
        case "other":
            acts.accept(change, text=data["text"], version=version, by=by)
            return _("The point has the text that you wrote.")
        case "remove":
            with transaction.atomic():
                reason = _reason(conference, data["reason"])
                acts.remove(change, reason=reason, comment=data["answer"], version=version, by=by)
            return _("The point is removed, and what it was made from is set aside.")
        case "add":
            why = _("Proposed in clearance by %(office)s") % {"office": change.reply.office}
            acts.add(change, text=data["text"], reason=why, by=by)
            return _("It is a point now, without a source.")
        case "settle":
            acts.settle(change, decision=Verdict.OTHER, answer=data["answer"], by=by)
            return _("It is noted how this was handled.")
    acts.settle(change, decision=Verdict.REJECTED, answer=data["answer"], by=by)
    return _("It is noted why this is not followed.")


@require_POST
@conference_view(may_edit)
def accept_certain(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Every wording of an answer that is certain, in one session; what needs a hand is left alone."""
    reply = get_object_or_404(ClearanceReply, clearance__conference=conference, key=key)
    allowed = sessions_to_edit(person(request), conference)
    session = get_object_or_404(allowed, number=_number(request.POST.get("session", "")))
    number = acts.accept_certain(reply, sessions=[session], by=person(request))
    messages.success(
        request,
        ngettext("%(count)d point has a new wording.", "%(count)d points have a new wording.", number)
        % {"count": number},
    )
    return redirect("clearance_session", conference.slug, session.number)


@require_POST
@conference_view(may_edit)
def take_back(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Undo what was decided, and what it did to the point; the proposal waits again."""
    change = _mine(request, conference, key)
    events = Event.objects.filter(target_type="returnedchange", target_id=change.pk, verb="decide_change")
    event = events.order_by("-pk").first()

    def act() -> None:
        if event is None:
            raise undo.NotUndoable
        undo.undo(event.act, by=person(request))

    _carry_out(request, act, _("Undone. The proposal waits again."))
    return _back(change.question.session, conference, change)


def _carry_out(request: HttpRequest, act: Callable[[], None], said: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)


def _reason(conference: Conference, code: str) -> SetAsideReason:
    try:
        found = reason_for(conference, code)
    except SetAsideReason.DoesNotExist:
        raise Http404 from None
    if code == WITHDRAWN or not found.is_active:
        raise Http404
    return found


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 4:
        raise Http404
    return int(value)


def _mine(request: HttpRequest, conference: Conference, key: UUID) -> ReturnedChange:
    """The proposal, for those who edit in its session."""
    changes = ReturnedChange.objects.select_related("question__session", "reply", "line__point")
    found = get_object_or_404(changes, reply__clearance__conference=conference, key=key)
    if not may_edit(person(request), conference, found.question.session):
        raise PermissionDenied
    found.question.session.conference = conference
    return found


def _back(session: Session, conference: Conference, change: ReturnedChange) -> HttpResponse:
    return redirect(reverse("clearance_session", args=[conference.slug, session.number]) + f"#forslag-{change.key}")
