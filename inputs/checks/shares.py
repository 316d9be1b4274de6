"""Shares and counts that the chapter on the evaluation tells in words (N4, N8, N9, N10)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Survey, Written
from inputs.checks.finding import Code, Finding, found_in
from inputs.checks.numerals import value_of

_SHARE = re.compile(r"(?<![\w,.])(\d{1,3})(?:,\d+)? ?(?:%|prosent\b|per ?cent\b)", re.IGNORECASE)
_RESPONDENTS = re.compile(r"(?<![\w,.-])(\d+) (?:respondent\w*|besvarelser|svar)\b", re.IGNORECASE)
_TENTHS = re.compile(r"(?<![\w,.-])(\d|\w{2,5}) (?:av|of) (?:10|ti|ten)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_BASE = re.compile(r"organisasjon|råd|respondent|\bn ?= ?\d|embetsverk|organi[sz]ation|council", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:enkelte|noen få|nokre få|om lag (?:like|så) mange|omtrent like mange|a few|about as many)\b", re.IGNORECASE
)
_SCALE = re.compile(r"\b(?:skala(?:en)?|scale) (?:fra|frå|from|på|of) ?\d", re.IGNORECASE)


def shares(edition: Edition) -> Iterator[Finding]:
    chapter = next((one for one in edition.chapters if one.slot == "evaluation"), None)
    if chapter is None or edition.survey is None:
        return
    written, survey = Written(chapter.place, chapter.text), edition.survey
    yield from _unknown(written, survey)
    yield from _without_base(written)
    says = _("Say how many, of how many: the survey has the counts.")
    yield from found_in(
        Code.VAGUE, written.place, written.text, says, [m.span() for m in _VAGUE.finditer(written.text)]
    )
    if not any(question.is_scale for question in survey.questions):
        marks = [match.span() for match in _SCALE.finditer(written.text)]
        says = _("The survey holds no counts for a scale: give n, base and the words at its ends.")
        yield from found_in(Code.SCALE_WITHOUT_COUNTS, written.place, written.text, says, marks)


def _unknown(written: Written, survey: Survey) -> Iterator[Finding]:
    """Shares and counts that do not follow from the survey's own."""
    pairs = [(survey.respondents, survey.recipients)]
    pairs += [(group.respondents, group.recipients or 0) for group in survey.groups]
    pairs += [(count, question.n) for question in survey.questions for _label, count in question.answers]
    best = [(sum(c for _l, c in question.answers[:2]), question.n) for question in survey.questions]
    percents = {_rounded(100, count, of) for count, of in [*pairs, *best]}
    tenths = {_rounded(10, count, of) for count, of in [*pairs, *best]}
    counts = {survey.respondents, *(group.respondents for group in survey.groups)}
    counts |= {question.n for question in survey.questions}
    text = written.text
    marks = [match.span() for match in _SHARE.finditer(text) if int(match[1]) not in percents]
    marks += [match.span() for match in _RESPONDENTS.finditer(text) if int(match[1]) not in counts]
    marks += [match.span() for match in _TENTHS.finditer(text) if value_of(match[1]) not in {None, *tenths}]
    says = _("This does not follow from the counts of the survey.")
    yield from found_in(Code.SHARE_SAID, written.place, text, says, sorted(marks))


def _rounded(whole: int, count: int, of: int) -> int | None:
    """Halves up, as the report's own figures; nothing of nobody."""
    return (2 * whole * count + of) // (2 * of) if of else None


def _without_base(written: Written) -> Iterator[Finding]:
    marks = []
    for sentence in _SENTENCE.finditer(written.text):
        if not _BASE.search(sentence[0]):
            start = sentence.start()
            marks += [(start + m.start(), start + m.end()) for m in _TENTHS.finditer(sentence[0]) if value_of(m[1])]
    says = _("Say who was asked, and how many they were.")
    yield from found_in(Code.BASE_MISSING, written.place, written.text, says, marks)
