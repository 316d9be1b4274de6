"""What the checks find in a conference's report, and what of it somebody has accepted. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import BigIntegerField, Value

from conference.models import (
    ChapterText,
    Conference,
    Introducer,
    Language,
    ProgrammeItem,
    Question,
    RespondentGroup,
    Session,
    Survey,
    SurveyAnswer,
    SurveyQuestionKind,
    Table,
    TextSlot,
    TextState,
)
from inputs import checks
from inputs.checks import edition as read
from inputs.checks.finding import Finding, Place, Thing
from inputs.models import Acceptance, Heading, Input, Point, heading_names


@dataclass(frozen=True)
class Found:
    """A finding, and the acceptance that stands for it as it is read now."""

    finding: Finding
    acceptance: Acceptance | None = None

    @property
    def is_settled(self) -> bool:
        """Accepted, by two where it takes two."""
        if self.acceptance is None:
            return False
        return not self.finding.needs_second or self.acceptance.second_at is not None

    @property
    def waits_for_second(self) -> bool:
        return self.acceptance is not None and not self.is_settled

    @property
    def is_in_the_way(self) -> bool:
        return self.finding.is_in_the_way and not self.is_settled


def findings(edition: read.Edition, conference: Conference) -> list[Found]:
    """All that is found, accepted or not. One query."""
    standing = Acceptance.objects.standing().filter(conference=conference).select_related("by", "second_by")
    accepted = {(one.finding, one.reading): one for one in standing}
    return [Found(finding, accepted.get((finding.key, finding.reading))) for finding in checks.run(edition)]


def places_of(edition: read.Edition) -> dict[str, Place]:
    """Everything that a check may find something at, by its key."""
    places = [edition.place, *(row.place for row in edition.participants), *(one.place for one in edition.chapters)]
    places += [item.place for item in edition.programme] + [person.place for person in edition.people]
    places += [session.place for session in edition.sessions] + [heading.place for heading in edition.headings]
    places += [question.place for question in edition.questions] + [point.place for point in edition.points]
    if edition.survey:
        places += [edition.survey.place, *(question.place for question in edition.survey.questions)]
    return {place.key: place for place in places}


# --- reading ---


def read_edition(conference: Conference) -> read.Edition:
    """What the checks read, in 13 queries. What stands in the way is read in one: inputs/hindrances.py."""
    texts = {text.slot: text for text in ChapterText.objects.filter(conference=conference)}
    thanks = texts.get(TextSlot.THANKS)
    edition = read.Edition(
        place=Place(Thing.FACTS, "", conference.title),
        title=conference.title,
        date=conference.date,
        is_norwegian=conference.language != Language.ENGLISH,
        number=conference.edition,
        capacity=conference.capacity,
        host=conference.host,
        chapters=tuple(_chapter(slot, texts.get(slot)) for slot in TextSlot),
        sessions=_sessions(conference, _silent(conference)),
        signer=_signer(thanks) if thanks and thanks.signature_name else None,
    )
    numbers = {session.place.ref: session.number for session in edition.sessions}
    return replace(
        edition,
        programme=_programme(conference, numbers),
        participants=tuple(
            read.Participants(
                Place(Thing.PARTICIPANTS, str(row.pk), row.category),
                row.category,
                row.limit,
                row.invited,
                row.attended,
            )
            for row in conference.participant_counts.all()
        ),
        ministries=tuple(ministry.name for ministry in conference.ministries.all()),
        survey=_survey(conference),
    )


def _chapter(slot: TextSlot, stored: ChapterText | None) -> read.Chapter:
    place = Place(Thing.CHAPTER, slot.value, str(slot.label))
    if stored is None:
        return read.Chapter(place, slot.value)
    return read.Chapter(place, slot.value, stored.title, stored.text, stored.state == TextState.READY)


def _signer(thanks: ChapterText) -> read.Person:
    place = Place(Thing.CHAPTER, TextSlot.THANKS.value, str(TextSlot.THANKS.label))
    return read.Person(place, thanks.signature_name, thanks.signature_role)


def _programme(conference: Conference, numbers: dict[str, int]) -> tuple[read.Item, ...]:
    found = []
    for item in ProgrammeItem.objects.filter(conference=conference):
        place = Place(Thing.ITEM, str(item.pk), f"{item.starts_at:%H.%M} {item.title}")
        speaker = read.Person(place, item.speaker_name, item.speaker_title) if item.speaker_name else None
        session = numbers.get(str(item.session_id))
        found.append(read.Item(place, item.starts_at, str(item.kind), item.title, speaker, session, item.text))
    return tuple(found)


def _sessions(conference: Conference, silent: dict[int, list[int]]) -> tuple[read.Session, ...]:
    introducers: dict[int, list[read.Person]] = defaultdict(list)
    for one in Introducer.objects.filter(session__conference=conference).select_related("session"):
        place = Place(Thing.INTRODUCER, f"{one.session_id}-{one.pk}", one.name, one.session.number)
        introducers[one.session_id].append(read.Person(place, one.name, one.title))
    questions: dict[int, list[read.Question]] = defaultdict(list)
    for session, question in _questions(conference, silent):
        questions[session].append(question)
    return tuple(
        read.Session(
            Place(Thing.SESSION, str(session.pk), str(session), session.number),
            session.number,
            session.title,
            session.programme_title,
            session.topic,
            session.introduction,
            tuple(introducers[session.pk]),
            tuple(questions[session.pk]),
        )
        for session in Session.objects.filter(conference=conference).order_by("number")
    )


def _questions(conference: Conference, silent: dict[int, list[int]]) -> Iterable[tuple[int, read.Question]]:
    """Each with its session's key, headings and points. Three queries."""
    headings: dict[int, list[Heading]] = defaultdict(list)
    for heading in Heading.objects.standing().filter(question__session__conference=conference):
        headings[heading.question_id].append(heading)
    points: dict[tuple[int, int | None], list[tuple[UUID, str]]] = defaultdict(list)
    standing = Point.objects.standing().filter(question__session__conference=conference).order_by("position", "pk")
    for of, under, key, text in standing.values_list("question", "heading", "key", "text"):
        points[of, under].append((key, text))
    asked = Question.objects.filter(session__conference=conference).select_related("session")
    for question in asked.order_by("session__number", "number"):
        at = (question.session.number, question.number)
        names = heading_names(headings[question.pk])
        yield (
            question.session_id,
            read.Question(
                Place(Thing.QUESTION, str(question.pk), question.text, *at),
                question.text,
                tuple(
                    read.Heading(
                        Place(Thing.HEADING, heading.key.hex, names[heading.pk], *at),
                        heading.title,
                        heading.is_other,
                        tuple(_point(point, names[heading.pk], at) for point in points[question.pk, heading.pk]),
                    )
                    for heading in headings[question.pk]
                ),
                tuple(_point(point, "", at) for point in points[question.pk, None]),
                tuple(silent.get(question.pk, ())),
            ),
        )


def _point(point: tuple[UUID, str], heading: str, at: tuple[int, int]) -> read.Written:
    key, text = point
    return read.Written(Place(Thing.POINT, key.hex, heading, *at), text)


def _silent(conference: Conference) -> dict[int, list[int]]:
    """For each question the tables that were asked and have no note, where any table has one. One query."""
    none = Value(None, BigIntegerField())
    tables = Table.objects.filter(conference=conference).order_by().values_list(Value("table"), none, "number")
    chosen = Question.tables.through.objects.filter(question__session__conference=conference).order_by()
    said = Input.objects.filter(conference=conference, table__isnull=False).with_question().order_by()
    rows = tables.union(
        chosen.values_list(Value("asked"), "question_id", "table__number"),
        said.filter(question__isnull=False).values_list(Value("said"), "question_id", "table__number"),
        said.filter(filed_under__isnull=False).values_list(Value("said"), "filed_under_id", "table__number"),
    )
    by_kind: dict[str, dict[int, set[int]]] = {kind: defaultdict(set) for kind in ("table", "asked", "said")}
    for kind, question, number in rows:
        by_kind[kind][question or 0].add(number)
    everyone = by_kind["table"][0]
    return {
        question: sorted((by_kind["asked"].get(question) or everyone) - spoke)
        for question, spoke in by_kind["said"].items()
    }


def _survey(conference: Conference) -> read.Survey | None:
    """In three queries."""
    stored = Survey.objects.filter(conference=conference).first()
    if stored is None:
        return None
    groups = RespondentGroup.objects.filter(survey=stored)
    answers: dict[int, list[SurveyAnswer]] = defaultdict(list)
    rows = SurveyAnswer.objects.filter(question__survey=stored).select_related("question")
    for answer in rows.order_by("question__position", "question", "position", "pk"):
        answers[answer.question_id].append(answer)
    return read.Survey(
        Place(Thing.SURVEY, "", str(Survey._meta.verbose_name).capitalize()),
        stored.recipients,
        stored.explanation,
        tuple(read.Group(group.group, group.respondents, group.recipients) for group in groups),
        tuple(
            read.SurveyQuestion(
                Place(Thing.SURVEY_QUESTION, str(pk), of[0].question.text),
                of[0].question.kind == SurveyQuestionKind.SCALE,
                of[0].question.base,
                tuple((answer.label, answer.count) for answer in of),
            )
            for pk, of in answers.items()
        ),
    )
