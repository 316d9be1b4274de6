"""Days that do not exist, weekdays of another day, the year in the title, and which time it is held (N21)."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Written
from inputs.checks.finding import Code, Finding, Span, found_in
from inputs.checks.numerals import ORDINAL, place_of

_WEEKDAYS = (
    ("mandag", "måndag", "monday"),
    ("tirsdag", "tysdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "laurdag", "saturday"),
    ("søndag", "sundag", "sunday"),
)
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)
_DAY_OF = {word: day for day, words in enumerate(_WEEKDAYS) for word in words}
_MONTH_OF = {word: month for month, words in enumerate(_MONTHS, 1) for word in words}
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(_DAY_OF)}),? (?:den |the )?)?"
    rf"(?<!\d)(?P<day>\d{{1,2}})\.? (?P<month>{'|'.join(_MONTH_OF)})\b(?: (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_TIME = re.compile(rf"\bfor (?:the )?({ORDINAL}) (?:gang|gong|time)\b", re.IGNORECASE)
_HELD = re.compile(r"arranger|avhold|holdt|halde|konferanse|conference|held", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SENTENCE = re.compile(r"[^.!?\n]*(?:\d\.[^.!?\n]*)*[.!?]?")


def days(edition: Edition) -> Iterator[Finding]:
    """A date without a year is one of the conference's own."""
    for written in edition.prose:
        wrong: list[Span] = []
        odd: list[Span] = []
        for match in _DATE.finditer(written.text):
            year = int(match["year"] or edition.date.year)
            try:
                day = date(year, _MONTH_OF[match["month"].casefold()], int(match["day"]))
            except ValueError:
                odd.append(match.span())
                continue
            if match["weekday"] and day.weekday() != _DAY_OF[match["weekday"].casefold()]:
                wrong.append(match.span())
        yield from found_in(
            Code.WEEKDAY, written.place, written.text, _("That day is another day of the week."), wrong
        )
        yield from found_in(Code.NO_SUCH_DAY, written.place, written.text, _("There is no such day."), odd)


def year(edition: Edition) -> Iterator[Finding]:
    """«2024» in the title of a conference that is held in 2026."""
    said = {int(year) for year in _YEAR.findall(edition.title)}
    if said and edition.date.year not in said:
        says = _("The title has another year than the date.")
        yield Finding(Code.YEAR, edition.place, says, (edition.title, str(edition.date.year)), edition.title)


def ordinal(edition: Edition) -> Iterator[Finding]:
    """«For ellevte gang» of the twelfth edition."""
    if edition.number is None:
        return
    says = _("This is edition number %(number)d.") % {"number": edition.number}
    for written in edition.prose:
        marks = [span for span, place in _times(written) if place != edition.number]
        yield from found_in(Code.ORDINAL, written.place, written.text, says, marks)


def _times(written: Written) -> Iterator[tuple[Span, int | None]]:
    """«For første gang» may be about anything; only of what is held is it the edition."""
    for sentence in _SENTENCE.finditer(written.text):
        if _HELD.search(sentence[0]):
            for match in _TIME.finditer(sentence[0]):
                start = sentence.start()
                yield (start + match.start(1), start + match.end(1)), place_of(match[1])
