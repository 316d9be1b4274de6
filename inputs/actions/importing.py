"""Raw notes from a file into the database: idempotent by the file's ids."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from conference.importers.inputs_file import InputRow
from conference.importers.problems import Problems, shown
from conference.models import Conference, Question, Session, SubQuestion, Table, User
from inputs.actions.entry import Note, receive
from inputs.models import InputRevision, Redaction
from rnik.lib.text import clean_text

CHUNK = 500  # notes between two reports of progress


@dataclass(frozen=True)
class Places:
    """Where notes may belong in one conference, by the numbers that files use."""

    sessions: dict[int, Session]
    questions: dict[tuple[int, int], Question]
    subquestions: dict[tuple[int, int, str], SubQuestion]
    tables: dict[int, Table]


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do: `notes` are new, `known` are stored already with the same text."""

    notes: tuple[Note, ...]
    known: int


def plan_import(conference: Conference, rows: Sequence[InputRow], *, file: str) -> ImportPlan:
    """Hold the rows against the conference. Raises ImportFault with a problem per line for whatever does not fit.

    A row whose id is stored counts as known when the text is the one first received, else it is a fault. Where words
    have been taken out for good the two cannot be compared: the row is known, and the words stay out.
    """
    problems = Problems(file)
    places = _places(conference)
    stored = _first_texts(conference)
    redacted = set(
        Redaction.objects.filter(input__conference=conference).values_list("input__external_id", flat=True)
    )
    notes = []
    known = 0
    for row in rows:
        if row.id in stored:
            known += 1
            if row.id not in redacted and stored[row.id] != clean_text(row.text):
                message = _("the id %(id)s is stored with another text, expected the same or a new id")
                problems.add(row.line, message % {"id": shown(row.id)})
            continue
        note = _note(row, places, problems)
        if note:
            notes.append(note)
    problems.check()
    return ImportPlan(tuple(notes), known)


@transaction.atomic
def import_notes(plan: ImportPlan, *, by: User, progress: Callable[[int], object] = lambda _done: None) -> int:
    """Store the plan's notes, all or none. Calls `progress` with how many are done. Returns how many were added."""
    for start in range(0, len(plan.notes), CHUNK):
        chunk = plan.notes[start : start + CHUNK]
        receive(chunk, by=by)
        progress(start + len(chunk))
    return len(plan.notes)


def _places(conference: Conference) -> Places:
    questions = Question.objects.filter(session__conference=conference).select_related("session")
    parts = SubQuestion.objects.filter(question__session__conference=conference).select_related("question__session")
    return Places(
        {session.number: session for session in conference.sessions.select_related("conference")},
        {(question.session.number, question.number): question for question in questions},
        {(part.question.session.number, part.question.number, part.letter): part for part in parts},
        {table.number: table for table in conference.tables.all()},
    )


def _first_texts(conference: Conference) -> dict[str, str]:
    """As first received, by the file's id: what a table has changed since does not make the file wrong."""
    first = InputRevision.objects.filter(input__conference=conference, number=1).exclude(input__external_id="")
    return dict(first.values_list("input__external_id", "text"))


def _note(row: InputRow, places: Places, problems: Problems) -> Note | None:
    session = places.sessions.get(row.session)
    question = places.questions.get((row.session, row.question)) if row.question else None
    part = places.subquestions.get((row.session, row.question or 0, row.subquestion)) if row.subquestion else None
    table = places.tables.get(row.table) if row.table else None
    faults = []
    if session is None:
        words = {"number": row.session, "known": _known(places.sessions)}
        faults.append(_("there is no session %(number)d, expected one of: %(known)s") % words)
    elif row.question and question is None:
        known = _known(number for of, number in places.questions if of == row.session)
        words = {"number": row.question, "session": row.session, "known": known}
        faults.append(_("there is no question %(number)d in session %(session)d, expected one of: %(known)s") % words)
    elif row.subquestion and part is None:
        words = {"letter": shown(row.subquestion), "question": f"{row.session}.{row.question or '–'}"}
        faults.append(_("there is no sub-question %(letter)s of question %(question)s") % words)
    if row.table and table is None:
        words = {"number": row.table, "known": _known(places.tables)}
        faults.append(_("there is no table %(number)d, expected one of: %(known)s") % words)
    for message in faults:
        problems.add(row.line, message)
    if faults or session is None:
        return None
    return Note(
        session=session,
        question=question,
        subquestion=part,
        table=table,
        text=row.text,
        language=row.language or session.conference.language,
        kind=row.kind,
        priority=row.priority,
        suggested_heading=row.heading,
        addressees=row.addressees,
        external_id=row.id,
        position=row.line,
        written_at=row.written_at,
    )


def _known(numbers: Iterable[int]) -> str:
    found = sorted(set(numbers))
    return ", ".join(map(str, found)) or _("none")
