"""What a table has stored at the end, to be compared with what was said there."""

from django.db.models import Q

from inputs.models import WITHDRAWN, Input, MinutesSheet
from tests.typist.talk import Point


def points_of(table: int) -> list[Point]:
    """Those that stand; what its writer took back by «undo» has been said in other words."""
    taken_back = Q(set_aside__isnull=False, set_aside__reason__code=WITHDRAWN)
    standing = Input.objects.filter(table__number=table).exclude(taken_back).order_by("received_at", "pk")
    rows = standing.values_list("question__number", "text", "kind", "priority")
    return [Point(*row) for row in rows]


def undivided(table: int) -> int:
    return MinutesSheet.objects.undivided().filter(note_taker__table__number=table).count()
