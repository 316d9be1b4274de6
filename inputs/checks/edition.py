"""What the checks read: a conference and its report as they stand, read once. Plain values, no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from inputs.checks.finding import Place


@dataclass(frozen=True)
class Written:
    """A text and where it is written."""

    place: Place
    text: str


@dataclass(frozen=True)
class Heading:
    place: Place
    title: str
    is_other: bool
    points: tuple[Written, ...]


@dataclass(frozen=True)
class Question:
    """`bare` are the points without a heading; `silent` the tables that were asked and said nothing."""

    place: Place
    text: str
    headings: tuple[Heading, ...] = ()
    bare: tuple[Written, ...] = ()
    silent: tuple[int, ...] = ()

    @property
    def points(self) -> tuple[Written, ...]:
        """In the report's order."""
        return tuple(point for heading in self.headings for point in heading.points) + self.bare


@dataclass(frozen=True)
class Person:
    """Somebody whom the report names, with the title that stands there."""

    place: Place
    name: str
    title: str = ""

    @property
    def last_name(self) -> str:
        return self.name.split()[-1] if self.name.split() else ""


@dataclass(frozen=True)
class Session:
    place: Place
    number: int
    title: str
    programme_title: str = ""
    topic: str = ""
    introduction: str = ""
    introducers: tuple[Person, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Item:
    """A line of the programme; `session` is the number of the one that it leads to."""

    place: Place
    starts_at: time
    kind: str
    title: str
    speaker: Person | None = None
    session: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Chapter:
    place: Place
    slot: str
    title: str = ""
    text: str = ""
    is_ready: bool = False


@dataclass(frozen=True)
class Participants:
    place: Place
    category: str
    limit: int | None = None
    invited: int | None = None
    attended: int | None = None


@dataclass(frozen=True)
class Group:
    group: str
    respondents: int
    recipients: int | None = None


@dataclass(frozen=True)
class SurveyQuestion:
    place: Place
    is_scale: bool
    base: str
    answers: tuple[tuple[str, int], ...] = ()

    @property
    def n(self) -> int:
        return sum(count for _label, count in self.answers)


@dataclass(frozen=True)
class Survey:
    place: Place
    recipients: int
    explanation: str = ""
    groups: tuple[Group, ...] = ()
    questions: tuple[SurveyQuestion, ...] = ()

    @property
    def respondents(self) -> int:
        return sum(group.respondents for group in self.groups)


@dataclass(frozen=True)
class Texts:
    """What is printed, in sentences and as points and headings. `names` are those that the set-up knows."""

    prose: tuple[Written, ...]
    said: tuple[Written, ...]
    names: frozenset[str]


@dataclass(frozen=True)
class Edition:
    """One edition. `number` is 11 for the eleventh; `signer` is who signs the letter."""

    place: Place
    title: str
    date: date
    is_norwegian: bool = True
    number: int | None = None
    capacity: int | None = None
    host: str = ""
    participants: tuple[Participants, ...] = ()
    ministries: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    programme: tuple[Item, ...] = ()
    sessions: tuple[Session, ...] = ()
    survey: Survey | None = None
    signer: Person | None = None

    @property
    def attended(self) -> int:
        return sum(row.attended or 0 for row in self.participants)

    @property
    def questions(self) -> Iterator[Question]:
        for session in self.sessions:
            yield from session.questions

    @property
    def headings(self) -> Iterator[Heading]:
        for question in self.questions:
            yield from question.headings

    @property
    def points(self) -> Iterator[Written]:
        for question in self.questions:
            yield from question.points

    @property
    def prose(self) -> Iterator[Written]:
        """What editors have written in sentences: chapters, speeches, and what is said of the sessions."""
        for chapter in self.chapters:
            if chapter.text:
                yield Written(chapter.place, chapter.text)
        for item in self.programme:
            if item.text:
                yield Written(item.place, item.text)
        for session in self.sessions:
            if session.topic or session.introduction:
                yield Written(session.place, "\n\n".join(filter(None, [session.topic, session.introduction])))

    @property
    def texts(self) -> Texts:
        questions = (Written(question.place, question.text) for question in self.questions)
        titles = (Written(heading.place, heading.title) for heading in self.headings if heading.title)
        names = frozenset({self.host, *(person.name for person in self.people)})
        return Texts((*self.prose, *questions), (*titles, *self.points), names)

    @property
    def people(self) -> Iterator[Person]:
        """Everybody whom the report names by name, where they are set up."""
        for session in self.sessions:
            yield from session.introducers
        for item in self.programme:
            if item.speaker:
                yield item.speaker
        if self.signer:
            yield self.signer
