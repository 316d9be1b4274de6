"""Chapters that are not written or not finished, and what was left in them to be filled in."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Session
from inputs.checks.finding import Code, Finding, found_in

_LEFT = re.compile(
    r"\[(?:kontroll[eé]r|sjekk|fyll|sett inn|check|TODO|\.\.\.|…|X)[^\]\n]{0,80}\](?!\()"
    r"|(?<!\w)(?:TODO|XX+|NN|lorem ipsum)(?!\w)|\?\?+"
)


def chapters(edition: Edition) -> Iterator[Finding]:
    for chapter in edition.chapters:
        if not chapter.text:
            says = _("Nothing is written. The chapter is left out of the report.")
            yield Finding(Code.EMPTY_CHAPTER, chapter.place, says, ("",))
        elif not chapter.is_ready:
            says = _("The chapter is marked as a draft.")
            yield Finding(Code.DRAFT_CHAPTER, chapter.place, says, (chapter.text,))
    for session in edition.sessions:
        if parts := _missing(session):
            says = _("Not written: %(parts)s.") % {"parts": ", ".join(parts)}
            yield Finding(Code.SESSION_PART, session.place, says, tuple(parts))


def _missing(session: Session) -> list[str]:
    parts = ((_("the topic"), session.topic), (_("what was said in the introduction"), session.introduction))
    return [name for name, text in parts if not text]


def placeholders(edition: Edition) -> Iterator[Finding]:
    says = _("This looks as if it is still to be filled in.")
    for written in (*edition.prose, *edition.points):
        marks = [match.span() for match in _LEFT.finditer(written.text)]
        yield from found_in(Code.PLACEHOLDER, written.place, written.text, says, marks)
