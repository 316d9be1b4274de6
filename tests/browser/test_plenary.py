"""The card at the table and on stage, and the plenary page beside it: three people, three screens."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from inputs.models import CardLine, Input
from tests.browser.axe import violations
from tests.factories import make_input
from tests.worlds import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Kommunen bør ha oversikt over alle tilbud, og noen må svare når man ringer. " * 4
PX_OF_A4 = 1123  # 297 mm at 96 pixels an inch


@pytest.fixture
def world(transactional_db) -> World:
    world = make_world("var", 1)
    for n in range(4):
        make_input(world.question, f"{n}: {LONG}", table=world.tables[0], priority=n == 3)
    return world


@pytest.fixture
def editor(world, context, live_server) -> None:
    cookie = world.client().cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def test_a_table_picks_three_lines_on_a_phone_and_reads_them_aloud(world, page: Page, live_server):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/bord/logg-inn/#{world.codes[0]}")
    page.locator("#table-login button[type=submit]").click()
    page.get_by_role("link", name="Les opp for bordet").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes.first).to_have_accessible_name(f"Markert som viktig: 3: {LONG.strip()}")
    for place in range(4):
        boxes.nth(place).check()
    page.get_by_role("button", name="Sett dem på kortet").click()
    expect(page.get_by_role("alert").filter(has_text="Velg høyst 3 linjer; 4 er krysset av.")).to_be_visible()
    boxes.nth(1).uncheck()
    page.get_by_role("button", name="Sett dem på kortet").click()
    expect(page.locator(".card-lines li")).to_have_count(3)
    expect(page.get_by_text("Stemmer dette?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.card-lines')).fontSize)") >= 24
    assert violations(page) == []
    assert CardLine.objects.count() == 3
    page.get_by_role("link", name="Tilbake").click()
    page.wait_for_url("**/bord/?bolk=1")


def test_the_card_of_three_long_lines_is_one_page_of_paper(world, page: Page, live_server, editor, console):
    card = reverse("plenary_card", args=["var", 1, world.tables[0].pk])
    page.goto(live_server.url + card)
    for place in range(3):
        page.get_by_role("checkbox").nth(place).check()
    page.get_by_role("button", name="Sett dem på kortet").click()
    expect(page.get_by_role("button", name="Skriv ut")).to_be_visible()
    page.emulate_media(media="print")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    expect(page.get_by_role("button", name="Skriv ut")).not_to_be_visible()
    expect(page.get_by_text("Stemmer dette?")).not_to_be_visible()
    assert page.locator(".card").bounding_box()["height"] < PX_OF_A4


def test_a_plenary_is_run_from_one_page_without_losing_ones_place(world, page: Page, live_server, editor, console):
    page.goto(f"{live_server.url}/konferanse/var/")
    page.get_by_role("link", name="Plenum i bolk 1").click()
    page.get_by_role("button", name="Velg : Bord 1").click()
    turn = page.get_by_role("article", name="Bord 1")
    expect(turn.get_by_role("listitem")).to_have_count(1)  # what is starred; the rest is folded
    expect(page.get_by_text("1 valgt; 3 er vanlig.")).to_be_visible()

    said = page.locator("form", has=page.get_by_role("button", name="Legg til det som ble sagt"))
    said.get_by_label("Det som ble sagt").fill("Noen sa noe viktig.")
    said.get_by_label("Spørsmål").select_option(index=1)
    said.get_by_role("button").click()
    expect(page.get_by_role("region", name="Sagt i plenum").get_by_role("listitem")).to_have_count(1)

    reply = page.locator("form", has=page.get_by_role("button", name="Legg til svaret"))
    reply.get_by_label("Hva ble svart eller lovet").fill("Statsråden: Det skal vi se på.")
    reply.get_by_role("button").dblclick()
    expect(page.get_by_role("region", name="Svar og løfter fra scenen").get_by_role("listitem")).to_have_count(1)
    heard = Input.objects.filter(source__in=["plenary", "reply"]).order_by("pk")
    assert [(one.source, one.text) for one in heard] == [
        ("plenary", "Noen sa noe viktig."),
        ("reply", "Statsråden: Det skal vi se på."),
    ]

    turn.get_by_role("link", name="Kortet : Bord 1").click()
    expect(page.get_by_role("heading", name="Bord 1")).to_be_visible()
    page.get_by_role("link", name="Tilbake").click()
    turn.get_by_role("button", name="Angre : Bord 1").click()
    expect(turn).to_have_count(0)


def test_a_refused_form_keeps_its_words_where_it_stands(world, page: Page, live_server, editor):
    page.goto(f"{live_server.url}{reverse('plenary', args=['var', 1])}")
    reply = page.locator("form", has=page.get_by_role("button", name="Legg til svaret"))
    reply.get_by_role("button").click()
    expect(reply.get_by_text("Skriv først det som ble svart.").first).to_be_visible()
    assert violations(page) == []
