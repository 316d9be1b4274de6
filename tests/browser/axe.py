"""What axe finds wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Nothing is fetched again, and only what is wrong is written out: describing what is right takes half of the time.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}


def violations(page: Page) -> list[dict[str, Any]]:
    """Each with its rule (`id`) and the places (`nodes`) that break it; empty when nothing is found."""
    found: list[dict[str, Any]] = Axe().run(page, options=OPTIONS).response["violations"]
    return found
