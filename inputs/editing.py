"""What an editor reads on the page «Rediger»: the question's part of the report as it will read, line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.models import Question
from inputs.desk import PointRow, point_rows
from inputs.models import Heading, InputRevision, Point, PointRevision, PointSource, SourceKind
from inputs.style import Hint
from inputs.style import read as read_style
from rnik.lib.diff import Piece, compare


class Level:
    """How far a point's text is from what was said."""

    UNTOUCHED = _("untouched")
    LIGHT = _("lightly edited")
    COMBINED = _("combined")
    OWN = _("written by the editors")


@dataclass(frozen=True)
class Line:
    """A point as a line of the document, with the line above it under the same heading.

    `original` is what it began as: its one source's words, or its own first ones.
    """

    row: PointRow
    level: str | Promise
    original: str
    hints: tuple[Hint, ...] = ()
    above: Point | None = None
    number: int = 1
    is_last: bool = True

    @property
    def point(self) -> Point:
        return self.row.point

    @property
    def changes(self) -> tuple[Piece, ...]:
        """From the original words to now; none when they are the same."""
        return compare(self.original, self.point.text) if self.original != self.point.text else ()

    @property
    def remarks(self) -> list[tuple[str, str | Promise]]:
        """The words each hint is about, and what it says."""
        return [(self.point.text[hint.start : hint.end].strip(), hint.message) for hint in self.hints]


@dataclass(frozen=True)
class Section:
    """A heading and its lines; `heading` is None for those that stand under none."""

    heading: Heading | None
    lines: tuple[Line, ...]


def read_document(question: Question) -> tuple[Section, ...]:
    """The headings that have points, in the report's order, those without a heading last."""
    lines = _with_hints(question, read_lines(point_rows(Point.objects.standing().filter(question=question))))
    return tuple(_section(heading, list(found)) for heading, found in groupby(lines, lambda line: line.point.heading))


def _section(heading: Heading | None, lines: list[Line]) -> Section:
    above = [None, *(line.point for line in lines)]
    return Section(
        heading,
        tuple(
            replace(line, above=above[place], number=place + 1, is_last=place + 1 == len(lines))
            for place, line in enumerate(lines)
        ),
    )


def read_lines(rows: Iterable[PointRow]) -> list[Line]:
    """The points as lines, without hints. Two queries at most, whatever their number."""
    rows = list(rows)
    said = _words_that_were_read([source for row in rows for source in row.sources])
    several = [row.point.pk for row in rows if len(row.sources) != 1]
    first = dict(PointRevision.objects.filter(point__in=several, number=1).values_list("point", "text"))
    return [_line(row, [said[source.pk] for source in row.sources], first) for row in rows]


def _line(row: PointRow, said: list[str], first: dict[int, str]) -> Line:
    text = row.point.text
    if not said:
        level = Level.OWN
    elif any(source.kind == SourceKind.MERGED for source in row.sources):
        level = Level.COMBINED
    else:
        level = Level.UNTOUCHED if text in said else Level.LIGHT
    return Line(row, level, said[0] if len(said) == 1 else first[row.point.pk])


def _words_that_were_read(sources: list[PointSource]) -> dict[int, str]:
    """By source, the input's words as they were when an editor took them, which a table may have changed since."""
    since = [source for source in sources if source.input.revision != source.input_revision]
    earlier = {
        (revision.input_id, revision.number): revision.text
        for revision in InputRevision.objects.filter(input__in=[source.input_id for source in since])
    }
    read = {(source.input_id, source.input.revision): source.input.text for source in sources} | earlier
    return {source.pk: read[source.input_id, source.input_revision] for source in sources}


def _with_hints(question: Question, lines: list[Line]) -> Iterator[Line]:
    found = read_style([line.point.text for line in lines], before=[*_explained_before(question), question.text])
    for line, hints in zip(lines, found, strict=True):
        yield replace(line, hints=hints)


def _explained_before(question: Question) -> Iterable[str]:
    """The points that stand earlier in the report and may explain an abbreviation: «… (XXX)»."""
    session = question.session
    earlier = Q(question__session__number__lt=session.number) | Q(
        question__session=session, question__number__lt=question.number
    )
    points = Point.objects.standing().filter(earlier, question__session__conference=session.conference_id)
    return points.filter(text__contains="(").values_list("text", flat=True)
