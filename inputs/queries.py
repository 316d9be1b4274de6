"""How far the work has come: every input is used, set aside or unhandled, and the numbers add up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, FilteredRelation, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from conference.models import Conference, Question
from inputs.confirming import unconfirmed
from inputs.inserted import unsettled
from inputs.models import Clarification, Input, MinutesSheet, Point
from inputs.models.points import PointQuerySet


@dataclass(frozen=True)
class QuestionCoverage:
    """One question's numbers: `inputs == used + set_aside + unhandled`; and who signed it off, if anybody has."""

    session: int
    question: int
    inputs: int
    used: int
    set_aside: int
    unhandled: int
    points: int
    signed_at: datetime | None = None
    signed_by: str = ""


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
            signed_at=question.signed_at,
            signed_by=question.signer_name or question.signer or "",
        )
        for question in Question.objects.filter(session__conference=conference)
        .select_related("session")
        .alias(standing=FilteredRelation("sign_offs", condition=Q(sign_offs__lifted_at=None)))
        .annotate(
            signed_at=F("standing__at"), signer_name=F("standing__by__name"), signer=F("standing__by__username")
        )
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
    sheets = MinutesSheet.objects.of(conference).undivided().order_by()
    rows = unplaced.order_by().values_list(Value("lost"), "session__number")
    where = list(rows.union(sheets.values_list(Value("sheet"), "session__number"), all=True))
    lost, undivided = ([session for kind, session in where if kind == what] for what in ("lost", "sheet"))
    found = (
        # Whatever is done in it, it is never published: its report is always a draft.
        Obstacle("rehearsal", int(conference.is_rehearsal), ()),
        Obstacle("unhandled", sum(unhandled.values()), tuple(unhandled)),
        Obstacle("without_question", len(lost), _sessions(lost)),
        Obstacle("undivided", numbers.undivided_sheets, _sessions(undivided)),
        *_of_points(Point.objects.filter(question__session__conference=conference), conference),
        Obstacle("unsettled", len(unsettled(conference)), ()),
    )
    return tuple(obstacle for obstacle in found if obstacle.count)


def obstacles_of(question: Question) -> tuple[Obstacle, ...]:
    """What of these is the question's own; empty when it is finished."""
    unhandled = Input.objects.counted_under(question).unhandled().count()
    points = Point.objects.filter(question=question)
    found = (
        Obstacle("unhandled", unhandled, (Place(question.session.number, question.number),)),
        *_of_points(points, question.session.conference),
    )
    return tuple(obstacle for obstacle in found if obstacle.count)


def _of_points(points: PointQuerySet, conference: Conference) -> Iterator[Obstacle]:
    """What of the points is not settled. One query for all of it."""
    asked = unconfirmed(Point.objects.filter(pk=OuterRef("pk"))) if conference.second_person else Point.objects.none()
    flags: dict[str, Q | Exists] = {
        "without_heading": Q(heading=None),
        "unnamed": Q(heading__title=""),
        "clarification": Exists(Clarification.objects.open().filter(point=OuterRef("pk"))),
        "unconfirmed": Exists(asked),
    }
    marked = points.standing().annotate(
        **{f"is_{code}": ExpressionWrapper(flag, BooleanField()) for code, flag in flags.items()}
    )
    rows = list(
        marked.filter(reduce(or_, (Q(**{f"is_{code}": True}) for code in flags)))
        .order_by("question__session__number", "question__number")
        .values_list("question__session__number", "question__number", "heading", *(f"is_{code}" for code in flags))
    )
    for column, code in enumerate(flags, 3):
        # A pile without a name is one thing to do, however many points lie in it.
        where = {
            row[2] if code == "unnamed" else number: Place(row[0], row[1])
            for number, row in enumerate(rows)
            if row[column]
        }
        yield Obstacle(code, len(where), tuple(dict.fromkeys(where.values())))


def _sessions(numbers: Iterable[int]) -> tuple[Place, ...]:
    return tuple(Place(number) for number in sorted(set(numbers)))
