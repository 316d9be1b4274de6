"""`rnik.conference/1`: a conference as a JSON file.

The functions that read parts of it take a `Record`; `report_file` uses several of them for an exported report.
"""

import re
from collections.abc import Collection
from datetime import date, time
from functools import partial

from django.utils.translation import gettext as _

from conference.importers.conference_rows import (
    ConferenceFile,
    ConferenceRow,
    IntroducerRow,
    MinistryRow,
    ParticipantRow,
    ProgrammeRow,
    QuestionRow,
    SessionRow,
    SpeakerRow,
    SubquestionRow,
    TableRow,
    TextRow,
)
from conference.importers.json_file import Document
from conference.importers.records import MAX_COUNT, MAX_QUESTION, Record, root
from conference.importers.survey_part import survey_row
from rnik.lib.text import clean_line

FORMAT = "rnik.conference/1"

# The words that the models know; importers are below the models and may not ask them. A test compares the two.
LANGUAGES = ("nb", "nn", "en")
ATTRIBUTIONS = ("none", "organisation")
SESSION_FORMATS = ("tables", "workshop", "panel", "plenary")
PROGRAMME_KINDS = (
    "registration",
    "speech",
    "session",
    "conversation",
    "panel",
    "meal",
    "break",
    "summary",
    "closing_remarks",
    "social",
    "closing",
    "other",
)
TEXT_SLOTS = (
    "summary",
    "thanks",
    "purpose",
    "background",
    "dialogue",
    "anchoring",
    "video",
    "evaluation",
    "structure",
)
#: Stands in for facts that are missing: a fault then, so that nobody sees it.
NO_FACTS = ConferenceRow("", "", date.min)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}\Z")
_WEBSITE = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def read(document: Document) -> ConferenceFile:
    """The conference in `document`. Raises ImportFault with everything that is wrong in it."""
    return root(document, _conference_file)


def _conference_file(file: Record) -> ConferenceFile:
    file.ignore("format")
    facts = file.one("conference", conference_row, required=True)
    ministries = file.each("ministries", ministry_row, distinct="code")
    codes = [ministry.code for ministry in ministries]
    tables = file.each("tables", _table_row, distinct="number")
    table_numbers = [table.number for table in tables]
    sessions = file.each("sessions", lambda row: _session_row(row, codes, table_numbers), distinct="number")
    numbers = [session.number for session in sessions]
    programme = file.each("programme", lambda row: programme_row(row, codes, numbers))
    texts = file.one("texts", _text_rows) or ()
    survey = file.one("survey", survey_row)
    return ConferenceFile(facts or NO_FACTS, ministries, tables, programme, texts, sessions, survey)


def conference_row(row: Record) -> ConferenceRow:
    """The facts. An absent language is nb."""
    day = row.day("date", required=True) or date.min
    end_day = row.day("end_date")
    if end_day and end_day < day:
        row.expected(_("the first day or later"), end_day, "end_date")
    plenary_tables = row.number("plenary_tables_per_session")
    return ConferenceRow(
        slug=slug(row, "slug"),
        title=row.line("title", required=True),
        date=day,
        end_date=end_day,
        series=row.line("series"),
        edition=row.number("edition", least=1),
        theme=row.line("theme"),
        venue=row.line("venue"),
        address=row.line("address"),
        host=row.line("host"),
        website=_website(row),
        language=row.word("language", LANGUAGES, "nb"),
        capacity=row.number("capacity", most=MAX_COUNT),
        plenary_tables_per_session=3 if plenary_tables is None else plenary_tables,
        attribution=row.word("attribution", ATTRIBUTIONS, "none"),
        second_person=row.flag("second_person"),
        case_number=row.line("case_number", longest=50),
        access_code=row.line("access_code", longest=50),
        legal_basis=row.line("legal_basis"),
        participants=row.one("participants", _participant_rows) or (),
    )


def slug(row: Record, key: str) -> str:
    """A conference's short name: small ASCII letters, digits and hyphens, at most 50."""
    found = row.line(key, required=True)
    if found and not _SLUG.match(found):
        row.expected(_("at most 50 of a–z, 0–9 and -"), found, key)
    return found


def _website(row: Record) -> str:
    found = row.line("website")
    if found and not _WEBSITE.match(found):
        row.expected(_("an address that begins with https://"), found, "website")
    return found


def _participant_rows(row: Record) -> tuple[ParticipantRow, ...]:
    """Categories to counts: a number is how many came, an object tells attended, invited and limit apart."""
    counts: dict[str, ParticipantRow] = {}
    for key in row.keys:
        category = clean_line(key)
        if not 1 <= len(category) <= 50 or category in counts:
            row.expected(_("a category of 1 to 50 characters, each only once"), key, key)
        if row.holds(key, dict):
            count = row.one(key, partial(_participant_row, category=category))
        else:
            count = ParticipantRow(category, attended=row.number(key, most=MAX_COUNT))
        if count:
            counts[category] = count
    return tuple(counts.values())


def _participant_row(row: Record, category: str) -> ParticipantRow:
    attended, invited, limit = (row.number(key, most=MAX_COUNT) for key in ("attended", "invited", "limit"))
    return ParticipantRow(category, attended, invited, limit)


def ministry_row(row: Record) -> MinistryRow:
    return MinistryRow(
        row.line("code", longest=20, required=True), row.line("name", required=True), row.line("name_nn")
    )


def _table_row(row: Record) -> TableRow:
    return TableRow(row.number("number", least=1, required=True) or 0, row.line("name", longest=100))


def programme_row(row: Record, ministries: Collection[str], sessions: Collection[int]) -> ProgrammeRow:
    """A line of the programme; its session and its speaker's ministry must be among the given."""
    starts_at = row.clock("starts_at", required=True) or time.min
    ends_at = row.clock("ends_at")
    if ends_at and ends_at < starts_at:
        row.expected(_("a time after it starts"), f"{ends_at:%H:%M}", "ends_at")
    session = row.number("session", least=1)
    if session is not None and session not in sessions:
        row.expected(_("the number of a session in this file"), session, "session")
    return ProgrammeRow(
        starts_at=starts_at,
        title=row.line("title", required=True),
        kind=row.word("kind", PROGRAMME_KINDS, "other"),
        ends_at=ends_at,
        session=session,
        speaker=row.one("speaker", lambda speaker: _speaker_row(speaker, ministries)),
        text=row.paragraphs("text"),
    )


def _speaker_row(row: Record, ministries: Collection[str]) -> SpeakerRow:
    name, title = row.line("name", longest=150, required=True), row.line("title", longest=150)
    return SpeakerRow(name, title, row.word("organisation", ministries, longest=20))


def _text_rows(row: Record) -> tuple[TextRow, ...]:
    rows = []
    for key in TEXT_SLOTS:
        if key == "thanks" and row.holds(key, dict):
            text = row.one(key, _letter)
        else:
            text = TextRow(key, row.paragraphs(key))
        if text and text != TextRow(key, ()):
            rows.append(text)
    return tuple(rows)


def _letter(row: Record) -> TextRow:
    name, role = row.one("signature", _signature) or ("", "")
    return TextRow(
        "thanks", row.paragraphs("paragraphs"), row.line("title"), row.line("closing", longest=100), name, role
    )


def _signature(row: Record) -> tuple[str, str]:
    return row.line("name", longest=150), row.line("role", longest=150)


def _session_row(row: Record, ministries: Collection[str], tables: Collection[int]) -> SessionRow:
    return SessionRow(
        number=row.number("number", least=1, required=True) or 0,
        title=row.line("title", required=True),
        programme_title=row.line("programme_title"),
        format=row.word("format", SESSION_FORMATS, "tables"),
        slot=row.number("slot"),
        track=row.line("track", longest=50),
        ministries=row.names("ministries", ministries),
        topic=row.paragraphs("topic"),
        introducers=row.each("introducers", lambda person: introducer_row(person, ministries)),
        introduction=row.paragraphs("introduction"),
        questions=row.each("questions", lambda question: question_row(question, tables), distinct="number"),
    )


def introducer_row(row: Record, ministries: Collection[str]) -> IntroducerRow:
    name, title = row.line("name", longest=150, required=True), row.line("title", longest=150)
    return IntroducerRow(name, title, row.word("ministry", ministries, longest=20))


def question_row(row: Record, tables: Collection[int]) -> QuestionRow:
    """A question; the tables that are asked must be among the given."""
    return QuestionRow(
        number=row.number("number", least=1, required=True) or 0,
        text=row.text("text", longest=MAX_QUESTION, required=True),
        subquestions=row.each("subquestions", _subquestion_row, distinct="letter"),
        tables=row.names("tables", tables),
    )


def _subquestion_row(row: Record) -> SubquestionRow:
    letter = row.line("letter", required=True).lower()
    if letter and not (len(letter) == 1 and letter.isalpha()):
        row.expected(_("one letter"), letter, "letter")
    return SubquestionRow(letter, row.text("text", longest=MAX_QUESTION, required=True))
