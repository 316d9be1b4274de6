"""What a table's screen shows: its sessions with their questions, its own notes, and the writer's sheet."""

from django.db.models import Prefetch, Q, QuerySet

from conference.models import NoteTaker, Question, Session, Table
from conference.phases import Phase
from inputs.models import Input, MinutesSheet


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
