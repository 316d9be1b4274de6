"""Facts that texts take from the data: what each is called, and what it is now. Nobody types a number twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import gettext, override

from conference.groups import name_of
from conference.models import ChapterText, Conference, Language, Question, Survey
from inputs.models import Point
from rnik.lib.marks import facts_in, to_check


@dataclass(frozen=True)
class Fact:
    """`name` is what stands in the braces; `value` is empty while nobody has entered it."""

    name: str
    value: str


@dataclass(frozen=True)
class Inserted:
    """`facts` as they are offered; `values` by every name, so that a report that changes its language keeps them."""

    facts: tuple[Fact, ...]
    values: dict[str, str]


def read_inserted(conference: Conference) -> Inserted:
    """Every fact as it is now. A fixed number of queries."""
    with override(conference.language):
        found = list(_facts(conference))
        facts = tuple(Fact(name(), value) for name, value in found)
    values: dict[str, str] = {}
    for language in (*Language.values, conference.language):
        with override(language):
            values |= {name(): value for name, value in found}
    return Inserted(facts, values)


def unsettled(conference: Conference) -> list[ChapterText]:
    """Chapters that hold something to check, or a fact that the data do not know (yet)."""
    texts = [text for text in conference.texts.all() if "{" in text.text]
    values = read_inserted(conference).values if any(facts_in(text.text) for text in texts) else {}
    return [text for text in texts if to_check(text.text) or not all(map(values.get, facts_in(text.text)))]


def _facts(conference: Conference) -> Iterator[tuple[Callable[[], str], str]]:
    yield from _edition(conference)
    yield from _people(conference)
    yield from _work(conference)
    yield from _survey(conference)


def _edition(conference: Conference) -> Iterator[tuple[Callable[[], str], str]]:
    def day(pattern: str) -> str:
        shown = pattern.replace("d.", "d") if conference.language == Language.ENGLISH else pattern
        return format_date(conference.date, shown, locale=conference.language)

    yield lambda: gettext("title of the conference"), conference.title
    yield lambda: gettext("theme of the conference"), conference.theme
    yield lambda: gettext("date of the conference"), day("d. MMMM y")
    yield lambda: gettext("weekday of the conference"), day("EEEE")
    yield lambda: gettext("year of the conference"), str(conference.date.year)
    yield lambda: gettext("venue of the conference"), conference.venue
    yield lambda: gettext("edition of the conference"), str(conference.edition or "")


def _people(conference: Conference) -> Iterator[tuple[Callable[[], str], str]]:
    counts = list(conference.participant_counts.order_by("position", "pk"))
    came = [count for count in counts if count.attended is not None]
    yield lambda: gettext("number of participants"), str(sum(count.attended or 0 for count in came) if came else "")
    for count in counts:

        def name(group: str = count.category) -> str:
            return gettext("participants: %(group)s") % {"group": name_of(group)}

        yield name, "" if count.attended is None else str(count.attended)
    yield lambda: gettext("upper limit of participants"), str(conference.capacity or "")


def _work(conference: Conference) -> Iterator[tuple[Callable[[], str], str]]:
    sessions = list(conference.sessions.order_by("number").prefetch_related("introducers"))
    points = Point.objects.standing().filter(question__session__conference=conference).count()
    yield lambda: gettext("number of tables"), str(conference.tables.count() or "")
    yield lambda: gettext("number of sessions"), str(len(sessions) or "")
    questions = Question.objects.filter(session__conference=conference).count()
    yield lambda: gettext("number of questions"), str(questions or "")
    yield lambda: gettext("number of points"), str(points or "")
    for session in sessions:

        def title(number: int = session.number) -> str:
            return title_of(number)

        def who(number: int = session.number) -> str:
            return introducers_of(number)

        yield title, session.title
        people = sorted(session.introducers.all(), key=lambda one: (one.position, one.pk))
        yield who, listed([", ".join(filter(None, [one.name, one.title])) for one in people])


def title_of(session: int) -> str:
    return gettext("title of session %(number)d") % {"number": session}


def introducers_of(session: int) -> str:
    return gettext("introducers in session %(number)d") % {"number": session}


def listed(parts: list[str]) -> str:
    """«a, b og c»; with semicolons where the parts hold commas."""
    if len(parts) < 2:
        return "".join(parts)
    comma = "; " if any("," in part for part in parts) else ", "
    return gettext("%(first)s and %(last)s") % {"first": comma.join(parts[:-1]), "last": parts[-1]}


def _survey(conference: Conference) -> Iterator[tuple[Callable[[], str], str]]:
    survey = Survey.objects.filter(conference=conference).prefetch_related("groups").first()
    asked = survey.recipients if survey else 0
    answered = sum(group.respondents for group in survey.groups.all()) if survey else 0
    yield lambda: gettext("number who got the survey"), str(asked or "")
    yield lambda: gettext("number who answered the survey"), str(answered or "")
    share = f"{(200 * answered + asked) // (2 * asked)}" if asked and answered else ""
    yield lambda: gettext("response rate of the survey in per cent"), share
