"""The page on which a sheet is divided, the same for its table and for an editor.

Cutting and joining are acts of the form alone: nothing is stored until it is confirmed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from conference.models import Question, User
from inputs.actions.dividing import divide
from inputs.actions.faults import Stale
from inputs.dividing import MAX_PIECES, Piece, carried, join, propose, split
from inputs.forms.dividing import NotWhole, name_of, read_cursor, read_pieces, read_place, read_revision
from inputs.models import MAX_TEXT, Input, InputKind, MinutesRevision, MinutesSheet


@dataclass(frozen=True)
class Row:
    """A piece as the page shows it."""

    piece: Piece
    text: str
    has_focus: bool

    @property
    def name(self) -> str:
        return name_of(self.piece)

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > MAX_TEXT and not self.piece.leave

    @property
    def height(self) -> int:
        """How many lines to show; where the browser can, the words themselves decide."""
        return min(12, sum(1 + len(line) // 70 for line in self.text.split("\n")))


@dataclass(frozen=True)
class Division:
    """What the page shows: a text cut in pieces, and what is wrong. `more` pieces are beyond those shown."""

    sheet: MinutesSheet
    questions: Sequence[Question]
    rows: Sequence[Row]
    more: int
    fault: str

    kinds = InputKind.choices


Show = Callable[[Division, int], HttpResponse]
Done = Callable[[list[Input]], HttpResponse]


def answer(
    request: HttpRequest, sheet: MinutesSheet, questions: Sequence[Question], *, by: User, show: Show, done: Done
) -> HttpResponse:
    """To the question how the sheet is divided, and to what the form sends. `questions` are those to choose among."""
    return _Answer(sheet, questions, show).to(request, by, done)


def begin(sheet: MinutesSheet, questions: Sequence[Question], *, show: Show) -> HttpResponse:
    """The page as it is before anything was chosen."""
    return _Answer(sheet, questions, show).begin()


class _Answer:
    def __init__(self, sheet: MinutesSheet, questions: Sequence[Question], show: Show) -> None:
        self.sheet = sheet
        self.questions = questions
        self.texts = {question.number: question.text for question in questions}
        self.show = show

    def to(self, request: HttpRequest, by: User, done: Done) -> HttpResponse:
        if request.method != "POST":
            return self.begin()
        data = request.POST
        wording = self.sheet.revisions.filter(number=read_revision(data.get("revision"))).first()
        if wording is None:
            return self._not_whole()
        try:
            pieces = read_pieces(data, wording.text, self.texts)
            if "divide" in data:
                return self._divide(pieces, wording, by, done)
            if wording.number != self.sheet.revision:
                raise Stale(self.sheet)
            return self._cut(pieces, data)
        except NotWhole:
            return self._not_whole()
        except Stale:
            self.sheet.refresh_from_db()
            fault = _(
                "The sheet has been changed since you opened the page, so nothing is divided yet. What you chose "
                "stands here wherever the words are the same. Look through it, and confirm again."
            )
            return self._page(carried(pieces, wording.text, self.sheet.text, self.texts), fault=fault, status=409)

    def begin(self) -> HttpResponse:
        return self._page(propose(self.sheet.text, self.texts))

    def _not_whole(self) -> HttpResponse:
        fault = _("The page was not whole, so nothing is divided. This is the sheet as it stands; begin again.")
        return self._page(propose(self.sheet.text, self.texts), fault=fault, status=422)

    def _divide(self, pieces: list[Piece], wording: MinutesRevision, by: User, done: Done) -> HttpResponse:
        moved = [piece for piece in pieces if not piece.leave]
        if not moved:
            fault = _("All of it is to stay in the sheet, so there is nothing to divide.")
            return self._page(pieces, fault=fault, status=422)
        if any(piece.end - piece.start > MAX_TEXT for piece in moved):
            fault = _("An input has at most 10,000 characters. Split the piece that is longer.")
            return self._page(pieces, fault=fault, status=422)
        return done(divide(self.sheet, pieces, revision=wording.number, by=by))

    def _cut(self, pieces: list[Piece], data: QueryDict) -> HttpResponse:
        """The page with a piece joined with the one before, or split; as it is when no such button was pressed."""
        text, focus = self.sheet.text, None
        if (n := read_place(data.get("join"), pieces)) is not None and n > 0:
            pieces[n - 1 : n + 1] = [join(pieces[n - 1], pieces[n])]
            focus = n - 1
        elif (n := read_place(data.get("split"), pieces)) is not None:
            cursor = read_cursor(data.get("cursor"), pieces[n])
            cut = split(text, pieces[n], self.texts, at=cursor)
            pieces[n : n + 1] = cut
            focus = n + (len(cut) > 1)
        return self._page(pieces, focus=focus)

    def _page(
        self, pieces: Sequence[Piece], *, fault: str = "", focus: int | None = None, status: int = 200
    ) -> HttpResponse:
        rows = [
            Row(piece, self.sheet.text[piece.start : piece.end], n == focus)
            for n, piece in enumerate(pieces[:MAX_PIECES])
        ]
        more = max(0, len(pieces) - MAX_PIECES)
        return self.show(Division(self.sheet, self.questions, rows, more, fault), status)
