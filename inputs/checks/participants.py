"""How many took part: the counts by category, the upper limit, and what the texts say (N1)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Participants
from inputs.checks.finding import Code, Finding, Span, found_in
from inputs.checks.numerals import NUMBER, value_of

_PEOPLE = re.compile(rf"(?<![\w.,-])({NUMBER}) (?:delta[kg]ere|deltakarar|participants)\b", re.IGNORECASE)
_LIMIT = re.compile(r"(?:øvre grense|øvre ramme|upper limit)\D{0,30}(\d+)", re.IGNORECASE)
_SESSIONS = re.compile(
    rf"(?<!\w)({NUMBER}) (?:faglige deler|faglege delar|bolker|bolkar|sesjoner|sesjonar|thematic sessions)\b",
    re.IGNORECASE,
)


def counts(edition: Edition) -> Iterator[Finding]:
    """More came than were let in or invited; or more in all than the upper limit."""
    for row in edition.participants:
        if says := _too_many(row):
            yield Finding(Code.PARTICIPANTS, row.place, says, (str((row.limit, row.invited, row.attended)),))
    if edition.capacity is not None and edition.attended > edition.capacity:
        says = _("%(came)d came in all, and the upper limit is %(limit)d.") % {
            "came": edition.attended,
            "limit": edition.capacity,
        }
        yield Finding(Code.PARTICIPANTS, edition.place, says, (str((edition.attended, edition.capacity)),))


def _too_many(row: Participants) -> str:
    if row.attended is None:
        return ""
    if row.limit is not None and row.attended > row.limit:
        return _("%(came)d came, and the upper limit is %(limit)d.") % {"came": row.attended, "limit": row.limit}
    if row.invited is not None and row.attended > row.invited:
        return _("%(came)d came, and %(invited)d were invited.") % {"came": row.attended, "invited": row.invited}
    return ""


def said(edition: Edition) -> Iterator[Finding]:
    """A number of participants in a text that is none of those counted."""
    rows = edition.participants
    counted = {number for row in rows for number in (row.limit, row.invited, row.attended) if number is not None}
    if not counted:
        return
    sums = (sum(getattr(row, name) or 0 for row in rows) for name in ("limit", "invited", "attended"))
    known = {*counted, *sums, edition.capacity}
    says = _("No count says this number of participants.")
    for written in edition.prose:
        marks = [match.span() for match in _PEOPLE.finditer(written.text) if value_of(match[1]) not in known]
        yield from found_in(Code.PARTICIPANTS_SAID, written.place, written.text, says, marks)


def limit(edition: Edition) -> Iterator[Finding]:
    """An upper limit in a text: another than the one set up, or easily read as how many came."""
    if edition.capacity is None:
        return
    for written in edition.prose:
        wrong: list[Span] = []
        same: list[Span] = []
        for match in _LIMIT.finditer(written.text):
            if int(match[1]) != edition.capacity:
                wrong.append(match.span())
            elif edition.capacity == edition.attended:
                same.append(match.span())
        if wrong:
            says = _("The upper limit is set up as %(limit)d.") % {"limit": edition.capacity}
        else:
            says = _("As many came as the upper limit is. Say which of the two is meant, everywhere.")
        yield from found_in(Code.LIMIT_SAID, written.place, written.text, says, wrong or same)


def sessions(edition: Edition) -> Iterator[Finding]:
    """«Tre faglige deler» where there are four."""
    number = len(edition.sessions)
    says = _("The conference has %(number)d thematic sessions.") % {"number": number}
    for written in edition.prose:
        marks = [match.span() for match in _SESSIONS.finditer(written.text) if value_of(match[1]) != number]
        yield from found_in(Code.SESSIONS_SAID, written.place, written.text, says, marks)
