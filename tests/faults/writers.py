"""Devices at the tables: each keeps a note until the server has acknowledged it, and sends it again until then."""

import http.client
import json
import secrets
import threading
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlencode

from tests.faults.site import PATIENCE, Site

BROKEN = (OSError, http.client.HTTPException)
PAUSE = 0.05  # seconds between two tries


class Habit(Enum):
    """How a device treats a note whose answer did not come. Only the first is right; the others are the controls."""

    SAME_KEY = "sends it again under the same key"
    NEW_KEY = "sends it again under a new key"
    TRUSTS = "takes it for stored"


@dataclass
class Tally:
    """What the devices were told, all together."""

    acknowledged: dict[str, str] = field(default_factory=dict)  # a note's text to the key that was acknowledged
    known_already: int = 0  # acknowledged as known: stored before, but the answer was lost
    troubles: Counter[str] = field(default_factory=Counter)  # tries without an answer, and answers that were none

    def __post_init__(self) -> None:
        self.lock = threading.Lock()

    def receive(self, text: str, key: str, *, is_known: bool = False) -> None:
        with self.lock:
            self.acknowledged[text] = key
            self.known_already += is_known

    def trouble(self, kind: str) -> None:
        with self.lock:
            self.troubles[kind] += 1


class Device:
    """A browser that a code has let in."""

    def __init__(self, site: Site, code: str) -> None:
        self.port, self.code = site.port, code
        self.csrf = secrets.token_hex(16)  # as long as Django's; a device may choose it, since it sends it twice
        self.cookies = {"__Host-csrftoken": self.csrf}
        self.connection = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def log_in(self) -> int:
        form = urlencode({"code": self.code, "csrfmiddlewaretoken": self.csrf})
        status, _body = self.ask("POST", "/bord/logg-inn/", form, "application/x-www-form-urlencoded")
        return status

    def put(self, key: str, note: dict[str, object]) -> tuple[int, dict[str, object]]:
        """Status and body; a body that is no JSON is empty. Raises one of BROKEN when no whole answer came."""
        status, body = self.ask("PUT", f"/bord/api/innspill/{key}/", json.dumps(note), "application/json")
        if status == 401 and self.log_in() == 302:
            return self.put(key, note)
        try:
            return status, json.loads(body)
        except ValueError:
            return status, {}

    def put_and_lose_the_answer(self, key: str, note: dict[str, object]) -> None:
        """The note goes out, and the network is gone before the answer comes."""
        self._send("PUT", f"/bord/api/innspill/{key}/", json.dumps(note), "application/json")
        self.connection.close()

    def ask(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, bytes]:
        try:
            self._send(method, path, body, kind)
            response = self.connection.getresponse()
            content = response.read()
        except BROKEN:
            self.connection.close()
            raise
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.csrf = self.cookies["__Host-csrftoken"]
        return response.status, content

    def _send(self, method: str, path: str, body: str, kind: str) -> None:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": kind, "X-CSRFToken": self.csrf}
        self.connection.request(method, path, body.encode(), headers)

    def close(self) -> None:
        self.connection.close()


class Writer(threading.Thread):
    """Writes its notes one after the other, each until it is acknowledged; the answer to the first one is lost."""

    def __init__(self, device: Device, texts: list[str], habit: Habit, tally: Tally) -> None:
        super().__init__(daemon=True)
        self.device, self.texts, self.habit, self.tally = device, texts, habit, tally

    def run(self) -> None:
        for number, text in enumerate(self.texts):
            self.write(text, loses_answer=number == 0)
        self.device.close()

    def write(self, text: str, *, loses_answer: bool) -> None:
        note: dict[str, object] = {"session": 1, "question": "1.1", "text": text}
        key = str(uuid.uuid4())
        if loses_answer:
            with suppress(BROKEN):
                self.device.put_and_lose_the_answer(key, note)
            key = self.after_trouble(text, key, "answer lost")
        while text not in self.tally.acknowledged:
            try:
                status, told = self.device.put(key, note)
            except BROKEN as fault:
                key = self.after_trouble(text, key, type(fault).__name__)
                continue
            if status in {200, 201} and told.get("key") == key:
                self.tally.receive(text, key, is_known=status == 200)
            else:
                key = self.after_trouble(text, key, str(status))

    def after_trouble(self, text: str, key: str, kind: str) -> str:
        """The key to try next."""
        self.tally.trouble(kind)
        if self.habit is Habit.TRUSTS:
            self.tally.receive(text, key)
        time.sleep(PAUSE)
        return str(uuid.uuid4()) if self.habit is Habit.NEW_KEY else key
