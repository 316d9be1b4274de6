"""The pages that exist, in Chromium: log in, look around, download, log out; the keyboard; axe in two more looks."""

import pytest
from playwright.sync_api import Page, expect

from inputs.actions.demo import seed_demo
from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "for denne ene testen"
PAGES = ["/", "/passord/", "/konferanse/dialog-2026/", "/konferanse/dialog-2026/rapport/", "/finnes-ikke/"]


@pytest.fixture
def logged_in(page: Page, live_server, transactional_db) -> Page:
    """The demonstration's chief editor, logged in through the form."""
    demo = seed_demo(PASSWORD)
    page.goto(f"{live_server.url}/logg-inn/")
    page.get_by_label("E-post").fill(demo.people[1].email)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine konferanser")
    return page


def test_from_log_in_to_a_downloaded_report_and_out_again(logged_in, live_server, console):
    page = logged_in
    page.get_by_role("link", name="Nasjonal dialogkonferanse 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nasjonal dialogkonferanse 2026")
    page.get_by_role("link", name="Les rapporten").click()
    expect(page.get_by_role("heading", name="Last ned")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=".docx").first.click()
    assert waiting.value.suggested_filename == "dialog-2026-utkast.docx"
    page.get_by_role("button", name="Logg ut").click()
    expect(page.get_by_role("button", name="Logg inn")).to_be_visible()
    page.goto(f"{live_server.url}/konferanse/dialog-2026/")
    expect(page.get_by_role("button", name="Logg inn")).to_be_visible()


def test_a_wrong_password_says_what_to_do_and_keeps_the_e_mail(page, live_server, transactional_db, console):
    page.goto(f"{live_server.url}/logg-inn/")
    page.get_by_label("E-post").fill("eli@example.no")
    page.get_by_label("Passord", exact=True).fill("feil")
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_label("E-post")).to_have_value("eli@example.no")
    expect(page.locator("ds-error-summary")).to_contain_text("Sjekk begge")


def test_the_language_changes_and_stays(logged_in, console):
    page = logged_in
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My conferences")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("My conferences")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing(logged_in, live_server, width, scheme):
    """In the looks that test_every_page.py does not have."""
    page = logged_in
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for path in PAGES:
        page.goto(live_server.url + path)
        results = violations(page)
        found[path] = [(one["id"], one["nodes"][0]["target"]) for one in results]
    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_keyboard_alone_reaches_the_report(logged_in):
    page = logged_in
    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nasjonal dialogkonferanse 2026")
