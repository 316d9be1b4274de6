"""Builds the report: the only module here that queries. A fixed number of queries, whatever the size."""

import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext, override

from conference.models import ChapterText, Conference, Introducer, ProgrammeItem, Question, Session, SessionMinistry
from inputs.inserted import read_inserted
from inputs.levels import choices, named
from inputs.models import Heading, PointSource, heading_names
from inputs.models import Point as StoredPoint
from inputs.queries import Obstacle, obstacles
from inputs.report.model import (
    Block,
    Chapter,
    HeadingPoints,
    IntroducerList,
    Ministry,
    Point,
    ProgrammeLine,
    ProgrammeTable,
    Prose,
    QuestionInputs,
    QuestionList,
    Report,
    SessionFacts,
    Signature,
    Slot,
    Source,
    Speaker,
    TextBlock,
)
from inputs.report.numbering import numbered
from inputs.report.phrases import chapter_title, long_date, phrases, question_label, speeches_title
from inputs.report.reading import read_facts, read_question, read_survey
from inputs.report.survey import figures
from rnik.lib.marks import inserted
from rnik.lib.markup import parse


class NotFinished(Exception):
    """The report cannot be made except as a draft; `obstacles` says what is left, and where."""

    def __init__(self, left: tuple[Obstacle, ...]) -> None:
        self.obstacles = left
        super().__init__(", ".join(f"{obstacle.count} {obstacle.code}" for obstacle in left))


def build_report(
    conference: Conference, *, internal: bool = False, draft: bool = False, at: datetime | None = None
) -> Report:
    """The conference's report as it stands now. Raises NotFinished unless everything is accounted for or `draft`."""
    if not draft and (left := obstacles(conference)):
        raise NotFinished(left)
    return read_report(conference, internal=internal, draft=draft, at=at)


def read_report(
    conference: Conference, *, internal: bool = False, draft: bool = False, at: datetime | None = None
) -> Report:
    """The report as it stands now, for those who have asked already whether something is left."""
    at = at or timezone.now()
    with override(conference.language):
        return _Builder(conference, internal=internal, draft=draft).report(at)


class _Builder:
    """What one build reads, read once."""

    def __init__(self, conference: Conference, *, internal: bool, draft: bool) -> None:
        self.conference = conference
        self.internal = internal
        self.draft = draft
        self.language = conference.language
        self.ministries = {ministry.pk: ministry for ministry in conference.ministries.all()}
        self.levels = dict(choices(self.ministries.values(), self.language))
        self.texts = {text.slot: text for text in conference.texts.all()}
        self.items = list(conference.programme.all())
        self.sessions = list(
            conference.sessions.order_by("number").prefetch_related(
                Prefetch("introducers", Introducer.objects.order_by("position", "pk")),
                Prefetch("responsibilities", SessionMinistry.objects.order_by("position", "pk")),
                Prefetch("questions", Question.objects.order_by("number").prefetch_related("subquestions")),
            )
        )
        self.survey = read_survey(conference)
        self.headings: dict[int, list[Heading]] = defaultdict(list)
        for heading in Heading.objects.standing().filter(question__session__conference=conference):
            self.headings[heading.question_id].append(heading)
        self.points: dict[tuple[int, int | None], list[Point]] = defaultdict(list)
        for stored in self._stored_points():
            self.points[stored.question_id, stored.heading_id].append(self._point(stored))

    def report(self, at: datetime) -> Report:
        return Report(
            facts=read_facts(self.conference),
            subtitle=self.conference.theme,
            phrases=phrases(timezone.localtime(at), rehearsal=self.conference.is_rehearsal),
            generated_at=at,
            ministries=tuple(Ministry(m.code, m.name, m.name_nn) for m in self.ministries.values()),
            programme=tuple(self._programme_line(item) for item in self.items),
            sessions=tuple(self._session_facts(session) for session in self.sessions),
            survey=self.survey,
            chapters=numbered(tuple(filter(None, self._chapters()))),
            draft=self.draft,
            internal=self.internal,
        )

    # --- the chapters, in the report's order ---

    def _chapters(self) -> list[Chapter | None]:
        return [
            self._text(Slot.SUMMARY),
            self._thanks(),
            self._programme(),
            self._speeches(),
            self._parent(
                Slot.CONFERENCE,
                *(self._text(slot, 2) for slot in (Slot.PURPOSE, Slot.BACKGROUND, Slot.DIALOGUE, Slot.ANCHORING)),
                self._text(Slot.VIDEO, 2),
                self._evaluation(),
            ),
            self._parent(Slot.DISCUSSIONS, self._text(Slot.STRUCTURE, 2), *map(self._session, self.sessions)),
        ]

    def _parent(self, slot: Slot, *children: Chapter | None) -> Chapter | None:
        present = tuple(child for child in children if child)
        return Chapter(slot, "", chapter_title(slot), 1, (), present) if present else None

    def _text(self, slot: Slot, level: int = 1, *more: Block) -> Chapter | None:
        text = self.texts.get(slot.value)
        if not more and not (text and text.text):
            return None
        title = (text.title if text else "") or chapter_title(slot)
        return Chapter(slot, "", title, level, (*self._prose(text), *more))

    def _thanks(self) -> Chapter | None:
        text = self.texts.get(Slot.THANKS.value)
        if not text or not (text.closing or text.signature_name):
            return self._text(Slot.THANKS)
        return self._text(Slot.THANKS, 1, Signature(text.closing, text.signature_name, text.signature_role))

    def _programme(self) -> Chapter | None:
        if not self.items:
            return None
        rows = tuple(
            (f"{item.starts_at:%H.%M}", item.title, ", ".join(filter(None, [item.speaker_name, item.speaker_title])))
            for item in self.items
        )
        caption = gettext("Programme %(date)s") % {"date": long_date(self.conference.date)}
        header = (gettext("Time"), gettext("Programme item"), gettext("Who"))
        return Chapter(Slot.PROGRAMME, "", chapter_title(Slot.PROGRAMME), 1, (ProgrammeTable(caption, header, rows),))

    def _speeches(self) -> Chapter | None:
        speeches = tuple(
            Chapter(Slot.SPEECH, "", item.title, 2, (self._derived_prose(item.text, "programme", str(n)),))
            for n, item in enumerate(self.items)
            if item.text
        )
        return Chapter(Slot.SPEECHES, "", speeches_title(len(speeches)), 1, (), speeches) if speeches else None

    def _evaluation(self) -> Chapter | None:
        return self._text(Slot.EVALUATION, 2, *(figures(self.survey) if self.survey else ()))

    def _session(self, session: Session) -> Chapter:
        questions = tuple(read_question(question) for question in session.questions.all())
        introducers = tuple(self._speaker(one.name, one.title, one.ministry_id) for one in session.introducers.all())
        who = (IntroducerList(introducers),) if introducers else ()
        parts: tuple[tuple[Slot, tuple[Block, ...]], ...] = (
            (Slot.TOPIC, self._session_prose(session, "topic")),
            (Slot.INTRODUCERS, (*who, *self._session_prose(session, "introduction"))),
            (Slot.QUESTIONS, (QuestionList(questions),) if questions else ()),
            (Slot.INPUTS, tuple(self._inputs(session, question) for question in session.questions.all())),
        )
        children = tuple(
            Chapter(slot, "", chapter_title(slot), 3, blocks, session=session.number)
            for slot, blocks in parts
            if blocks
        )
        return Chapter(Slot.SESSION, "", session.title, 2, (), children, session.number)

    def _inputs(self, session: Session, question: Question) -> QuestionInputs:
        anchor = f"sporsmal-{session.number}-{question.number}"
        names = heading_names(self.headings[question.pk])
        headings = [
            HeadingPoints(
                names[heading.pk],
                tuple(self.points[question.pk, heading.pk]),
                f"{anchor}-{number}",
                is_other=heading.is_other,
                is_missing=not heading.title,
            )
            for number, heading in enumerate(self.headings[question.pk], 1)
            if self.points[question.pk, heading.pk]
        ]
        if bare := self.points[question.pk, None]:
            headings.append(HeadingPoints(gettext("Without heading"), tuple(bare), f"{anchor}-0", is_missing=True))
        return QuestionInputs(
            read_question(question),
            question_label(question.number, question.text),
            anchor,
            tuple(headings),
            "" if headings else gettext("No inputs."),
        )

    # --- the parts ---

    def _stored_points(self) -> list[StoredPoint]:
        points = StoredPoint.objects.standing().filter(question__session__conference=self.conference)
        if self.internal:
            sources = PointSource.objects.open().select_related("input__table").order_by("pk")
            points = points.prefetch_related(Prefetch("sources", sources, to_attr="open_sources"))
        return list(points.order_by("position", "pk"))

    def _point(self, stored: StoredPoint) -> Point:
        point = Point(stored.key.hex, stored.text)
        if not self.internal:
            return point
        sources = tuple(
            Source(
                source.input.public_id, source.input.table.number if source.input.table else None, str(source.kind)
            )
            for source in stored.open_sources  # type: ignore[attr-defined]  # a Prefetch sets it
        )
        tables = len({source.table for source in sources if source.table is not None})
        return replace(point, tables=tables, sources=sources, addressees=named(stored.addressees, self.levels))

    def _prose(self, text: ChapterText | None) -> tuple[Prose, ...]:
        if not text or not text.text:
            return ()
        return (Prose(self._parsed(text.text), text.key.hex if self.internal else ""),)

    def _session_prose(self, session: Session, name: str) -> tuple[Prose, ...]:
        source = getattr(session, name)
        return (self._derived_prose(source, "session", str(session.number), name),) if source else ()

    def _derived_prose(self, source: str, *place: str) -> Prose:
        """A text without a key of its own is named by its place."""
        name = "/".join((self.conference.slug, *place))
        return Prose(self._parsed(source), uuid.uuid5(uuid.NAMESPACE_URL, name).hex if self.internal else "")

    def _parsed(self, source: str) -> tuple[TextBlock, ...]:
        """With facts from the data put in; a frozen version keeps what they were."""
        return parse(inserted(source, self.values) if "{" in source else source)

    @cached_property
    def values(self) -> dict[str, str]:
        return read_inserted(self.conference).values

    def _speaker(self, name: str, title: str, ministry: int | None) -> Speaker:
        found = self.ministries.get(ministry or 0)
        return Speaker(name, title, found.code if found else "", found.name_in(self.language) if found else "")

    def _programme_line(self, item: ProgrammeItem) -> ProgrammeLine:
        numbers = {session.pk: session.number for session in self.sessions}
        return ProgrammeLine(
            f"{item.starts_at:%H:%M}",
            f"{item.ends_at:%H:%M}" if item.ends_at else "",
            str(item.kind),
            item.title,
            self._speaker(item.speaker_name, item.speaker_title, item.speaker_ministry_id)
            if item.speaker_name
            else None,
            numbers.get(item.session_id or 0),
        )

    def _session_facts(self, session: Session) -> SessionFacts:
        codes = tuple(self.ministries[part.ministry_id].code for part in session.responsibilities.all())
        return SessionFacts(session.number, session.title, session.programme_title, codes)
