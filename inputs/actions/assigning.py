"""Whose questions are whose: given, and taken back. Whoever else may edit them may do so all the same."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Question, User
from inputs.models import Assignment


@transaction.atomic
@one_act()
def assign(questions: Iterable[Question], person: User, *, by: User) -> int:
    """The person sees to the questions. Returns how many of them are new to them."""
    now, number = timezone.now(), 0
    for question in _held(questions):
        _made, is_new = Assignment.objects.get_or_create(
            question=question, person=person, defaults={"at": now, "by": by}
        )
        if is_new:
            number += 1
            _record("assign_question", question, person, by)
    return number


@transaction.atomic
@one_act()
def unassign(questions: Iterable[Question], person: User, *, by: User) -> int:
    """The person does not see to them any more. Returns how many it was of."""
    number = 0
    for question in _held(questions):
        gone, _models = Assignment.objects.filter(question=question, person=person).delete()
        if gone:
            number += 1
            _record("unassign_question", question, person, by)
    return number


def _held(questions: Iterable[Question]) -> list[Question]:
    keys = [question.pk for question in questions]
    held = Question.objects.select_for_update(no_key=True, of=("self",)).select_related("session__conference")
    return list(held.filter(pk__in=keys).order_by("pk"))


def _record(verb: str, question: Question, person: User, by: User) -> None:
    record(
        verb=verb,
        by=by,
        conference=question.session.conference,
        scope=f"question:{question.pk}",
        changes=[Change(question, after={"person": person.pk})],
    )
