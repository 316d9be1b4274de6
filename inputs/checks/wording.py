"""How texts are written: the hints of «Rediger» for all of the report, common slips, and the length of points."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs import style
from inputs.checks.edition import Edition, Written
from inputs.checks.finding import Code, Finding, Span, found_in

WORDS = 80  # in a point: longer than any that was printed

_STOPS = re.compile(r"[.!?:…][»\"”')*\]]*\Z")
_SPACE_BEFORE = re.compile(r"(?<=\w) +[,.;:!?](?=\s|\Z)")
_TWICE = re.compile(r"\b([a-zæøåéäöü]{2,}) \1\b")
_MAY_BE_TWICE = {"det", "som", "så", "ja", "nei", "er", "der", "veldig", "mye", "mange", "i", "the", "that", "had"}
#: Slips that survive reading: as they are typed -> as they are spelt.
_SLIPS = {
    "tillitt": "tillit",
    "felleskap": "fellesskap",
    "fellskap": "fellesskap",
    "rekrutering": "rekruttering",
    "intergrering": "integrering",
    "integrerng": "integrering",
    "komunne": "kommune",
    "komune": "kommune",
    "interesert": "interessert",
    "nødvending": "nødvendig",
    "desverre": "dessverre",
    "allikavel": "allikevel",
    "tilstede": "til stede",
    "forøvrig": "for øvrig",
    "idag": "i dag",
    "istedet": "i stedet",
    "etterhvert": "etter hvert",
    "se skal": "de skal",
    " -og ": " og ",
    "etc": "osv.",
    "ect": "osv.",
}
_WORDS = "|".join(re.escape(slip) for slip in _SLIPS if slip[0] != " ")
_SLIP = re.compile(rf"\b(?:{_WORDS})\b| -og ", re.IGNORECASE)


def hints(edition: Edition) -> Iterator[Finding]:
    """What «Rediger» says of each point, and the same of headings and chapters."""
    for question in edition.questions:
        points = question.points
        for point, found in zip(points, style.read([one.text for one in points]), strict=True):
            yield from _hints(point, found)
    titles = [Written(heading.place, heading.title) for heading in edition.headings]
    for written in (*titles, *edition.prose):
        [found] = style.read([written.text])
        yield from _hints(written, tuple(hint for hint in found if hint.code != "full_stop"))


_HINTS = {"double_space": Code.DOUBLE_SPACE, "full_stop": Code.FULL_STOP, "deltager": Code.DELTAGER}


def _hints(written: Written, found: tuple[style.Hint, ...]) -> Iterator[Finding]:
    for name, code in _HINTS.items():
        marks = [(hint.start, hint.end) for hint in found if hint.code == name]
        says = next((str(hint.message) for hint in found if hint.code == name), "")
        yield from found_in(code, written.place, written.text, says, marks)


def paragraphs(edition: Edition) -> Iterator[Finding]:
    """A paragraph that ends without a full stop; a list, a heading or the last line of a speech may."""
    for written in edition.prose:
        marks: list[Span] = []
        for match in re.finditer(r"[^\n]+", written.text):
            line = match[0].rstrip()
            if len(line) > 60 and not line.startswith(("- ", "## ")) and not _STOPS.search(line):
                marks.append((match.start() + len(line) - len(line.split()[-1]), match.start() + len(line)))
        says = _("The paragraph ends without a full stop.")
        yield from found_in(Code.FULL_STOP, written.place, written.text, says, marks)


def slips(edition: Edition) -> Iterator[Finding]:
    titles = [Written(heading.place, heading.title) for heading in edition.headings]
    meant, twice, space = _("Did you mean «%(right)s»?"), _("The same word twice."), _("A space before the sign.")
    for written in (*titles, *edition.points, *edition.prose):
        text = written.text
        lowered = text.lower() if len(text.lower()) == len(text) else text
        # Most texts have none, and looking for all of them at once is slow.
        if edition.is_norwegian and any(slip in lowered for slip in _SLIPS):
            found = list(_SLIP.finditer(text))
            right = ", ".join(dict.fromkeys(_SLIPS[match[0].casefold()].strip() for match in found))
            marks = [match.span() for match in found]
            yield from found_in(Code.SLIP, written.place, text, meant % {"right": right}, marks)
        marks = [match.span() for match in _TWICE.finditer(lowered) if match[1] not in _MAY_BE_TWICE]
        yield from found_in(Code.TWICE, written.place, text, twice, marks)
        marks = [match.span() for match in _SPACE_BEFORE.finditer(text)]
        yield from found_in(Code.SPACE_BEFORE, written.place, text, space, marks)


def lengths(edition: Edition) -> Iterator[Finding]:
    for point in edition.points:
        number = len(point.text.split())
        if number > WORDS:
            says = _("%(number)d words. Can it be two points?") % {"number": number}
            yield Finding(Code.LONG_POINT, point.place, says, (point.text,), point.text)
    for heading in edition.headings:
        if heading.title.endswith((".", ":")):
            marks = [(len(heading.title) - 1, len(heading.title))]
            says = _("A heading ends without a sign.")
            yield from found_in(Code.HEADING_STOP, heading.place, heading.title, says, marks)
