"""One name, one title: in the set-up, and before the name in the texts (N15)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Person, Written
from inputs.checks.finding import Code, Finding, Span, found_in

_ROLE = (
    r"(?:\w[\w-]* (?:og|and) )?\w*(?:minister|statsråd|sekretær|direktør|leder|leiar|rådgiver|journalist|forfatter)"
)
_TITLE = re.compile(rf"(?<!\w)(?P<title>{_ROLE}) \Z", re.IGNORECASE)
LONGEST = 80  # characters of a title before a name
_AT = re.compile(r"(?P<role>\w+) (?P<word>i|av|for|ved|of|in) (?P<where>.+)\Z")


def in_the_setup(edition: Edition) -> Iterator[Finding]:
    """The same name with two titles."""
    titled: dict[str, list[Person]] = defaultdict(list)
    for person in edition.people:
        if person.name and person.title:
            titled[person.name].append(person)
    for name, people in titled.items():
        titles = {person.title.casefold(): person.title for person in people}
        if len(titles) > 1:
            words = " / ".join(titles.values())
            says = _("%(name)s has several titles: %(titles)s.") % {"name": name, "titles": words}
            yield Finding(Code.TITLES, people[-1].place, says, tuple(titles))


def in_the_texts(edition: Edition) -> Iterator[Finding]:
    """A title before a name, or a post at a body, in other words than the set-up has."""
    people = [person for person in edition.people if person.name and person.title]
    titles: dict[str, set[str]] = defaultdict(set)
    for person in people:
        titles[person.name].add(person.title)
        titles[person.last_name].add(person.title)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(titles, key=len, reverse=True)))})(?!\w)")
    posts = {person.title: pattern for person in people if (pattern := _post(person))}
    for written in _read(edition) if people else ():
        text = written.text
        said = [(_before(text, name.start()), titles[name[0]]) for name in names.finditer(text)]
        said += [(post.span(), {title}) for title, pattern in posts.items() for post in pattern.finditer(text)]
        marks = {span for span, known in said if span and not _is_one_of(text[slice(*span)], known)}
        says = _("The title is another one in the set-up.")
        yield from found_in(Code.TITLE_SAID, written.place, text, says, sorted(marks))


def _read(edition: Edition) -> Iterator[Written]:
    yield from edition.prose
    for item in edition.programme:
        if not item.text:  # one finding a place; the speech is read above
            yield Written(item.place, item.title)


def _before(text: str, at: int) -> Span | None:
    """The title that stands right before the name."""
    begin = max(0, at - LONGEST)
    found = _TITLE.search(text[begin:at])
    return (begin + found.start("title"), begin + found.end("title")) if found else None


def _post(person: Person) -> re.Pattern[str] | None:
    """«leder av Rådet», in whatever preposition and letters."""
    at = _AT.match(person.title)
    if not at:
        return None
    role, where = re.escape(at["role"]), re.escape(at["where"])
    return re.compile(rf"(?<!\w){role} (?:i|av|for|ved|of|in) {where}(?!\w)", re.IGNORECASE)


def _is_one_of(said: str, titles: Iterable[str]) -> bool:
    """A capital at the beginning of a sentence is no difference; «leder» alone is short for «leder av …»."""
    short = [title.split(" ", 1)[0] for title in titles if _AT.match(title)] if " " not in said else []
    return any(said[:1].casefold() + said[1:] == title[:1].casefold() + title[1:] for title in (*titles, *short))
