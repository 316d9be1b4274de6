"""The report's page in a real browser: narrow and wide, light and dark, on screen and on paper."""

import pytest
from playwright.sync_api import Page

from inputs.report import html
from tests.browser.axe import violations
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.sample import sample_report

pytestmark = pytest.mark.browser

LONG_WORD = "Arbeidsinkluderingstilskuddsordningsforvaltningsansvar"
CONTENTS_LINK = ".report-contents a[href='#kap-1']"


@pytest.fixture
def report_page(page: Page) -> Page:
    page.set_content(html.render(sample_report(LONG_WORD * 3, *HOSTILE, internal=True, draft=True)))
    return page


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_reaches_beyond_the_edge(report_page: Page, width: int) -> None:
    report_page.set_viewport_size({"width": width, "height": 900})

    assert report_page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_breaks_no_rule_of_accessibility(report_page: Page, width: int, scheme: str) -> None:
    report_page.set_viewport_size({"width": width, "height": 900})
    report_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    assert violations(report_page) == []


def test_the_contents_stand_open_at_the_side_and_fold_where_there_is_no_side(report_page: Page) -> None:
    link, summary = report_page.locator(CONTENTS_LINK), report_page.locator(".report-contents summary")
    report_page.set_viewport_size({"width": 1280, "height": 900})
    assert (link.is_visible(), summary.is_visible()) == (True, False)

    report_page.set_viewport_size({"width": 390, "height": 900})
    assert (link.is_visible(), summary.is_visible()) == (False, True)

    summary.press("Enter")
    assert link.is_visible()


def test_paper_is_white_even_in_the_dark(report_page: Page) -> None:
    report_page.emulate_media(media="print", color_scheme="dark")

    assert report_page.locator("article").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
