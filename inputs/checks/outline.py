"""The report's outline: questions without points, headings of one or none, «Annet» that has grown, and doublets."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition, Heading, Question, Written
from inputs.checks.finding import Code, Finding
from rnik.lib.text import fold

LARGE = 0.2  # of a question's points under «Annet»
FEW = 5  # points in a question before that says anything


def questions(edition: Edition) -> Iterator[Finding]:
    for question in edition.questions:
        if not question.points:
            yield Finding(Code.WITHOUT_POINTS, question.place, _("The question has no points."), ("",))
        if question.silent:
            tables = ", ".join(map(str, question.silent))
            says = _("No notes from table %(tables)s.") % {"tables": tables}
            yield Finding(Code.SILENT_TABLES, question.place, says, (tables,))


def headings(edition: Edition) -> Iterator[Finding]:
    for question in edition.questions:
        for point in question.bare:
            says = _("The point stands under no heading.")
            yield Finding(Code.WITHOUT_HEADING, point.place, says, (point.text,), point.text)
        yield from _sizes(question)
        yield from _doublets(question)


def _sizes(question: Question) -> Iterator[Finding]:
    for heading in question.headings:
        number = len(heading.points)
        if number and not heading.title:
            yield Finding(Code.UNNAMED, heading.place, _("The pile has no name."), ("",))
        elif not number:
            says = _("The heading has no points, and is not printed.")
            yield Finding(Code.EMPTY_HEADING, heading.place, says, (heading.title,), heading.title)
        elif heading.is_other and len(question.points) >= FEW and number > LARGE * len(question.points):
            numbers = {"number": number, "of": len(question.points)}
            says = _("%(number)d of the question's %(of)d points stand here.") % numbers
            yield Finding(Code.LARGE_OTHER, heading.place, says, (str(numbers),), heading.title)
        elif number == 1 and not heading.is_other and len(question.headings) > 1:
            read = (heading.title, heading.points[0].text)
            yield Finding(Code.ONE_POINT, heading.place, _("The heading has one point."), read, heading.title)


def _doublets(question: Question) -> Iterator[Finding]:
    seen: dict[str, Heading] = {}
    for heading in question.headings:
        name = fold(heading.title).strip(" .:–-")
        if name and name in seen:
            says = _("There is one more heading like this: «%(title)s».") % {"title": seen[name].title}
            yield Finding(Code.SAME_HEADING, heading.place, says, (seen[name].title, heading.title), heading.title)
        seen.setdefault(name, heading)


def same_points(edition: Edition) -> Iterator[Finding]:
    """A point that stands in the report already, word for word."""
    seen: dict[str, list[Written]] = defaultdict(list)
    for point in edition.points:
        seen[fold(point.text).strip(" .")].append(point)
    for first, *more in seen.values():
        for point in more:
            where = f"{first.place.session}.{first.place.question}"
            says = _("The same point stands in %(question)s too.") % {"question": where}
            yield Finding(Code.SAME_POINT, point.place, says, (point.text, where), point.text)
