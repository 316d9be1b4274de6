"""Files made on the side by real processes: their web workers are killed, and the file is there all the same."""

import contextlib
import http.client
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.site import PATIENCE, SLUG, Site, site

PAGE = f"/konferanse/{SLUG}/rapport/filer/"
LOG_IN = """
from conference.models import User
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
user = User.objects.create_superuser("leder@example.no", None)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print("session=" + session.session_key)
"""

GROW_OLD = """
from django.utils import timezone
from inputs.models import MadeFile
from inputs.models.files import SILENCE
MadeFile.objects.making().update(beat_at=timezone.now() - SILENCE)
"""


@pytest.fixture(scope="module")
def running():
    with site() as one:
        one.session = re.search("session=(.*)", one.manage("shell", "-v0", "-c", LOG_IN))[1]
        yield one


def ask(site: Site, method: str, path: str, **data: object) -> tuple[int, bytes]:
    """What the site answers a browser that is logged in."""
    token = "a" * 32
    headers = {
        "Cookie": f"__Host-sessionid={site.session}; __Host-csrftoken={token}; django_language=en",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    try:
        connection.request(method, path, urlencode(data), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def until(site: Site, is_so: Callable[[str], bool]) -> str:
    """The page of files, asked again and again until it is so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        _status, page = ask(site, "GET", PAGE)
        if is_so(page.decode()):
            return page.decode()
        time.sleep(0.1)
    raise AssertionError(page.decode())


def makers(site: Site) -> list[int]:
    """The processes that make a file for this site just now."""
    rows = site.rows("SELECT key FROM inputs_madefile WHERE state = 'making'")
    keys = {str(key).replace("-", "") for (key,) in rows}
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if "make_file" in command and keys & {word.replace("-", "") for word in command}:
                found.append(int(folder.name))
    return found


def test_a_file_is_made_though_every_web_worker_is_killed_meanwhile(running: Site):
    assert ask(running, "POST", PAGE, kind="zip.closed", session=0)[0] == 302
    running.kill_and_start()
    page = until(running, lambda page: "download>" in page)
    [address] = re.findall(rf'href="({PAGE}[0-9a-f-]+/)"', page)
    status, content = ask(running, "GET", address)
    assert (status, content[:2]) == (200, b"PK")
    assert running.rows("SELECT state, why FROM inputs_madefile") == [("done", "")]


def test_ten_who_ask_at_once_over_two_processes_get_one_file(running: Site):
    from tests.faults.test_faults import at_once

    answers = at_once([lambda: ask(running, "POST", PAGE, kind="pdf.internal", session=0)[0]] * 10)
    assert answers == [302] * 10
    assert running.rows("SELECT count(*) FROM inputs_madefile WHERE kind = 'pdf.internal'") == [(1,)]
    until(running, lambda page: "hx-get" not in page)
    assert running.rows("SELECT state FROM inputs_madefile WHERE kind = 'pdf.internal'") == [("done",)]


def test_a_process_that_is_killed_is_told_of_and_the_former_file_stays(running: Site):
    assert ask(running, "POST", PAGE, kind="pdf.internal", session=0)[0] == 302
    started = makers(running)
    assert started
    for process in started:
        os.kill(process, signal.SIGKILL)
    assert running.rows("SELECT state FROM inputs_madefile WHERE kind = 'pdf.internal' ORDER BY id") == [
        ("done",),
        ("making",),
    ]
    running.manage("shell", "-v0", "-c", GROW_OLD)
    page = until(running, lambda page: "It was interrupted" in page)
    assert "Make it once more" in page
    assert ask(running, "POST", PAGE, kind="pdf.internal", session=0)[0] == 302
    until(running, lambda page: "hx-get" not in page)
    assert running.rows("SELECT state FROM inputs_madefile WHERE kind = 'pdf.internal'") == [("done",)]


def test_a_process_that_wants_too_much_memory_says_so(running: Site):
    key = running.manage(
        "shell", "-v0", "-c",
        "from conference.models import Conference, User; from inputs.actions import files;"
        "files.begin = lambda asked: None;"
        "print('key=' + str(files.start(Conference.objects.get(), 'pdf.public', by=User.objects.system()).key))",
    ).partition("key=")[2].strip()  # fmt: skip
    with pytest.raises(Exception, match="make_file"):
        running.manage("make_file", key, "--memory", str(400 * 1024**2))
    [(state, why)] = running.rows("SELECT state, why FROM inputs_madefile WHERE kind = 'pdf.public'")
    assert (state, why in {"memory", "failed"}) == ("failed", True)
