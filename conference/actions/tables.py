"""The tables of a conference: made many at once, named one by one."""

from django.db import transaction
from django.db.models import Max

from conference.actions.history import Change, record
from conference.models import Conference, Table, User

MOST = 1000  # tables in one conference; a national assembly has 500


class TooManyTables(Exception):
    """There would be more than MOST; `room` is how many more there can be."""

    def __init__(self, room: int) -> None:
        self.room = room
        super().__init__(str(room))


@transaction.atomic
def make_tables(conference: Conference, number: int, *, by: User) -> list[Table]:
    """`number` more tables, numbered on from the last. Raises TooManyTables."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)  # two who add get numbers each
    last = conference.tables.aggregate(last=Max("number"))["last"] or 0
    if last + number > MOST:
        raise TooManyTables(max(MOST - last, 0))
    made = Table.objects.bulk_create(
        Table(conference=conference, number=last + step) for step in range(1, number + 1)
    )
    record(verb="make_table", by=by, conference=conference, changes=[Change(table) for table in made])
    return made


@transaction.atomic
def save_table(table: Table, *, by: User) -> None:
    """Another name, or on paper or not."""
    table.save(update_fields=["name", "on_paper"])
    record(
        verb="change_table",
        by=by,
        conference=table.conference,
        scope=f"table:{table.pk}",
        changes=[Change(table, after={"on_paper": int(table.on_paper)})],
    )
