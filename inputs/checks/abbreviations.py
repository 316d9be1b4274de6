"""Abbreviations that nothing before them in the report explains: «… (BUA)». Each is told of once."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs import style
from inputs.checks.edition import Edition, Written
from inputs.checks.finding import Code, Finding, found_in


def abbreviations(edition: Edition) -> Iterator[Finding]:
    texts = list(_in_order(edition))
    says = _("Write it out the first time, with the abbreviation in brackets.")
    # One row of all: what is explained, or told of, is known from there on.
    for written, hints in zip(texts, style.read([one.text for one in texts]), strict=True):
        marks = [(hint.start, hint.end) for hint in hints if hint.code == "abbreviation"]
        yield from found_in(Code.ABBREVIATION, written.place, written.text, says, marks)


def _in_order(edition: Edition) -> Iterator[Written]:
    """As a reader meets them: what comes before the sessions, then each session with its questions and points."""
    prose = {written.place: written for written in edition.prose}
    sessions = {session.place for session in edition.sessions}
    yield from (written for place, written in prose.items() if place not in sessions)
    for session in edition.sessions:
        if session.place in prose:
            yield prose[session.place]
        for question in session.questions:
            yield Written(question.place, question.text)
            for heading in question.headings:
                yield Written(heading.place, heading.title)
                yield from heading.points
            yield from question.bare
