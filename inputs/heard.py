"""What is heard, question by question, and what stands on the big screen: read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from conference.models import Conference, Question, Session
from conference.phases import Phase
from inputs.models import BigScreen, HeardLine, HeardRevision


@dataclass(frozen=True)
class Heard:
    """A question with the lines that stand under it."""

    question: Question
    lines: tuple[HeardLine, ...]


def read_heard(conference: Conference) -> tuple[Heard, ...]:
    """Every question of the conference in order, also those without lines. Two queries."""
    questions = (
        Question.objects.filter(session__conference=conference)
        .select_related("session__conference")
        .order_by("session__number", "number")
    )
    lines: dict[int, list[HeardLine]] = {}
    standing = HeardLine.objects.standing().filter(question__session__conference=conference)
    for line in standing.select_related("input"):
        lines.setdefault(line.question_id, []).append(line)
    return tuple(Heard(question, tuple(lines.get(question.pk, ()))) for question in questions)


def last_changed(conference: Conference) -> datetime | None:
    """When what is heard was last worded or taken away."""
    lines = HeardLine.objects.filter(question__session__conference=conference)
    worded = HeardRevision.objects.filter(line__in=lines).aggregate(at=Max("at"))["at"]
    removed = lines.aggregate(at=Max("removed_at"))["at"]
    return max((at for at in (worded, removed) if at), default=None)


def is_over(conference: Conference) -> bool:
    """Nothing more is to come: the last day has passed and every session is delivered. Screens stop asking."""
    if (conference.end_date or conference.date) >= timezone.localdate():
        return False
    return not Session.objects.filter(conference=conference).exclude(phase=Phase.DELIVERED).exists()


@dataclass(frozen=True)
class Picture:
    """What can stand on the big screen: a question, or a line that is heard under it."""

    question: Question
    line: HeardLine | None = None

    @property
    def text(self) -> str:
        return self.line.text if self.line else self.question.text

    @property
    def name(self) -> str:
        """How a form names it."""
        if self.line:
            return f"line:{self.line.key}"
        return f"question:{self.question.session.number}.{self.question.number}"

    @property
    def size(self) -> str:
        """How large it can be written and still fill no more than the wall."""
        return next((size for most, size in _SIZES if len(self.text) <= most), "small")


_SIZES = ((90, "huge"), (140, "large"), (230, "medium"))


def pictures(heard: tuple[Heard, ...]) -> list[Picture]:
    """All that can be shown, in the order in which «next» shows it: each question, then its lines."""
    return [Picture(one.question, line) for one in heard for line in (None, *one.lines)]


def on_screen(screen: BigScreen | None) -> Picture | None:
    """What stands there now; None is a blank screen."""
    if screen and screen.line:
        return Picture(screen.line.question, screen.line)
    return Picture(screen.question) if screen and screen.question else None


def read_screen(conference: Conference) -> BigScreen | None:
    """None before anything was shown."""
    related = ("question__session", "line__question__session", "line__input", "changed_by")
    return BigScreen.objects.filter(conference=conference).select_related(*related).first()
