"""The table's plain page: all questions of a session with the table's own notes, and small forms that store them.

It works without JavaScript. What was typed is kept whatever happens.
"""

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from conference.models import NoteTaker, Question, Session
from conference.phases import Phase
from conference.web import device_in, table_view
from inputs import privacy
from inputs.actions.entry import is_withdrawn
from inputs.actions.faults import KeyTaken, Locked, Stale
from inputs.actions.table_notes import Sent, Stored, may_change, restore, send, take_away
from inputs.actions.table_notes import move as move_note
from inputs.forms.table import ChangeForm, WriteForm
from inputs.models import Input, InputKind
from inputs.table_state import current, delivering, notes_at, sessions_at, sheet_at
from inputs.views.ways import SHEET, SheetBox, remember, way_of

PERSONAL: dict[privacy.Kind, Promise] = {
    privacy.Kind.NATIONAL_ID: gettext_lazy("a national identity number"),
    privacy.Kind.PHONE: gettext_lazy("a telephone number"),
    privacy.Kind.EMAIL: gettext_lazy("an e-mail address"),
}


@dataclass
class Typed:
    """A form that was not stored: what stood in it, and why."""

    place: str  # the question's number or "" for a new note, the note's key for a change
    text: str
    fault: str
    values: dict[str, str] = field(default_factory=dict)
    is_stale: bool = False


@dataclass
class Row:
    """A note on the page, with what somebody was writing in its form."""

    note: Input
    is_withdrawn: bool
    typed: Typed | None = None

    @property
    def personal(self) -> Promise | None:
        """What of a person's data may stand in it, the surest first."""
        found = {finding.kind for finding in privacy.find(self.note.text)}
        return next((label for kind, label in PERSONAL.items() if kind in found), None)


@dataclass
class Section:
    """A question, or «Uplassert» where it is None, with its notes and the form for a new one."""

    question: Question | None
    rows: list[Row] = field(default_factory=list)
    typed: Typed | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def number(self) -> str:
        return str(self.question.number) if self.question else ""


@require_safe
@table_view()
def screen(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    return page(request, writer, request.GET.get("bolk", ""))


@require_POST
@table_view()
def write(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """Store a new note, or one a line."""
    session = session_of(writer, request.POST.get("session", ""))
    form = WriteForm(request.POST, session=session)
    if not form.is_valid():
        typed = _typed(request, request.POST.get("question", ""), fault_of(form))
        return page(request, writer, str(session.number), typed, status=400)
    stored = [_new(sent, writer) for sent in form.notes()]
    return _back(session, stored[-1].entry)


@require_POST
@table_view()
def change(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    """Store a note as it shall be; a stale form shows both texts."""
    entry = get_object_or_404(notes_at(writer.table), key=key)
    form = ChangeForm(request.POST, session=entry.session)
    typed = _typed(request, str(key))
    session = str(entry.session.number)
    if not form.is_valid():
        typed.fault = fault_of(form)
        return page(request, writer, session, typed, status=400)
    try:
        stored = send(form.sent(entry), writer=writer)
    except Stale:
        typed.is_stale = True
        typed.fault = _("Somebody at the table changed this note meanwhile. Yours is not stored yet.")
        return page(request, writer, session, typed, status=409)
    except Locked:
        return _locked(request, writer, entry, typed)
    return _back(entry.session, stored.entry)


@require_POST
@table_view()
def withdraw(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    entry = get_object_or_404(notes_at(writer.table), key=key)
    try:
        return _back(entry.session, take_away(key, writer=writer))
    except Locked:
        return _locked(request, writer, entry)


@require_POST
@table_view()
def take_back(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    entry = get_object_or_404(notes_at(writer.table), key=key)
    try:
        return _back(entry.session, restore(key, writer=writer))
    except Locked:
        return _locked(request, writer, entry)


@require_POST
@table_view()
def move(request: HttpRequest, writer: NoteTaker, key: uuid.UUID) -> HttpResponse:
    """One step up or down among the table's notes of the question."""
    entry = get_object_or_404(notes_at(writer.table), key=key)
    step = {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if step is None:
        raise Http404
    try:
        return _back(entry.session, move_note(key, step=step, writer=writer))
    except Locked:
        return _locked(request, writer, entry)


def _typed(request: HttpRequest, place: str, fault: str = "") -> Typed:
    values = {name: request.POST.get(name, "") for name in ("question", "kind", "priority")}
    return Typed(place, request.POST.get("text", ""), fault, values)


def _new(sent: Sent, writer: NoteTaker) -> Stored:
    """A form that the browser's back button brought again holds a key that is used: new words are a new note."""
    try:
        return send(sent, writer=writer)
    except (Stale, KeyTaken):
        return send(Sent(uuid.uuid4(), sent.content), writer=writer)


def session_of(writer: NoteTaker, number: str) -> Session:
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    return get_object_or_404(writer.table.conference.sessions.select_related("conference"), number=number)


def fault_of(form: Form) -> str:
    return " ".join(str(message) for messages in form.errors.values() for message in messages)


def _back(session: Session, entry: Input) -> HttpResponse:
    """To the note: the browser scrolls there and the page marks it."""
    return redirect(f"{reverse('table')}?bolk={session.number}#n-{entry.key}")


def _locked(request: HttpRequest, writer: NoteTaker, entry: Input, typed: Typed | None = None) -> HttpResponse:
    typed = typed or Typed(place=str(entry.key), text=entry.text, fault="")
    typed.fault = _("The time for changes is over, so the note stays as it was. You can still write new ones.")
    return page(request, writer, str(entry.session.number), typed, status=423)


def page(
    request: HttpRequest,
    writer: NoteTaker,
    number: str,
    typed: Typed | None = None,
    *,
    box: SheetBox | None = None,
    status: int = 200,
) -> HttpResponse:
    """The table's page in the way that the device has chosen. What came back with a fault is shown in its own way."""
    sessions = sessions_at(writer.table)
    by_number = {str(session.number): session for session in sessions}
    chosen = by_number.get(number) or current(sessions) or next(iter(sessions), None)
    notes = list(notes_at(writer.table))
    if box is None and typed is None and chosen is not None and way_of(request) == SHEET:
        box = SheetBox.of(sheet_at(writer, chosen))
    context = {
        "writer": writer,
        "table": writer.table,
        "sessions": sessions,
        "open": current(sessions),
        "session": chosen,
        "sections": _sections(chosen, notes, typed) if chosen and not box else [],
        "typed": typed,
        "box": box,
        "may_change": chosen is not None and may_change(chosen),
        "kinds": InputKind.choices,
        "device": device_in(request),
        "is_morning": all(session.phase == Phase.PLANNED for session in sessions),
        "delivering": delivering(writer.table, chosen, is_asked="lever" in request.GET) if chosen else None,
        "received": len(notes),
        "last": max(
            [note.received_at for note in notes] + ([box.received_at] if box and box.received_at else []),
            default=None,
        ),
        "empty_row": Row(Input(key=uuid.UUID(int=0)), is_withdrawn=False),
        "device_hours": settings.TABLE_DEVICE_HOURS,
    }
    return remember(request, render(request, "inputs/table.html", context, status=status))


def _sections(session: Session, notes: list[Input], typed: Typed | None) -> list[Section]:
    """The questions put to the table, and any other that it has written under; «Uplassert» last."""
    questions = {question.pk: question for question in session.questions.all()}
    here = [note for note in notes if note.session_id == session.pk]
    questions |= {note.question.pk: note.question for note in here if note.question}
    sections = {question.pk: Section(question) for question in sorted(questions.values(), key=lambda one: one.number)}
    without = Section(None)
    for note in here:
        section = sections[note.question_id] if note.question_id else without
        is_typed = typed is not None and typed.place == str(note.key)
        section.rows.append(Row(note, is_withdrawn(note), typed if is_typed else None))
    found = [*sections.values(), without]
    if typed is not None and not any(typed.place == str(note.key) for note in here):
        # A question that is gone leaves what was typed with what belongs to none.
        next((section for section in found if section.number == typed.place), without).typed = typed
    return found
