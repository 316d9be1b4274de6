"""What administrators decide before the day: a conference is made, and its parts are stored."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from conference.actions.faults import Stale
from conference.actions.history import Change, record
from conference.actions.ordering import next_number
from conference.actions.questions import save_question
from conference.models import (
    Conference,
    Language,
    Membership,
    Ministry,
    Question,
    Role,
    Series,
    Session,
    SessionMinistry,
    Table,
    User,
)

#: Addresses below /konferanse/ that are not conferences.
RESERVED_SLUGS = frozenset({"ny"})
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


@transaction.atomic
def make_conference(*, title: str, day: date, language: Language, by: User, slug: str = "") -> Conference:
    """A new conference, with `by` as its administrator. Without `slug` one is made from the title."""
    conference = Conference.objects.create(
        title=title, date=day, language=language, slug=slug or free_slug(title, str(day.year))
    )
    member = Membership.objects.create(user=by, conference=conference, role=Role.ADMINISTRATOR)
    record(
        verb="make_conference",
        by=by,
        conference=conference,
        changes=[Change(conference), Change(member, after={"role": str(member.role)})],
    )
    return conference


def free_slug(title: str, year: str) -> str:
    """A short name from the title that no conference has, with a number when it is taken."""
    wanted = slugify(title.translate(_LETTERS))[:40].strip("-") or f"konferanse-{year}"
    taken = set(Conference.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED_SLUGS
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@transaction.atomic
def save_facts(conference: Conference, *, fields: Iterable[str], series: str, by: User, version: int) -> None:
    """Store those facts; a series that is named for the first time is made. Raises Stale."""
    conference.series = Series.objects.get_or_create(name=series)[0] if series else None
    _save_version(conference, [*fields, "series"], version=version)
    _record(conference, conference, by=by)


@transaction.atomic
def save_session(
    session: Session, ministries: Sequence[Ministry], *, fields: Iterable[str], by: User, version: int
) -> None:
    """Store a session, new or changed, and who is responsible for it in that order. Raises Stale."""
    conference = _hold(session.conference)
    if session.pk is None:
        session.number = next_number(conference.sessions.all())
        session.save()
    else:
        _save_version(session, fields, version=version)
    SessionMinistry.objects.filter(session=session).delete()
    SessionMinistry.objects.bulk_create(
        SessionMinistry(session=session, ministry=ministry, position=position)
        for position, ministry in enumerate(ministries)
    )
    _record(session, conference, by=by)


@transaction.atomic
def save_planned_question(
    session: Session,
    text: str,
    tables: Sequence[Table],
    *,
    by: User,
    question: Question | None = None,
    version: int = 0,
) -> Question:
    """Store a new question, or the `question` that was read at `version`. Raises Stale."""
    conference = _hold(session.conference)
    if question is None:
        stored = Question(session=session, number=next_number(session.questions.all()))
    else:
        stored = Question.objects.select_for_update().get(pk=question.pk)
        if stored.version != version:
            raise Stale(stored)
    same_text = stored.text == text
    stored.text = text
    save_question(stored, by=by)
    if {table.pk for table in tables} != set(stored.tables.values_list("pk", flat=True)):
        stored.tables.set(tables)
        if same_text:  # another wording has counted the version already
            stored.version += 1
            stored.save(update_fields=["version"])
        _record(stored, conference, by=by)
    return stored


@transaction.atomic
def save_row(
    row: Any,
    rows: models.QuerySet[Any],
    conference: Conference,
    *,
    by: User,
    before: Callable[[Any, Any], bool] = lambda _new, _row: False,
) -> None:
    """Store a row of a list without a version. A new one comes before the first of `rows` that it belongs before."""
    _hold(conference)
    if row.pk is None:
        others = list(rows)
        place = next((n for n, other in enumerate(others) if before(row, other)), len(others))
        for position, other in enumerate(others):
            other.position = position + (position >= place)
        type(row)._default_manager.bulk_update(others, ["position"])
        row.position = place
    row.save()
    _record(row, conference, by=by)


def _save_version(thing: Conference | Session, fields: Iterable[str], *, version: int) -> None:
    stored = type(thing).objects.select_for_update().get(pk=thing.pk)
    if stored.version != version:
        raise Stale(stored)
    thing.version = version + 1
    thing.save(update_fields=[*fields, "version"])


def _hold(conference: Conference) -> Conference:
    """Hold the conference, so that two who add at the same time get a number or a place each."""
    return Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)


def _record(thing: models.Model, conference: Conference, *, by: User) -> None:
    version = getattr(thing, "version", None)
    record(verb="set_up", by=by, conference=conference, changes=[Change(thing, after={"version": version})])
