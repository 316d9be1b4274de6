"""«What remains for me»: in the questions that a person sees to, and what is said to them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from conference.models import Conference, Question, User
from inputs.confirming import unconfirmed
from inputs.models import Assignment, Clarification, Comment, Heading, Input, Point, PointRevision, Proposal

Row = tuple[str, int | None, int]


@dataclass(frozen=True)
class Remains:
    """One of the person's questions, and how much of each kind is left of it."""

    question: Question
    inputs: int = 0
    bare: int = 0
    unnamed: int = 0
    second: int = 0
    proposals: int = 0
    clarifications: int = 0

    @property
    def number(self) -> int:
        return self.inputs + self.bare + self.unnamed + self.second + self.proposals + self.clarifications


@dataclass(frozen=True)
class Mine:
    """`comments` are open ones to the person, and those that they take part in where another had the last word."""

    questions: tuple[Remains, ...]
    comments: tuple[Comment, ...]

    @property
    def number(self) -> int:
        return sum(row.number for row in self.questions) + len(self.comments)


def read_mine(conference: Conference, user: User) -> Mine:
    """Three queries."""
    counts: dict[int | None, dict[str, int]] = defaultdict(dict)
    for what, question, number in _counted(conference, user):
        counts[question][what] = number
    own = Assignment.objects.of(conference).filter(person=user)
    questions = Question.objects.filter(assignments__in=own).select_related("session")
    return Mine(
        tuple(Remains(one, **counts[one.pk]) for one in questions.order_by("session__number", "number")),
        tuple(
            comments_for(conference, user)
            .select_related("by", "point__question__session", "input__session")
            .order_by("pk")
        ),
    )


def number_of(conference: Conference, user: User) -> tuple[int, int]:
    """How many questions the person sees to, and how much remains for them in all. One query."""
    comments = comments_for(conference, user).order_by().values("solved_at").annotate(n=Count("pk"))
    own = Assignment.objects.of(conference).filter(person=user).order_by().values("person").annotate(n=Count("pk"))
    none = Value(None, output_field=Count("pk").output_field)
    rows = _counted(conference, user).union(
        comments.values_list(Value("comments"), none, "n"), own.values_list(Value("assigned"), none, "n"), all=True
    )
    numbers: dict[str, int] = defaultdict(int)
    for what, _question, number in rows:
        numbers[what] += number
    return numbers.pop("assigned", 0), sum(numbers.values())


def comments_for(conference: Conference, user: User) -> QuerySet[Comment]:
    """The open comments that wait for the person's word."""
    replies = Comment.objects.filter(answers=OuterRef("pk"))
    last = Comment.objects.filter(Q(answers=OuterRef("pk")) | Q(pk=OuterRef("pk"))).order_by("-pk").values("by")[:1]
    takes_part = Q(to=user) | Q(by=user) | Q(Exists(replies.filter(by=user)))
    return Comment.objects.of(conference).open().filter(takes_part).annotate(last=last).exclude(last=user.pk)


def _counted(conference: Conference, user: User) -> QuerySet[Any, Row]:
    first, *more = _kinds(conference, user)
    return first.union(*more, all=True)


def _kinds(conference: Conference, user: User) -> Iterator[QuerySet[Any, Row]]:
    own = Assignment.objects.of(conference).filter(person=user).order_by().values("question")

    def count(what: str, rows: QuerySet[Any], place: str) -> QuerySet[Any, Row]:
        return rows.order_by().values(place).annotate(n=Count("pk")).values_list(Value(what), place, "n")

    inputs = Input.objects.filter(conference=conference).unhandled()
    inputs = inputs.annotate(place=Coalesce("filed_under_id", "question_id")).filter(place__in=own)
    points = Point.objects.standing().filter(question__in=own)
    yield count("inputs", inputs, "place")
    yield count("bare", points.filter(heading=None), "question_id")
    unnamed = Heading.objects.standing().filter(question__in=own, title="")
    yield count("unnamed", unnamed, "question_id")
    if conference.second_person:
        mine = PointRevision.objects.filter(point=OuterRef("pk"), number=OuterRef("revision"), by=user)
        yield count("second", unconfirmed(points).exclude(Exists(mine)), "question_id")
    proposals = Proposal.objects.open().filter(question__in=own).exclude(made_by=user)
    yield count("proposals", proposals, "question_id")
    yield count("clarifications", Clarification.objects.open().filter(point__question__in=own), "point__question_id")
