"""What a device at a table sends: stored once however often it is sent, and never lost.

The device makes the key. The same again changes nothing; other content under the same key is a conflict unless it
comes as a higher revision.
"""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from conference.actions.history import Change, record
from conference.models import NoteTaker, Question, Session, User
from inputs.actions.entry import Changes, Note, change, differences, is_withdrawn, receive, take_back, withdraw
from inputs.actions.faults import KeyTaken, Locked, Rearranged, Stale
from inputs.models import Input


@dataclass(frozen=True)
class Sent:
    """A note as a device sends it. `content` holds at least session and text; `revision` is what it shall become."""

    key: uuid.UUID
    content: Changes
    revision: int = 1
    written_at: datetime | None = None


@dataclass(frozen=True)
class Stored:
    """How the note is stored now, and whether it is new."""

    entry: Input
    is_new: bool = False


def send(sent: Sent, *, writer: NoteTaker) -> Stored:
    """Store the note. A new one is always received; a change needs a higher revision and an open session.

    A higher revision of a withdrawn note takes it back. Raises KeyTaken (another table's), Stale (other content
    without a higher revision) and Locked (a change that is no longer allowed).
    """
    if sent.revision == 1:
        # Nearly every note is new, so it is stored without a look; the database refuses a key that it knows.
        with suppress(IntegrityError):
            return _new(sent, writer)
    try:
        return _send(sent, writer)
    except IntegrityError:
        # Somebody stored the same key between our look and our insert: now it is known.
        return _send(sent, writer)


def _new(sent: Sent, writer: NoteTaker) -> Stored:
    [entry] = receive([_note(sent, writer)], by=account(writer))
    return Stored(entry, is_new=True)


@transaction.atomic
def _send(sent: Sent, writer: NoteTaker) -> Stored:
    stored = _locked(sent.key)
    if stored is None:
        return _new(sent, writer)
    if stored.table_id != writer.table_id:
        raise KeyTaken
    is_higher = sent.revision > stored.revision
    differing = differences(stored, sent.content)
    returns = is_higher and is_withdrawn(stored)
    if not differing and not returns:
        return Stored(stored)
    if not is_higher:
        raise Stale(stored)
    if not may_change(stored.session) or not may_change(sent.content.get("session", stored.session)):
        raise Locked(stored)
    if returns:
        return Stored(take_back(stored, by=account(writer), changes=sent.content))
    return Stored(change(stored, sent.content, revision=stored.revision, by=account(writer)))


@transaction.atomic
def take_away(key: uuid.UUID, *, writer: NoteTaker, revision: int | None = None) -> Input:
    """The table withdraws its note; again changes nothing. `revision` is the one that was read, if that was told.

    Raises Input.DoesNotExist (also another's), Stale (changed since it was read), Locked.
    """
    stored = _locked(key)
    if stored is None or stored.table_id != writer.table_id:
        raise Input.DoesNotExist
    if is_withdrawn(stored):
        return stored
    if revision is not None and revision != stored.revision:
        raise Stale(stored)
    if not may_change(stored.session):
        raise Locked(stored)
    return withdraw(stored, by=account(writer))


@transaction.atomic
def restore(key: uuid.UUID, *, writer: NoteTaker) -> Input:
    """The table takes back that it withdrew; again changes nothing. Raises Input.DoesNotExist, Locked."""
    stored = _locked(key)
    if stored is None or stored.table_id != writer.table_id:
        raise Input.DoesNotExist
    if is_withdrawn(stored) and not may_change(stored.session):
        raise Locked(stored)
    return take_back(stored, by=account(writer))


@transaction.atomic
def move(key: uuid.UUID, *, step: int, writer: NoteTaker) -> Input:
    """The table moves its note up (-1) or down (1) among its own under the same question; at the end it stays.

    Raises Input.DoesNotExist (also another's), Locked.
    """
    entry = Input.objects.select_related("conference", "session").get(key=key, table=writer.table)
    if not may_change(entry.session):
        raise Locked(entry)
    notes = _notes_of(writer, entry.session, entry.question)
    place = [note.pk for note in notes].index(entry.pk)
    if not 0 <= place + step < len(notes):
        return entry
    notes.insert(place + step, notes.pop(place))
    _put_in_order(notes, writer=writer, changes=[Change(entry, {"place": place + 1}, {"place": place + 1 + step})])
    return entry


@transaction.atomic
def arrange(
    keys: Sequence[uuid.UUID],
    seen: Sequence[uuid.UUID],
    *,
    session: Session,
    question: Question | None,
    writer: NoteTaker,
) -> None:
    """The table puts its notes under a question, which it has `seen` in their order, in the order of `keys`.

    Again changes nothing. Keys of what does not stand there are passed over, and notes that are not named keep their
    places. Raises Rearranged (no longer as it was seen), Locked.
    """
    notes = _notes_of(writer, session, question)
    named = {note.key: note for note in notes if note.key in set(keys)}
    before = list(named)
    wanted = [key for key in keys if key in named]
    if before == wanted:
        return
    if before != [key for key in seen if key in named]:
        raise Rearranged
    if not may_change(session):
        raise Locked(named[before[0]])
    following = iter(wanted)
    arranged = [named[next(following)] if note.key in named else note for note in notes]
    places = {note.pk: place for place, note in enumerate(notes, start=1)}
    changes = [
        Change(note, {"place": places[note.pk]}, {"place": place})
        for place, note in enumerate(arranged, start=1)
        if place != places[note.pk]
    ]
    _put_in_order(arranged, writer=writer, changes=changes)


def _notes_of(writer: NoteTaker, session: Session, question: Question | None) -> list[Input]:
    """The table's notes under a question as they are arranged, held until the transaction ends."""
    there = Input.objects.filter(table=writer.table, session=session, question=question)
    list(there.select_for_update().order_by("pk"))  # two at once wait here, always in this order
    return list(there.select_related("conference").as_arranged())


def _put_in_order(notes: list[Input], *, writer: NoteTaker, changes: list[Change]) -> None:
    for position, note in enumerate(notes, start=1):
        note.position = position
    Input.objects.bulk_update(notes, ["position"])
    record(
        verb="order_input",
        by=account(writer),
        conference=notes[0].conference,
        scope=f"table:{writer.table_id}",
        changes=changes,
    )


def may_change(session: Session) -> bool:
    """May a table still change what it has stored in the session? New text is another matter: always received."""
    return session.may_be_changed


def account(writer: NoteTaker) -> User:
    """The account that acts for the writer. Who came in by a code has one."""
    assert writer.user is not None  # noqa: S101 a code opens an account; this tells the type checker
    return writer.user


def _locked(key: uuid.UUID) -> Input | None:
    related = ("conference", "session", "question__session", "set_aside__reason", "note_taker")
    return Input.objects.select_for_update(of=("self",)).select_related(*related).filter(key=key).first()


def _note(sent: Sent, writer: NoteTaker) -> Note:
    content = sent.content
    return Note(
        session=content["session"],
        question=content.get("question"),
        text=content["text"],
        table=writer.table,
        note_taker=writer,
        language=content.get("language", writer.table.conference.language),
        kind=content.get("kind", ""),
        priority=content.get("priority", False),
        suggested_heading=content.get("suggested_heading", ""),
        addressees=tuple(content.get("addressees", ())),
        key=sent.key,
        written_at=sent.written_at,
    )
