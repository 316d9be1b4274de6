"""«Til avklaring»: a point is marked, the editorial meeting decides, and a decision can be opened again."""

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import User
from inputs.actions.faults import Decided, NotAvailable, Stale, UnderClarification
from inputs.actions.points import reword
from inputs.actions.signing import hold_open
from inputs.models import Clarification, Decision, Point
from rnik.lib.text import clean_line, clean_text


@transaction.atomic
def ask(point: Point, *, why: str, alternative: str = "", by: User) -> Clarification:
    """Mark the point. Raises UnderClarification when it is marked already, NotAvailable when it is gone."""
    hold_open([point.question_id], by=by)
    stored = _locked(point)
    if stored.removed_at:
        raise NotAvailable
    if Clarification.objects.open().filter(point=stored).exists():
        raise UnderClarification
    made = Clarification.objects.create(
        point=stored,
        point_revision=stored.revision,
        alternative=clean_text(alternative),
        why=clean_line(why),
        opened_at=timezone.now(),
        opened_by=by,
    )
    _record("ask_clarification", by, made)
    return made


@transaction.atomic
@one_act()
def decide(
    clarification: Clarification, decision: Decision, *, version: int, by: User, text: str = "", comment: str = ""
) -> Clarification:
    """Keep the point, let it take the alternative, or write `text`. `version` is the point that was read.

    Raises Stale when the point was reworded since, Decided when somebody was faster, NotAvailable when the point is
    gone and its text cannot be changed.
    """
    hold_open([clarification.point.question_id], by=by)
    point = _locked(clarification.point)
    stored = _open(clarification)
    if point.version != version:
        raise Stale(point)
    _close(stored, decision, by=by, comment=comment)
    if decision != Decision.KEPT:
        new = stored.alternative if decision == Decision.ALTERNATIVE else text
        reword(point, text=new, version=version, by=by)
    return stored


@transaction.atomic
def withdraw(clarification: Clarification, *, by: User) -> Clarification:
    """It is not asked any more. Raises Decided."""
    hold_open([clarification.point.question_id], by=by)
    _locked(clarification.point)
    return _close(_open(clarification), Decision.WITHDRAWN, by=by)


@transaction.atomic
def reopen(clarification: Clarification, *, by: User) -> Clarification:
    """The same is asked again. What was decided stays beside it; the point keeps its text."""
    return ask(clarification.point, why=clarification.why, alternative=clarification.alternative, by=by)


def _close(stored: Clarification, decision: Decision, *, by: User, comment: str = "") -> Clarification:
    stored.decision, stored.comment = decision, clean_line(comment)
    stored.decided_at, stored.decided_by = timezone.now(), by
    stored.save(update_fields=["decision", "comment", "decided_at", "decided_by"])
    _record("decide_clarification", by, stored, decision=str(decision))
    return stored


def _locked(point: Point) -> Point:
    return Point.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=point.pk)


def _open(clarification: Clarification) -> Clarification:
    stored = (
        Clarification.objects.select_for_update(of=("self",))
        .select_related("point__question__session")
        .get(pk=clarification.pk)
    )
    if stored.decided_at:
        raise Decided
    return stored


def _record(verb: str, by: User, clarification: Clarification, **after: object) -> None:
    question = clarification.point.question
    record(
        verb=verb,
        by=by,
        conference=question.session.conference,
        scope=f"question:{question.pk}",
        changes=[Change(clarification, after={"point": clarification.point_id, **after})],
    )
