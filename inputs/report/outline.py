"""The whole report on one page: each part with how far it has come, who sees to it, and what was asked of whom."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from conference.actions.contributions import Place
from conference.models import (
    ChapterText,
    Conference,
    Contribution,
    Introducer,
    ItemKind,
    ProgrammeItem,
    ReportPart,
    Session,
    TextSlot,
    TextState,
)
from inputs.inserted import unsettled
from inputs.models import Assignment
from inputs.queries import Coverage, coverage
from inputs.report.model import Slot
from inputs.report.phrases import chapter_title

MISSING, DRAFT, READY = "missing", "draft", "ready"
STATES = {MISSING: _("missing"), DRAFT: TextState.DRAFT.label, READY: TextState.READY.label}


@dataclass(frozen=True)
class Row:
    """A part of the report. `title` is in the report's language; `about` says what the state rests on."""

    place: Place
    title: str
    state: str
    about: str = ""
    owner: str = ""
    waited_for: tuple[Contribution, ...] = ()

    @property
    def name(self) -> str:
        """How an address names it: «summary», «topic-1»."""
        if self.place.session:
            return f"{self.place.part}-{self.place.session.number}"
        return f"{self.place.part}-{self.place.item.pk}" if self.place.item else str(self.place.part)

    @property
    def said_state(self) -> str:
        return str(STATES[self.state])

    @property
    def slot(self) -> str:
        """The chapter that is written on a page of its own; empty for the other parts."""
        return self.place.part.value if self.place.part.value in TextSlot else ""


def read_outline(conference: Conference) -> list[Row]:
    """Every part, in the report's order. A fixed number of queries."""
    with override(conference.language):
        return list(_Outline(conference).rows())


class _Outline:
    def __init__(self, conference: Conference) -> None:
        self.conference = conference
        prefetch_related_objects([conference], Prefetch("texts", ChapterText.objects.select_related("owner")))
        self.texts = {text.slot: text for text in conference.texts.all()}
        self.unsettled = {text.slot for text in unsettled(conference)}
        self.numbers: Coverage = coverage(conference)
        self.asked: dict[tuple[str, int | None, int | None], list[Contribution]] = defaultdict(list)
        for one in Contribution.objects.waited_for().filter(conference=conference):
            self.asked[one.part, one.session_id, one.item_id].append(one)
        self.owners: dict[int, dict[str, None]] = defaultdict(dict)
        for row in Assignment.objects.of(conference).select_related("person", "question").order_by("pk"):
            self.owners[row.question.session_id][row.person.get_full_name()] = None

    def rows(self) -> Iterator[Row]:
        items = list(self.conference.programme.all())
        yield self._cover()
        yield from map(self._text, (TextSlot.SUMMARY, TextSlot.THANKS))
        yield self._row(Place(ReportPart.PROGRAMME), chapter_title(Slot.PROGRAMME), is_there=bool(items), ready=True)
        speeches = [item for item in items if item.text or item.kind == ItemKind.SPEECH]
        yield from (
            self._row(Place(ReportPart.SPEECH, item=one), one.title, is_there=bool(one.text)) for one in speeches
        )
        if ("speech", None, None) in self.asked:
            yield self._row(Place(ReportPart.SPEECH), str(ReportPart.SPEECH.label), is_there=False)
        yield from map(self._text, list(TextSlot)[2:])
        sessions = self.conference.sessions.order_by("number").prefetch_related(
            "questions", Prefetch("introducers", Introducer.objects.order_by("position", "pk"))
        )
        for session in sessions:
            yield from self._session(session)

    def _cover(self) -> Row:
        named = {
            gettext("theme"): self.conference.theme,
            gettext("venue"): self.conference.venue,
        }
        lacking = [name for name, value in named.items() if not value]
        about = gettext("lacks %(what)s") % {"what": ", ".join(lacking)} if lacking else ""
        place = Place(ReportPart.COVER)
        return Row(place, gettext("Front page"), DRAFT if lacking else READY, about, waited_for=self._asked(place))

    def _text(self, slot: TextSlot) -> Row:
        text: ChapterText | None = self.texts.get(slot.value)
        place = Place(ReportPart(slot.value))
        title = text.title if text and text.title else chapter_title(Slot(slot.value))
        state = str(text.state) if text and text.text else MISSING
        owner = text.owner.get_full_name() if text and text.owner else ""
        about = gettext("holds something to check, or a fact that is not known yet") if slot in self.unsettled else ""
        return Row(place, title, state, about, owner, self._asked(place))

    def _session(self, session: Session) -> Iterator[Row]:
        def place(part: ReportPart) -> Place:
            return Place(part, session)

        people, questions = session.introducers.all(), session.questions.all()
        yield self._row(place(ReportPart.TOPIC), chapter_title(Slot.TOPIC), is_there=bool(session.topic))
        named = ", ".join(person.name for person in people)
        told = bool(session.introduction)
        about = named if told or not named else gettext("%(names)s; what they said is missing") % {"names": named}
        yield self._row(
            place(ReportPart.INTRODUCERS),
            chapter_title(Slot.INTRODUCERS),
            is_there=bool(named) or told,
            about=about,
            whole=told,
        )
        title = chapter_title(Slot.QUESTIONS)
        yield self._row(place(ReportPart.QUESTIONS), title, is_there=bool(questions), ready=True)
        yield self._inputs(session)

    def _inputs(self, session: Session) -> Row:
        rows = [row for row in self.numbers.questions if row.session == session.number]
        points, signed = sum(row.points for row in rows), sum(row.signed_at is not None for row in rows)
        state = MISSING if not points else READY if signed == len(rows) else DRAFT
        about = gettext("%(points)d points; %(signed)d of %(all)d questions signed off") % {
            "points": points,
            "signed": signed,
            "all": len(rows),
        }
        place = Place(ReportPart.INPUTS, session)
        owner = ", ".join(self.owners[session.pk])
        return Row(place, chapter_title(Slot.INPUTS), state, about, owner, self._asked(place))

    def _row(
        self, place: Place, title: str, *, is_there: bool, about: str = "", ready: bool = False, whole: bool = True
    ) -> Row:
        """A part without a state of its own: a draft as long as something is waited for or lacking."""
        asked = self._asked(place)
        state = MISSING if not is_there else READY if ready or (whole and not asked) else DRAFT
        return Row(place, title, state, about, waited_for=asked)

    def _asked(self, place: Place) -> tuple[Contribution, ...]:
        session, item = place.session, place.item
        return tuple(self.asked[place.part.value, session.pk if session else None, item.pk if item else None])


def places(conference: Conference) -> dict[str, Row]:
    """Every part by its name in an address."""
    return {row.name: row for row in read_outline(conference)}


def full_title(row: Row) -> str:
    """«Bolk 1: Arbeid – Tema» where the part is a session's, else the part's title."""
    return f"{row.place.session} – {row.title}" if row.place.session else row.title


def speaker(item: ProgrammeItem | None) -> str:
    """Who is likely to be asked for a speech."""
    return ", ".join(filter(None, [item.speaker_name, item.speaker_title])) if item else ""
