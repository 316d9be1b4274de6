"""`rnik.points/1`: a finished edition's headings and points."""

import re
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from conference.importers.conference_file import slug
from conference.importers.json_file import Document
from conference.importers.records import Record, root

FORMAT = "rnik.points/1"
MAX_POINT = 10_000  # characters
#: What the last heading of a question is called in the three languages of a report.
OTHER_TITLES = ("annet", "anna", "other")
_ID = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True)
class PointRow:
    """One bullet. `id` is its key where the file has one."""

    id: uuid.UUID | None
    text: str


@dataclass(frozen=True)
class HeadingRow:
    """`is_other` is «Annet», the one that stands last. An empty title holds points without heading (drafts only)."""

    title: str
    is_other: bool
    points: tuple[PointRow, ...]


@dataclass(frozen=True)
class QuestionPoints:
    """`session` and `question` are numbers, `question` within its session."""

    session: int
    question: int
    headings: tuple[HeadingRow, ...]


@dataclass(frozen=True)
class PointsFile:
    """`conference` is a slug. No question is named twice; no heading twice in a question; no id twice."""

    conference: str
    questions: tuple[QuestionPoints, ...]


def read(document: Document) -> PointsFile:
    """The points in `document`. Raises ImportFault with everything that is wrong in it."""
    return root(document, _points_file)


def _points_file(file: Record) -> PointsFile:
    file.ignore("format")
    seen_ids: set[uuid.UUID] = set()
    seen_questions: set[tuple[int, int]] = set()

    def question_points(row: Record) -> QuestionPoints:
        session = row.number("session", least=1, required=True) or 0
        question = row.number("question", least=1, required=True) or 0
        if session and question and (session, question) in seen_questions:
            row.expected(_("each question only once"), f"{session}.{question}", "question")
        seen_questions.add((session, question))
        return QuestionPoints(session, question, heading_rows(row, seen_ids, from_report=False))

    return PointsFile(slug(file, "conference"), file.each("questions", question_points))


def heading_rows(row: Record, seen_ids: set[uuid.UUID], *, from_report: bool) -> tuple[HeadingRow, ...]:
    """The headings of a question; `seen_ids` are those of its file so far.

    An exported report marks the heading for what is left over and the points without heading, and its internal
    edition says more of a point than is loaded. In a points file the heading is known by its name.
    """

    def point_row(point: Record) -> PointRow:
        if from_report:
            point.ignore("tables", "sources", "addressees")
        return PointRow(_point_id(point, seen_ids), point.text("text", longest=MAX_POINT, required=True))

    def heading_row(heading: Record) -> HeadingRow:
        is_missing = from_report and heading.flag("missing")
        title = heading.line("title", required=True)
        is_other = heading.flag("other") or (not from_report and title.casefold() in OTHER_TITLES)
        points = heading.each("points", point_row, shorthand="text")
        return HeadingRow("" if is_missing else title, is_other, points)

    headings = row.each("headings", heading_row, distinct="title")
    if sum(heading.is_other for heading in headings) > 1:
        row.fault(_("two headings for what is left over, expected one"), "headings")
    return headings


def _point_id(point: Record, seen_ids: set[uuid.UUID]) -> uuid.UUID | None:
    found = point.line("id")
    if not found:
        return None
    if not _ID.match(found):
        point.expected(_("32 hexadecimal digits"), found, "id")
        return None
    key = uuid.UUID(hex=found)
    if key in seen_ids:
        point.expected(_("each only once"), found, "id")
    seen_ids.add(key)
    return key
