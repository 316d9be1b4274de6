"""The survey's counts held against each other (N2, N3, N5, N7, N10, N11)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inputs.checks.edition import Edition, Survey, SurveyQuestion
from inputs.checks.finding import Code, Finding

FEWEST = 3  # below this, a cell tells of persons


def survey(edition: Edition) -> Iterator[Finding]:
    if edition.survey is None:
        return
    yield from _recipients(edition, edition.survey)
    yield from _respondents(edition.survey)
    for question in edition.survey.questions:
        yield from _question(edition.survey, question)


def _recipients(edition: Edition, survey: Survey) -> Iterator[Finding]:
    if edition.attended and survey.recipients > edition.attended and not survey.explanation:
        numbers = {"asked": survey.recipients, "came": edition.attended}
        says = _("%(asked)d were asked, and %(came)d came. Explain who the others are.") % numbers
        yield Finding(Code.RECIPIENTS, survey.place, says, (str(numbers),))
    if survey.groups and any(group.recipients is None for group in survey.groups):
        says = _("How many were asked is not said for each group, so the rate hides who answered.")
        read = tuple(f"{group.group} {group.recipients}" for group in survey.groups)
        yield Finding(Code.RECIPIENTS_BY_GROUP, survey.place, says, read)


def _respondents(survey: Survey) -> Iterator[Finding]:
    sent = [group.recipients for group in survey.groups if group.recipients is not None]
    if survey.respondents > survey.recipients:
        numbers = {"answered": survey.respondents, "asked": survey.recipients}
        says = _("%(answered)d answered, and %(asked)d were asked.") % numbers
    elif sent and len(sent) == len(survey.groups) and sum(sent) != survey.recipients:
        numbers = {"sum": sum(sent), "asked": survey.recipients}
        says = _("The groups add up to %(sum)d, and %(asked)d were asked in all.") % numbers
    else:
        return
    yield Finding(Code.RESPONDENTS, survey.place, says, (str(numbers),))


def _question(survey: Survey, question: SurveyQuestion) -> Iterator[Finding]:
    read = (question.base, *(f"{label} {count}" for label, count in question.answers))
    asked = {group.group: group.respondents for group in survey.groups}.get(question.base, survey.respondents)
    if survey.groups and question.n > asked:
        says = _("%(n)d answers, and %(asked)d respondents.") % {"n": question.n, "asked": asked}
        yield Finding(Code.ANSWERS, question.place, says, (*read, str(asked)))
    if small := sum(0 < count < FEWEST for _label, count in question.answers):
        says = ngettext(
            "%(number)d answer was given by one or two persons only.",
            "%(number)d answers were given by one or two persons only.",
            small,
        ) % {"number": small}
        yield Finding(Code.SMALL_CELL, question.place, says, read)
    ends = [label for label, _count in (*question.answers[:1], *question.answers[-1:])]
    if question.is_scale and ends and all(label.strip().isdecimal() for label in ends):
        yield Finding(Code.SCALE_ENDS, question.place, _("The ends of the scale have no words."), read)
