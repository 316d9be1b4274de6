"""The survey's figures, computed from counts: shares, bases, and the notes that keep a reader from being misled."""

from django.utils.translation import gettext

from inputs.report.model import Bar, Figure, Survey, SurveyQuestion
from inputs.report.phrases import group_name

LIKERT = 5  # answers, best first: then «8 of 10» may be said of the first two


def share(count: int, of: int) -> int:
    """The whole per cent, halves up; 0 of 0 is 0."""
    return (200 * count + of) // (2 * of) if of else 0


def figures(survey: Survey) -> tuple[Figure, ...]:
    """One figure a question. Their labels are the word alone: numbering.py adds the number."""
    return tuple(_figure(survey, question) for question in survey.questions)


def response(survey: Survey) -> str:
    """«48 av 91 svarte på undersøkelsen (53 %).»"""
    answered = sum(number for _group, number in survey.respondents)
    return gettext("%(answered)d of %(asked)d answered the survey (%(percent)d %%).") % {
        "answered": answered,
        "asked": survey.recipients,
        "percent": share(answered, survey.recipients),
    }


def _figure(survey: Survey, question: SurveyQuestion) -> Figure:
    n = sum(count for _label, count in question.answers)
    bars = tuple(Bar(label, count, share(count, n)) for label, count in question.answers)
    spoken = "; ".join(gettext("%(label)s: %(percent)d per cent") % vars(bar) for bar in bars)
    return Figure(
        label=gettext("Figure"),
        title=question.text,
        bars=bars,
        header=(gettext("Answer"), gettext("Number"), gettext("Per cent")),
        alt=gettext("Horizontal bar chart. %(question)s %(answers)s.")
        % {"question": question.text, "answers": spoken},
        notes=_notes(survey, question, bars, n),
    )


def _notes(survey: Survey, question: SurveyQuestion, bars: tuple[Bar, ...], n: int) -> tuple[str, ...]:
    notes = [gettext("Base: %(group)s, n = %(n)d.") % {"group": group_name(question.base), "n": n}]
    if len(bars) == LIKERT and n:
        best = bars[0].count + bars[1].count
        notes.append(
            gettext("%(tenths)d of 10 (%(count)d of %(n)d) answered “%(first)s” or “%(second)s”.")
            % {
                "tenths": (20 * best + n) // (2 * n),
                "count": best,
                "n": n,
                "first": bars[0].label,
                "second": bars[1].label,
            }
        )
    asked = dict(survey.respondents).get(question.base)
    if asked is not None and asked > n:
        notes.append(
            gettext("%(missing)d of %(asked)d did not answer this question.") % {"missing": asked - n, "asked": asked}
        )
    if n and sum(bar.percent for bar in bars) != 100:
        notes.append(gettext("The percentages do not add up to 100 because of rounding."))
    notes.append(response(survey))
    return tuple(notes)
