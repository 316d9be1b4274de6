"""Removing what is planned and nobody has answered, and putting it back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import ProtectedError

from conference.actions.history import Change, record
from conference.actions.ordering import next_number
from conference.actions.replacing import is_used, uses
from conference.models import (
    AccessCode,
    Conference,
    Membership,
    NoteTaker,
    Question,
    Session,
    SessionMinistry,
    SurveyQuestion,
    Table,
    User,
)

#: What goes with a thing when it is removed, and comes back with it.
PARTS = {
    Session: ("responsibilities", "introducers", "rounds", "questions"),
    Question: ("subquestions", "revisions"),
    Table: ("note_takers",),
    NoteTaker: ("codes",),
    AccessCode: ("devices",),
    SurveyQuestion: ("answers",),
}


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond, as they are stored; Django's own keeps milliseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class HasInputs(Exception):
    """Somebody has answered `thing` or worked on it, so that it stays."""

    def __init__(self, thing: models.Model) -> None:
        self.thing = thing
        super().__init__(str(thing))


class ReferredTo(Exception):
    """Something else in the planning refers to it; `by` names what, in the plural."""

    def __init__(self, by: list[str]) -> None:
        self.by = by
        super().__init__(", ".join(by))


class CannotComeBack(Exception):
    """Something has taken its place, or what it refers to is gone."""


@transaction.atomic
def remove(thing: models.Model, conference: Conference, *, by: User) -> str:
    """Remove it with its parts. Returns what `put_back()` needs. Raises HasInputs or ReferredTo."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    gone = list(_with_parts(thing))
    for one in gone:
        if is_used(one):
            raise HasInputs(one)
    if isinstance(thing, Session) and Membership.objects.filter(sessions=thing).exists():
        # Without its one session, an editor of that session would become an editor of all.
        raise ReferredTo([str(Membership._meta.verbose_name_plural)])
    kept = serializers.serialize("json", gone, cls=_Exact)
    record(verb="remove", by=by, conference=conference, changes=[Change(thing)])
    try:
        for one in reversed(gone):
            one.delete()
    except ProtectedError as error:
        # A responsibility is the session's; nobody knows it by a name of its own.
        kinds = {Session if isinstance(one, SessionMinistry) else type(one) for one in error.protected_objects}
        raise ReferredTo(sorted(str(model._meta.verbose_name_plural) for model in kinds)) from error
    return kept


@transaction.atomic
def put_back(kept: str, conference: Conference, *, by: User) -> models.Model:
    """What `remove()` took away, as it was; a session or question whose number is taken gets the next one.

    Raises CannotComeBack.
    """
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    things = list(serializers.deserialize("json", kept))
    for thing in things:
        one: Any = thing.object
        if isinstance(one, (Session, Question)):
            rows = _beside(one)
            if rows.filter(number=one.number).exists():
                one.number = next_number(rows)
        try:
            one.full_clean()
        except ValidationError as error:
            raise CannotComeBack from error
        for name, keys in (thing.m2m_data or {}).items():
            chosen = one._meta.get_field(name).related_model._default_manager.filter(pk__in=keys)
            keys[:] = list(chosen.values_list("pk", flat=True))  # type: ignore[index]  # Django builds lists here
        thing.save()
    first: models.Model = things[0].object
    record(verb="put_back", by=by, conference=conference, changes=[Change(first)])
    return first


def _with_parts(thing: models.Model) -> Iterator[models.Model]:
    """The thing, then its parts, each before its own."""
    yield thing
    for name in PARTS.get(type(thing), ()):
        for part in getattr(thing, name).all():
            yield from _with_parts(part)


def _beside(one: Session | Question) -> models.QuerySet[Any]:
    if isinstance(one, Session):
        return Session.objects.filter(conference=one.conference_id)
    return Question.objects.filter(session=one.session_id)


def answers(thing: models.Model) -> list[tuple[str, int]]:
    """What outside of the planning refers to it: its name, and how many. Empty when nobody has answered."""
    found = []
    for rows in uses(thing):
        if number := rows.count():
            name = rows.model._meta.verbose_name if number == 1 else rows.model._meta.verbose_name_plural
            found.append((str(name), number))
    return found
