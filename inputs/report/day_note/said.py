"""What was said: main points, what is unclear, and what was promised from the stage.

A text in which personal data may stand is never repeated.
"""

from collections import Counter, defaultdict

from django.utils.translation import gettext, ngettext

from conference.models import Conference, Question
from inputs.heard import Heard, read_heard
from inputs.models import Clarification, Input, InputSource, Point, PointSource
from inputs.privacy import find
from inputs.queries import Coverage
from inputs.report.day_note.model import Line, Part, Section

#: A point's text, and at how many tables it was said.
Said = tuple[str, int]


def main_points(conference: Conference, numbers: Coverage) -> tuple[Section, Counter[str]]:
    """What the editors have chosen for each question, else what most tables said; and how many points, question by
    question, are left out because personal data may stand in them.
    """
    points, unwanted = _points(conference)
    waiting = {(row.session, row.question): row.unhandled for row in numbers.questions}
    parts = [_question(heard, points.get(heard.question.pk, []), waiting) for heard in read_heard(conference)]
    return Section(gettext("Main points, question by question"), tuple(parts)), unwanted


def _points(conference: Conference) -> tuple[dict[int, list[Said]], Counter[str]]:
    """By question, what most tables said first; of what as many said, one from each heading before a second one."""
    tables: dict[int, set[int]] = defaultdict(set)
    sources = PointSource.objects.open().filter(input__conference=conference).exclude(input__table=None)
    for point, table in sources.values_list("point", "input__table"):
        tables[point].add(table)
    found: dict[int, list[tuple[int, Said]]] = defaultdict(list)
    under: Counter[tuple[int, int | None]] = Counter()
    unwanted: Counter[str] = Counter()
    stored = (
        Point.objects.standing()
        .filter(question__session__conference=conference)
        .order_by("heading__is_other", "heading__position", "heading", "position", "pk")
        .values_list("pk", "question", "heading", "question__session__number", "question__number", "text")
    )
    for key, question, heading, session, number, text in stored:
        if find(text):
            unwanted[f"{session}.{number}"] += 1
        else:
            under[question, heading] += 1
            found[question].append((under[question, heading], (text, len(tables[key]))))
    in_order = {
        question: [said for _place, said in sorted(points, key=lambda one: (-one[1][1], one[0]))]
        for question, points in found.items()
    }
    return in_order, unwanted


def _question(heard: Heard, points: list[Said], waiting: dict[tuple[int, int], int]) -> Part:
    question = heard.question
    title = f"{place(question)} {question.text}"
    chosen = [line.text for line in heard.lines if not line.is_without_ground and not find(line.text)]
    if chosen:
        return Part(title, tuple(map(Line, chosen)), gettext("chosen by the editors"))
    if not points:
        return Part(title, (), _nothing(waiting.get((question.session.number, question.number), 0)))
    if points[0][1] > 1:
        return Part(title, tuple(Line(text, _tables(n)) for text, n in points), gettext("said at most tables"))
    # None stands out by its tables, so it is not made to look as if.
    return Part(title, tuple(Line(text) for text, _n in points), gettext("one from each heading"))


def _nothing(waiting: int) -> str:
    if not waiting:
        return gettext("nothing was written")
    return ngettext("%(number)d input waits", "%(number)d inputs wait", waiting) % {"number": waiting}


def unclear(conference: Conference) -> tuple[Section, int]:
    """What the editors have marked «til avklaring», and how many that is."""
    asked = list(Clarification.objects.of(conference).open().in_order().select_related("point__question__session"))
    lines = tuple(
        Line(
            _careful(f"{one.why.rstrip('.')}: «{one.point.text}»", one.alternative),
            place(one.point.question),
        )
        for one in asked
    )
    nothing = gettext("Nothing is marked for clarification.")
    return _list(gettext("Disagreements and what is unclear"), lines, nothing), len(asked)


def promises(conference: Conference) -> Section:
    """Answers from the stage (docs/adr/0007) that nobody has set aside."""
    replies = (
        Input.objects.filter(conference=conference, source=InputSource.REPLY, set_aside=None)
        .select_related("session", "question__session")
        .order_by("session__number", "received_at", "pk")
    )
    lines = tuple(
        Line(
            _careful(one.text),
            place(one.question) if one.question else gettext("Session %(number)d") % {"number": one.session.number},
        )
        for one in replies
    )
    title = gettext("What the politicians said that they take with them")
    return _list(title, lines, gettext("Nothing is noted from the stage."))


def _list(title: str, lines: tuple[Line, ...], nothing: str) -> Section:
    return Section(title, (Part("", lines),)) if lines else Section(title, note=nothing)


def _careful(text: str, *besides: str) -> str:
    if any(map(find, (text, *besides))):
        return gettext("Not repeated here: it may hold personal data.")
    return text


def place(question: Question) -> str:
    """«1.2»"""
    return f"{question.session.number}.{question.number}"


def _tables(number: int) -> str:
    return ngettext("%(number)d table", "%(number)d tables", number) % {"number": number}
