"""Running text in Chromium: typed without the network it arrives once, and it is divided by keyboard alone."""

import json
import uuid

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from conference.models import NoteTaker, Session
from inputs.actions.sheets import store_sheet
from inputs.models import Input, MinutesRevision, MinutesSheet
from tests.browser.axe import violations
from tests.browser.conftest import becomes, own_connection
from tests.browser.test_table import API, code, log_in, state  # noqa: F401 the fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEETS = "**/bord/api/ark/*/"


@pytest.fixture
def opened(page: Page, live_server, code) -> Page:  # noqa: F811
    log_in(page, live_server, code)
    return go_to_sheet(page)


def go_to_sheet(page: Page) -> Page:
    page.get_by_role("link", name="Fritekst").click()
    expect(box(page)).to_be_visible()
    expect(page.get_by_role("button", name="Lagre teksten")).to_be_hidden()  # the script has taken over
    return page


def box(page: Page):
    return page.get_by_label("Fritekst")


def texts() -> list[str]:
    return list(MinutesSheet.objects.values_list("text", flat=True))


def on_device(page: Page) -> list[int]:
    """How many texts are on their way, and how many drafts are kept."""
    return page.evaluate("Promise.all([Outbox.notes(), Outbox.drafts()]).then((all) => all.map((one) => one.length))")


def in_rest(page: Page) -> None:
    expect(state(page)).to_contain_text("Alt er lagret", timeout=15_000)


def test_what_is_typed_is_stored_in_a_pause_and_kept_only_until_then(opened, console):
    page = opened
    box(page).press_sequentially("Flere kurs")
    expect(state(page)).to_contain_text("Lagrer")
    in_rest(page)
    assert (texts(), on_device(page)) == (["Flere kurs"], [0, 0])
    box(page).press_sequentially(" og mer tid")
    expect(state(page)).to_contain_text("Lagrer")
    box(page).blur()
    in_rest(page)
    assert (texts(), MinutesRevision.objects.count()) == (["Flere kurs og mer tid"], 2)
    page.reload()
    expect(box(page)).to_have_value("Flere kurs og mer tid")


def test_without_the_network_the_text_survives_a_reload_and_arrives_once(opened, live_server):
    page = opened
    page.route(API, lambda route: route.abort())
    box(page).press_sequentially("Skrevet uten nett")
    box(page).blur()
    expect(state(page)).to_have_text("1 venter på nett. Trygt på denne enheten – skriv videre.")
    box(page).press_sequentially(", og videre")
    becomes(lambda: page.evaluate("Outbox.drafts().then((all) => Boolean(all[0]?.text.endsWith('videre')))"), True)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()  # the page is there, the interface is not
    expect(box(page)).to_have_value("Skrevet uten nett, og videre")
    expect(state(page)).to_contain_text("1 venter på nett")
    assert texts() == []

    second = page.context.new_page()  # two tabs send the same
    page.unroute(API)
    second.goto(f"{live_server.url}/bord/?bolk=1")
    expect(box(second)).to_have_value("Skrevet uten nett, og videre")
    in_rest(second)
    in_rest(page)
    becomes(lambda: page.evaluate("Outbox.notes().then((all) => all.length)"), 0)
    assert texts() == ["Skrevet uten nett, og videre"]
    # The text that was on its way, and the one that was typed meanwhile.
    numbers = MinutesRevision.objects.order_by("number").values_list("number", "text")
    assert list(numbers) == [(1, "Skrevet uten nett"), (2, "Skrevet uten nett, og videre")]
    assert on_device(page) == [0, 0]


def test_a_lost_answer_and_a_strangers_page_cost_neither_a_double_nor_a_conflict(opened):
    page = opened
    answers = []

    def lose(route: Route) -> None:
        answers.append(len(answers))
        if len(answers) == 1:  # stored, and the answer lost on its way
            route.fetch()
            route.abort()
        elif len(answers) == 2:  # a hotel's log-in page
            route.fulfill(status=200, content_type="text/html", body="<h1>Velkommen</h1>")
        else:
            route.continue_()

    page.route(SHEETS, lose)
    box(page).press_sequentially("Flere kurs")
    box(page).blur()
    expect(state(page)).to_contain_text("venter på nett")
    box(page).press_sequentially(" nå")
    in_rest(page)
    expect(page.locator("#sheet-refused")).to_be_hidden()
    becomes(lambda: page.evaluate("Outbox.notes().then((all) => all.length)"), 0)
    assert texts() == ["Flere kurs nå"]
    assert MinutesRevision.objects.count() == 2


@pytest.mark.parametrize(
    ("button", "text"), [("Lagre mitt i stedet", "Mine ord"), ("Behold det som er lagret", "Deres ord")]
)
def test_on_conflict_both_texts_stand_there_until_one_has_decided(button, text, opened):
    page = opened
    writer, session = NoteTaker.objects.get(), Session.objects.get()

    def another_device_first(route: Route) -> None:
        with own_connection():
            if not MinutesSheet.objects.exists():
                store_sheet(uuid.uuid4(), session=session, text="Deres ord", revision=1, writer=writer)
        route.continue_()

    page.route(SHEETS, another_device_first)
    box(page).press_sequentially("Mine ord")
    box(page).blur()
    expect(page.locator("#sheet-refused")).to_contain_text("endret et annet sted")
    expect(page.locator("#sheet-stored-words")).to_have_text("Deres ord")
    expect(state(page)).to_contain_text("1 ble ikke tatt imot")
    page.get_by_role("link", name="Linje for linje").click()
    expect(page.locator("#table-sheet-refused")).to_contain_text("ikke tatt imot")
    page.get_by_role("link", name="Se på friteksten").click()
    expect(box(page)).to_have_value("Mine ord")
    results = violations(page)
    assert json.dumps([(one["id"], one["nodes"][0]["target"]) for one in results]) == "[]"
    page.get_by_role("button", name=button).click()
    expect(page.locator("#sheet-refused")).to_be_hidden()
    expect(box(page)).to_have_value(text)
    in_rest(page)
    assert (texts(), on_device(page)) == ([text], [0, 0])


def test_what_an_editor_divides_meanwhile_leaves_the_page_that_is_open(opened):
    page = opened
    box(page).press_sequentially("En")
    box(page).blur()
    in_rest(page)
    sheet = MinutesSheet.objects.get()
    store_sheet(sheet.key, session=Session.objects.get(), text="To", revision=2, writer=NoteTaker.objects.get())
    page.evaluate("new BroadcastChannel('rnik-table').postMessage('changed')")
    expect(box(page)).to_have_value("To")
    box(page).press_sequentially("!")
    expect(state(page)).to_contain_text("Lagrer")
    box(page).blur()
    in_rest(page)
    assert texts() == ["To!"]


def test_it_is_marked_and_divided_by_the_keyboard_alone(opened, console):
    page = opened
    box(page).focus()
    page.keyboard.press("Alt+2")
    page.keyboard.type("Flere kurs. Mer tid")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Til slutt")
    expect(box(page)).to_have_value("Spørsmål 2\nFlere kurs. Mer tid\n\nTil slutt")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Del opp i innspill")).to_be_focused()
    page.keyboard.press("Enter")

    first = page.get_by_label("Bit 1")
    expect(first).to_have_value("Flere kurs. Mer tid")
    while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
        page.keyboard.press("Tab")
    page.keyboard.press("Home")
    for _step in range(12):
        page.keyboard.press("ArrowRight")
    page.keyboard.type("x")  # the words stay as they were said
    page.keyboard.press("Enter")
    expect(first).to_have_value("Flere kurs.")
    expect(page.get_by_label("Bit 2")).to_have_value("Mer tid")
    expect(page.get_by_label("Bit 2")).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.get_by_label("Bit 1")).to_be_focused()
    expect(page.get_by_label("Bit 2")).to_have_value("Til slutt")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Tiltak")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.name") != "divide":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("2 innspill er laget")
    expect(box(page)).to_have_value("")
    assert list(Input.objects.order_by("pk").values_list("text", "question__number", "kind")) == [
        ("Flere kurs. Mer tid", 2, "measure"),
        ("Til slutt", 2, ""),
    ]


def test_what_has_not_arrived_is_not_divided_yet(opened):
    page = opened
    page.route(API, lambda route: route.abort())
    box(page).press_sequentially("Flere kurs")
    page.get_by_role("button", name="Del opp i innspill").click()
    expect(page.locator("#sheet-waits")).to_be_visible()
    page.unroute(API)
    expect(page.get_by_label("Bit 1")).to_have_value("Flere kurs", timeout=15_000)


def test_without_javascript_the_text_is_stored_and_divided_by_forms(browser: Browser, live_server, code):  # noqa: F811
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    page.goto(f"{live_server.url}/bord/logg-inn/")
    page.get_by_label("Bordets kode").fill(code)
    page.get_by_role("button", name="Åpne bordet").click()
    page.get_by_role("link", name="Fritekst").click()
    box(page).fill("Flere kurs\n\nMer tid")
    page.get_by_role("button", name="Lagre teksten").click()
    expect(box(page)).to_have_value("Flere kurs\n\nMer tid")
    page.get_by_role("button", name="Del opp i innspill").click()
    page.get_by_role("button", name="Slå sammen med den forrige").click()
    expect(page.get_by_label("Bit 1")).to_have_value("Flere kurs\n\nMer tid")
    page.get_by_role("button", name="Del", exact=False).first.click()
    page.get_by_label("La den stå i arket").first.check()
    page.get_by_role("button", name="Lag innspill av disse").click()
    expect(box(page)).to_have_value("Flere kurs")
    assert list(Input.objects.values_list("text", flat=True)) == ["Mer tid"]


def test_without_storage_on_the_device_the_button_stores(page, live_server, code):  # noqa: F811
    page.add_init_script("Object.defineProperty(self, 'indexedDB', { value: undefined })")
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    page.get_by_role("button", name="Åpne bordet").click()
    page.get_by_role("link", name="Fritekst").click()
    expect(page.locator("#table-no-storage")).to_be_visible()
    box(page).fill("Uten lager")
    page.get_by_role("button", name="Lagre teksten").click()
    expect(box(page)).to_have_value("Uten lager")
    assert texts() == ["Uten lager"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(opened, scheme):
    page = opened
    page.emulate_media(color_scheme=scheme)
    long = "Arbeidsinkluderingstilskuddsordningsforvaltningsansvar" * 3
    box(page).fill(f"Spørsmål 1\n{long}\n\nTiltak:\n- Flere kurs\n- {long}")
    faults(page)
    page.get_by_role("button", name="Del opp i innspill").click()
    expect(page.get_by_label("Bit 3")).to_be_visible()
    page.get_by_label("La den stå i arket").first.check()
    faults(page)


def faults(page: Page) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        results = violations(page)
        assert json.dumps([(one["id"], one["nodes"][0]["target"]) for one in results]) == "[]"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
