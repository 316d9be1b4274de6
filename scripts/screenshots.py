"""The README's pictures, taken from the demonstration in Chromium: `make screenshots`."""

# ruff: noqa: T201  a command: what it prints is its answer

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
PASSWORD = "only for the pictures"  # noqa: S105  of a database that is gone a minute later
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

Picture = tuple[str, str, int, int, Literal["light", "dark"]]

#: Name, path, width, height, colour scheme.
PICTURES: list[Picture] = [
    ("conference", "/konferanse/dialog-2026/", 1280, 1000, "light"),
    ("conference-phone", "/konferanse/dialog-2026/", 390, 844, "light"),
    ("desk", "/konferanse/dialog-2026/bolk/2/sporsmal/1/", 1280, 1000, "light"),
    ("desk-dark", "/konferanse/dialog-2026/bolk/2/sporsmal/1/", 1280, 1000, "dark"),
    ("report", "/konferanse/dialog-2026/rapport/", 1280, 1000, "light"),
    ("report-dark", "/konferanse/dialog-2026/rapport/", 1280, 1000, "dark"),
    ("setup", "/konferanse/dialog-2026/oppsett/", 1280, 1000, "light"),
    ("room", "/konferanse/dialog-2026/rommet/?bolk=2", 1280, 1000, "light"),
]
#: The same of a table, which comes in by its code.
OF_A_TABLE: list[Picture] = [
    ("table", "/bord/?bolk=2", 1280, 1000, "light"),
    ("table-phone", "/bord/?bolk=2", 390, 844, "dark"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address, timeout=1)  # noqa: S310  our own server on this machine
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    sys.exit("the server did not start")


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "DEBUG": "1"}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)  # noqa: S603  our own
        seed = [*manage, "seed_demo", "--password", PASSWORD]
        people = subprocess.run(seed, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  our own
        email = next(word for word in people.stdout.split() if "@" in word)
        issue = [*manage, "issue_codes", "dialog-2026", "--json"]
        codes = subprocess.run(issue, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  our own
        code = json.loads(codes.stdout)[0]["code"]
        address = f"http://127.0.0.1:{(port := free_port())}"
        server = subprocess.Popen(  # noqa: S603  our own
            [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"{address}/healthz")
            take(address, email, code)
        finally:
            server.terminate()


def take(address: str, email: str, code: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in PICTURES:
            page = visit(browser, picture)
            page.goto(f"{address}/logg-inn/?next={picture[1]}")
            page.get_by_label("E-post").fill(email)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("main button[type=submit], main input[type=submit]").first.click()
            page.wait_for_url(f"{address}{picture[1]}")
            keep(page, picture[0])
        for picture in OF_A_TABLE:
            page = visit(browser, picture)
            page.goto(f"{address}/bord/logg-inn/#{code}")
            page.locator("main button[type=submit], main input[type=submit]").first.click()
            page.goto(f"{address}{picture[1]}")
            keep(page, picture[0])
        browser.close()


def visit(browser: Browser, picture: Picture) -> Page:
    """A browser of the picture's size and colours, with nobody logged in."""
    _name, _path, width, height, scheme = picture
    return browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="nb-NO", timezone_id="Europe/Oslo"
    )


def keep(page: Page, name: str) -> None:
    page.screenshot(path=TARGET / f"{name}.png")
    print(TARGET / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
