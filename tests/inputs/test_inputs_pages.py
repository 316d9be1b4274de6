"""Every input can be found, and its page tells where it came from and what became of it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inputs.actions import dispositions, entry, points
from inputs.actions.reasons import reason_for
from inputs.models import Input
from inputs.views.inputs import PAGE
from tests.factories import NoteTakerFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.desk import address, picture

pytestmark = pytest.mark.django_db

LIST = "/konferanse/dialog/innspill/"


def page_of(one):
    return reverse("input", args=["dialog", one.key])


def shown(client, **asked):
    return [one.text for one in client.get(LIST, asked).context["inputs"]]


@pytest.fixture
def four(question, editor):
    """One remaining, one used, one set aside, one that belongs to no question."""
    conference = question.session.conference
    table = TableFactory(conference=conference, number=4)
    left = make_input(question, "Flere MØTEROM på Østby", table=table, kind="measure")
    used, aside = make_input(question, "Kortere dager"), make_input(question, "Uklart om møterom")
    dispositions.accept([used], by=editor)
    dispositions.set_aside([aside], reason=reason_for(conference, "unclear"), by=editor)
    lost = make_input(None, "Uten spørsmål", session=question.session)
    Input.objects.filter(pk=lost.pk).update(late=True)
    return left, used, aside, lost


FOUND = [
    ({}, [0, 1, 2, 3]),
    ({"q": "møterom"}, [0, 2]),
    ({"q": "ØSTBY møter"}, [0]),
    ({"q": "finnes ikke"}, []),
    ({"q": "100%_"}, []),
    ({"table": "4"}, [0]),
    ({"question": "1.1"}, [0, 1, 2]),
    ({"question": "none"}, [3]),
    ({"kind": "measure"}, [0]),
    ({"status": "unhandled"}, [0, 3]),
    ({"status": "used"}, [1]),
    ({"status": "set_aside"}, [2]),
    ({"mark": "late"}, [3]),
    ({"q": "om", "status": "set_aside"}, [2]),
]


@pytest.mark.parametrize(("asked", "places"), FOUND)
def test_inputs_are_found_by_words_and_facts(asked, places, four, at_desk, reader):
    expected = [four[place].text for place in places]
    assert (shown(at_desk, **asked), shown(reader, **asked)) == (expected, expected)
    assert at_desk.get(LIST, asked).context["number"] == len(places)


def test_an_input_is_found_where_it_was_filed(question, four, at_desk):
    other = QuestionFactory(session=question.session, number=2)
    entry.file_under(four[0], other, by=at_desk.user)
    assert (shown(at_desk, question="1.2"), shown(at_desk, question="1.1")) == (
        [four[0].text],
        [four[1].text, four[2].text],
    )


NONSENSE = [
    {"table": "99999999999999999999"},
    {"question": "²"},
    {"kind": "joke"},
    {"status": "x"},
    {"q": "x" * 201},
]


@pytest.mark.parametrize("asked", NONSENSE)
def test_what_cannot_be_asked_finds_nothing_and_says_so(asked, four, at_desk):
    response = at_desk.get(LIST, asked)
    assert (response.status_code, response.context["inputs"], list(response.context["form"].errors)) == (
        422,
        [],
        list(asked),
    )
    assert 'aria-invalid="true"' in response.content.decode()


def test_nul_and_a_start_after_nonsense_are_harmless(four, at_desk):
    for asked in ({"q": "\x00"}, {"after": "tull"}, {"after": str(uuid.uuid4())}):
        assert len(shown(at_desk, **asked)) == 4


def test_pages_follow_each_other_by_arrival_and_keep_what_was_asked(question, at_desk):
    made = [make_input(question, f"Innspill {n}") for n in range(PAGE + 2)]
    late = made[0].received_at + timedelta(hours=1)
    Input.objects.filter(pk=made[0].pk).update(received_at=late)
    order = [*made[1:], made[0]]

    first = at_desk.get(LIST, {"q": "innspill"})
    second = at_desk.get(LIST, {"q": "innspill", "after": str(first.context["next_after"])})
    assert [*first.context["inputs"], *second.context["inputs"]] == order
    assert f"?q=innspill&amp;after={order[PAGE - 1].key}" in first.content.decode()
    assert second.context["next_after"] is None


def test_another_conferences_inputs_are_neither_listed_nor_shown(four, at_desk, stranger):
    theirs = make_input(QuestionFactory(session=SessionFactory()), "Deres hemmelighet")
    assert "Deres hemmelighet" not in shown(at_desk)
    assert at_desk.get(page_of(theirs)).status_code == 404
    assert [stranger.get(where).status_code for where in (LIST, page_of(four[0]))] == [404, 404]


def test_the_page_tells_the_whole_life_of_an_input(question, at_desk, reader, editor):
    conference = question.session.conference
    writer = NoteTakerFactory(table=TableFactory(conference=conference, number=6), name="KN")
    one = make_input(question, "Vi vil ha rom.", table=writer.table, note_taker=writer)
    one = entry.rewrite(one, text="Vi vil ha flere rom.", revision=1, by=editor)
    reason = reason_for(conference, "unclear")
    dispositions.set_aside([one], reason=reason, by=editor, comment="Hvilke rom?")
    dispositions.bring_back([one], by=editor)
    [point] = dispositions.accept([one], by=editor)
    points.reword(point, text="Det trengs rom.", version=1, by=editor)

    response = at_desk.get(page_of(one))
    life = response.context["life"]
    assert [wording.text for wording in life.wordings] == ["Vi vil ha flere rom.", "Vi vil ha rom."]
    assert [use.point for use in life.uses] == [point]
    assert [decision.comment for decision in life.decisions] == ["Hvilke rom?"]
    verbs = [told.event.verb for told in response.context["history"]]
    assert verbs == ["receive", "rewrite", "set_aside", "bring_back", "accept"]
    page = response.content.decode()
    added = '<ins><span class="ds-sr-only">added: </span>flere '
    for expected in ["KN", "Table 6", address("point", question, point.key), "used it in the report", added]:
        assert expected in page, expected
    link = reverse("redact", args=["dialog", "innspill", one.key])
    assert [link in client.get(page_of(one)).content.decode() for client in (at_desk, reader)] == [True, False]


def test_the_point_page_shows_what_changed_since_it_was_said(question, at_desk):
    [point] = dispositions.accept([make_input(question, "Vi vil ha rom.")], by=at_desk.user)
    assert "<del>" not in at_desk.get(address("point", question, point.key)).content.decode()
    points.reword(point, text="Vi vil ha møterom.", version=1, by=at_desk.user)
    page = at_desk.get(address("point", question, point.key)).content.decode()
    assert '<del><span class="ds-sr-only">removed: </span>rom<' in page
    assert '<ins><span class="ds-sr-only">added: </span>møterom<' in page


def test_the_desk_leads_to_its_inputs_and_to_all_that_belong_to_no_question(question, at_desk, four):
    desk = address("desk", question)
    page = at_desk.get(desk).content.decode()
    for point in question.points.all():  # as the desk asks for what was said for a point
        said = at_desk.get(address("point", question, point.key), HTTP_HX_TARGET=f"sources-{point.key}")
        page += said.content.decode()
    assert all(f'href="{page_of(one)}"' in page for one in four)
    assert f"{LIST}?question=none" not in page
    for n in range(PAGE):
        make_input(None, f"Uplassert {n}", session=question.session)
    assert f"{LIST}?question=none" in at_desk.get(desk).content.decode()


def test_looking_changes_nothing(four, at_desk):
    before = picture()
    at_desk.get(LIST, {"q": "om"})
    at_desk.get(page_of(four[0]))
    assert picture() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_row_and_for_three(number, question, at_desk, editor):
    conference = question.session.conference
    one = make_input(question, "Det første")
    for n in range(number):
        table = TableFactory(conference=conference)
        other = QuestionFactory(session=question.session, number=n + 2)
        said = make_input(question, f"Innspill {n}", table=table)
        entry.file_under(said, other, by=editor)
        one = entry.rewrite(one, text=f"Omskrevet {n}", revision=one.revision, by=editor)
        [point] = dispositions.accept([make_input(other, f"Annet {n}")], by=editor)
        dispositions.attach(point, [one], by=editor)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(LIST).status_code == 200
    listing = len(captured)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(page_of(one)).status_code == 200
    assert (listing, len(captured)) == (14, 17)
