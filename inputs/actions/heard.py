"""Lines for «Dette hører vi», chosen by an editor while the tables still write."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Question, User
from inputs.actions.faults import ChosenAgain, Full, NotAvailable, OtherConference, Stale
from inputs.actions.screen import take_off
from inputs.models import HeardLine, HeardRevision, Input, Point
from inputs.models.heard import HeardLineQuerySet
from rnik.lib.text import clean_line

SCOPE = "heard"  # what the reading page and the big screen poll, together with the planning
MOST = 5  # lines of one question: what somebody can say from a stage


@transaction.atomic
def choose(question: Question, source: Input | Point, *, text: str, by: User) -> HeardLine:
    """Let the source be heard under the question, last, in these words. One that is there already stays as it is.

    Raises Full, NotAvailable when the source is set aside or removed, OtherConference when it is not the question's.
    """
    _hold(question)
    of = {"input" if isinstance(source, Input) else "point": source}
    if found := standing(question).filter(**of).first():
        return found
    stored = type(source)._default_manager.get(pk=source.pk)
    if isinstance(stored, Input):
        belongs, is_gone = (stored.filed_under_id or stored.question_id) == question.pk, bool(stored.set_aside_id)
    else:
        belongs, is_gone = stored.question_id == question.pk, bool(stored.removed_at)
    if not belongs:
        raise OtherConference
    if is_gone:
        raise NotAvailable
    _look_for_room(question)
    last = HeardLine.objects.filter(question=question).aggregate(last=Max("position"))["last"] or 0
    line = HeardLine.objects.create(question=question, text=clean_line(text), position=last + 1, **of)
    HeardRevision.objects.create(line=line, number=1, text=line.text, by=by, at=timezone.now())
    _record("hear", by, line, after={"revision": 1})
    return line


@transaction.atomic
def reword(line: HeardLine, *, text: str, version: int, by: User) -> HeardLine:
    """Other words for the line. `version` is the one that was read; Stale if somebody was faster."""
    stored, text = _locked(line), clean_line(text)
    if stored.version != version:
        raise Stale(stored)
    if stored.text == text:
        return stored
    stored.text = text
    stored.revision += 1
    stored.version += 1
    stored.save(update_fields=["text", "revision", "version"])
    HeardRevision.objects.create(line=stored, number=stored.revision, text=text, by=by, at=timezone.now())
    _record("reword_line", by, stored, {"revision": stored.revision - 1}, {"revision": stored.revision})
    return stored


@transaction.atomic
@one_act()
def step(line: HeardLine, by_steps: int, *, by: User) -> tuple[int, int]:
    """Up (-1) or down (1) among the question's lines; at the end it stays. Returns its place, and of how many."""
    _hold(line.question)
    stored = _locked(line)
    lines = list(standing(stored.question))
    old = lines.index(stored)
    new = min(max(old + by_steps, 0), len(lines) - 1)
    lines.insert(new, lines.pop(old))
    for position, one in enumerate(lines, 1):
        if one.position != position:
            HeardLine.objects.filter(pk=one.pk).update(position=position)
            _record("order_line", by, one, {"position": one.position}, {"position": position})
    return new + 1, len(lines)


@transaction.atomic
@one_act()
def remove(line: HeardLine, *, by: User) -> HeardLine:
    """The line is heard no more, and leaves the big screen if it stands there."""
    stored = _locked(line)
    stored.removed_at, stored.removed_by = timezone.now(), by
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "version"])
    _record("remove_line", by, stored)
    take_off(stored, by=by)
    return stored


@transaction.atomic
def restore(line: HeardLine, *, by: User) -> HeardLine:
    """Take back the removal: it stands where it stood.

    Raises Full, NotAvailable when it stands, ChosenAgain when another line says what its source says.
    """
    _hold(line.question)
    stored = HeardLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if stored.removed_at is None:
        raise NotAvailable
    if standing(line.question).filter(input=stored.input_id, point=stored.point_id).exists():
        raise ChosenAgain
    _look_for_room(line.question)
    stored.removed_at = stored.removed_by = None
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "version"])
    _record("restore_line", by, stored)
    return stored


def standing(question: Question) -> HeardLineQuerySet:
    return HeardLine.objects.standing().filter(question=question)


def _hold(question: Question) -> None:
    """Two who choose at once meet in turn."""
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)


def _look_for_room(question: Question) -> None:
    if standing(question).count() >= MOST:
        raise Full


def _locked(line: HeardLine) -> HeardLine:
    stored = HeardLine.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=line.pk)
    if stored.removed_at:
        raise NotAvailable
    return stored


def _record(
    verb: str,
    by: User,
    line: HeardLine,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    record(
        verb=verb,
        by=by,
        conference=line.question.session.conference,
        scope=SCOPE,
        changes=[Change(line, before or {}, after or {})],
    )
