"""Names of sessions and ministries: one spelling everywhere (N16, N17)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition
from inputs.checks.finding import Code, Finding, found_in


def sessions(edition: Edition) -> Iterator[Finding]:
    """A session with one title in the report and another in the programme."""
    for session in edition.sessions:
        if session.programme_title and session.programme_title != session.title:
            says = _("The programme calls it «%(title)s».") % {"title": session.programme_title}
            yield Finding(Code.SESSION_TITLE, session.place, says, (session.title, session.programme_title))


def ministries(edition: Edition) -> Iterator[Finding]:
    """«Arbeids og inkluderings-» for «Arbeids- og inkluderings-»."""
    patterns = [
        (re.compile(rf"(?<!\w){re.escape(stem).replace(chr(92) + '-', '-?')}", re.IGNORECASE), stem)
        for stem in (name.removesuffix("departementet") for name in edition.ministries)
        if "-" in stem
    ]
    says = _("The name of the ministry is spelt another way in the set-up.")
    for written in edition.prose:
        marks = [
            match.span()
            for pattern, stem in patterns
            for match in pattern.finditer(written.text)
            if match[0].casefold() != stem.casefold()
        ]
        yield from found_in(Code.MINISTRY_SAID, written.place, written.text, says, sorted(marks))
