"""Proposals: made by those who may not change a question themselves, carried out by the ordinary verbs."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Question, User
from inputs.actions import dispositions, points
from inputs.actions.faults import Decided, NotAvailable, OtherConference, Stale
from inputs.actions.signing import hold_open
from inputs.models import Heading, Input, Outcome, Point, Proposal, ProposalKind, SetAsideReason
from rnik.lib.text import clean_line, clean_text


@dataclass(frozen=True)
class Payload:
    """What is proposed. Which of it a kind wants, the database says (inputs/models/proposals.py)."""

    kind: ProposalKind
    point: Point | None = None
    input: Input | None = None
    heading: Heading | None = None
    reason: SetAsideReason | None = None
    text: str = ""
    why: str = ""


@transaction.atomic
def propose(question: Question, payload: Payload, *, by: User) -> Proposal:
    """Keep the proposal. The same from the same person, while it is open, is found again: a double click is one.

    Raises NotAvailable for a point that is gone, OtherConference for things of another question.
    """
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)  # two clicks meet in turn
    point, entry, heading, reason = payload.point, payload.input, payload.heading, payload.reason
    if point:
        point = Point.objects.get(pk=point.pk)
        if point.removed_at:
            raise NotAvailable
    of_question: list[int | None] = [thing.question_id for thing in (point, heading) if thing]
    of_question += [entry.filed_under_id or entry.question_id] if entry else []
    if set(of_question) != {question.pk}:
        raise OtherConference
    facts = {
        "question": question,
        "kind": payload.kind,
        "point": point,
        "input": entry,
        "heading": heading,
        "reason": reason,
        "text": clean_text(payload.text),
        "why": clean_line(payload.why),
        "point_revision": point.revision if point else None,
    }
    if stored := Proposal.objects.open().filter(**facts, made_by=by).first():
        return stored
    made = Proposal.objects.create(**facts, made_at=timezone.now(), made_by=by)
    _record("propose", by, made)
    return made


@transaction.atomic
@one_act()
def accept(proposal: Proposal, *, version: int | None, by: User, answer: str = "") -> Proposal:
    """Carry the proposal out. `version` is the point that was read: Stale when it has changed since.

    Raises whatever the verb raises that it comes to, and Decided when somebody was faster.
    """
    hold_open([proposal.question_id], inputs=[proposal.input] if proposal.input else [], by=by)
    stored = _open(proposal)
    if stored.point and stored.point.version != version:
        raise Stale(stored.point)
    _close(stored, Outcome.ACCEPTED, by=by, answer=answer)
    _carry_out(stored, by)
    return stored


@transaction.atomic
def decline(proposal: Proposal, *, answer: str, by: User) -> Proposal:
    """Say no, and why."""
    return _close(_open(proposal), Outcome.DECLINED, by=by, answer=answer)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> Proposal:
    """It is not proposed any more. Raises Decided."""
    return _close(_open(proposal), Outcome.WITHDRAWN, by=by)


@transaction.atomic
def reopen(proposal: Proposal, *, by: User) -> Proposal:
    """What was decided is asked again, in its author's name; the decision stays beside it."""
    values = {field: getattr(proposal, field) for field in _ASKED}
    made = Proposal.objects.create(**values, made_at=timezone.now())
    _record("propose", by, made)
    return made


_ASKED = ["question", "kind", "point", "point_revision", "input", "heading", "reason", "text", "why", "made_by"]


def _carry_out(proposal: Proposal, by: User) -> None:
    point, entry = proposal.point, proposal.input
    match proposal.kind, point, entry:
        case ProposalKind.REWORD, Point(), None:
            points.reword(point, text=proposal.text, version=point.version, by=by)
        case ProposalKind.REMOVE, Point(), None:
            dispositions.remove_point(point, by=by)
        case ProposalKind.USE, None, Input():
            dispositions.accept([entry], by=by, place=lambda _entry: proposal.heading)
        case ProposalKind.SAME, Point(), Input():
            dispositions.attach(point, [entry], by=by)
        case ProposalKind.SET_ASIDE, None, Input():
            if proposal.reason is not None:
                dispositions.set_aside([entry], reason=proposal.reason, by=by, comment=proposal.why)
        case ProposalKind.WORDS, _, _:
            pass  # done by hand; to accept is to say that it is done


def _open(proposal: Proposal) -> Proposal:
    stored = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("question__session", "point", "input", "heading", "reason")
        .get(pk=proposal.pk)
    )
    if stored.decided_at:
        raise Decided
    return stored


def _close(stored: Proposal, outcome: Outcome, *, by: User, answer: str = "") -> Proposal:
    stored.outcome, stored.answer = outcome, clean_line(answer)
    stored.decided_at, stored.decided_by = timezone.now(), by
    stored.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    _record("decide_proposal", by, stored, outcome=str(outcome))
    return stored


def _record(verb: str, by: User, proposal: Proposal, **after: object) -> None:
    question = proposal.question
    record(
        verb=verb,
        by=by,
        conference=question.session.conference,
        scope=f"question:{question.pk}",
        changes=[Change(proposal, after={"author": proposal.made_by_id, "kind": str(proposal.kind), **after})],
    )
