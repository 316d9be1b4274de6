"""What stands between here and publication: what the account has left over, and what the checks found in the texts.

Asked by the report's page and by whoever freezes or publishes, so the texts and what is accepted come in one query.
"""

from collections import Counter
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from conference.models import ChapterText, Conference, Introducer, ProgrammeItem, Question, Session, TextSlot
from inputs.checks import run_hard
from inputs.checks.edition import Texts, Written
from inputs.checks.finding import NEEDS_SECOND, Finding, Place, Thing
from inputs.models import Acceptance, Heading, Point
from inputs.queries import Coverage, Obstacle, obstacles

_SAID = {Thing.POINT, Thing.HEADING}


def hindrances(conference: Conference, numbers: Coverage | None = None) -> tuple[Obstacle, ...]:
    """All of it; empty when the report can be published. `numbers` as for `obstacles`."""
    left = Counter(finding.kind for finding in findings_in_the_way(conference))
    return (*obstacles(conference, numbers), *(Obstacle(kind.value, n, ()) for kind, n in left.items()))


def findings_in_the_way(conference: Conference) -> list[Finding]:
    """What the checks found that nobody has accepted, or one alone where it takes two."""
    rows = list(_rows(conference))
    accepted = {(ref, text): second for kind, ref, _session, second, text, _more in rows if kind == "accepted"}

    def is_settled(finding: Finding) -> bool:
        read = finding.key, finding.reading
        return read in accepted and (finding.code not in NEEDS_SECOND or accepted[read] is not None)

    return [finding for finding in run_hard(_texts(conference, rows)) if not is_settled(finding)]


def _texts(conference: Conference, rows: list[tuple[Any, ...]]) -> Texts:
    things = set(Thing)
    written = [
        Written(
            Place(Thing(kind), ref.replace("-", ""), session=session, question=question),
            "\n\n".join(filter(None, [text, more])),
        )
        for kind, ref, session, question, text, more in rows
        if kind in things and (text or more)
    ]
    return Texts(
        tuple(one for one in written if one.place.thing not in _SAID),
        tuple(one for one in written if one.place.thing in _SAID),
        frozenset({conference.host, *(text for kind, _ref, _s, _q, text, _more in rows if kind == "person")}),
    )


def _rows(conference: Conference) -> QuerySet[Any, tuple[Any, ...]]:
    """Kind, which one, session, question, text, more text: every text that is printed, and every acceptance."""
    none, nothing = Value(None, BigIntegerField()), Value("")

    def key(name: str) -> Cast:
        return Cast(name, CharField())

    of_question = ("question__session__number", "question__number")
    here: dict[str, Any] = {"question__session__conference": conference}
    points = Point.objects.standing().filter(**here).order_by()
    headings = Heading.objects.standing().filter(**here).order_by()
    questions = Question.objects.filter(session__conference=conference).order_by()
    sessions = Session.objects.filter(conference=conference).order_by()
    chapters = ChapterText.objects.filter(conference=conference).order_by()
    items = ProgrammeItem.objects.filter(conference=conference).order_by()
    introducers = Introducer.objects.filter(session__conference=conference).order_by()
    accepted = Acceptance.objects.standing().filter(conference=conference).order_by()
    person = Value("person"), nothing, none, none
    return points.values_list(Value("point"), key("key"), *of_question, "text", nothing).union(
        headings.values_list(Value("heading"), key("key"), *of_question, "title", nothing),
        questions.values_list(Value("question"), key("pk"), "session__number", "number", "text", nothing),
        sessions.values_list(Value("session"), key("pk"), "number", none, "topic", "introduction"),
        chapters.values_list(Value("chapter"), "slot", none, none, "text", nothing),
        items.values_list(Value("item"), key("pk"), none, none, "text", nothing),
        items.values_list(*person, "speaker_name", nothing),
        introducers.values_list(*person, "name", nothing),
        chapters.filter(slot=TextSlot.THANKS).values_list(*person, "signature_name", nothing),
        accepted.values_list(Value("accepted"), "finding", none, F("second_by"), "reading", nothing),
        all=True,
    )
