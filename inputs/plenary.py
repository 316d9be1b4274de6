"""What those see who run a plenary: the tables that report back, those that may, and what was said."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from conference.models import PlenaryTurn, Session, Table
from inputs.card import OWN, Card, read_cards
from inputs.models import Input, InputSource


@dataclass(frozen=True)
class Turn:
    """A table that reports back, and the other sessions in which it does."""

    card: Card
    elsewhere: tuple[int, ...]


@dataclass(frozen=True)
class Candidate:
    """A table that may be chosen, the sessions in which it has been, and how much it has written in this one."""

    table: Table
    elsewhere: tuple[int, ...]
    notes: int
    starred: int


@dataclass(frozen=True)
class Plenary:
    """Candidates that have been up least come first, so that the choice stays fair."""

    turns: tuple[Turn, ...]
    candidates: tuple[Candidate, ...]
    said: tuple[Input, ...]
    replies: tuple[Input, ...]


def read_plenary(session: Session) -> Plenary:
    """The session's plenary as it stands. A fixed number of queries."""
    here: list[Table] = []
    elsewhere: dict[int, list[int]] = defaultdict(list)
    turns = PlenaryTurn.objects.filter(session__conference=session.conference).select_related("table", "session")
    for turn in turns.order_by("session__number", "position", "pk"):
        if turn.session_id == session.pk:
            here.append(turn.table)
        else:
            elsewhere[turn.table_id].append(turn.session.number)
    written = Q(inputs__session=session, inputs__source__in=OWN)
    others = (
        session.conference.tables.exclude(pk__in=[table.pk for table in here])
        .annotate(
            notes=Count("inputs", filter=written), starred=Count("inputs", filter=written & Q(inputs__priority=True))
        )
        .order_by("number")
    )
    candidates = [Candidate(one, tuple(elsewhere[one.pk]), one.notes, one.starred) for one in others]
    return Plenary(
        turns=tuple(Turn(card, tuple(elsewhere[card.table.pk])) for card in read_cards(session, here)),
        candidates=tuple(sorted(candidates, key=lambda one: len(one.elsewhere))),
        said=_heard(session, InputSource.PLENARY),
        replies=_heard(session, InputSource.REPLY),
    )


def _heard(session: Session, source: InputSource) -> tuple[Input, ...]:
    notes = Input.objects.filter(session=session, source=source).select_related("question", "table", "received_by")
    return tuple(notes.in_order_of_arrival())
