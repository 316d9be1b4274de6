"""What may be removed or renumbered when a file replaces what is stored: nothing that somebody has answered."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _


class NotReplaceable(Exception):
    """The file would remove or renumber what inputs refer to. `reasons` has a sentence for each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reasons))


def uses(thing: models.Model) -> Iterator[models.QuerySet[Any]]:
    """What refers to it from outside of the planning, kind by kind: notes, points, sheets.

    What lets go of it by itself, as the big screen does, uses nothing.
    """
    for relation in thing._meta.related_objects:
        model, lets_go = relation.field.model, relation.on_delete is models.SET_NULL
        if model._meta.app_label != thing._meta.app_label and not lets_go:
            yield model._base_manager.filter(**{relation.field.name: thing})


def is_used(thing: models.Model) -> bool:
    """Something outside of the planning (a note, a point, a sheet) refers to it."""
    return any(rows.exists() for rows in uses(thing))


def remove(thing: models.Model, name: str, reasons: list[str], *parts: Any) -> None:
    """Delete it with its parts, unless something refers to it."""
    if is_used(thing):
        reasons.append(_("%(name)s has inputs and cannot be removed; expected it in the file") % {"name": name})
        return
    try:
        with transaction.atomic():
            for part in parts:
                part.all().delete()
            thing.delete()
    except ProtectedError:
        reasons.append(_("%(name)s is referred to and cannot be removed; expected it in the file") % {"name": name})


def refuse_renumbering(
    stored: dict[int, str],
    wanted: dict[int, str],
    used: set[int],
    name: Callable[[int], str],
    reasons: list[str],
) -> None:
    """A text that moves to another number would take its inputs' answers away from it.

    `name` tells what the thing with that number is called.
    """
    numbers = {text: number for number, text in wanted.items()}
    for number in used:
        moved = numbers.get(stored[number])
        if moved is not None and moved != number and wanted.get(number) != stored[number]:
            words = {"name": name(number), "moved": str(moved)}
            reasons.append(
                _("%(name)s has inputs and cannot become %(moved)s; expected its number unchanged") % words
            )
