"""The survey's part of a conference file: who was asked, who answered, and what."""

from django.utils.translation import gettext as _

from conference.importers.conference_rows import AnswerRow, RespondentRow, SurveyQuestionRow, SurveyRow
from conference.importers.records import MAX_COUNT, MAX_QUESTION, Record

SURVEY_KINDS = ("choice", "scale")


def survey_row(row: Record) -> SurveyRow:
    """Counts only: rates are computed from them, never read."""
    return SurveyRow(
        recipients=row.number("recipients", most=MAX_COUNT, required=True) or 0,
        respondents=row.each("respondents", _respondent_row, distinct="group"),
        questions=row.each("questions", _survey_question_row),
        explanation=row.text("explanation"),
    )


def _respondent_row(row: Record) -> RespondentRow:
    count = row.number("count", most=MAX_COUNT, required=True) or 0
    recipients = row.number("recipients", most=MAX_COUNT)
    if recipients is not None and count > recipients:
        row.expected(_("no more answers than were asked for"), count, "count")
    return RespondentRow(row.line("group", longest=50, required=True), count, recipients)


def _survey_question_row(row: Record) -> SurveyQuestionRow:
    return SurveyQuestionRow(
        text=row.text("text", longest=MAX_QUESTION, required=True),
        kind=row.word("kind", SURVEY_KINDS, "choice"),
        base=row.line("base", longest=50),
        number=row.line("number", longest=20),
        answers=row.each("answers", _answer_row, distinct="label"),
    )


def _answer_row(row: Record) -> AnswerRow:
    label, count = row.line("label", longest=100, required=True), row.number("count", most=MAX_COUNT, required=True)
    return AnswerRow(label, count or 0)
