"""The fixed words of a report, in the report's own language, not the reader's.

Call these inside `django.utils.translation.override(conference.language)`.
"""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.translation import get_language, gettext, ngettext

from inputs.report.model import Phrases, Slot


def phrases(made_at: datetime, *, rehearsal: bool = False) -> Phrases:
    return Phrases(
        contents=gettext("Contents"),
        page=gettext("Page"),
        of=gettext("of"),
        draft=gettext("Rehearsal – never to be published") if rehearsal else gettext("Draft"),
        internal=gettext("Internal edition"),
        one_table=gettext("1 table"),
        many_tables=gettext("%d tables"),
        made_on=gettext("Made %(date)s") % {"date": long_date(made_at.date())},
        unreadable=gettext("Characters that cannot be shown stand as □"),
        to_top=gettext("To the contents"),
        to_point=gettext("Link to this point"),
    )


def long_date(day: date) -> str:
    """«12. mars 2026» in the language that is active."""
    language = get_language() or "nb"
    return format_date(day, "d MMMM y" if language == "en" else "d. MMMM y", locale=language)


def chapter_title(slot: Slot) -> str:
    """The usual title of a chapter; sessions and speeches have their own."""
    return {
        Slot.SUMMARY: gettext("Summary"),
        Slot.THANKS: gettext("Thanks from the minister"),
        Slot.PROGRAMME: gettext("Conference programme"),
        Slot.CONFERENCE: gettext("The conference"),
        Slot.PURPOSE: gettext("Purpose"),
        Slot.BACKGROUND: gettext("Background"),
        Slot.DIALOGUE: gettext("Focus on dialogue"),
        Slot.ANCHORING: gettext("How the topics were chosen"),
        Slot.VIDEO: gettext("Video recordings"),
        Slot.EVALUATION: gettext("Evaluation"),
        Slot.DISCUSSIONS: gettext("Discussions and inputs"),
        Slot.STRUCTURE: gettext("How the sessions were built up"),
        Slot.TOPIC: gettext("Topic"),
        Slot.INTRODUCERS: gettext("Introducers"),
        Slot.QUESTIONS: gettext("Questions"),
        Slot.INPUTS: gettext("Inputs"),
    }[slot]


def speeches_title(number: int) -> str:
    return ngettext("Speech", "Speeches", number)


def question_label(number: int, text: str) -> str:
    """«Spørsmål 1: Hva skal til …»"""
    return gettext("Question %(number)d: %(text)s") % {"number": number, "text": text}


def group_name(group: str) -> str:
    """A survey group's name in running text; a group that is not one of the usual keeps its own."""
    return {
        "": gettext("all who were asked"),
        "organisation": gettext("organisations and councils"),
        "council": gettext("councils"),
        "civil_service": gettext("the civil service"),
        "political_leadership": gettext("the political leadership"),
    }.get(group, group)
