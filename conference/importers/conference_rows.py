"""What a file says of a conference, as frozen data. Texts are clean (rnik.lib.text); an absent one is empty.

Paragraphs are in the small safe markup (rnik.lib.markup). Numbers and names that refer to something else in the file
(a ministry's code, a session's or table's number) are checked: they exist.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class ParticipantRow:
    """How many of one category: let in at most, invited, and came. None where the file does not say."""

    category: str
    attended: int | None = None
    invited: int | None = None
    limit: int | None = None


@dataclass(frozen=True)
class ConferenceRow:
    """The facts. `attribution` is none or organisation, `language` nb, nn or en."""

    slug: str
    title: str
    date: datetime.date
    end_date: datetime.date | None = None
    series: str = ""
    edition: int | None = None
    theme: str = ""
    venue: str = ""
    address: str = ""
    host: str = ""
    website: str = ""
    language: str = "nb"
    capacity: int | None = None
    plenary_tables_per_session: int = 3
    attribution: str = "none"
    second_person: bool = False
    case_number: str = ""
    access_code: str = ""
    legal_basis: str = ""
    participants: tuple[ParticipantRow, ...] = ()


@dataclass(frozen=True)
class MinistryRow:
    code: str
    name: str
    name_nn: str = ""


@dataclass(frozen=True)
class TableRow:
    number: int
    name: str = ""


@dataclass(frozen=True)
class SpeakerRow:
    """`organisation` is the code of a ministry, or empty."""

    name: str
    title: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class ProgrammeRow:
    """A line of the programme, local time. `text` is a speech in full, `session` a session's number."""

    starts_at: datetime.time
    title: str
    kind: str = "other"
    ends_at: datetime.time | None = None
    session: int | None = None
    speaker: SpeakerRow | None = None
    text: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextRow:
    """The chapter `slot`. Only the letter of thanks has a title of its own, a closing and a signature."""

    slot: str
    paragraphs: tuple[str, ...]
    title: str = ""
    closing: str = ""
    signature_name: str = ""
    signature_role: str = ""


@dataclass(frozen=True)
class IntroducerRow:
    """`ministry` is a code, or empty."""

    name: str
    title: str = ""
    ministry: str = ""


@dataclass(frozen=True)
class SubquestionRow:
    """`letter` is one small letter."""

    letter: str
    text: str


@dataclass(frozen=True)
class QuestionRow:
    """`tables` are the numbers of the tables that are asked; empty means all."""

    number: int
    text: str
    subquestions: tuple[SubquestionRow, ...] = ()
    tables: tuple[int, ...] = ()


@dataclass(frozen=True)
class SessionRow:
    """`ministries` are codes, the first responsible first. `topic` and `introduction` are paragraphs."""

    number: int
    title: str
    programme_title: str = ""
    format: str = "tables"
    slot: int | None = None
    track: str = ""
    ministries: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    introducers: tuple[IntroducerRow, ...] = ()
    introduction: tuple[str, ...] = ()
    questions: tuple[QuestionRow, ...] = ()


@dataclass(frozen=True)
class RespondentRow:
    """How many of a group answered, and how many were asked (None: not said)."""

    group: str
    count: int
    recipients: int | None = None


@dataclass(frozen=True)
class AnswerRow:
    label: str
    count: int


@dataclass(frozen=True)
class SurveyQuestionRow:
    """`kind` is choice or scale; `base` the group that was asked, empty for all; `number` as it was once printed."""

    text: str
    kind: str = "choice"
    base: str = ""
    number: str = ""
    answers: tuple[AnswerRow, ...] = ()


@dataclass(frozen=True)
class SurveyRow:
    recipients: int
    respondents: tuple[RespondentRow, ...] = ()
    questions: tuple[SurveyQuestionRow, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class ConferenceFile:
    """Everything a file says of one conference, each list in the file's order."""

    conference: ConferenceRow
    ministries: tuple[MinistryRow, ...] = ()
    tables: tuple[TableRow, ...] = ()
    programme: tuple[ProgrammeRow, ...] = ()
    texts: tuple[TextRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    survey: SurveyRow | None = None
