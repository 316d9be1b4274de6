"""Notes as they arrive, and as their tables change them."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import NoteTaker, Question, Round, Session, SubQuestion, Table, User
from inputs.actions.dispositions import bring_back, lock_open, set_aside
from inputs.actions.faults import OtherConference, Stale
from inputs.actions.reasons import reason_for
from inputs.models import WITHDRAWN, Input, InputRevision, InputSource, MinutesSheet
from rnik.lib.text import clean_text


@dataclass(frozen=True)
class Cut:
    """Where in a sheet a note stood: the revision of the sheet's text, and the span of characters in it."""

    sheet: MinutesSheet
    revision: int
    start: int
    end: int


@dataclass(frozen=True)
class Note:
    """One note on its way in: where it was said, and what."""

    session: Session
    text: str
    question: Question | None = None
    subquestion: SubQuestion | None = None
    round: Round | None = None
    table: Table | None = None
    note_taker: NoteTaker | None = None
    source: InputSource = InputSource.TABLE
    language: str = "nb"
    kind: str = ""
    priority: bool = False
    suggested_heading: str = ""
    addressees: tuple[str, ...] = ()
    external_id: str = ""
    key: uuid.UUID | None = None
    position: int = 0
    written_at: datetime | None = None
    cut: Cut | None = None


@transaction.atomic
def receive(notes: Sequence[Note], *, by: User) -> list[Input]:
    """Store the notes, in their order, with their first revisions. Text is always received, whatever the phase.

    Texts are cleaned; one that is empty or over 10,000 characters is refused by the database (IntegrityError):
    callers with a person in front of them look first. All notes belong to one conference.
    """
    at = timezone.now()
    entries = [_input(note, by=by, at=at) for note in notes]
    if len({entry.conference_id for entry in entries}) > 1:
        raise OtherConference
    Input.objects.bulk_create(entries, batch_size=500)
    InputRevision.objects.bulk_create(
        [InputRevision(input=entry, number=1, text=entry.text, by=by, at=at) for entry in entries], batch_size=1000
    )
    if entries:
        tables = {entry.table_id for entry in entries}
        record(
            verb="receive",
            by=by,
            at=at,
            conference=entries[0].conference,
            scope=f"table:{tables.pop()}" if len(tables) == 1 else "all",
            changes=[Change(entry, after={"revision": 1}) for entry in entries],
        )
    return entries


@transaction.atomic
def receive_once(notes: Sequence[Note], *, by: User) -> list[Input]:
    """`receive`, for a form that may be sent twice: notes of one session whose keys are stored are left alone.

    Returns them all, in their order.
    """
    Session.objects.select_for_update(no_key=True).get(pk=notes[0].session.pk)  # two clicks meet in turn
    stored = Input.objects.in_bulk([note.key for note in notes], field_name="key")
    new = receive([note for note in notes if note.key not in stored], by=by)
    stored |= {entry.key: entry for entry in new}
    return [stored[note.key] for note in notes]


def form_keys(form: uuid.UUID, place: object, texts: Sequence[str]) -> list[uuid.UUID]:
    """A key for each of the texts that a form holds. The same texts at the same place get the same keys again.

    So a second click stores nothing, and a form that the back button brought again stores what was changed in it.
    """
    seen: Counter[str] = Counter()
    keys = []
    for text in texts:
        seen[text] += 1
        keys.append(uuid.uuid5(form, f"{place} {seen[text]} {text}"))
    return keys


def _input(note: Note, *, by: User, at: datetime) -> Input:
    deadline = note.session.writable_until
    cut = note.cut
    came_at = cut.sheet.received_at if cut else at  # words that were divided later came when their sheet did
    entry = Input(
        conference=note.session.conference,
        session=note.session,
        question=note.question,
        subquestion=note.subquestion,
        round=note.round,
        table=note.table,
        note_taker=note.note_taker,
        source=note.source,
        language=note.language,
        kind=note.kind,
        priority=note.priority,
        suggested_heading=note.suggested_heading,
        addressees=list(note.addressees),
        external_id=note.external_id,
        key=note.key or uuid.uuid4(),
        position=note.position,
        written_at=note.written_at,
        received_at=at,
        received_by=by,
        late=deadline is not None and came_at > deadline,
        sheet=cut.sheet if cut else None,
        sheet_revision=cut.revision if cut else None,
        span_start=cut.start if cut else None,
        span_end=cut.end if cut else None,
    )
    entry.write(clean_text(note.text))
    return entry


class Changes(TypedDict, total=False):
    """What a table changes in a note of its own; what is not named stays. Text is clean."""

    text: str
    session: Session
    question: Question | None
    kind: str
    priority: bool
    suggested_heading: str
    addressees: list[str]
    language: str


def rewrite(entry: Input, *, text: str, revision: int, by: User) -> Input:
    """The table changes its own words; `change` for the words alone. Raises Stale."""
    return change(entry, {"text": clean_text(text)}, revision=revision, by=by)


@transaction.atomic
def change(entry: Input, changes: Changes, *, revision: int, by: User) -> Input:
    """The table changes its note, which counts a revision up. `revision` is the one that was read; else Stale.

    Points that use the input keep their text: they were made from the revision that their link names. A note that
    moves to another session without naming a question there stands under none.
    """
    stored = Input.objects.select_for_update(of=("self",)).select_related("session", "question").get(pk=entry.pk)
    if stored.revision != revision:
        raise Stale(stored)
    differing = differences(stored, changes)
    if not differing:
        return stored
    _next_revision(stored, differing, by=by, verb="rewrite", before=_told(stored))
    return stored


def differences(stored: Input, changes: Changes) -> dict[str, object]:
    """What of `changes` is not so already, by the input's field."""
    wanted: dict[str, object] = dict(changes)
    if "session" in changes and changes["session"] != stored.session:
        wanted.setdefault("question", None)
    return {name: value for name, value in wanted.items() if getattr(stored, name) != value}


def _told(stored: Input) -> dict[str, object]:
    """What history remembers of a note: everything but words."""
    return {
        "revision": stored.revision,
        "session": stored.session_id,
        "question": stored.question_id,
        "kind": stored.kind,
        "priority": stored.priority,
    }


def _next_revision(
    stored: Input, differing: dict[str, object], *, by: User, verb: str, before: dict[str, object]
) -> None:
    """Store the note with what differs, and remember that it was done."""
    at = timezone.now()
    for name, value in differing.items():
        setattr(stored, name, value)
    if "question" in differing:
        stored.subquestion = None
        stored.position = 0  # last among those that stand there
    if "session" in differing:
        stored.round = None
    stored.write(stored.text)
    stored.revision += 1
    stored.save()
    InputRevision.objects.create(input=stored, number=stored.revision, text=stored.text, by=by, at=at)
    record(
        verb=verb,
        by=by,
        at=at,
        conference=stored.conference,
        scope=f"table:{stored.table_id}",
        changes=[Change(stored, before, {**_told(stored), "fields": sorted(differing)})],
    )


@transaction.atomic
def withdraw(entry: Input, *, by: User) -> Input:
    """The table takes its note back: set aside while the editors have not touched it, otherwise they are asked."""
    stored = Input.objects.select_for_update().get(pk=entry.pk)
    if is_withdrawn(stored):
        return stored
    if not stored.lead_source_id and not stored.set_aside_id:
        set_aside([stored], reason=reason_for(stored.conference, WITHDRAWN), by=by)
    else:
        stored.withdrawal_asked_at, stored.withdrawal_asked_by = timezone.now(), by
        stored.save(update_fields=["withdrawal_asked_at", "withdrawal_asked_by"])
        record(
            verb="ask_withdrawal",
            by=by,
            conference=stored.conference,
            scope=f"table:{stored.table_id}",
            changes=[Change(stored)],
        )
    stored.refresh_from_db()
    return stored


@transaction.atomic
def take_back(entry: Input, *, by: User, changes: Changes | None = None) -> Input:
    """The table regrets that it withdrew the note: it stands again, with `changes` if any, as a new revision.

    A note that is not withdrawn is left alone. What an editor has set aside for another reason stays so.
    """
    stored = Input.objects.select_for_update(of=("self",)).select_related("session", "question").get(pk=entry.pk)
    if not is_withdrawn(stored):
        return stored
    if not stored.withdrawal_asked_at:
        bring_back([stored], by=by)
        stored.refresh_from_db()
    before = _told(stored)
    stored.withdrawal_asked_at = stored.withdrawal_asked_by = None
    _next_revision(stored, differences(stored, changes or {}), by=by, verb="take_back", before=before)
    return stored


def is_withdrawn(entry: Input) -> bool:
    """Has the table taken the note back, or asked the editors to?"""
    return bool(
        entry.withdrawal_asked_at or (entry.set_aside is not None and entry.set_aside.reason.code == WITHDRAWN)
    )


@transaction.atomic
def file_under(entry: Input, question: Question | None, *, by: User) -> Input:
    """An editor counts the input under another question of the conference; None takes the filing back.

    An unhandled input moves as it is; one that is used keeps its points where they stand. Raises OtherConference.
    """
    [stored] = lock_open([entry], questions=[question.pk if question else None], by=by)
    if question and question.session.conference_id != stored.conference_id:
        raise OtherConference
    before = stored.filed_under_id
    stored.filed_under = question
    stored.save(update_fields=["filed_under"])
    record(
        verb="file_under",
        by=by,
        conference=stored.conference,
        changes=[Change(stored, {"question": before}, {"question": question.pk if question else None})],
    )
    return stored
