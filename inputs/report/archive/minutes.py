"""The minutes of each table and session: its notes under the questions they were written to, in the order written."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from conference.models import Conference, Question, Session, Table
from inputs.models import WITHDRAWN, Input, InputSource, MinutesSheet, SheetAside
from inputs.report.archive.edition import WITHHELD, Edition
from inputs.report.minutes import Minutes, Note, Part
from inputs.report.model import Report
from inputs.report.phrases import question_label

Sheet = tuple[MinutesSheet, SheetAside | None]


@dataclass
class _Place:
    """A table in a session, or what came from no table there."""

    session: Session
    table: Table | None
    notes: list[Input] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def order(self) -> tuple[int, bool, int]:
        """Tables by their numbers; what came from none is last."""
        return self.session.number, self.table is None, self.table.number if self.table else 0


def read_minutes(conference: Conference, edition: Edition, report: Report) -> tuple[Minutes, ...]:
    """One document a table and session that has anything, in order. In the report's language; three queries."""
    places: dict[tuple[int, int | None], _Place] = {}

    def place(session: Session, table: Table | None) -> _Place:
        return places.setdefault((session.pk, table.pk if table else None), _Place(session, table))

    for entry in _inputs(conference):
        place(entry.session, entry.table).notes.append(entry)
    for sheet, aside in read_sheets(conference):
        if sheet.text:
            place(sheet.session, sheet.note_taker.table).sheets.append((sheet, aside))
    return tuple(_minutes(one, edition, report) for one in sorted(places.values(), key=lambda one: one.order))


def read_sheets(conference: Conference) -> Iterator[Sheet]:
    """Running minutes, each with the decision that its rest becomes no input, if that stands."""
    asides = {
        aside.sheet_id: aside
        for aside in SheetAside.objects.open().filter(sheet__session__conference=conference).select_related("reason")
    }
    sheets = MinutesSheet.objects.of(conference).select_related("session", "note_taker__table")
    for sheet in sheets.order_by("session__number", "note_taker__table__number", "pk"):
        yield sheet, asides.get(sheet.pk)


def _inputs(conference: Conference) -> Iterator[Input]:
    rows = Input.objects.filter(conference=conference).select_related(
        "session", "question", "subquestion", "table", "note_taker", "set_aside__reason"
    )
    return rows.order_by(Coalesce("written_at", "received_at"), "pk").iterator(chunk_size=2000)


def _minutes(place: _Place, edition: Edition, report: Report) -> Minutes:
    session, table = place.session, place.table
    facts, phrases = report.facts, report.phrases
    where = gettext("Table %(number)s") % {"number": table.number} if table else gettext("From no table")
    if table and table.name and edition == Edition.CLOSED:
        where = f"{where} – {table.name}"
    explained = [gettext("The notes stand in the order in which they were written, in the table's own words.")]
    if edition == Edition.OPEN:
        explained.append(gettext("Open edition: names of those who wrote are not in it."))
    file = f"bord-{table.number:02}" if table else "uten-bord"
    return Minutes(
        name=f"bolk-{session.number}/{file}",
        title=gettext("Minutes: %(where)s") % {"where": where},
        subtitle=gettext("Session %(number)s: %(title)s") % {"number": session.number, "title": session.title},
        place=tuple(filter(None, (facts.title, report.written_date, facts.venue))),
        explained=tuple(explained),
        authors=tuple(one.name for one in report.ministries),
        marks=(phrases.draft,) * report.draft + (phrases.internal,) * (edition == Edition.CLOSED),
        language_tag=report.language_tag,
        page=phrases.page,
        of=phrases.of,
        unreadable=phrases.unreadable,
        parts=(
            *_questions(place.notes, edition),
            *(_running(sheet, aside, edition) for sheet, aside in place.sheets),
        ),
    )


def _questions(notes: list[Input], edition: Edition) -> Iterator[Part]:
    by_question: dict[Question | None, list[Input]] = defaultdict(list)
    for entry in notes:
        by_question[entry.question].append(entry)
    for question in sorted(by_question, key=lambda one: (one is None, one.number if one else 0)):
        title = question_label(question.number, question.text) if question else gettext("Under no question")
        yield Part(title, tuple(_note(entry, edition) for entry in by_question[question]))


def _note(entry: Input, edition: Edition) -> Note:
    reason = entry.set_aside.reason if entry.set_aside else None
    text, marks = entry.text, [date_format(localtime(entry.written_at or entry.received_at), "H.i")]
    if entry.subquestion:
        marks.append(f"{entry.subquestion.letter})")
    if entry.priority:
        marks.append(pgettext("a note", "important"))
    if entry.kind:
        marks.append(entry.get_kind_display())
    if entry.source != InputSource.TABLE:
        marks.append(entry.get_source_display())
    if entry.late:
        marks.append(gettext("came after the deadline"))
    if reason and reason.code == WITHDRAWN:
        marks.append(reason.label)
    if edition == Edition.OPEN and reason and reason.code in WITHHELD:
        text = left_out(reason.label)
    if edition == Edition.CLOSED and entry.note_taker and entry.note_taker.name:
        marks.append(entry.note_taker.name)
    return Note(text, tuple(dict.fromkeys(marks)))


def _running(sheet: MinutesSheet, aside: SheetAside | None, edition: Edition) -> Part:
    title = gettext("Running minutes that were not divided")
    if edition == Edition.CLOSED and sheet.note_taker.name:
        title = f"{title} – {sheet.note_taker.name}"
    if aside is None:
        return Part(title, running=sheet.text)
    if edition == Edition.OPEN and aside.reason.code in WITHHELD:
        return Part(title, remark=left_out(aside.reason.label))
    remark = gettext("Set aside: %(reason)s") % {"reason": aside.reason.label}
    return Part(title, running=sheet.text, remark=remark)


def left_out(reason: str) -> str:
    """What stands in the open edition in the place of a text that must not be spread."""
    return gettext("[Left out of the open edition: %(reason)s]") % {"reason": reason}
