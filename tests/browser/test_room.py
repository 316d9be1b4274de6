"""The room monitor in Chromium beside a table that opens, writes, holds text back and falls silent."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from conference.actions.codes import issue_codes
from conference.actions.history import touch
from conference.actions.phases import end_group_work, set_phase
from conference.models import Conference, Delivery, Device, Role, Session, User
from conference.phases import Phase
from inputs.models import Input
from tests.browser.axe import violations
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, SessionFactory, TableFactory
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "**/bord/api/innspill/*/"
SOON = 10_000  # milliseconds: a pulse or two and a look of the room


@pytest.fixture
def conference(transactional_db) -> Conference:
    session = SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1)
    for number in (1, 2):
        QuestionFactory(session=session, number=number)
    for number in (7, 8):
        TableFactory(conference=session.conference, number=number)
    return session.conference


@pytest.fixture
def organiser(page: Page, conference, live_server) -> Page:
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/konferanse/dialog/rommet/")
    return page


@pytest.fixture
def table(browser: Browser, conference, live_server) -> Iterator[Page]:
    """Table 7, in a browser of its own."""
    code = {one.table.number: one.code for one in issue_codes(conference, by=User.objects.system())}[7]
    page = browser.new_context(locale="nb-NO").new_page()
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    page.get_by_role("button", name="Åpne bordet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bord 7")
    yield page
    page.context.close()


def row(page: Page, number: int = 7):
    return page.locator(f"#table-{number}")


def go_to(page: Page):
    return page.locator(".room-needs li")


def earlier(model, **times: timedelta) -> None:
    """As if it had been that long ago; then the screens look again."""
    model.objects.update(**{name: timezone.now() - ago for name, ago in times.items()})
    touch(Conference.objects.get(), "time")


def test_a_table_opens_writes_holds_back_and_falls_silent_and_the_room_shows_it(
    organiser, table, conference, console
):
    room, system = organiser, User.objects.system()
    room.evaluate("window.sameDocument = true")
    number = room.locator(".room-numbers dd").first
    expect(row(room, 8)).to_contain_text("ikke åpnet")

    # In the morning: a test line, and the table is ready.
    table.get_by_label("Prøv: skriv en testlinje").fill("Hallo?")
    table.get_by_role("button", name="Send testlinjen").click()
    expect(table.get_by_text("Bordet er klart.")).to_be_visible()
    expect(row(room)).to_contain_text("✓ her", timeout=SOON)
    expect(number).to_have_text("1")

    # The session opens, until a time of its own; the table's page follows without moving.
    session = set_phase(Session.objects.get(), to=Phase.OPEN, by=system)
    end_group_work(session, at=timezone.now() + timedelta(minutes=40), by=system)
    until = f"{timezone.localtime(Session.objects.get().work_until):%H.%M}"
    expect(room.locator(".room-until")).to_contain_text(until, timeout=SOON)
    expect(go_to(room)).to_have_text(["Bord 8 Har ikke åpnet siden sin."], use_inner_text=True)

    # One who steers is not disturbed: neither what is typed nor where the keyboard is.
    field, button = room.get_by_label("Gruppearbeid til"), room.locator("#paper-8")
    field.fill("23:59")
    field.focus()
    table.goto(table.url)
    table.locator("#new-1").fill("Flere kurs")
    table.locator("#new-1").press("Enter")
    expect(row(room).locator("td").first).to_have_text("1", timeout=SOON)
    expect(field).to_be_focused()
    expect(field).to_have_value("23:59")
    button.focus()
    table.locator("#new-1").fill("Flere møteplasser")
    table.locator("#new-1").press("Enter")
    expect(row(room).locator("td").first).to_have_text("2", timeout=SOON)
    expect(button).to_be_focused()

    # The interface fails, the pulse goes on: what waits is told, and after two minutes somebody is sent.
    table.route(NOTES, lambda route: route.abort())
    table.locator("#new-2").fill("Venter")
    table.locator("#new-2").press("Enter")
    expect(row(room).locator("td strong").last).to_have_text("1", timeout=SOON)
    earlier(Device, waiting_since=timedelta(minutes=3))
    expect(go_to(room).first).to_contain_text("1 innspill har ventet usendt på enheten siden", timeout=SOON)
    table.unroute(NOTES)
    table.locator("#new-1").fill("Nå går det")
    table.locator("#new-1").press("Enter")
    expect(go_to(room)).to_have_count(1, timeout=SOON)
    assert Input.objects.count() == 4

    # The table is gone.
    table.close()
    earlier(Device, seen_at=timedelta(minutes=3))
    earlier(Input, received_at=timedelta(minutes=3))
    expect(go_to(room).filter(has_text="Bord 7")).to_contain_text("Ikke hørt fra siden", timeout=SOON)
    assert room.url.endswith("/rommet/")  # looking again has left the address alone
    room.locator("#paper-7").click()
    expect(go_to(room)).to_have_text(["Bord 8 Har ikke åpnet siden sin."], use_inner_text=True)
    assert room.evaluate("window.sameDocument") is True


def test_five_minutes_more_reach_the_table_while_it_writes_and_it_delivers(organiser, table, conference):
    room, system = organiser, User.objects.system()
    session = set_phase(Session.objects.get(), to=Phase.OPEN, by=system)
    end = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=20)
    end_group_work(session, at=end, by=system)
    for page in (room, table):
        page.reload()
    table.set_viewport_size({"width": 390, "height": 500})
    table.locator("#new-2").focus()
    table.keyboard.type("Jeg skriver")
    before = table.locator("#new-2").bounding_box()
    room.get_by_role("button", name="+5 minutter").click()
    later = f"{timezone.localtime(end + timedelta(minutes=5)):%H.%M}"
    expect(room.locator(".room-until")).to_contain_text(later)
    expect(table.locator("#table-until")).to_contain_text(later, timeout=25_000)
    expect(table.locator("#new-2")).to_be_focused()
    expect(table.locator("#new-2")).to_have_value("Jeg skriver")
    assert abs(table.locator("#new-2").bounding_box()["y"] - before["y"]) < 2

    table.keyboard.press("Enter")
    expect(table.locator("#notes-2 .note-words")).to_have_text("Jeg skriver")
    table.get_by_role("button", name="Lever referatet fra bolk 1").click()
    expect(table.locator("#table-delivery li")).to_have_count(1)
    table.locator("#new-1").fill("Et utkast")
    table.get_by_role("button", name="Lever likevel").click()
    expect(table.locator("#table-delivery")).to_contain_text("✓ Levert")
    expect(table.locator("#new-1")).to_have_value("Et utkast")
    expect(row(room).locator("td").nth(6)).to_contain_text("✓", timeout=SOON)
    assert Delivery.objects.standing().count() == 1


def test_a_room_that_gets_no_answer_says_so_and_recovers(organiser):
    room = organiser
    room.route("**/rommet/?*", lambda route: route.abort())
    expect(room.locator("#poll-failed")).to_be_visible(timeout=SOON)
    expect(room.locator("#request-failed")).to_be_hidden()
    room.unroute("**/rommet/?*")
    expect(room.locator("#poll-failed")).to_be_hidden(timeout=SOON)


def test_without_javascript_the_page_is_steered_by_forms_and_a_link(browser: Browser, organiser, conference):
    cookies = organiser.context.cookies()
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(organiser.url)
    page.get_by_role("button", name="Åpne bolken").click()
    expect(page.locator(".room-now h2")).to_contain_text("åpen")
    page.locator("#paper-8").click()
    expect(row(page, 8)).to_contain_text("på papir")
    page.get_by_role("link", name="Se på nytt").click()
    expect(row(page, 8)).to_contain_text("på papir")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(organiser, table, conference, scheme):
    room = organiser
    set_phase(Session.objects.get(), to=Phase.OPEN, by=User.objects.system())
    table.locator("#table-delivery").wait_for(state="attached")
    table.reload()
    table.get_by_role("button", name="Lever referatet fra bolk 1").click()
    expect(table.locator("#table-delivery li")).to_have_count(2)
    for page in (room, table):
        page.emulate_media(color_scheme=scheme)
        if page is room:
            page.reload()
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            results = violations(page)
            assert json.dumps([(one["id"], one["nodes"][0]["target"]) for one in results]) == "[]"
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
