"""What a screen that looks every three seconds costs: part of `make bench`, which names the database.

Processor time of the real server's processes for each poll, with the database's since it is SQLite. Not the clock,
and the lowest of several rounds: what else the machine does only adds to both. /healthz is there to compare with: the
frame alone, with one query.
"""

# ruff: noqa: T201  a command: what it prints is its answer; the tests' server is found first

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from tests.faults.site import SLUG, Site, site
from tests.faults.writers import Device

ROUNDS = 8
POLLS = 400
DEVICES = 4
NOTES = 30
WATCHERS, EVERY = 1_000, 3
PATH = "/bord/api/innspill/"


def processor(group: int) -> float:
    """Seconds of processor that the processes of the group have used so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def cost(one: Site, devices: list[Device], path: Callable[[], str], wanted: int) -> float:
    """Milliseconds of processor for a poll, in the cheapest round. `path` is asked for before each."""
    assert one.process is not None  # noqa: S101  it runs; this tells the type checker
    rounds: list[float] = []
    with ThreadPoolExecutor(DEVICES) as pool:
        for _round in range(2 * ROUNDS):
            address, before = path(), processor(one.process.pid)

            def poll(device: Device, address: str = address) -> bool:
                return all(device.ask("GET", address)[0] == wanted for _time in range(POLLS // DEVICES))

            if all(list(pool.map(poll, devices))):  # else the half minute of a mark was over in the middle of it
                rounds.append(processor(one.process.pid) - before)
    if len(rounds) < ROUNDS:
        sys.exit(f"failed: {path()}")
    return min(rounds[:ROUNDS]) * 1000 / POLLS


def queries(device: Device, path: str) -> int:
    """How many queries the same poll takes, asked inside this process."""
    from django.db import connection  # noqa: PLC0415  after Django is set up
    from django.test import Client  # noqa: PLC0415  as above

    number = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*arguments)

    client = Client()
    client.cookies.load(device.cookies)
    with connection.execute_wrapper(count):
        client.get(path, headers={"host": "127.0.0.1"})
    connection.close()
    return number


def people(one: Site) -> list[Device]:
    """The same administrator on so many screens."""
    from django.test import Client  # noqa: PLC0415  as above

    from conference.models import Conference, Membership, Role, User  # noqa: PLC0415  as above

    user = User.objects.create_user("maaling@eksempel.no", name="Måling")
    Membership.objects.create(user=user, conference=Conference.objects.get(slug=SLUG), role=Role.ADMINISTRATOR)
    screens = []
    for _screen in range(DEVICES):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        screen = Device(one, "")
        screen.cookies |= {name: morsel.value for name, morsel in client.cookies.items()}
        screens.append(screen)
    return screens


def pages() -> dict[str, Callable[[], str]]:
    """The pages that follow a conference, each as one who has seen all asks for it."""
    from django.urls import reverse  # noqa: PLC0415  as above

    from conference.models import Conference  # noqa: PLC0415  as above
    from inputs.views import heard, room, screen  # noqa: PLC0415  as above

    conference = Conference.objects.get(slug=SLUG)

    def asking(name: str, follows: Any) -> Callable[[], str]:
        return lambda: f"{reverse(name, args=[SLUG])}?since={follows.mark(conference)}"

    return {name: asking(name, view.FOLLOWS) for name, view in (("room", room), ("heard", heard), ("screen", screen))}


def show(name: str, each: float, number: int) -> None:
    cores = WATCHERS / EVERY * each / 1000
    print(
        f"{name:<24} {each:>7.2f} ms cpu  {number:>3} queries  "
        f"{WATCHERS} watchers every {EVERY} s: {cores:.2f} of a core",
        flush=True,
    )


def main() -> None:
    with site() as one:
        os.environ.update(one.environment | {"DJANGO_SETTINGS_MODULE": "rnik.settings", "LOG_LEVEL": "WARNING"})
        django.setup()
        devices = [Device(one, one.codes[0]) for _one in range(DEVICES)]
        for device in devices:
            device.log_in()
        for n in range(NOTES):
            devices[0].put(f"01920000-0000-7000-8000-{n:012}", {"session": 1, "text": f"Innspill nummer {n}."})
        revision = json.loads(devices[0].ask("GET", "/bord/api/tilstand/")[1])["revision"]
        screens = people(one)
        print(f"\n=== A poll, the cheapest of {ROUNDS} x {POLLS}")
        for name, path, status in (
            ("table, nothing new", f"{PATH}?since={revision}", 204),
            (f"table, all {NOTES} notes", PATH, 200),
            ("/healthz", "/healthz", 200),
        ):
            show(name, cost(one, devices, lambda path=path: path, status), queries(devices[0], path))
        for name, path in pages().items():
            show(f"{name}, nothing new", cost(one, screens, path, 204), queries(screens[0], path()))
        for device in [*devices, *screens]:
            device.close()


if __name__ == "__main__":
    main()
