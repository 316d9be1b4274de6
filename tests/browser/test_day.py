"""A session from the morning to its delivery: three tables, an organiser, an editor and the wall, side by side."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conference.actions.codes import issue_codes
from conference.actions.loading import load_conference
from conference.importers.files import read_conference
from conference.models import Conference, Delivery, Role, Session, User
from inputs.integrity import check
from inputs.models import HeardLine, Input, InputSource
from tests.browser.axe import violations
from tests.factories import MembershipFactory
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEMO = Path(__file__).parents[2] / "inputs" / "demo" / "conference.json"
PHONE, LAPTOP, WALL = (390, 844), (1280, 900), (1920, 1080)
SOON = 15_000  # milliseconds: a look or two of a page that follows, on a slow machine

SAID = {
    1: ["Det tar for lang tid å få papirene vurdert", "Gi et foreløpig svar innen seks uker"],
    2: ["Attest fra frivillig arbeid bør telle likt med attest fra en jobb"],
    3: ["Mentor med avsatt tid, to timer i uka", "Norskopplæring i arbeidstida de første månedene"],
}


@pytest.fixture
def conference(transactional_db) -> Conference:
    described, _points = read_conference(DEMO.read_bytes(), DEMO.name)
    conference = load_conference(described, by=User.objects.system())
    Conference.objects.update(date=timezone.localdate())
    return conference


@pytest.fixture
def window(browser: Browser, live_server, conference) -> Iterator[Callable[..., Page]]:
    """Opens a window of a size, for somebody in a role, or for a table with its code."""
    codes = {one.table.number: one.code for one in issue_codes(conference, by=User.objects.system())}
    contexts: list[BrowserContext] = []

    def open_window(path: str, size: tuple[int, int], *, role: str = "", table: int = 0) -> Page:
        width, height = size
        context = browser.new_context(locale="nb-NO", viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        if table:
            page.goto(f"{live_server.url}/bord/logg-inn/#{codes[table]}")
            page.get_by_role("button", name="Åpne bordet").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Bord {table}")
            return page
        client = logged_in(MembershipFactory(conference=conference, role=role).user)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/konferanse/{conference.slug}/{path}")
        return page

    yield open_window
    for context in contexts:
        context.close()


def write(table: Page, number: int, text: str) -> None:
    table.locator(f"#new-{number}").fill(text)
    table.locator(f"#new-{number}").press("Enter")


def look_at(pages: dict[str, Page]) -> None:
    """As people see them now: nothing that axe finds, and nothing that overflows, down to the smallest phone."""
    for name, page in pages.items():
        size = page.viewport_size
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = violations(page)
            assert json.dumps([(one["id"], one["nodes"][0]["target"]) for one in results]) == "[]", name
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.set_viewport_size(size)


def test_a_session_is_played_from_the_test_line_to_the_delivery(window, conference):
    tables = {number: window("", PHONE if number == 2 else LAPTOP, table=number) for number in SAID}
    room = window("rommet/", LAPTOP, role=Role.ADMINISTRATOR)
    wall = window("storskjerm/", WALL, role=Role.EDITOR)
    control = window("storskjerm/styring/", PHONE, role=Role.EDITOR)
    leader = window("dette-horer-vi/", PHONE, role=Role.READER)
    cells = [room.locator(f"#table-{number} td") for number in range(9)]

    # In the morning: each table writes a test line, and the room counts those that are ready.
    for number, table in tables.items():
        table.get_by_label("Prøv: skriv en testlinje").fill("Hallo?")
        table.get_by_role("button", name="Send testlinjen").click()
        expect(table.get_by_text("Bordet er klart.")).to_be_visible()
        expect(room.locator(f"#table-{number}")).to_contain_text("✓ her", timeout=SOON)
    expect(room.locator(".room-numbers dd").first).to_have_text("3")
    look_at({"morning table": tables[2], "morning room": room})

    # The session opens, with the question on the wall and an end that everybody sees.
    room.locator("#forward").click()
    expect(room.locator(".room-now h2")).to_contain_text("åpen")
    room.get_by_label("Gruppearbeid til").fill("23:59")
    room.get_by_label("Gruppearbeid til").press("Enter")
    expect(room.locator(".room-until")).to_contain_text("23.59")
    control.locator("#show-next").click()
    expect(wall.locator(".picture-until")).to_contain_text("23.59", timeout=SOON)
    for table in tables.values():
        expect(table.locator("#table-until")).to_contain_text("23.59", timeout=2 * SOON)

    # What the tables write is in the room within seconds.
    for number, table in tables.items():
        for text in SAID[number]:
            write(table, number, text)
        expect(cells[number].nth(number - 1)).to_have_text(str(len(SAID[number])), timeout=SOON)
    look_at({"table": tables[1], "phone": tables[2], "room": room, "wall": wall})

    # Plenary: a table has picked what it reads aloud, and what is said and answered there is written down.
    room.locator("#forward").click()
    expect(room.locator(".room-now h2")).to_contain_text("plenum")
    phone = tables[2]
    phone.get_by_role("link", name="Les opp for bordet").click()
    phone.get_by_role("checkbox").first.check()
    phone.get_by_role("button", name="Sett dem på kortet").click()
    expect(phone.locator(".card-lines li")).to_have_text([SAID[2][0]])
    plenary = window("bolk/1/plenum/", LAPTOP, role=Role.CHIEF_EDITOR)
    plenary.get_by_role("button", name="Velg : Bord 2").click()
    expect(plenary.get_by_role("article", name="Bord 2").get_by_role("listitem")).to_contain_text([SAID[2][0]])
    reply = plenary.locator("form", has=plenary.get_by_role("button", name="Legg til svaret"))
    reply.get_by_label("Hva ble svart eller lovet").fill("Statsråden: Det skal vi se på.")
    reply.get_by_role("button").click()
    expect(plenary.get_by_role("region", name="Svar og løfter fra scenen").get_by_role("listitem")).to_have_count(1)

    # An editor chooses what is heard; those who answer the room read it, and the wall shows it.
    desk = window("bolk/1/sporsmal/1/dette-horer-vi/", LAPTOP, role=Role.EDITOR)
    desk.get_by_role("button", name=SAID[1][1]).click()
    expect(desk.locator("#messages")).to_contain_text("Linjen er tatt med")
    expect(leader.locator("#heard-lines li")).to_have_text([SAID[1][1]], timeout=SOON)
    control.reload()
    control.get_by_role("button", name=SAID[1][1]).click()
    expect(wall.get_by_role("heading", level=1)).to_have_text(SAID[1][1], timeout=SOON)
    look_at({"card": phone, "plenary": plenary, "leader": leader, "control": control, "line on the wall": wall})

    # Tidying up: one table corrects what it wrote; all deliver, two of them without something under each question.
    room.locator("#forward").click()
    expect(room.locator(".room-now h2")).to_contain_text("renskriving")
    phone.get_by_role("link", name="Tilbake").click()
    for number, table in tables.items():
        write(table, 2, f"Lagt til under renskrivingen ved bord {number}")
        table.get_by_role("button", name="Lever referatet fra bolk 1").click()
        expect(table.locator("#table-delivery li")).not_to_have_count(0)
        if number == 1:
            look_at({"bare questions": table})
        table.get_by_role("button", name="Lever likevel").click()
        expect(table.locator("#table-delivery")).to_contain_text("✓ Levert")
    expect(room.locator(".room-numbers div", has_text="har levert").locator("dd")).to_have_text("3", timeout=SOON)

    # The session is closed; what comes late is received all the same.
    room.locator("#forward").click()
    expect(room.locator(".room-now h2")).to_contain_text("levert")
    expect(room.get_by_role("heading", name="Rommet")).to_have_count(1)  # the page, and not a page within it
    tables[3].reload()
    write(tables[3], 1, "Kom på det etterpå")
    expect(tables[3].locator("#table-state")).to_contain_text("Alt er lagret")
    expect(tables[3].locator("#notes-1 .note-words")).to_have_text(["Kom på det etterpå"])
    look_at({"closed table": tables[3], "closed room": room})

    assert Session.objects.get(number=1).phase == "delivered"
    assert Delivery.objects.standing().count() == 3
    assert HeardLine.objects.standing().count() == 1
    assert Input.objects.filter(source=InputSource.REPLY).count() == 1
    assert Input.objects.count() == 5 + 3 + 1 + 1
    assert check(conference) == []
