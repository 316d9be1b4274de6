"""The demonstration stands where its story is: the day is over, and two tables still write out its last session."""

import pytest

from conference.models import Conference, Delivery
from inputs.actions.demo import seed_demo
from inputs.integrity import check
from inputs.models import MinutesSheet

pytestmark = pytest.mark.django_db


def test_the_tables_have_delivered_but_for_those_that_still_write_out_in_the_last_session():
    seed_demo()
    conference = Conference.objects.get()
    assert list(conference.sessions.order_by("number").values_list("phase", flat=True)) == [
        "delivered",
        "delivered",
        "tidying",
    ]
    delivered = Delivery.objects.standing()
    missing = {
        (session.number, table.number)
        for session in conference.sessions.all()
        for table in conference.tables.all()
        if not delivered.filter(session=session, table=table).exists()
    }
    last = MinutesSheet.objects.undivided().filter(session__number=3)
    assert missing == {(3, number) for number in last.values_list("note_taker__table__number", flat=True)} != set()
    assert check(conference) == []
