"""«Les opp for bordet»: three of the table's own lines, picked without changing them."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conference.models import Event, Kind, User
from conference.phases import Phase
from inputs.models import CardLine, Input
from tests.factories import NoteTakerFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.desk import said
from tests.snapshot import snapshot
from tests.worlds import make_world

pytestmark = pytest.mark.django_db
CARD = "/bord/les-opp/?bolk=1"


@pytest.fixture
def world():
    return make_world("var", 1)


@pytest.fixture
def device(world) -> Client:
    client = world.device()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def notes(world) -> list[Input]:
    table = world.tables[0]
    texts = ("En", "To", "Tre", "Fire")
    return [make_input(world.question, text, table=table, priority=text == "Fire") for text in texts]


def keys(*notes):
    return {"line": [str(note.key) for note in notes]}


def test_the_tables_own_lines_stand_there_starred_first(world, device, notes):
    card = device.get(CARD).context["card"]
    assert [note.text for note in card.lines] == ["Fire", "Notat ved bord 1", "En", "To", "Tre"]
    assert card.picked == ()


def test_three_are_picked_remembered_and_asked_about(world, device, notes):
    response = device.post(CARD, keys(*notes[:3]), follow=True)
    assert response.redirect_chain == [(CARD, 302)]
    assert said(response) == ["3 lines stand on the card."]
    assert "Is this right?" in response.content.decode()
    assert world.device().get(CARD).context["card"].picked == tuple(notes[:3])


def test_picking_changes_no_note(world, device, notes):
    before = snapshot()["inputs_input"], snapshot()["inputs_inputrevision"]
    device.post(CARD, keys(notes[0]))
    assert (snapshot()["inputs_input"], snapshot()["inputs_inputrevision"]) == before


def test_another_pick_takes_the_place_of_the_first_and_history_tells(world, device, notes):
    for picked in (notes[:2], notes[1:3], notes[1:3]):
        device.post(CARD, keys(*picked))
    assert [line.input for line in CardLine.objects.all()] == notes[1:3]
    events = Event.objects.filter(verb="pick_lines").order_by("pk")
    assert [event.after["inputs"] for event in events] == [[n.pk for n in notes[:2]], [n.pk for n in notes[1:3]]]
    assert said(device.post(CARD, {}, follow=True))[-1] == "The card is empty again."
    assert CardLine.objects.count() == 0


def test_more_than_three_are_refused_and_stay_ticked(world, device, notes):
    response = device.post(CARD, keys(*notes))
    assert (response.status_code, CardLine.objects.count()) == (422, 0)
    assert response.context["ticked"] == [notes[3].pk, *(note.pk for note in notes[:3])]
    assert "Pick 3 lines at most; 4 are ticked. Untick some." in response.content.decode()


def test_lines_can_be_picked_when_nothing_may_be_changed_any_more(world, device, notes):
    world.question.session.phase = Phase.DELIVERED
    world.question.session.save()
    device.post(CARD, keys(notes[0]))
    assert CardLine.objects.get().input == notes[0]


def test_a_line_that_the_table_withdraws_leaves_the_card(world, device, notes):
    device.post(CARD, keys(notes[0], notes[1]))
    device.post(f"/bord/innspill/{notes[0].key}/trekk/")
    assert device.get(CARD).context["card"].picked == (notes[1],)


def test_nothing_of_another_table_or_session_is_picked(world, device, notes):
    theirs, other = make_world("deres", 2), SessionFactory(conference=world.conference, number=2)
    elsewhere = make_input(QuestionFactory(session=other), "Annen bolk", table=world.tables[0])
    before = snapshot()
    for foreign in (world.note_at(1), theirs.note_at(0), elsewhere, world.unhandled):
        assert device.post(CARD, keys(notes[0], foreign)).status_code == 404
    for key in ("", "tull", str(uuid.uuid4())):
        assert device.post(CARD, {"line": [key]}).status_code == 404
    assert snapshot() == before


@pytest.mark.parametrize("number", ["2", "tull", "999999999999"])
def test_a_session_that_is_not_there(number, world, device):
    assert device.get(f"/bord/les-opp/?bolk={number}").status_code == 404


def test_without_a_number_the_open_session_is_meant(world, device):
    assert device.get("/bord/les-opp/").status_code == 404
    world.question.session.phase = Phase.OPEN
    world.question.session.save()
    assert device.get("/bord/les-opp/").context["session"] == world.question.session


def test_a_table_without_lines_is_told_so(world, device):
    Input.objects.filter(table=world.tables[0]).update(source="plenary")
    page = device.get(CARD).content.decode()
    assert "Nothing is written in this session yet." in page
    assert 'name="line"' not in page


def test_the_tables_page_leads_to_the_card(world, device):
    assert f'href="{CARD}"' in device.get("/bord/?bolk=1").content.decode()


def test_who_has_no_code_is_led_to_the_form_for_it(world):
    User.objects.create(username="bord", kind=Kind.TABLE)
    response = Client().post(CARD, {})
    assert (response.status_code, response["Location"]) == (302, "/bord/logg-inn/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_card_costs_the_same_for_one_line_and_for_three(number, world, device, notes):
    NoteTakerFactory(table=TableFactory(conference=world.conference))
    device.post(CARD, keys(*notes[:number]))
    with CaptureQueriesContext(connection) as captured:
        assert device.get(CARD).status_code == 200
    assert len(captured) == 7
