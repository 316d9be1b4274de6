"""Wiping a rehearsal: all that was written in it goes, with its tables and its history, and nothing else.

Preview and act ask the same questions. The database refuses to delete a conference that is none (docs/adr/0006).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Conference, Kind, RetentionPass, User
from inputs.models import Input


class NotARehearsal(Exception):
    """A real conference is never wiped."""


@dataclass(frozen=True)
class Going:
    """What goes of one kind: its name in as many as there are, and how many."""

    name: str
    number: int


def what_goes(rehearsal: Conference) -> list[Going]:
    """All that `wipe` deletes, by kind, what there is most of first. One query. Raises NotARehearsal."""
    _refuse_real(rehearsal)
    counts: list[QuerySet[models.Model, tuple[str, int]]] = [
        rows.order_by()
        .values(of_model=Value(rows.model._meta.label))
        .annotate(n=Count("pk"))
        .values_list("of_model", "n")
        for rows in _rows(rehearsal)
        if not rows.model._meta.auto_created
    ]
    found = sorted(counts[0].union(*counts[1:], all=True), key=lambda row: -row[1])
    return [Going(_name(label, number), number) for label, number in found if number]


@transaction.atomic
def wipe(rehearsal: Conference, *, by: User) -> None:
    """Delete the rehearsal with everything in it; the real conference remembers that it was done.

    Raises NotARehearsal, and Conference.DoesNotExist for the second of two clicks.
    """
    stored = Conference.objects.select_for_update(of=("self",)).select_related("rehearsal_of").get(pk=rehearsal.pk)
    _refuse_real(stored)
    real = stored.rehearsal_of
    gone = {"rehearsal": stored.pk, "inputs": Input.objects.filter(conference=stored).count()}
    accounts = list(_accounts(stored).values_list("pk", flat=True))
    opened = RetentionPass.objects.create(reason="wiping a rehearsal", by=by, at=timezone.now())
    for rows in _rows(stored):
        # Not delete(): that would look at every PROTECT, which is there for real conferences.
        rows._raw_delete(rows.db)
    User.objects.filter(pk__in=accounts).delete()
    opened.delete()
    record(verb="wipe_rehearsal", by=by, conference=real, changes=[Change(stored, after=gone)])


def _refuse_real(conference: Conference) -> None:
    if not conference.is_rehearsal:
        raise NotARehearsal


def _accounts(rehearsal: Conference) -> QuerySet[User]:
    """The accounts that the rehearsal's codes opened: nobody else's. People stay, whatever they were invited to."""
    return User.objects.filter(kind=Kind.TABLE, note_taker__table__conference=rehearsal)


def _rows(conference: Conference) -> Iterator[QuerySet[models.Model]]:
    """What belongs to the conference, a model at a time, each before what it is found through; last itself."""
    for model, ways in reversed(_ways().items()):
        found = Q(pk=conference.pk)
        if ways:
            found = Q()
            for way in ways:
                found |= Q(**{way: conference})
        yield model._base_manager.filter(found)


def _ways() -> dict[type[models.Model], tuple[str, ...]]:
    """Every model that belongs to a conference -> the ways from it to the conference, nearest models first.

    A row is found through the first link that it must have; one that must have none (an event, a redaction) through
    any. So a model that is added later is wiped too; tests/inputs/test_rehearsal.py holds it to that.
    """
    configs = [apps.get_app_config(label) for label in ("conference", "inputs")]
    ours = [model for config in configs for model in config.get_models(include_auto_created=True)]
    ways: dict[type[models.Model], tuple[str, ...]] = {Conference: ()}
    for must in (True, False):
        while found := {
            model: reached for model in ours if model not in ways and (reached := _reached(model, ways, must=must))
        }:
            ways |= found
    return ways


def _reached(
    model: type[models.Model], ways: dict[type[models.Model], tuple[str, ...]], *, must: bool
) -> tuple[str, ...]:
    reached = []
    for link in model._meta.concrete_fields:
        if isinstance(link, models.ForeignKey) and link.null != must and link.related_model in ways:
            further = ways[link.related_model]
            reached += [f"{link.name}__{way}" for way in further] or [link.name]
    return tuple(reached[:1] if must else reached)


def _name(label: str, number: int) -> str:
    meta = apps.get_model(label)._meta
    return str(meta.verbose_name if number == 1 else meta.verbose_name_plural)
