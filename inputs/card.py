"""The card that a table reads aloud from: its own lines of a session, those it has picked first."""

from collections.abc import Iterable
from dataclasses import dataclass

from conference.models import Session, Table
from inputs.models import WITHDRAWN, Input, InputSource

MOST_LINES = 3  # on a card; a rapporteur has two minutes

LAST = 100_000  # after every question: what belongs to none

#: What a table wrote itself, on a device or on paper.
OWN = (InputSource.TABLE, InputSource.PAPER)


@dataclass(frozen=True)
class Card:
    """`picked` stand on the card in that order; `starred` and `others` may, as the table has arranged them."""

    table: Table
    picked: tuple[Input, ...]
    starred: tuple[Input, ...]
    others: tuple[Input, ...]

    @property
    def lines(self) -> tuple[Input, ...]:
        return (*self.picked, *self.starred, *self.others)

    @property
    def first(self) -> tuple[Input, ...]:
        """What the table thinks most of."""
        return (*self.picked, *self.starred)


def read_cards(session: Session, tables: Iterable[Table]) -> list[Card]:
    """A card for each of the tables, in their order. Two queries; what a table has withdrawn is not read aloud."""
    tables = list(tables)
    notes = (
        Input.objects.filter(session=session, table__in=tables, source__in=OWN, withdrawal_asked_at=None)
        .exclude(set_aside__reason__code=WITHDRAWN)
        .select_related("question")
        .prefetch_related("card_lines")
        .as_arranged()
    )
    rows: dict[int | None, list[Input]] = {table.pk: [] for table in tables}
    for note in notes:
        rows[note.table_id].append(note)
    return [_card(table, rows[table.pk]) for table in tables]


def _card(table: Table, notes: list[Input]) -> Card:
    notes = sorted(notes, key=lambda one: one.question.number if one.question else LAST)
    places = {note.pk: line.position for note in notes for line in note.card_lines.all()}
    rest = [note for note in notes if note.pk not in places]
    return Card(
        table,
        tuple(sorted((note for note in notes if note.pk in places), key=lambda one: places[one.pk])),
        tuple(note for note in rest if note.priority),
        tuple(note for note in rest if not note.priority),
    )
