"""Chromium from the distribution's packages, since Playwright's own download is not to be had everywhere."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import ConsoleMessage, Page, expect


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing. Install it: apt-get install chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return browser_context_args | {"locale": "nb-NO"}


expect.set_options(timeout=15_000)  # a busy machine is not a failing test

QUIET = 0.15  # seconds without a request, since a page that is closed says goodbye


@pytest.fixture(autouse=True)
def _nobody_asks_any_more(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages ask every few seconds and when they are left: a test is over when all are closed and answered.

    Else a request meets the database while it is emptied for the next test.
    """
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")  # is emptied after this
    browser = request.getfixturevalue("browser")
    asked = Asked()
    yield
    for context in browser.contexts:
        context.close()
    asked.wait(QUIET)


class Asked:
    """How many requests the server has begun and not ended, and when the last one moved."""

    def __init__(self) -> None:
        self.lock, self.under_way, self.moved = threading.Lock(), 0, time.monotonic()
        request_started.connect(self._began)
        request_finished.connect(self._ended)

    def _began(self, **_signal: object) -> None:
        self._count(1)

    def _ended(self, **_signal: object) -> None:
        self._count(-1)

    def _count(self, step: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return  # the test's own client
        with self.lock:
            self.under_way, self.moved = self.under_way + step, time.monotonic()

    def wait(self, quiet: float) -> None:
        until = time.monotonic() + 15
        while (self.under_way > 0 or time.monotonic() - self.moved < quiet) and time.monotonic() < until:
            time.sleep(0.02)


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
