"""Devices: who came in by which code, when they were last seen, what waits on them, and how they are sent out."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from conference.actions.codes import issue_codes
from conference.actions.devices import AWAY, PULSE
from conference.actions.history import revision
from conference.actions.removal import put_back, remove
from conference.models import Conference, Device, Event, Role, User
from inputs.models import Input
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, SessionFactory, TableFactory
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db

PULSE_AT = "/bord/api/puls/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36"


@pytest.fixture
def conference(db) -> Conference:
    conference = ConferenceFactory(slug="dialog")
    QuestionFactory(session=SessionFactory(conference=conference, number=1), number=1)
    TableFactory(conference=conference, number=7)
    return conference


@pytest.fixture
def code(conference) -> str:
    return issue_codes(conference, by=User.objects.system())[0].code


@pytest.fixture
def administrator(conference) -> Client:
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    client.cookies["django_language"] = "en"
    return client


def come_in(code, client=None):
    client = client or Client(headers={"user-agent": CHROME})
    assert client.post("/bord/logg-inn/", {"code": code}).status_code == 302
    return client


def beat(client, body):
    content = body if isinstance(body, str) else json.dumps(body)
    return client.post(PULSE_AT, content, content_type="application/json")


def put(client, text="Flere kurs"):
    body = json.dumps({"session": 1, "question": 1, "text": text})
    address = reverse("table_api_note", args=[uuid.uuid4()])
    return client.put(address, body, content_type="application/json").status_code


def earlier(**times):
    """As if the device had been seen, and so on, that long ago."""
    Device.objects.update(**{name: timezone.now() - ago for name, ago in times.items()})


def remove_it(administrator):
    return administrator.post(reverse("setup_device_remove", args=["dialog", Device.objects.get().pk]), follow=True)


# --- coming in ---


def test_a_device_is_known_by_its_code_its_browser_and_its_times(code):
    come_in(code)
    device = Device.objects.get()
    assert (device.access_code.note_taker.table.number, str(device), device.waiting) == (7, "Chrome, Windows", 0)
    assert device.opened_at == device.seen_at
    assert not device.has_spoken


def test_two_browsers_are_two_devices_and_one_that_types_the_code_again_is_the_same(code):
    first, _second = come_in(code), come_in(code)
    come_in(code, first)
    assert Device.objects.count() == 2
    assert Event.objects.filter(verb="open_table").count() == 3


def test_a_browser_that_types_another_tables_code_is_another_device_and_what_waits_stays_with_the_first(
    code, conference
):
    client = come_in(code)
    beat(client, {"waiting": 3})
    other = TableFactory(conference=conference, number=8)
    [issued] = issue_codes(conference, by=User.objects.system(), only=conference.tables.filter(pk=other.pk))
    come_in(issued.code, client)
    found = Device.objects.order_by("pk").values_list("access_code__note_taker__table__number", "waiting")
    assert list(found) == [(7, 3), (8, 0)]


def test_a_table_is_removed_with_its_devices_and_put_back_with_them(code, conference, editor):
    come_in(code)
    before = snapshot()["conference_device"]
    kept = remove(conference.tables.get(), conference, by=editor)
    assert Device.objects.count() == 0
    put_back(kept, conference, by=editor)
    assert snapshot()["conference_device"] == before


# --- the pulse ---


def test_the_pulse_says_what_waits_and_that_the_device_is_there_and_leaves_no_event(code):
    client = come_in(code)
    events = Event.objects.count()
    earlier(seen_at=timedelta(minutes=5), opened_at=timedelta(minutes=9))
    before = timezone.now()
    response = beat(client, {"waiting": 2})
    device = Device.objects.get()
    assert (response.status_code, response.json()) == (200, {"sessions": 1})
    assert (device.waiting, device.seen_at >= before, device.waiting_since >= before) == (2, True, True)
    assert Event.objects.count() == events


def test_what_waits_has_waited_since_the_first_of_it(code):
    client = come_in(code)
    beat(client, {"waiting": 1})
    since = Device.objects.get().waiting_since
    beat(client, {"waiting": 4})
    assert (Device.objects.get().waiting, Device.objects.get().waiting_since) == (4, since)
    beat(client, {"waiting": 0})
    assert (Device.objects.get().waiting, Device.objects.get().waiting_since) == (0, None)


def test_the_same_again_is_written_every_fifteen_seconds_at_most(code):
    client = come_in(code)
    beat(client, {"waiting": 0})
    seen = Device.objects.get().seen_at
    beat(client, {"waiting": 0})
    assert Device.objects.get().seen_at == seen
    earlier(seen_at=PULSE + timedelta(seconds=1), opened_at=timedelta(minutes=1))
    beat(client, {"waiting": 0})
    assert Device.objects.get().seen_at > seen


def test_only_news_makes_the_room_look_again(code, conference):
    client = come_in(code)
    counted = []

    def count(waiting):
        beat(client, {"waiting": waiting})
        counted.append(revision(conference))

    count(0)  # the first word of the device
    earlier(seen_at=PULSE * 2, opened_at=timedelta(minutes=9))
    count(0)
    count(3)
    earlier(seen_at=AWAY + PULSE, opened_at=timedelta(minutes=9))
    count(3)  # it was away
    assert [number - counted[0] for number in counted] == [0, 0, 1, 2]


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"waiting": -1}', '{"waiting": "2"}', '{"waiting": true}'])
def test_a_pulse_that_says_nothing_sensible_is_refused(body, code):
    client = come_in(code)
    before = snapshot()
    assert beat(client, body).status_code == 422
    assert snapshot() == before


def test_a_number_beyond_all_reason_is_stored_as_the_most(code):
    assert beat(come_in(code), {"waiting": 10**30}).status_code == 200
    assert Device.objects.get().waiting == 1_000_000


def test_a_pulse_from_nobody_is_401_and_without_a_token_403(code):
    assert beat(Client(), {"waiting": 0}).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = come_in(code).cookies
    assert beat(strict, {"waiting": 0}).status_code == 403


# --- sending out ---


def test_a_removed_device_sends_nothing_and_comes_in_again_by_the_code(code, administrator):
    client, other = come_in(code), come_in(code)
    Device.objects.order_by("pk").last().delete()
    response = remove_it(administrator)
    assert said(response)[0].startswith("The device can send no more.")
    assert put(client) == 401
    assert beat(client, {"waiting": 1}).status_code == 401
    assert client.get("/bord/").status_code == 302
    assert put(other) == 401  # its row is gone, as after a table was removed
    come_in(code, client)
    assert put(client) == 201
    device = Device.objects.get()
    assert (device.removed_at, device.removed_by) == (None, None)
    assert list(Event.objects.filter(target_type="device").values_list("verb", flat=True)) == ["remove_device"]


def test_another_device_of_the_table_writes_on(code, administrator):
    client = come_in(code)
    first = Device.objects.get()
    other = come_in(code)
    administrator.post(reverse("setup_device_remove", args=["dialog", first.pk]))
    assert (put(client), put(other), Input.objects.count()) == (401, 201, 1)


def test_removing_twice_leaves_one_event(code, administrator):
    come_in(code)
    remove_it(administrator)
    assert said(remove_it(administrator)) == ["The device was removed already."]
    assert Event.objects.filter(verb="remove_device").count() == 1


def test_the_tables_page_lists_its_devices_and_what_waits_there(code, administrator, conference):
    client = come_in(code)
    beat(client, {"waiting": 3})
    other = TableFactory(conference=conference, number=8)
    table = conference.tables.get(number=7)
    page = html.fromstring(administrator.get(reverse("setup_table", args=["dialog", table.pk])).content)
    [row] = page.xpath("//li[@class='setup-row']")
    text = " ".join(row.text_content().split())
    assert "Chrome, Windows" in text
    assert "3 notes wait on it unsent." in text
    assert administrator.get(reverse("setup_table", args=["dialog", other.pk])).context["devices"].count() == 0
    remove_it(administrator)
    assert administrator.get(reverse("setup_table", args=["dialog", table.pk])).context["devices"].count() == 0
