"""What pages cost an editor at 400 inputs, half used, and the desk of a large question: part of `make bench`.

Each page is asked for again and again in one process, without a network: milliseconds in the middle and at the 95th
percentile, by the clock and of the processor, the number of queries and the size of the answer.
"""

# ruff: noqa: T201, E402  a command: what it prints is its answer; Django is set up before its parts are imported

import gc
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
from django.urls import get_resolver, reverse
from django.utils.html import escape

from conference.models import Conference, Membership, Question, Role, User
from inputs.actions import bulk, dispositions, entry, headings
from inputs.actions.demo import seed_demo
from inputs.actions.undo import last_acts
from inputs.desk_news import seen
from inputs.models import Input, Point
from inputs.views.fragments import HEADER

INPUTS = 400
MANY = 50_000
TIMES = 40
TEXT = "Innspill nummer"
REMAINING, POINTS, ELSEWHERE = 300, 100, 50_000  # the desk that is measured, and what its conference has besides
WORDS = "Kommunen bør ha oversikt over alle tilbud i nærmiljøet, slik at folk finner fram til dem når de trenger det"


def fill(conference: Conference, number: int, *, by: User) -> None:
    """The demonstration with more inputs, until there are `number`; half of the new ones are used."""
    questions = list(Question.objects.filter(session__conference=conference).select_related("session__conference"))
    missing = number - Input.objects.filter(conference=conference).count()
    if missing <= 0:
        return
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
        "report": reverse("report", args=[slug]),
        "checks of the report": reverse("checks", args=[slug]),
        "report_chapter": reverse("report_chapter", args=[slug, "summary"]),
    }


def fill_desk(question: Question, *, by: User) -> None:
    """What the desk is measured at: 300 inputs that remain, and 100 points of two inputs each in ten piles."""
    places = [headings.make(question, f"Overskrift {n}", by=by) for n in range(8)]
    places += [headings.make_pile(question, by=by) for _pile in range(2)]
    notes = [
        entry.Note(session=question.session, question=question, text=f"{WORDS} ({n})")
        for n in range(REMAINING + 2 * POINTS)
    ]
    used = entry.receive(notes, by=by)[REMAINING:]
    nth = {one.pk: n for n, one in enumerate(used)}
    points = dispositions.accept(used[:POINTS], by=by, place=lambda one: places[nth[one.pk] % len(places)])
    for point, one in zip(points, used[POINTS:], strict=True):
        dispositions.attach(point, [one], by=by)


def fill_elsewhere(question: Question, *, by: User) -> None:
    """Many inputs of the same conference, under its other questions."""
    others = Question.objects.filter(session__conference=question.session.conference).exclude(pk=question.pk)
    asked = list(others.select_related("session__conference"))
    for start in range(0, ELSEWHERE, 5000):
        entry.receive(
            [
                entry.Note(session=one.session, question=one, text=f"Annet sted {n}")
                for n in range(start, start + 5000)
                for one in [asked[n % len(asked)]]
            ],
            by=by,
        )


def bench_desk(client: Client, question: Question, *, by: User) -> None:
    """The desk alone and among many inputs, and its acts; the ratio says whether the others are felt."""
    address = reverse("desk", args=[question.session.conference.slug, question.session.number, question.number])
    fill_desk(question, by=by)
    print(f"\n=== Desk at {REMAINING} inputs that remain and {POINTS} points, {TIMES} times each")
    alone = measure("desk", client.get, address)
    fill_elsewhere(question, by=by)
    print(f"\n=== The same desk with {ELSEWHERE} inputs more in the conference")
    among = measure("desk", client.get, address)
    print(f"desk, ratio              {among / alone:>7.2f}, each against a fixed piece of work in between")
    for name, act in acts(question, address, by=by).items():
        measure(name, lambda asked: client.post(*asked), act)


def acts(question: Question, address: str, *, by: User) -> dict[str, Callable[[], tuple[str, dict[str, str]]]]:
    """Each act on the input that remains last, as an open desk posts it: where to, and what."""
    pile = str(question.headings.standing()[0].key)

    def act(name: str, **data: str) -> tuple[str, dict[str, str]]:
        last = Input.objects.counted_under(question).unhandled().order_by("-pk")[0]
        return f"{address}{name}/", data | {"input": str(last.key), "seen": str(seen(question.session.conference))}

    return {
        "into a pile": lambda: act("bruk", heading=pile),
        "set aside": lambda: act("legg-til-side", reason="unclear"),
        "undo": lambda: act(f"angre/{last_acts(question, by=by, number=1)[0].act}"),
        "into a new pile": lambda: act("bruk", heading="new"),
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


def measure(name: str, get: Callable[[Any], Any], asked: Any) -> float:
    """Prints what a request takes; `asked` is what is asked for, or makes it, untimed, for each time.

    Returns the processor's time in the middle, in units of a fixed piece of work that is done in between: a machine
    that others share, or that changes its pace, does not change it.
    """
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    def one() -> Any:
        return asked() if callable(asked) else asked

    first = one()
    with connection.execute_wrapper(count):
        get(first)
    taken, worked, fixed = [], [], []
    for _time in range(TIMES):
        what, began, cpu = one(), time.perf_counter(), time.process_time()
        answer = get(what)
        worked.append((time.process_time() - cpu) * 1000)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code not in {200, 204} or (what is not asked and HEADER not in answer):
            sys.exit(f"failed: {name}")
        fixed.append(yardstick())
    times = "  ".join(
        f"{kind} {statistics.median(all_):>6.1f} ms, p95 {statistics.quantiles(all_, n=20)[-1]:>6.1f} ms"
        for kind, all_ in [("took", taken), ("CPU", worked)]
    )
    size = "" if answer.streaming else f"  {len(answer.content) // 1000:>4} kB"
    print(f"{name:<24} {times}  {queries:>3} queries{size}", flush=True)
    return statistics.median(worked) / statistics.median(fixed)


def yardstick() -> float:
    """A fixed piece of work of the kind that a page is: small objects and strings. Milliseconds of the processor."""
    began = time.process_time()
    "".join(escape(f"<li>{number}</li>") for number in range(10_000))
    return (time.process_time() - began) * 1000


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    conference = seed_demo().conference
    editor = Membership.objects.get(conference=conference, role=Role.CHIEF_EDITOR).user
    fill(conference, INPUTS, by=editor)
    client = Client()
    client.force_login(editor, "django.contrib.auth.backends.ModelBackend")
    get_resolver().url_patterns  # noqa: B018 this and the next as a server's process does, deploy/gunicorn.conf.py
    gc.collect()
    gc.freeze()
    print(f"\n=== Pages at {INPUTS} inputs, {TIMES} times each")
    for name, address in pages(conference).items():
        measure(name, client.get, address)
    desks = Question.objects.filter(session__conference=conference).select_related("session__conference")
    bench_desk(client, desks.order_by("pk")[0], by=editor)
    fill(conference, MANY, by=editor)
    print(f"\n=== Pages at {MANY} inputs, {TIMES} times each")
    for name, address in lists(conference).items():
        measure(name, client.get, address)


if __name__ == "__main__":
    main()
