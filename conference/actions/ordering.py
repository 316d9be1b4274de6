"""The order of the lists in «Set up»: a row moves one place up or down.

Sessions and questions are ordered by their number, which follows the order only while nothing is answered; other
rows have a position, which nobody sees.
"""

from typing import Any

from django.db import models, transaction

from conference.actions.history import Change, record
from conference.actions.replacing import is_used
from conference.models import Conference, User

LARGEST = 32767  # a small integer of PostgreSQL's


class NumberIsUsed(Exception):
    """`thing` has answers under its number, so that its number stays."""

    def __init__(self, thing: models.Model) -> None:
        self.thing = thing
        super().__init__(str(thing))


def next_number(rows: models.QuerySet[Any]) -> int:
    """One more than the last; the first free one when the numbers have reached their end."""
    taken = set(rows.values_list("number", flat=True))
    last = max(taken, default=0)
    return last + 1 if last < LARGEST else _free(taken)


@transaction.atomic
def move(pk: int, rows: models.QuerySet[Any], conference: Conference, *, up: bool, by: User) -> tuple[int, int]:
    """Move the row one place among `rows`; at the end of the list it stays. Returns its place and their number.

    Raises NumberIsUsed when one of the two that would change numbers has answers.
    """
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)  # two who move meet in turn
    things = list(rows)
    place = next(n for n, thing in enumerate(things) if thing.pk == pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(things):
        return place + 1, len(things)
    if hasattr(things[place], "number"):
        _swap_numbers(things[place], things[other], {thing.number for thing in things})
    else:
        things[place], things[other] = things[other], things[place]
        for position, thing in enumerate(things):
            thing.position = position
        type(things[0])._default_manager.bulk_update(things, ["position"])
    moved = things[place] if hasattr(things[place], "number") else things[other]
    record(
        verb="move",
        by=by,
        conference=conference,
        changes=[Change(moved, {"place": place + 1}, {"place": other + 1})],
    )
    return other + 1, len(things)


def _swap_numbers(one: Any, other: Any, taken: set[int]) -> None:
    for thing in (one, other):
        if is_used(thing):
            raise NumberIsUsed(thing)
    first, second = one.number, other.number
    # A number is unique at every moment, so one of the two waits under a free number meanwhile.
    for thing, number in ((one, _free(taken)), (other, first), (one, second)):
        thing.number = number
        thing.version += 1
        thing.save(update_fields=["number", "version"])


def _free(taken: set[int]) -> int:
    return next(number for number in range(1, LARGEST + 1) if number not in taken)
