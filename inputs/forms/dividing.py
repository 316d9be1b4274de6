"""What the page for dividing a sheet sends: the pieces as they are cut, and what was chosen for each."""

import re

from django.http import QueryDict

from inputs.dividing import MAX_PIECES, Piece, Questions
from inputs.models import InputKind

_SPAN = re.compile(r"([0-9]{1,7})-([0-9]{1,7})")


class NotWhole(Exception):
    """The form is not one that our page has made for this text."""


def name_of(piece: Piece) -> str:
    """How the form names a piece."""
    return f"{piece.start}-{piece.end}"


def read_pieces(data: QueryDict, text: str, questions: Questions) -> list[Piece]:
    """The pieces in the order of the text. Raises NotWhole."""
    spans, asked, kinds = (data.getlist(name) for name in ("span", "question", "kind"))
    if not len(spans) == len(asked) == len(kinds) <= MAX_PIECES:
        raise NotWhole
    left = set(data.getlist("leave"))
    pieces: list[Piece] = []
    for span, question, kind in zip(spans, asked, kinds, strict=True):
        found = _SPAN.fullmatch(span)
        start, end = (int(found[1]), int(found[2])) if found else (0, 0)
        after = pieces[-1].end if pieces else 0
        if not after <= start < end <= len(text) or text[start:end] != text[start:end].strip():
            raise NotWhole
        if kind not in ("", *InputKind.values) or question not in ("", *map(str, questions)):
            raise NotWhole
        pieces.append(Piece(start, end, int(question) if question else None, kind, leave=span in left))
    return pieces


def read_place(value: str | None, pieces: list[Piece]) -> int | None:
    """Which piece a button belongs to; None when no such button was pressed, or it belongs to none."""
    if value is None or not re.fullmatch("[0-9]{1,3}", value):
        return None
    return int(value) if int(value) < len(pieces) else None


def read_cursor(value: str | None, piece: Piece) -> int | None:
    """Where in the text the cursor stood in the piece, by the characters before it; None when nobody told."""
    if value is None or not re.fullmatch("[0-9]{1,7}", value):
        return None
    return piece.start + int(value)


def read_revision(value: str | None) -> int:
    """The sheet's revision that the page was made from; 0, which no sheet has, for anything else."""
    return int(value) if value is not None and re.fullmatch("[0-9]{1,9}", value) else 0
