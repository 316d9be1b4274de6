"""The public pages as static files under a sub-path of a plain file server, in Chromium without JavaScript."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, Request

from conference.models import VideoLink
from tests.browser.axe import violations
from tests.browser.test_every_page import faults
from tests.factories import UserFactory
from tests.inputs.publishing import finished, opened, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUB_PATH = "noe/dypt/nede"
PLACES = ["", "rapport/", "rapport/1/", "sporsmal/", "sporsmal/nn/", "video/", "personvern/", "tilgjengelighet/en/"]


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Nothing: a test says what it found itself."""


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[str]:
    """The address of the site; a correction is published, and all is switched on."""
    by = UserFactory()
    conference = finished("dialog", "Flere kurs.", "Arbeidsinkluderingstilskuddsordningsforvaltning" * 3, by=by)
    conference.programme.create(starts_at="09:00", title="Velkommen", speaker_name="Kari Eksempel")
    VideoLink.objects.create(conference=conference, title="Dagen", url="https://video.example.org/1")
    opened(conference, by, shows_programme=True, shows_questions=True, shows_videos=True, contact="x@example.org")
    published(conference, by)
    published(conference, by, said="Et punkt manglet.")
    (tmp_path / SUB_PATH).parent.mkdir(parents=True)
    call_command("export_site", "dialog", str(tmp_path / SUB_PATH), verbosity=0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{SUB_PATH}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """A browser without JavaScript, and what it asked for that was not of the site or did not come."""
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith(site):
            wrong.append(request.url)

    page.on("request", ask)
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    yield page, wrong
    context.close()


def test_everything_works_and_no_request_leaves_the_host(site: str, reader: tuple[Page, list[str]]) -> None:
    page, wrong = reader
    page.goto(site)
    page.get_by_role("link", name="Les rapporten").click()
    assert page.url == f"{site}rapport/"
    assert page.locator("h1").inner_text() == "Dialogmøtet"
    assert "Rettet" in page.locator(".public-edition").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
    point = page.locator(".report-points li").first
    point.hover()
    point.get_by_role("link", name="Lenke til punktet").click()
    assert page.url.endswith(f"#{point.get_attribute('id')}")
    page.get_by_text("Tidligere utgaver").click()
    page.locator(".public-edition details a").click()
    assert page.url == f"{site}rapport/1/"
    page.get_by_role("link", name="Til den nyeste").click()
    page.get_by_role("link", name="Spørsmålene").click()
    page.get_by_role("link", name="Nynorsk").click()
    assert page.locator("h1").inner_text() == "Spørsmåla"
    page.get_by_role("link", name="Personvern").click()
    page.get_by_role("link", name="Dialogmøtet").click()
    assert page.url == site
    for place in PLACES:
        page.goto(site + place)
        assert page.evaluate("document.fonts.size") > 0
    assert wrong == []


def test_every_page_is_accessible_and_fits_320_pixels(site: str, page: Page) -> None:
    # The keyboard is tried on one page of each shape; the others have the same head and foot.
    found = {place: faults(page, site + place, keyboard=place in {"", "rapport/"}) for place in PLACES}
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_paper_holds_the_report_and_not_the_way_around(site: str, page: Page) -> None:
    page.goto(f"{site}rapport/")
    page.emulate_media(media="print", color_scheme="dark")
    hidden = [".public-header", ".public-footer", ".public-files", ".report-permalink >> nth=0"]
    assert [page.locator(what).is_visible() for what in hidden] == [False] * 4
    assert page.locator("h1").is_visible()
    assert violations(page) == []
