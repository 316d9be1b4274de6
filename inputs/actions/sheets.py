"""Running minutes as they arrive: one sheet a writer and session, every text kept; and what is set aside of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import NoteTaker, Session, Table, User
from inputs.actions.faults import KeyTaken, Locked, OtherConference, Stale
from inputs.actions.table_notes import account, may_change
from inputs.models import MinutesRevision, MinutesSheet, SetAsideReason, SheetAside, SheetSource


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
    own = Q(session=session, note_taker=writer, source=SheetSource.TABLE)
    found = (
        MinutesSheet.objects.select_for_update(of=("self",))
        .select_related("session__conference", "note_taker")
        .filter(Q(key=key) | own)
    )
    sheets = {sheet.key: sheet for sheet in found}
    if not sheets:
        sheet = MinutesSheet(key=key, session=session, note_taker=writer, revision=0)
        return StoredSheet(write_sheet(sheet, text, by=by), is_new=True)
    stored = sheets.get(key)
    if stored is None:
        raise Stale(next(iter(sheets.values())))
    if (stored.note_taker_id, stored.session_id, stored.source) != (writer.pk, session.pk, SheetSource.TABLE):
        raise KeyTaken
    if stored.text == text:
        return StoredSheet(stored)
    if revision <= stored.revision:
        raise Stale(stored)
    if not may_change(stored.session):
        raise Locked(stored)
    return StoredSheet(write_sheet(stored, text, by=by))


def take_in(
    key: uuid.UUID, *, table: Table, session: Session, text: str, source: SheetSource, by: User
) -> MinutesSheet:
    """An editor stores a table's minutes that came as a file or on paper. The same key again stores nothing new.

    `text` is clean and not empty. Raises OtherConference, and KeyTaken for a key that is another sheet's.
    """
    try:
        return _take_in(key, table=table, session=session, text=text, source=source, by=by)
    except IntegrityError:
        # A second click, between our look and our insert: now it is known.
        return _take_in(key, table=table, session=session, text=text, source=source, by=by)


@transaction.atomic
def _take_in(
    key: uuid.UUID, *, table: Table, session: Session, text: str, source: SheetSource, by: User
) -> MinutesSheet:
    if table.conference_id != session.conference_id:
        raise OtherConference
    stored = MinutesSheet.objects.filter(key=key).select_related("session").first()
    if stored is not None:
        if stored.received_by_id != by.pk or stored.session.conference_id != session.conference_id:
            raise KeyTaken
        return stored
    writer = table.note_takers.order_by("pk").first() or NoteTaker.objects.create(table=table)
    sheet = MinutesSheet(key=key, session=session, note_taker=writer, source=source, received_by=by, revision=0)
    return write_sheet(sheet, text, by=by, verb="take_in_sheet")


def write_sheet(
    sheet: MinutesSheet, text: str, *, by: User, verb: str = "store_sheet", came: datetime | None = None
) -> MinutesSheet:
    """Store the sheet's next text, within the caller's transaction. What was set aside of the former counts again.

    `came` is when the words reached us, if that was before now.
    """
    at = timezone.now()
    before = sheet.revision
    sheet.text, sheet.revision, sheet.received_at = text, before + 1, came or at
    sheet.save()
    MinutesRevision.objects.create(sheet=sheet, number=sheet.revision, text=text, by=by, at=at)
    sheet.settings_aside.filter(closed_at=None).update(closed_at=at, closed_by=by)
    _record(verb, sheet, by=by, at=at, before={"revision": before}, after={"revision": sheet.revision})
    return sheet


@transaction.atomic
def set_rest_aside(
    sheet: MinutesSheet, *, revision: int, reason: SetAsideReason, by: User, comment: str = ""
) -> None:
    """What is left in the sheet becomes no input, for this reason; again changes nothing.

    `revision` is the text that was read. Raises Stale, OtherConference.
    """
    stored = lock_sheet(sheet)
    if reason.conference_id != stored.session.conference_id:
        raise OtherConference
    if stored.revision != revision or not stored.text:
        raise Stale(stored)
    if SheetAside.objects.open().filter(sheet=stored).exists():
        return
    at = timezone.now()
    SheetAside.objects.create(
        sheet=stored, revision=revision, reason=reason, comment=comment, opened_at=at, opened_by=by
    )
    _record("set_aside_sheet", stored, by=by, at=at, after={"reason": reason.code, "revision": revision})


@transaction.atomic
def bring_rest_back(sheet: MinutesSheet, *, by: User) -> None:
    """What was set aside of the sheet counts again; a sheet of which nothing is set aside is left alone."""
    stored = lock_sheet(sheet)
    at = timezone.now()
    if SheetAside.objects.open().filter(sheet=stored).update(closed_at=at, closed_by=by):
        _record("bring_back_sheet", stored, by=by, at=at)


def lock_sheet(sheet: MinutesSheet) -> MinutesSheet:
    """The sheet as it is stored now, held until the transaction ends."""
    related = ("session__conference", "note_taker__table")
    return MinutesSheet.objects.select_for_update(of=("self",)).select_related(*related).get(pk=sheet.pk)


def _record(
    verb: str,
    sheet: MinutesSheet,
    *,
    by: User,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        verb=verb,
        by=by,
        at=at,
        conference=sheet.session.conference,
        scope=f"table:{sheet.note_taker.table_id}",
        changes=[Change(sheet, before or {}, after or {})],
    )
