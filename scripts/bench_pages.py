"""What a page costs an editor at 400 inputs, half of them used: part of `make bench`, which names the database.

Each page is asked for again and again in one process, without a network: milliseconds in the middle and at the 95th
percentile, and the number of queries.
"""

# ruff: noqa: T201, E402  a command: what it prints is its answer; Django is set up before its parts are imported

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from conference.models import Conference, Membership, Question, Role, User
from inputs.actions import bulk, entry
from inputs.actions.demo import seed_demo
from inputs.models import Input, Point
from inputs.room import look

INPUTS = 400
MANY = 50_000
TIMES = 40
TEXT = "Innspill nummer"


def fill(conference: Conference, number: int, *, by: User) -> None:
    """The demonstration with more inputs, until there are `number`; half of the new ones are used."""
    questions = list(Question.objects.filter(session__conference=conference).select_related("session__conference"))
    missing = number - Input.objects.filter(conference=conference).count()
    asked = [questions[n % len(questions)] for n in range(missing)]
    last = Input.objects.latest("pk").pk
    entry.receive(
        [
            entry.Note(session=one.session, question=one, text=f"{TEXT} {n} i målingen.")
            for n, one in enumerate(asked)
        ],
        by=by,
    )
    new = Input.objects.filter(conference=conference, pk__gt=last).order_by("pk")
    bulk.accept_as_suggested(conference, new.filter(pk__lt=new[missing // 2].pk), by=by)


def pages(conference: Conference) -> dict[str, str]:
    point = Point.objects.standing().filter(question__session__conference=conference).order_by("pk")[0]
    slug, question = conference.slug, point.question
    place = [slug, question.session.number, question.number]
    return {
        "home": reverse("home"),
        "conference": reverse("conference", args=[slug]),
        "desk": reverse("desk", args=place),
        "point": reverse("point", args=[*place, point.key]),
        "room": reverse("room", args=[slug]),
        "room, nothing new": f"{reverse('room', args=[slug])}?since={look(conference).mark}",
        "report": reverse("report", args=[slug]),
        "report_chapter": reverse("report_chapter", args=[slug, "summary"]),
    }


def lists(conference: Conference) -> dict[str, str]:
    """The pages that look at all inputs or points."""
    inputs, points = (reverse(name, args=[conference.slug]) for name in ("inputs", "points"))
    return {
        "inputs": inputs,
        "inputs, by words": f"{inputs}?q=nummer+4999",
        "inputs, by facts": f"{inputs}?status=unhandled&question=1.1",
        "points, of one table": f"{points}?tables=one",
        "ledger": reverse("ledger", args=[conference.slug]),
        "from input to point": reverse("appendix", args=[conference.slug]),
        "who did what": reverse("chronicle", args=[conference.slug]),
    }


def measure(name: str, get: Callable[[str], Any], address: str) -> None:
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        get(address)
    taken = []
    for _time in range(TIMES):
        began = time.perf_counter()
        if get(address).status_code not in {200, 204}:
            sys.exit(f"failed: {address}")
        taken.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{name:<24} {statistics.median(taken):>7.1f} ms  p95 {p95:>7.1f} ms  {queries:>3} queries", flush=True)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    conference = seed_demo().conference
    editor = Membership.objects.get(conference=conference, role=Role.CHIEF_EDITOR).user
    fill(conference, INPUTS, by=editor)
    client = Client()
    client.force_login(editor, "django.contrib.auth.backends.ModelBackend")
    print(f"\n=== Pages at {INPUTS} inputs, {TIMES} times each")
    for name, address in pages(conference).items():
        measure(name, client.get, address)
    fill(conference, MANY, by=editor)
    print(f"\n=== Pages at {MANY} inputs, {TIMES} times each")
    for name, address in lists(conference).items():
        measure(name, client.get, address)


if __name__ == "__main__":
    main()
