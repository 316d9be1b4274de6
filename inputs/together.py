"""Who else is at a question, what they hold, whose it is, and where something is discussed: rows of one query."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, Left
from django.utils import timezone
from django.utils.functional import Promise

from conference.models import Question
from inputs.models import Assignment, Comment, Page, PointHold, Presence
from inputs.models.together import SILENT

ABOUT = 80  # characters of a point that somebody writes in or holds

Row = tuple[str, int | None, str, str]


@dataclass(frozen=True)
class Here:
    """Somebody else at the question; `about` is how the point begins that they write in."""

    name: str
    page: Page
    about: str

    @property
    def what(self) -> str | Promise:
        return self.page.label


@dataclass(frozen=True)
class Hold:
    """A point that somebody else is merging."""

    name: str
    about: str


@dataclass(frozen=True)
class Together:
    """`held` by the points' keys; `on_points` and `on_inputs` count open comments; `assigned` are names."""

    here: tuple[Here, ...] = ()
    held: Mapping[int, Hold] = field(default_factory=dict)
    on_points: Mapping[int, int] = field(default_factory=dict)
    on_inputs: Mapping[int, int] = field(default_factory=dict)
    assigned: tuple[str, ...] = ()


def together_rows(question: Question, viewer: int | None) -> Iterable[QuerySet[Any, Row]]:
    """What, of which point or input, who, and about what. The viewer's own presence and holds are left out."""
    about = Coalesce(Left("point__text", ABOUT), Value(""))
    none = Value("")
    seen = Presence.objects.filter(question=question, seen_at__gt=timezone.now() - SILENT).exclude(person=viewer)
    held = PointHold.objects.live().filter(point__question=question, point__removed_at=None).exclude(by=viewer)
    said = Comment.objects.open()
    here = Q(input__filed_under=question) | Q(input__filed_under=None, input__question=question)
    return (
        seen.order_by().values_list(Concat(Value("here:"), "page"), "point_id", "person__name", about),
        held.order_by().values_list(Value("held"), "point_id", "by__name", about),
        said.order_by().filter(point__question=question).values_list(Value("on_point"), "point_id", none, none),
        said.order_by().filter(here).values_list(Value("on_input"), "input_id", none, none),
        Assignment.objects.order_by()
        .filter(question=question)
        .values_list(Value("assigned"), "question_id", "person__name", none),
    )


def together_of(rows: Iterable[Row]) -> Together:
    here: list[Here] = []
    held: dict[int, Hold] = {}
    names: list[str] = []
    counts: dict[str, Counter[int]] = {"on_point": Counter(), "on_input": Counter()}
    for mark, key, who, about in rows:
        if mark.startswith("here:"):
            here.append(Here(who, Page(mark.removeprefix("here:")), about))
        elif mark == "held" and key:
            held[key] = Hold(who, about)
        elif mark == "assigned":
            names.append(who)
        elif mark in counts and key:
            counts[mark][key] += 1
    here.sort(key=lambda one: one.name)
    return Together(tuple(here), held, counts["on_point"], counts["on_input"], tuple(sorted(names)))
