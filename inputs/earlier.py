"""Earlier editions' points, to be searched and read beside this one's: what was asked then, and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from conference.models import Conference, Ministry, Question, Session, User
from inputs.levels import LEVELS, code_of
from inputs.models import Point
from inputs.models.points import PointQuerySet
from rnik.lib.text import fold

#: Before a ministry's abbreviation among the levels to choose from: over the years it is the same body.
BODY = "body:"


def earlier_editions(conference: Conference, user: User) -> QuerySet[Conference]:
    """Those before this one that the person is a member of, newest first; a rehearsal is none."""
    visible = Conference.objects.visible_to(user).filter(rehearsal_of=None, date__lt=conference.date)
    return visible.exclude(pk=conference.pk).order_by("-date", "-pk")


def bodies(editions: Iterable[Conference]) -> dict[str, str]:
    """The ministries of those editions by abbreviation, each by its newest name. One query."""
    order = {edition.pk: place for place, edition in enumerate(editions)}
    ministries = Ministry.objects.filter(conference__in=order)
    newest_last = sorted(ministries, key=lambda one: -order[one.conference_id])
    return dict(sorted({one.code: one.name for one in newest_last}.items(), key=lambda pair: fold(pair[1])))


def find_points(editions: Iterable[Conference], *, words: str = "", level: str = "") -> PointQuerySet:
    """The points of those editions, in the order they are read: newest edition first, then as in its report.

    `level` is one of `levels.LEVELS`, or BODY and an abbreviation: then those that the ministry was set for, and
    those that were said in a session it was responsible for.
    """
    points = Point.objects.standing().filter(question__session__conference__in=editions)
    for word in fold(words).split():
        points = points.filter(search_text__contains=word)
    if level.startswith(BODY):
        ministries = list(Ministry.objects.filter(conference__in=editions, code=level.removeprefix(BODY)))
        sessions = Session.objects.filter(responsibilities__ministry__in=ministries)
        wanted = Q(question__session__in=sessions.values("pk"))
        for one in ministries:
            wanted |= Q(levels_text__contains=f'"{code_of(one)}"')
        points = points.annotate(levels_text=Cast("addressees", TextField())).filter(wanted)
    elif level in LEVELS:
        points = points.annotate(levels_text=Cast("addressees", TextField())).filter(
            levels_text__contains=f'"{level}"'
        )
    return points.select_related("question__session__conference", "heading").order_by(
        "-question__session__conference__date",
        "-question__session__conference",
        "question__session__number",
        "question__number",
        "heading__is_other",
        "heading__position",
        "heading",
        "position",
        "pk",
    )


@dataclass(frozen=True)
class UnderQuestion:
    """What was found under one question of one edition: (heading, points); no heading is the empty title."""

    question: Question
    headings: tuple[tuple[str, tuple[Point, ...]], ...]


def by_question(points: Iterable[Point]) -> list[UnderQuestion]:
    """The points as they are read, in groups."""
    return [
        UnderQuestion(
            rows[0].question,
            tuple(
                (title, tuple(under))
                for title, under in groupby(rows, key=lambda one: one.heading.title if one.heading else "")
            ),
        )
        for _question, found in groupby(points, key=lambda one: one.question_id)
        for rows in [list(found)]
    ]
