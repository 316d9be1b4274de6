"""A finished edition's headings and points, for comparison over the years and for heading suggestions."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop

from conference.importers.points_file import PointRow, PointsFile
from conference.importers.problems import Problems
from conference.models import Conference, Question, User
from inputs.actions import headings
from inputs.actions.dispositions import accept, attach
from inputs.actions.points import write
from inputs.models import Heading, Input, Point
from rnik.lib.text import fold

LOADED = gettext_noop("Loaded from a finished edition, without a note behind it")


@dataclass(frozen=True)
class LoadedPoints:
    """How many were new, and of these how many found an input with the same text."""

    added: int
    linked: int
    known: int


@transaction.atomic
def load_points(conference: Conference, file: PointsFile, *, by: User, name: str) -> LoadedPoints:
    """Make the file's headings and points. One whose text equals an input of its question is linked to it.

    A point that stands already (by id, or by text under the same heading) is left alone, so that the same file twice
    adds nothing. Raises ImportFault for a question that the conference does not have.
    """
    problems = Problems(name)
    questions = {
        (question.session.number, question.number): question
        for question in Question.objects.filter(session__conference=conference).select_related("session")
    }
    for part in file.questions:
        if (part.session, part.question) not in questions:
            known = ", ".join(f"{session}.{number}" for session, number in sorted(questions)) or "none"
            problems.add(1, f"there is no question {part.session}.{part.question}, expected one of {known}")
    problems.check()
    added = linked = known_points = 0
    for part in file.questions:
        loader = _Question(questions[part.session, part.question], by)
        for row in part.headings:
            place = headings.make(loader.question, row.title, by=by, is_other=row.is_other) if row.title else None
            for point in row.points:
                if loader.knows(point, place):
                    known_points += 1
                    continue
                added += 1
                linked += loader.add(point, place)
    return LoadedPoints(added, linked, known_points)


class _Question:
    """One question's inputs and points while a file is loaded into it."""

    def __init__(self, question: Question, by: User) -> None:
        self.question = question
        self.by = by
        self.standing = {
            (point.heading_id, point.text) for point in Point.objects.standing().filter(question=question)
        }
        self.keys = set(Point.objects.values_list("key", flat=True))
        self.inputs: dict[str, list[Input]] = {}
        for entry in Input.objects.counted_under(question).filter(set_aside=None).order_by("pk"):
            self.inputs.setdefault(entry.search_text, []).append(entry)

    def knows(self, row: PointRow, place: Heading | None) -> bool:
        return (place.pk if place else None, row.text) in self.standing

    def add(self, row: PointRow, place: Heading | None) -> bool:
        """True when an input with the same text was found and linked."""
        same = self.inputs.get(fold(row.text), [])
        free = next((entry for entry in same if not entry.lead_source_id), None)
        if free:
            [point] = accept([free], by=self.by, place=lambda _entry: place)
            same.remove(free)
        else:
            point = write(self.question, text=row.text, reason=LOADED, by=self.by, heading=place)
            if same:
                attach(point, same[:1], by=self.by)
        if row.id and row.id not in self.keys:
            Point.objects.filter(pk=point.pk).update(key=row.id)
            self.keys.add(row.id)
        return bool(same or free)
