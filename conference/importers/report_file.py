"""`rnik.report/1`: our own exported report, taken back in as a conference and its points.

What a report computes (numbers, anchors, figures, the chapters that only hold others) is passed over. What it does
not tell (tables, invitations, the form of a session) is left as an absent key would be. Its chapters always have
titles, so the texts read from here have them too.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext as _

from conference.importers.conference_file import (
    NO_FACTS,
    TEXT_SLOTS,
    conference_row,
    introducer_row,
    ministry_row,
    programme_row,
    question_row,
)
from conference.importers.conference_rows import (
    ConferenceFile,
    IntroducerRow,
    ProgrammeRow,
    QuestionRow,
    SessionRow,
    TextRow,
)
from conference.importers.json_file import Document
from conference.importers.points_file import PointsFile, QuestionPoints, heading_rows
from conference.importers.records import Record, root
from conference.importers.survey_part import survey_row

FORMAT = "rnik.report/1"

_HOLDING_OTHERS = ("programme", "speeches", "conference", "discussions")
_OF_A_SESSION = ("topic", "introducers", "questions", "inputs")
SLOTS = (*TEXT_SLOTS, *_HOLDING_OTHERS, "speech", "session", *_OF_A_SESSION)


def read(document: Document) -> tuple[ConferenceFile, PointsFile]:
    """The conference and the points in `document`. Raises ImportFault with everything that is wrong in it."""
    return root(document, _report)


def _report(file: Record) -> tuple[ConferenceFile, PointsFile]:
    file.ignore("format", "generated_at", "draft", "internal")
    facts = file.one("conference", conference_row, required=True)
    ministries = file.each("ministries", ministry_row, distinct="code")
    codes = [ministry.code for ministry in ministries]
    chapters = _Chapters(codes)
    file.each("chapters", chapters.read)
    numbers = [session.number for session in chapters.sessions]
    programme = file.each("programme", lambda row: programme_row(row, codes, numbers))
    conference = ConferenceFile(
        conference=facts or NO_FACTS,
        ministries=ministries,
        programme=_with_speeches(programme, chapters.speeches),
        texts=tuple(chapters.texts.values()),
        sessions=tuple(chapters.sessions),
        survey=file.one("survey", survey_row),
    )
    return conference, PointsFile(conference.conference.slug, tuple(chapters.points))


@dataclass(frozen=True)
class _Speech:
    chapter: Record
    title: str
    text: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """A chapter below a session: which one it is and what it may hold."""

    slot: str
    text: tuple[str, ...]
    introducers: tuple[IntroducerRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()


class _Chapters:
    """The tree of chapters: what it holds is gathered while it is read."""

    def __init__(self, ministries: Sequence[str]) -> None:
        self._ministries = ministries
        self._seen_ids: set[uuid.UUID] = set()
        self.texts: dict[str, TextRow] = {}
        self.speeches: list[_Speech] = []
        self.sessions: list[SessionRow] = []
        self.points: list[QuestionPoints] = []

    def read(self, row: Record) -> _Part:
        """One chapter and those below it."""
        row.ignore("number", "anchor", "figures")
        slot = row.word("slot", SLOTS, required=True)
        title, text = row.line("title"), row.paragraphs("paragraphs")
        session = row.number("session", least=1, required=slot in ("session", "inputs")) or 0
        introducers: tuple[IntroducerRow, ...] = ()
        questions: tuple[QuestionRow, ...] = ()
        if slot in TEXT_SLOTS:
            self._add_text(row, TextRow(slot, text, title))
        elif slot == "speech":
            self.speeches.append(_Speech(row, title, text))
        elif slot == "introducers":
            introducers = row.each("introducers", lambda person: introducer_row(person, self._ministries))
        elif slot == "questions":
            questions = row.each("questions", lambda question: question_row(question, ()), distinct="number")
        elif slot == "inputs":
            self.points += row.each("questions", partial(self._question_points, session), distinct="question")
        parts = row.each("chapters", self.read)
        if slot == "session":
            self._add_session(row, session, title, parts)
        return _Part(slot, text, introducers, questions)

    def _add_text(self, row: Record, text: TextRow) -> None:
        closing, name, role = row.one("signature", _signature) or ("", "", "")
        if text.slot in self.texts:
            row.expected(_("each text only once"), text.slot, "slot")
        # The chapter on the evaluation may hold figures alone.
        if text.paragraphs or closing or name:
            self.texts[text.slot] = replace(text, closing=closing, signature_name=name, signature_role=role)

    def _add_session(self, row: Record, number: int, title: str, parts: Sequence[_Part]) -> None:
        if number in [session.number for session in self.sessions]:
            row.expected(_("each session only once"), number, "session")
        by_slot = {part.slot: part for part in parts}
        topic, introducers, questions = (
            by_slot.get(slot, _Part(slot, ())) for slot in ("topic", "introducers", "questions")
        )
        self.sessions.append(
            SessionRow(
                number=number,
                title=title,
                programme_title=row.line("programme_title"),
                ministries=row.names("ministries", self._ministries),
                topic=topic.text,
                introducers=introducers.introducers,
                introduction=introducers.text,
                questions=questions.questions,
            )
        )

    def _question_points(self, session: int, row: Record) -> QuestionPoints:
        row.ignore("text")
        number = row.number("number", least=1, required=True) or 0
        return QuestionPoints(session, number, heading_rows(row, self._seen_ids, from_report=True))


def _signature(row: Record) -> tuple[str, str, str]:
    return row.line("closing", longest=100), row.line("name", longest=150), row.line("role", longest=150)


def _with_speeches(programme: Sequence[ProgrammeRow], speeches: Sequence[_Speech]) -> tuple[ProgrammeRow, ...]:
    """The programme with each speech at the line that has its title; both are in the order of the day."""
    lines = list(programme)
    after = 0
    for speech in speeches:
        at = next((n for n in range(after, len(lines)) if lines[n].title == speech.title), None)
        if at is None:
            speech.chapter.expected(_("the title of a line of the programme"), speech.title, "title")
            continue
        lines[at] = replace(lines[at], text=speech.text)
        after = at + 1
    return tuple(lines)
