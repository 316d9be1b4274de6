"""The survey's counts, typed by an administrator. Nothing refers to the rows, so that each saving replaces them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from conference.actions.history import Change, record
from conference.models import (
    Conference,
    RespondentGroup,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyQuestionKind,
    User,
)


@dataclass(frozen=True)
class Group:
    """A group of those who were asked; `recipients` is None where nobody counted them."""

    name: str
    recipients: int | None
    respondents: int


@dataclass(frozen=True)
class Asked:
    """A question with its answers (label, count). `base` names the group that was asked; empty is all."""

    text: str
    kind: SurveyQuestionKind
    base: str
    answers: Sequence[tuple[str, int]]


@transaction.atomic
def save_survey(
    conference: Conference, *, recipients: int, explanation: str, groups: Sequence[Group], by: User
) -> Survey:
    """How many were asked and how many answered, group for group."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    survey, _created = Survey.objects.update_or_create(
        conference=conference, defaults={"recipients": recipients, "explanation": explanation}
    )
    survey.groups.all().delete()
    RespondentGroup.objects.bulk_create(
        RespondentGroup(
            survey=survey,
            position=position,
            group=group.name,
            recipients=group.recipients,
            respondents=group.respondents,
        )
        for position, group in enumerate(groups)
    )
    record(verb="save_survey", by=by, conference=conference, changes=[Change(survey)])
    return survey


@transaction.atomic
def save_survey_question(
    survey: Survey, asked: Asked, *, question: SurveyQuestion | None = None, by: User
) -> SurveyQuestion:
    """A new question, last, or the one that is given; its answers are replaced."""
    Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if question is None:
        question = SurveyQuestion(survey=survey, position=survey.questions.count())
    question.text, question.kind, question.base = asked.text, asked.kind, asked.base
    question.save()
    question.answers.all().delete()
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(question=question, position=position, label=label, count=count)
        for position, (label, count) in enumerate(asked.answers)
    )
    record(verb="save_survey", by=by, conference=survey.conference, changes=[Change(question)])
    return question
