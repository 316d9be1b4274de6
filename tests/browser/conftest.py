"""Chromium from the distribution's packages, since Playwright's own download is not to be had everywhere."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from playwright.sync_api import ConsoleMessage, Page


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing. Install it: apt-get install chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return browser_context_args | {"locale": "nb-NO"}


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """Whatever the browser complains of: a breach of the content policy, a script that failed."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield complaints
    assert complaints == []


@pytest.fixture(scope="session")
def base_url() -> None:
    """Tests give whole addresses. Stands in for pytest-playwright's own, of whose form pytest 9 warns."""


@contextmanager
def own_connection() -> Iterator[None]:
    """For a route that asks the database: it runs in a context of its own, whose connection nobody else closes."""
    try:
        yield
    finally:
        connection.close()


def becomes(look: Callable[[], object], wanted: object) -> None:
    """Waits for what no locator sees. `wait_for_function` takes a promise for a yes."""
    until = time.monotonic() + 10
    while look() != wanted:
        assert time.monotonic() < until, look()
        time.sleep(0.05)
