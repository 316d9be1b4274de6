"""Dividing a sheet: paragraphs move out of it and become inputs, all in one act."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from conference.actions.history import one_act
from conference.models import User
from inputs.actions.entry import Cut, Note, receive
from inputs.actions.faults import Stale
from inputs.actions.sheets import lock_sheet, write_sheet
from inputs.dividing import Piece, take
from inputs.models import Input, InputSource, MinutesSheet, SheetSource


@transaction.atomic
@one_act()
def divide(sheet: MinutesSheet, pieces: Sequence[Piece], *, revision: int, by: User) -> list[Input]:
    """The pieces that are not left become inputs, in the table's name, and leave the sheet.

    `revision` is the text that the pieces were found in; they stand in its order. Doing the same again gives the
    same inputs and changes nothing. Raises Stale.
    """
    stored = lock_sheet(sheet)
    moved = [piece for piece in pieces if not piece.leave]
    keys = [_key(stored, revision, piece) for piece in moved]
    if stored.revision != revision:
        done = Input.objects.filter(sheet=stored, key__in=keys)
        if keys and len(done) == len(keys):
            return list(done)
        raise Stale(stored)
    questions = {question.number: question for question in stored.session.questions.all()}
    taken = take(stored.text, pieces, {number: question.text for number, question in questions.items()})
    notes = [
        Note(
            session=stored.session,
            question=questions.get(piece.question) if piece.question else None,
            text=stored.text[piece.start : piece.end],
            kind=piece.kind,
            table=stored.note_taker.table,
            note_taker=stored.note_taker,
            source=InputSource.TABLE if stored.source == SheetSource.TABLE else InputSource.PAPER,
            language=stored.session.conference.language,
            key=key,
            cut=Cut(stored, revision, *span),
        )
        for piece, key, span in zip(moved, keys, taken.spans, strict=True)
    ]
    made = receive(notes, by=by)
    write_sheet(stored, taken.rest, by=by, verb="divide_sheet", came=stored.received_at)
    return made


def _key(sheet: MinutesSheet, revision: int, piece: Piece) -> uuid.UUID:
    """Follows from what is divided, so that a second click makes nothing new."""
    return uuid.uuid5(sheet.key, f"{revision}:{piece.start}:{piece.end}")
