"""Checks of a report before it goes out: pure functions from what was read to what was found.

Each is a matter for somebody's judgement, so each finding can be mended or accepted with a reason; some stand in the
way of publication until then (`finding.TO_BE_ACCEPTED`). docs/adr/0023.
"""

from collections.abc import Callable, Iterable

from inputs.checks import (
    abbreviations,
    chapters,
    dates,
    introducers,
    links,
    outline,
    participants,
    personal,
    programme,
    session_names,
    shares,
    small_groups,
    survey,
    titles,
    wording,
)
from inputs.checks.edition import Edition, Texts
from inputs.checks.finding import TO_BE_ACCEPTED, Finding

Check = Callable[[Edition], Iterable[Finding]]

#: What can find something that stands in the way. These need no more than the texts.
OF_TEXTS: tuple[Callable[[Texts], Iterable[Finding]], ...] = (
    personal.numbers_and_addresses,
    personal.names,
    small_groups.small_groups,
)

CHECKS: tuple[Check, ...] = (
    participants.counts,
    participants.said,
    participants.limit,
    participants.sessions,
    survey.survey,
    shares.shares,
    introducers.in_the_summary,
    introducers.in_the_session,
    introducers.in_the_programme,
    introducers.missing,
    introducers.one_representative,
    titles.in_the_setup,
    titles.in_the_texts,
    session_names.sessions,
    session_names.ministries,
    dates.days,
    dates.year,
    dates.ordinal,
    programme.programme,
    outline.questions,
    outline.headings,
    outline.same_points,
    chapters.chapters,
    chapters.placeholders,
    links.links,
    abbreviations.abbreviations,
    wording.hints,
    wording.paragraphs,
    wording.slips,
    wording.lengths,
)


def run(edition: Edition) -> list[Finding]:
    """All that is found, in the order of the checks."""
    of_texts = [finding for check in OF_TEXTS for finding in check(edition.texts)]
    return of_texts + [finding for check in CHECKS for finding in check(edition)]


def run_hard(texts: Texts) -> list[Finding]:
    """What of it stands in the way of publication until somebody accepts it."""
    return [finding for check in OF_TEXTS for finding in check(texts) if finding.code in TO_BE_ACCEPTED]
