"""Who introduced which session: the same in the set-up, the programme, the summary and the text (N13, N14)."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Person, Session
from inputs.checks.finding import Code, Finding, found_in

_ONE = re.compile(
    r"\b(?:en representant fra politisk ledelse|ein representant frå politisk leiing|"
    r"one representative of the political leadership)\b",
    re.IGNORECASE,
)


def in_the_summary(edition: Edition) -> Iterator[Finding]:
    """The summary names some who introduced a session, and not all of them."""
    summary = next((one for one in edition.chapters if one.slot == "summary" and one.text), None)
    if summary is None:
        return
    missing: list[str] = []
    for session in edition.sessions:
        left = [person for person in session.introducers if not _is_named(person, summary.text)]
        if left and len(left) < len(session.introducers):
            missing += [f"{person.name} ({session.number})" for person in left]
    if missing:
        says = _("Some who introduced a session are not named: %(names)s.") % {"names": ", ".join(missing)}
        yield Finding(Code.INTRODUCERS_SAID, summary.place, says, (summary.text, *missing))


def in_the_session(edition: Edition) -> Iterator[Finding]:
    """The text about a session names too few who introduced it, or somebody who introduced another one."""
    for session in edition.sessions:
        if not session.introduction or not session.introducers:
            continue
        names = [person.name for person in session.introducers if not _is_named(person, session.introduction)]
        others = [person.name for person in _others(session, edition) if person.name in session.introduction]
        if names:
            says = _("The text does not name %(names)s.") % {"names": ", ".join(names)}
        elif others:
            says = _("%(names)s is not set up as an introducer here.") % {"names": ", ".join(others)}
        else:
            continue
        yield Finding(Code.INTRODUCERS_SAID, session.place, says, (session.introduction, *names, *others))


def _others(session: Session, edition: Edition) -> Iterable[Person]:
    own = {person.name for person in session.introducers}
    everybody = {person.name: person for one in edition.sessions for person in one.introducers}
    return [person for name, person in everybody.items() if name not in own]


def _is_named(person: Person, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(person.last_name)}(?!\w)", text) is not None


def in_the_programme(edition: Edition) -> Iterator[Finding]:
    """A line of the programme leads to a session, and its speaker is none who introduces it."""
    sessions = {session.number: session for session in edition.sessions}
    for item in edition.programme:
        session = sessions.get(item.session or 0)
        if session is None or item.speaker is None or not session.introducers:
            continue
        names = [person.name for person in session.introducers]
        if item.speaker.name not in names:
            says = _("%(name)s is not set up as an introducer of session %(session)d.") % {
                "name": item.speaker.name,
                "session": session.number,
            }
            yield Finding(Code.SPEAKER, item.place, says, (item.speaker.name, *names))


def missing(edition: Edition) -> Iterator[Finding]:
    """A session that nobody introduces, while others have somebody."""
    if any(session.introducers for session in edition.sessions):
        for session in edition.sessions:
            if not session.introducers:
                yield Finding(Code.NO_INTRODUCER, session.place, _("Nobody is set up as an introducer."), ("",))


def one_representative(edition: Edition) -> Iterator[Finding]:
    """«En representant fra politisk ledelse» where some session has several, or one who is none."""
    numbers = [len(session.introducers) for session in edition.sessions if session.introducers]
    if all(number == 1 for number in numbers):
        return
    says = _("The sessions have up to %(most)d introducers each.") % {"most": max(numbers)}
    for written in edition.prose:
        marks = [match.span() for match in _ONE.finditer(written.text)]
        yield from found_in(Code.ONE_REPRESENTATIVE, written.place, written.text, says, marks)
