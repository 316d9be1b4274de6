"""The report as frozen data: built once by `build`, rendered by pure functions that never query.

A `Report` is facts plus a tree of chapters. Everything that a reader sees is computed before it gets here:
numbers, order, fixed phrases in the report's language, shares of the survey. A renderer only gives it a shape.

The public edition holds no table, count, source, addressee or hidden key; the internal edition (`internal=True`)
holds them all. Texts are clean (rnik.lib.text) and untrusted: each renderer escapes for its own format.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from babel.dates import format_date

from rnik.lib.markup import Inline, Items, Link, Paragraph, SubHeading, Text, TextBlock

__all__ = ["Inline", "Items", "Link", "Paragraph", "SubHeading", "Text", "TextBlock"]

FORMAT = "rnik.report/1"


class Slot(StrEnum):
    """What a chapter is; readers of the JSON find it by this word, not by its number."""

    SUMMARY = "summary"
    THANKS = "thanks"
    PROGRAMME = "programme"
    SPEECHES = "speeches"
    SPEECH = "speech"
    CONFERENCE = "conference"
    PURPOSE = "purpose"
    BACKGROUND = "background"
    DIALOGUE = "dialogue"
    ANCHORING = "anchoring"
    VIDEO = "video"
    EVALUATION = "evaluation"
    DISCUSSIONS = "discussions"
    STRUCTURE = "structure"
    SESSION = "session"
    TOPIC = "topic"
    INTRODUCERS = "introducers"
    QUESTIONS = "questions"
    INPUTS = "inputs"


@dataclass(frozen=True)
class Facts:
    """The conference in short. `participants` is (category, number who came)."""

    slug: str
    title: str
    series: str
    edition: int | None
    theme: str
    date: date
    venue: str
    address: str
    host: str
    website: str
    language: str
    capacity: int | None
    plenary_tables_per_session: int
    attribution: str
    participants: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Ministry:
    code: str
    name: str
    name_nn: str


@dataclass(frozen=True)
class Speaker:
    """`ministry` is a code of `Report.ministries`, or empty; `ministry_name` is in the report's language."""

    name: str
    title: str
    ministry: str = ""
    ministry_name: str = ""


@dataclass(frozen=True)
class ProgrammeLine:
    """`starts_at` and `ends_at` as HH:MM, local time."""

    starts_at: str
    ends_at: str
    kind: str
    title: str
    speaker: Speaker | None
    session: int | None


# --- what a chapter holds -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prose:
    """Running text. `key` (32 hex digits, internal edition only) names the text that it comes from."""

    blocks: tuple[TextBlock, ...]
    key: str = ""


@dataclass(frozen=True)
class Signature:
    """The end of a letter: «Med hilsen», name, role."""

    closing: str
    name: str
    role: str


@dataclass(frozen=True)
class ProgrammeTable:
    """A row is (time, title, who); `who` may be empty. `header` has three words for the columns."""

    caption: str
    header: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class IntroducerList:
    introducers: tuple[Speaker, ...]


@dataclass(frozen=True)
class QuestionText:
    """`subquestions` is (letter, text)."""

    number: int
    text: str
    subquestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class QuestionList:
    """The questions as they were asked: `1)` and, below, `a)`."""

    questions: tuple[QuestionText, ...]


@dataclass(frozen=True)
class Source:
    """Where a point comes from (internal edition): the input's id, its table (None: no table), how it is used."""

    input: str
    table: int | None
    kind: str


@dataclass(frozen=True)
class Point:
    """One bullet. `id` is random: neither time nor order shows in it.

    `tables` counts the different tables behind it; it, `sources` and `addressees` are empty in the public edition.
    """

    id: str
    text: str
    tables: int | None = None
    sources: tuple[Source, ...] = ()
    addressees: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        return f"p-{self.id[:12]}"


@dataclass(frozen=True)
class HeadingPoints:
    """`title` is shown as it stands. `is_other` is «Annet», last.

    `is_missing`: the points stand under none, or in a pile without a name; drafts only.
    """

    title: str
    points: tuple[Point, ...]
    anchor: str
    is_other: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class QuestionInputs:
    """Under a session's «Innspill»: «Spørsmål 1: full text» (`label`), then headings with flat bullets.

    `label` is a heading one level below its chapter, the headings' titles one below that.
    """

    question: QuestionText
    label: str
    anchor: str
    headings: tuple[HeadingPoints, ...]
    empty_note: str = ""


@dataclass(frozen=True)
class Bar:
    """`percent` is rounded to a whole number; `count` is what it was rounded from."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Figure:
    """A bar chart and the same numbers as a table.

    `label` is «Figur 3.6.1», `title` the survey's question, `alt` the whole chart in words, `notes` the lines below
    (base and n, rounding, who did not answer). `header` has three words for the table's columns.
    """

    label: str
    title: str
    bars: tuple[Bar, ...]
    header: tuple[str, str, str]
    alt: str
    notes: tuple[str, ...]


Block = Prose | Signature | ProgrammeTable | IntroducerList | QuestionList | QuestionInputs | Figure


@dataclass(frozen=True)
class Chapter:
    """`number` is «4.2.3», empty for unnumbered ones; `level` is 1 to 3; `session` is set in a session's chapters."""

    slot: Slot
    number: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    chapters: tuple["Chapter", ...] = ()
    session: int | None = None

    @property
    def anchor(self) -> str:
        return f"kap-{self.number.replace('.', '-')}" if self.number else f"kap-{self.slot}"


@dataclass(frozen=True)
class SurveyQuestion:
    kind: str
    base: str
    text: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Survey:
    """Counts as they were counted: `respondents` is (group, number)."""

    recipients: int
    respondents: tuple[tuple[str, int], ...]
    questions: tuple[SurveyQuestion, ...]


@dataclass(frozen=True)
class SessionFacts:
    """What the chapters of a session do not show as data."""

    number: int
    title: str
    programme_title: str
    ministries: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """The fixed words around the text, in the report's language."""

    contents: str  # «Innhold»
    page: str  # «Side»
    of: str  # «av»
    draft: str  # «Utkast»
    internal: str  # «Intern utgave»
    one_table: str  # «1 bord»
    many_tables: str  # «%d bord»
    made_on: str  # «Laget 22. november 2026»
    unreadable: str  # «Tegn som ikke kan vises, står som □»
    to_top: str  # «Til innholdet»
    to_point: str  # «Lenke til punktet»


@dataclass(frozen=True)
class Report:
    facts: Facts
    subtitle: str
    phrases: Phrases
    generated_at: datetime
    ministries: tuple[Ministry, ...]
    programme: tuple[ProgrammeLine, ...]
    sessions: tuple[SessionFacts, ...]
    survey: Survey | None
    chapters: tuple[Chapter, ...]
    draft: bool = False
    internal: bool = False

    @property
    def language_tag(self) -> str:
        """BCP 47, as documents want it: nb-NO, nn-NO, en-GB."""
        return {"nb": "nb-NO", "nn": "nn-NO"}.get(self.facts.language, "en-GB")

    @property
    def written_date(self) -> str:
        """«12. mars 2026», in the report's language."""
        return format_date(self.facts.date, "long", locale=self.language_tag.replace("-", "_"))

    def all_chapters(self) -> Iterator[Chapter]:
        """Every chapter, in reading order."""
        yield from _walk(self.chapters)

    def points(self) -> Iterator[Point]:
        """Every point, in reading order."""
        for chapter in self.all_chapters():
            for block in chapter.blocks:
                if isinstance(block, QuestionInputs):
                    for heading in block.headings:
                        yield from heading.points


def _walk(chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _walk(chapter.chapters)


def paragraph_key(prose: Prose, index: int) -> str:
    """The name (32 hex digits) of the `index`-th block of a text: the same in every export of that text."""
    return uuid.uuid5(uuid.UUID(hex=prose.key), str(index)).hex
