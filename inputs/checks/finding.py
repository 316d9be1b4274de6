"""What a check finds: which kind of thing, where, how serious, and the words that it was found in."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

Span = tuple[int, int]


class Kind(StrEnum):
    """What a page of findings is sorted by."""

    PERSONAL = "personal"
    SMALL_GROUP = "small_group"
    NUMBERS = "numbers"
    PEOPLE = "people"
    DAY = "day"
    OUTLINE = "outline"
    CHAPTERS = "chapters"
    ABBREVIATIONS = "abbreviations"
    STYLE = "style"


class Code(StrEnum):
    """What is found, and of which kind that is."""

    kind: Kind

    def __new__(cls, value: str, kind: Kind) -> "Code":
        code = str.__new__(cls, value)
        code._value_ = value
        code.kind = kind
        return code

    NATIONAL_ID = "national_id", Kind.PERSONAL
    PHONE = "phone", Kind.PERSONAL
    EMAIL = "email", Kind.PERSONAL
    NAMED = "named", Kind.PERSONAL
    MAYBE_NAMED = "maybe_named", Kind.PERSONAL
    SMALL_GROUP = "small_group", Kind.SMALL_GROUP

    PARTICIPANTS = "participants", Kind.NUMBERS
    PARTICIPANTS_SAID = "participants_said", Kind.NUMBERS
    LIMIT_SAID = "limit_said", Kind.NUMBERS
    SESSIONS_SAID = "sessions_said", Kind.NUMBERS
    RECIPIENTS = "recipients", Kind.NUMBERS
    RECIPIENTS_BY_GROUP = "recipients_by_group", Kind.NUMBERS
    RESPONDENTS = "respondents", Kind.NUMBERS
    ANSWERS = "answers", Kind.NUMBERS
    SMALL_CELL = "small_cell", Kind.NUMBERS
    SCALE_ENDS = "scale_ends", Kind.NUMBERS
    SHARE_SAID = "share_said", Kind.NUMBERS
    BASE_MISSING = "base_missing", Kind.NUMBERS
    VAGUE = "vague", Kind.NUMBERS
    SCALE_WITHOUT_COUNTS = "scale_without_counts", Kind.NUMBERS

    INTRODUCERS_SAID = "introducers_said", Kind.PEOPLE
    NO_INTRODUCER = "no_introducer", Kind.PEOPLE
    SPEAKER = "speaker", Kind.PEOPLE
    ONE_REPRESENTATIVE = "one_representative", Kind.PEOPLE
    TITLES = "titles", Kind.PEOPLE
    TITLE_SAID = "title_said", Kind.PEOPLE
    SESSION_TITLE = "session_title", Kind.PEOPLE
    MINISTRY_SAID = "ministry_said", Kind.PEOPLE

    WEEKDAY = "weekday", Kind.DAY
    NO_SUCH_DAY = "no_such_day", Kind.DAY
    YEAR = "year", Kind.DAY
    ORDINAL = "ordinal", Kind.DAY
    SAME_TIME = "same_time", Kind.DAY
    TIME_ORDER = "time_order", Kind.DAY
    CLOSING = "closing", Kind.DAY

    WITHOUT_HEADING = "without_heading", Kind.OUTLINE
    UNNAMED = "unnamed", Kind.OUTLINE
    WITHOUT_POINTS = "without_points", Kind.OUTLINE
    SILENT_TABLES = "silent_tables", Kind.OUTLINE
    ONE_POINT = "one_point", Kind.OUTLINE
    EMPTY_HEADING = "empty_heading", Kind.OUTLINE
    LARGE_OTHER = "large_other", Kind.OUTLINE
    SAME_HEADING = "same_heading", Kind.OUTLINE
    SAME_POINT = "same_point", Kind.OUTLINE

    EMPTY_CHAPTER = "empty_chapter", Kind.CHAPTERS
    DRAFT_CHAPTER = "draft_chapter", Kind.CHAPTERS
    SESSION_PART = "session_part", Kind.CHAPTERS
    PLACEHOLDER = "placeholder", Kind.CHAPTERS
    BAD_LINK = "bad_link", Kind.CHAPTERS
    BARE_LINK = "bare_link", Kind.CHAPTERS

    ABBREVIATION = "abbreviation", Kind.ABBREVIATIONS

    DOUBLE_SPACE = "double_space", Kind.STYLE
    FULL_STOP = "full_stop", Kind.STYLE
    DELTAGER = "deltager", Kind.STYLE
    SLIP = "slip", Kind.STYLE
    TWICE = "twice", Kind.STYLE
    SPACE_BEFORE = "space_before", Kind.STYLE
    LONG_POINT = "long_point", Kind.STYLE
    HEADING_STOP = "heading_stop", Kind.STYLE


#: What no reason makes good. The account of the report says so too (inputs/queries.py).
TO_BE_MENDED = frozenset({Code.WITHOUT_HEADING, Code.UNNAMED})

#: What stands in the way of publication until it is mended or accepted. Everything else may be looked at.
TO_BE_ACCEPTED = frozenset({Code.NATIONAL_ID, Code.PHONE, Code.EMAIL, Code.NAMED, Code.SMALL_GROUP})

#: What one person alone does not accept.
NEEDS_SECOND = frozenset({Code.SMALL_GROUP})


class Thing(StrEnum):
    """What a place is: each is mended on a page of its own."""

    POINT = "point"
    HEADING = "heading"
    QUESTION = "question"
    SESSION = "session"
    INTRODUCER = "introducer"
    ITEM = "item"
    CHAPTER = "chapter"
    SURVEY = "survey"
    SURVEY_QUESTION = "survey_question"
    PARTICIPANTS = "participants"
    FACTS = "facts"


@dataclass(frozen=True)
class Place:
    """A thing that can be mended. `session` and `question` are its numbers in the report, where it has them."""

    thing: Thing
    ref: str
    name: str = field(default="", compare=False)
    session: int | None = None
    question: int | None = None

    @property
    def key(self) -> str:
        return f"{self.thing}:{self.ref}"


@dataclass(frozen=True)
class Finding:
    """One thing that a check found at one place.

    `read` is what was read to find it: a finding that was accepted comes back when that has changed. `text` and
    `marks` show where in a text it is.
    """

    code: Code
    place: Place
    says: str
    read: tuple[str, ...]
    text: str = ""
    marks: tuple[Span, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.code.kind

    @property
    def is_in_the_way(self) -> bool:
        return self.code in TO_BE_ACCEPTED | TO_BE_MENDED

    @property
    def can_be_accepted(self) -> bool:
        return self.code not in TO_BE_MENDED

    @property
    def needs_second(self) -> bool:
        return self.code in NEEDS_SECOND

    @property
    def key(self) -> str:
        """The same whenever the same is found at the same place; never any of its words."""
        return f"{self.code}:{self.place.key}"

    @property
    def reading(self) -> str:
        """Stands for what was read, in 64 digits."""
        return sha256("\x1f".join(self.read).encode()).hexdigest()


def found_in(code: Code, place: Place, text: str, says: str, marks: list[Span]) -> list[Finding]:
    """One finding for all the places in a text; none without any."""
    return [Finding(code, place, says, (text,), text, tuple(marks))] if marks else []
