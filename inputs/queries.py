"""How far the work has come: every input is used, set aside or unhandled, and the numbers add up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from conference.models import Conference, Question
from inputs.models import Input, MinutesSheet, Point


@dataclass(frozen=True)
class QuestionCoverage:
    """One question's numbers: `inputs == used + set_aside + unhandled`."""

    session: int
    question: int
    inputs: int
    used: int
    set_aside: int
    unhandled: int
    points: int


@dataclass(frozen=True)
class Coverage:
    """A conference's numbers. `without_question` («uplassert») is part of `inputs`, but of no question."""

    inputs: int
    used: int
    set_aside: int
    unhandled: int
    points: int
    without_question: int
    undivided_sheets: int
    questions: tuple[QuestionCoverage, ...]


_NUMBERS = {
    "inputs": Count("pk"),
    "used": Count("pk", filter=Q(lead_source__isnull=False)),
    "put_aside": Count("pk", filter=Q(set_aside__isnull=False)),
    "unhandled": Count("pk", filter=Q(lead_source=None, set_aside=None)),
}


def coverage(conference: Conference) -> Coverage:
    """The numbers of a conference, in four queries whatever its size."""
    by_question = {
        row["counted_question_id"]: row
        for row in Input.objects.filter(conference=conference)
        .annotate(counted_question_id=Coalesce("filed_under_id", "question_id"))
        .order_by()
        .values("counted_question_id")
        .annotate(**_NUMBERS)
    }
    points = dict(
        Point.objects.standing()
        .filter(question__session__conference=conference)
        .order_by()
        .values_list("question")
        .annotate(number=Count("pk"))
    )
    questions = tuple(
        QuestionCoverage(
            session=question.session.number,
            question=question.number,
            inputs=row.get("inputs", 0),
            used=row.get("used", 0),
            set_aside=row.get("put_aside", 0),
            unhandled=row.get("unhandled", 0),
            points=points.get(question.pk, 0),
        )
        for question in Question.objects.filter(session__conference=conference)
        .select_related("session")
        .order_by("session__number", "number")
        for row in [by_question.get(question.pk, {})]
    )
    rows = by_question.values()
    return Coverage(
        inputs=sum(row["inputs"] for row in rows),
        used=sum(row["used"] for row in rows),
        set_aside=sum(row["put_aside"] for row in rows),
        unhandled=sum(row["unhandled"] for row in rows),
        points=sum(points.values()),
        without_question=by_question.get(None, {}).get("inputs", 0),
        undivided_sheets=MinutesSheet.objects.of(conference).undivided().count(),
        questions=questions,
    )


@dataclass(frozen=True, order=True)
class Place:
    """A session, or a question of one: «1» and «1.2»."""

    session: int
    question: int | None = None

    def __str__(self) -> str:
        return str(self.session) if self.question is None else f"{self.session}.{self.question}"


@dataclass(frozen=True)
class Obstacle:
    """What stands between here and publication: a code, how many, and where."""

    code: str
    count: int
    places: tuple[Place, ...]


def obstacles(conference: Conference, numbers: Coverage | None = None) -> tuple[Obstacle, ...]:
    """Everything that a finished report must not have left over; empty when it can be published.

    `numbers` are the conference's coverage, where the caller has them already.
    """
    numbers = numbers or coverage(conference)
    unhandled = {Place(row.session, row.question): row.unhandled for row in numbers.questions if row.unhandled}
    unplaced = Input.objects.filter(conference=conference).without_question().filter(set_aside=None)
    bare: list[Place] = []
    unnamed: dict[int, Place] = {}
    for session, number, heading in (
        Point.objects.standing()
        .filter(Q(heading=None) | Q(heading__title=""), question__session__conference=conference)
        .order_by("question__session__number", "question__number", "heading")
        .values_list("question__session__number", "question__number", "heading")
    ):
        if heading is None:
            bare.append(Place(session, number))
        else:
            unnamed[heading] = Place(session, number)
    sheets = MinutesSheet.objects.of(conference).undivided()
    lost = list(unplaced.values_list("session__number", flat=True))
    found = (
        # Whatever is done in it, it is never published: its report is always a draft.
        Obstacle("rehearsal", int(conference.is_rehearsal), ()),
        Obstacle("unhandled", sum(unhandled.values()), tuple(unhandled)),
        Obstacle("without_question", len(lost), _sessions(lost)),
        Obstacle("undivided", numbers.undivided_sheets, _sessions(sheets.values_list("session__number", flat=True))),
        Obstacle("without_heading", len(bare), tuple(dict.fromkeys(bare))),
        Obstacle("unnamed", len(unnamed), tuple(dict.fromkeys(unnamed.values()))),
    )
    return tuple(obstacle for obstacle in found if obstacle.count)


def _sessions(numbers: Iterable[int]) -> tuple[Place, ...]:
    return tuple(Place(number) for number in sorted(set(numbers)))
