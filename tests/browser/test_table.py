"""The table's screen in Chromium without JavaScript, and the code that comes with a link."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from conference.actions.codes import issue_codes
from conference.models import User
from inputs.models import Input
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def code(transactional_db) -> str:
    session = SessionFactory(conference=ConferenceFactory(), number=1, phase="open")
    for number in (1, 2):
        QuestionFactory(session=session, number=number)
    TableFactory(conference=session.conference, number=7)
    [issued] = issue_codes(session.conference, by=User.objects.system())
    return issued.code


@pytest.fixture
def opened(page: Page, live_server, code) -> Page:
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    page.get_by_role("button", name="Åpne bordet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bord 7")
    return page


def test_the_link_of_the_sheet_fills_in_the_code_and_leaves_it_out_of_the_address(page, live_server, code, console):
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    expect(page.get_by_label("Bordets kode")).to_have_value(code)
    assert page.url == f"{live_server.url}/bord/logg-inn/"


def test_a_note_is_written_changed_withdrawn_and_taken_back_without_javascript(browser: Browser, live_server, code):
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    page.goto(f"{live_server.url}/bord/logg-inn/")
    page.get_by_label("Bordets kode").fill(code)
    page.get_by_role("button", name="Åpne bordet").click()
    page.get_by_label("Et nytt innspill").first.fill("Flere møteplasser")
    page.get_by_role("button", name="Lagre innspillet").first.click()
    page.get_by_text("Endre").first.click()
    page.get_by_label("Innspillet", exact=True).fill("Flere og bedre møteplasser")
    page.get_by_role("button", name="Lagre endringen").click()
    expect(page.locator(".note-text").first).to_have_text("Flere og bedre møteplasser")
    page.get_by_text("Endre").first.click()
    page.get_by_role("button", name="Trekk innspillet").click()
    expect(page.locator(".note-withdrawn")).to_have_count(1)
    page.get_by_role("button", name="Angre").click()
    expect(page.locator(".note-withdrawn")).to_have_count(0)
    assert (Input.objects.get().text, Input.objects.get().disposition) == ("Flere og bedre møteplasser", "unhandled")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_overflows(opened, width, scheme, console):
    page = opened
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_label("Et nytt innspill").first.fill("Arbeidsinkluderingstilskuddsordningsforvaltningsansvar" * 3)
    page.get_by_role("button", name="Lagre innspillet").first.click()
    page.get_by_text("Endre").first.click()
    results = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in results] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
