"""A whole talk at a table, typed as fast as the page takes it, in both ways, with the network cut twice.

At a human pace, for twenty minutes: `make typist`.
"""

from collections import Counter
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from conference.actions.codes import issue_codes
from conference.models import Conference, User
from inputs.integrity import check
from tests.browser.flaky_line import Line
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory
from tests.typist.hands import Hands, LineByLine, Pace, RunningText, cutting
from tests.typist.stored import points_of, undivided
from tests.typist.talk import Point, kept, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def code(transactional_db) -> str:
    session = SessionFactory(conference=ConferenceFactory(), number=1, phase="open")
    for number in (1, 2, 3):
        QuestionFactory(session=session, number=number)
    TableFactory(conference=session.conference, number=7)
    [issued] = issue_codes(session.conference, by=User.objects.system())
    return issued.code


def bare(point: Point) -> Point:
    """As running text tells it: no stars, no kinds."""
    return replace(point, kind="", is_starred=False)


@pytest.mark.parametrize(
    ("way", "told"), [(LineByLine, lambda point: point), (RunningText, bare)], ids=["lines", "running"]
)
def test_every_point_of_a_talk_is_kept_once_and_where_it_was_put(
    way: type[Hands], told, page: Page, live_server, code
):
    sayings = talk()
    line = Line(int(live_server.url.rsplit(":", 1)[1]))
    try:
        hands = way(page, Pace())  # without a pause, as no hands can
        hands.sit_down(line.url, code)
        tally = hands.type_all(sayings, cutting(line, len(sayings)))
    finally:
        line.close()
    assert Counter(points_of(7)) == Counter(told(point) for point in kept(sayings))
    assert undivided(7) == 0
    assert tally.per_line <= 1
    assert check(Conference.objects.get()) == []
