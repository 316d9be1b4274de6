"""What a table's screen shows: its sessions with their questions, its own notes, and the writer's sheet."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from conference.models import Delivery, NoteTaker, Question, Session, Table
from conference.phases import Phase
from inputs.models import Input, MinutesSheet
from inputs.room import missing


def sessions_at(table: Table) -> list[Session]:
    """The conference's sessions in order; `questions.all()` gives those that are put to this table, and no others."""
    asked = Question.objects.filter(Q(tables=None) | Q(tables=table)).order_by("number")
    return list(
        Session.objects.filter(conference=table.conference)
        .order_by("number")
        .prefetch_related(Prefetch("questions", queryset=asked))
    )


def current(sessions: list[Session]) -> Session | None:
    """The session that is open now; of several, the first."""
    return next((session for session in sessions if session.phase == Phase.OPEN), None)


def notes_at(table: Table) -> QuerySet[Input]:
    """All that the table has sent, withdrawn notes too: each question's as the table has put them."""
    related = ("session", "question", "note_taker", "set_aside__reason")
    return Input.objects.filter(table=table).select_related(*related).as_arranged()


def sheet_at(writer: NoteTaker, session: Session) -> MinutesSheet | None:
    """The writer's running text of the session, if there is any."""
    return MinutesSheet.objects.written_by(writer).filter(session=session).first()


@dataclass(frozen=True)
class Delivering:
    """A table's delivery of a session. `bare` are the questions that the table is asked about before it delivers."""

    may: bool
    stands: Delivery | None
    is_asked: bool
    bare: list[Question]


def delivering(table: Table, session: Session, *, is_asked: bool) -> Delivering:
    """One query; when the table `is_asked` whether it is done, those that find what it has written nothing under."""
    stands = Delivery.objects.standing().filter(table=table, session=session).first()
    asks = is_asked and stands is None
    return Delivering(
        may=session.phase != Phase.PLANNED,
        stands=stands,
        is_asked=asks,
        bare=missing(table, session) if asks else [],
    )
