"""A summary as it could begin: facts in braces, the questions as they were asked, what the points are about.

Written from the data for an editor to rewrite: the questions belong in the editor's own words.
"""

from collections import defaultdict

from django.utils.translation import gettext, override

from conference.models import Conference, Question
from inputs.inserted import introducers_of, listed, title_of
from inputs.models import Point, PointSource
from rnik.lib.markup import from_plain

_MOST_HEADINGS = 4


def propose_summary(conference: Conference) -> str:
    """In the small markup and in the report's language. Four queries."""
    with override(conference.language):
        opening = gettext(
            "{%(title)s} was held on {%(date)s} at {%(venue)s}. {%(participants)s} participants talked at "
            "{%(tables)s} tables."
        ) % {
            "title": gettext("title of the conference"),
            "date": gettext("date of the conference"),
            "venue": gettext("venue of the conference"),
            "participants": gettext("number of participants"),
            "tables": gettext("number of tables"),
        }
        themes = _themes(conference)
        sessions = conference.sessions.order_by("number").prefetch_related("questions", "introducers")
        parts = [opening]
        for session in sessions:
            said = [
                gettext("Session %(number)d was about {%(title)s}.")
                % {"number": session.number, "title": title_of(session.number)}
            ]
            if session.introducers.all():
                said.append(gettext("It was introduced by {%(who)s}.") % {"who": introducers_of(session.number)})
            parts.append(" ".join(said))
            questions = sorted(session.questions.all(), key=lambda one: one.number)
            parts += [
                "\n".join(f"- {_line(question, themes.get(question.pk, []))}" for question in questions)
            ] * bool(questions)
        return "\n\n".join(parts)


def _line(question: Question, themes: list[str]) -> str:
    asked = from_plain(" ".join(question.text.split()))
    if not themes:
        return asked
    return f"{asked} " + gettext("What was said was mostly about %(themes)s.") % {
        "themes": from_plain(listed(themes))
    }


def _themes(conference: Conference) -> dict[int, list[str]]:
    """For each question, the headings that most tables are behind; of as many tables, those with most points."""
    headed = Point.objects.standing().filter(question__session__conference=conference, heading__is_other=False)
    points = dict(headed.exclude(heading__title="").values_list("pk", "heading"))
    tables: dict[int, set[int | None]] = defaultdict(set)
    number: dict[int, int] = defaultdict(int)
    for heading in points.values():
        number[heading or 0] += 1
    sources = PointSource.objects.open().filter(point__in=points).exclude(input__table=None)
    for point, table in sources.values_list("point", "input__table"):
        tables[points[point] or 0].add(table)
    found: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
    rows = headed.exclude(heading__title="").order_by("heading__position", "heading")
    named = dict.fromkeys(rows.values_list("question", "heading", "heading__position", "heading__title"))
    for question, heading, position, title in named:
        key = heading or 0
        found[question].append((-len(tables[key]), -number[key], position or 0, title or ""))
    return {
        question: [
            title[0].lower() + title[1:] if title[1:2].islower() else title
            for *_rank, title in sorted(rows)[:_MOST_HEADINGS]
        ]
        for question, rows in found.items()
    }
