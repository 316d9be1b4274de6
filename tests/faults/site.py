"""RNIK as it is served, on a throw-away database, to be killed and started again."""

import contextlib
import http.client
import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = str(ROOT / ".venv/bin/python")
CONFERENCE = ROOT / "inputs" / "demo" / "conference.json"
SLUG = json.loads(CONFERENCE.read_bytes())["conference"]["slug"]
PATIENCE = 300  # seconds until something that hangs is called that; nothing is measured by it


class Site:
    """Two processes of gunicorn with four threads each, the demonstration's tables and their codes."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.log = folder / "server.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "STATIC_ROOT": str(folder / "static"),
            "DEBUG": "0",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "0",
            "WEB_CONCURRENCY": "2",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        self.manage("collectstatic", "--no-input", "-v0")
        self.manage("migrate", "-v0")
        self.manage("load_conference", str(CONFERENCE))
        issued = json.loads(self.manage("issue_codes", SLUG, "--json"))
        self.codes: list[str] = [one["code"] for one in issued]

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py says; CalledProcessError with its faults when it fails."""
        command = [PYTHON, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def start(self) -> None:
        bind = f"127.0.0.1:{self.port}"
        command = [PYTHON, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", bind, "rnik.wsgi"]
        with self.log.open("ab") as log:
            # A session of its own, so that all its processes can be killed at once.
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-5000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            client.request("GET", "/healthz")
            return client.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            client.close()

    def kill(self) -> None:
        """End every process of the server at once, as `kill -9` does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def kill_and_start(self) -> None:
        self.kill()
        self.start()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds, asked past the application."""
        if self.database_url.startswith("sqlite"):
            with contextlib.closing(sqlite3.connect(urlsplit(self.database_url).path[1:])) as database:
                return database.execute(query).fetchall()
        with psycopg.connect(self.database_url) as database:
            return database.execute(query.encode()).fetchall()


@contextlib.contextmanager
def site(*, options: str = "") -> Iterator[Site]:
    """A site that runs, on the kind of database that DATABASE_URL names. `options` are PostgreSQL's, a connection."""
    with tempfile.TemporaryDirectory(prefix="rnik-faults-") as name:
        folder = Path(name)
        with database(os.environ.get("DATABASE_URL", "sqlite:"), folder) as url:
            made = Site(url, folder)
            made.prepare()
            made.database_url = made.environment["DATABASE_URL"] = url + options
            made.start()
            try:
                yield made
            finally:
                made.kill()


@contextlib.contextmanager
def database(url: str, folder: Path) -> Iterator[str]:
    """A database of its own: a file in the folder, or a new one on the server that the address names."""
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 'rnik.sqlite3'}"
        return
    name = f"rnik_faults_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield urlsplit(url)._replace(path=f"/{name}", query="").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
