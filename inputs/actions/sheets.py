"""Running minutes as they arrive: one sheet a writer and session, every text kept."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import NoteTaker, Session, User
from inputs.actions.faults import KeyTaken, Locked, Stale
from inputs.actions.table_notes import account, may_change
from inputs.models import MinutesRevision, MinutesSheet


@dataclass(frozen=True)
class StoredSheet:
    """How the sheet is stored now, and whether it is new."""

    sheet: MinutesSheet
    is_new: bool = False


def store_sheet(key: uuid.UUID, *, session: Session, text: str, revision: int, writer: NoteTaker) -> StoredSheet:
    """Store the writer's clean text as a new sheet, or as the next revision of the one with that key.

    Raises KeyTaken (another writer's key, or of another session), Stale (other text without a higher revision, or
    the writer has a sheet of this session under another key) and Locked (a change that is no longer allowed).
    """
    try:
        return _store(key, session, text, revision, writer)
    except IntegrityError:
        # Somebody stored the same key or sheet between our look and our insert: now it is known.
        return _store(key, session, text, revision, writer)


@transaction.atomic
def _store(key: uuid.UUID, session: Session, text: str, revision: int, writer: NoteTaker) -> StoredSheet:
    by = account(writer)
    own = Q(session=session, note_taker=writer)
    found = (
        MinutesSheet.objects.select_for_update(of=("self",))
        .select_related("session__conference", "note_taker")
        .filter(Q(key=key) | own)
    )
    sheets = {sheet.key: sheet for sheet in found}
    if not sheets:
        sheet = MinutesSheet(key=key, session=session, note_taker=writer, revision=0)
        return StoredSheet(_write(sheet, text, by=by), is_new=True)
    stored = sheets.get(key)
    if stored is None:
        raise Stale(next(iter(sheets.values())))
    if stored.note_taker_id != writer.pk or stored.session_id != session.pk:
        raise KeyTaken
    if stored.text == text:
        return StoredSheet(stored)
    if revision <= stored.revision:
        raise Stale(stored)
    if not may_change(stored.session):
        raise Locked(stored)
    return StoredSheet(_write(stored, text, by=by))


def _write(sheet: MinutesSheet, text: str, *, by: User) -> MinutesSheet:
    at = timezone.now()
    before = sheet.revision
    sheet.text, sheet.revision, sheet.received_at = text, before + 1, at
    sheet.save()
    MinutesRevision.objects.create(sheet=sheet, number=sheet.revision, text=text, by=by, at=at)
    record(
        verb="store_sheet",
        by=by,
        at=at,
        conference=sheet.session.conference,
        scope=f"table:{sheet.note_taker.table_id}",
        changes=[Change(sheet, {"revision": before}, {"revision": sheet.revision})],
    )
    return sheet
