"""A rehearsal: the planning of a conference copied, with tables of its own, to be practised on and wiped.

What is planned is copied; what people wrote, said or answered is not. Wiping needs what was written, so it stands
in inputs/actions/rehearsal.py.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.actions.setup import free_slug
from conference.models import (
    REHEARSAL_MARKS,
    ChapterTextRevision,
    Conference,
    Language,
    Membership,
    Ministry,
    Question,
    QuestionRevision,
    Role,
    Session,
    Table,
    User,
)
from conference.phases import Phase

Thing = TypeVar("Thing", bound=models.Model)

MOST_TABLES = 50  # to practise at; the real ones may be more


class IsRehearsal(Exception):
    """A rehearsal is of a real conference, never of another rehearsal."""


@transaction.atomic
def make_rehearsal(conference: Conference, *, day: date, tables: int, with_people: bool, by: User) -> Conference:
    """The conference's rehearsal, on `day` with so many tables; the one that stands already, if there is one.

    `by` administers it; `with_people` gives everybody else the role that they have in the real one.
    Raises IsRehearsal.
    """
    real = Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)  # two clicks meet in turn
    if real.is_rehearsal:
        raise IsRehearsal
    if stored := real.rehearsals.first():
        return stored
    mark = REHEARSAL_MARKS[Language(real.language)]
    rehearsal = _copy(
        real,
        rehearsal_of=real,
        slug=free_slug(f"ovelse {real.slug}", str(day.year)),
        title=f"{mark} – {real.title}"[:200],
        series=None,
        parent=None,
        date=day,
        end_date=None,
        tidying_deadline=None,
        case_number="",
        access_code="",
        legal_basis="",
        version=1,
    )
    rehearsal.save()
    _Copy(real, rehearsal, tables=tables, with_people=with_people, by=by).make()
    for one in (real, rehearsal):  # the real one remembers it when the rehearsal and its history are gone
        record(verb="make_rehearsal", by=by, conference=one, changes=[Change(rehearsal, after={"of": real.pk})])
    return rehearsal


class _Copy:
    """One copying; each map leads from the key of a real thing to the thing that stands for it."""

    def __init__(self, real: Conference, rehearsal: Conference, *, tables: int, with_people: bool, by: User) -> None:
        self.real, self.rehearsal = real, rehearsal
        self.number, self.with_people = tables, with_people
        self.by, self.at = by, timezone.now()

    def make(self) -> None:
        self.tables = self._tables()
        self.ministries: dict[int | None, Ministry | None] = {None: None}
        for ministry in self.real.ministries.all():
            self.ministries[ministry.pk] = _saved(_copy(ministry, conference=self.rehearsal))
        self.sessions: dict[int | None, Session | None] = {None: None}
        for session in self.real.sessions.all():
            self.sessions[session.pk] = self._session(session)
        for item in self.real.programme.all():
            speaker, session_there = self.ministries[item.speaker_ministry_id], self.sessions[item.session_id]
            _saved(_copy(item, conference=self.rehearsal, speaker_ministry=speaker, session=session_there))
        self._texts()
        self._people()

    def _tables(self) -> dict[int, Table]:
        """By number."""
        made = (Table(conference=self.rehearsal, number=number) for number in range(1, self.number + 1))
        return {table.number: table for table in Table.objects.bulk_create(made)}

    def _session(self, real: Session) -> Session:
        not_begun = {"phase": Phase.PLANNED, "phase_since": None, "work_until": None, "writable_until": None}
        session = _copy(real, conference=self.rehearsal, version=1, **not_begun)
        session.save()
        for part in real.responsibilities.all():
            _saved(_copy(part, session=session, ministry=self.ministries[part.ministry_id]))
        for one in real.introducers.all():
            _saved(_copy(one, session=session, ministry=self.ministries[one.ministry_id]))
        for turn in real.rounds.all():
            _saved(_copy(turn, session=session))
        for question in real.questions.prefetch_related("tables", "subquestions"):
            self._question(question, session)
        return session

    def _question(self, real: Question, session: Session) -> None:
        question = _saved(_copy(real, session=session, version=1))
        # Asked at some tables only: at those of the same numbers, or at all when none of them is practised at.
        question.tables.set(self.tables[one.number] for one in real.tables.all() if one.number in self.tables)
        for part in real.subquestions.all():
            _saved(_copy(part, question=question))
        QuestionRevision.objects.create(question=question, number=1, text=question.text, by=self.by, at=self.at)

    def _texts(self) -> None:
        for real in self.real.texts.all():
            owner = real.owner if self.with_people else None
            text = _saved(_copy(real, conference=self.rehearsal, key=uuid.uuid4(), owner=owner, version=1))
            ChapterTextRevision.objects.create(
                chapter=text, number=1, title=text.title, text=text.text, by=self.by, at=self.at
            )

    def _people(self) -> None:
        Membership.objects.create(user=self.by, conference=self.rehearsal, role=Role.ADMINISTRATOR)
        members: Iterable[Membership] = ()
        if self.with_people:
            members = self.real.memberships.active().exclude(user=self.by).prefetch_related("sessions")
        for member in members:
            copied = _saved(_copy(member, conference=self.rehearsal))
            copied.sessions.set(filter(None, (self.sessions[one.pk] for one in member.sessions.all())))


def _copy(thing: Thing, **changed: Any) -> Thing:
    """The same again as a new row, with those fields changed; not stored yet."""
    fields = [field for field in thing._meta.concrete_fields if not field.primary_key and field.name not in changed]
    return type(thing)(**{field.attname: getattr(thing, field.attname) for field in fields}, **changed)


def _saved(thing: Thing) -> Thing:
    thing.save()
    return thing
