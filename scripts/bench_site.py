"""Freezes and publishes the report of a conference, so that `make bench` can export its public pages.

scripts/bench_site.py SLUG
"""

# ruff: noqa: T201, E402  a command: what it prints is its answer; Django is set up before its parts are imported

import sys
import time
from pathlib import Path
from uuid import uuid4

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from conference.models import Conference, User
from inputs.actions import checks, versions
from inputs.hindrances import findings_in_the_way
from inputs.models import VersionKind


def accept_all(conference: Conference) -> None:
    """What the checks found, as two editors accept it who have read it."""
    first, second = (User.objects.create_user(name, name=name) for name in ("first", "second"))
    for finding in findings_in_the_way(conference):
        accepted = checks.accept(conference, finding, reason="Read for the bench.", by=first)
        if finding.needs_second:
            checks.agree(accepted, by=second)


def main() -> None:
    conference, by = Conference.objects.get(slug=sys.argv[1]), User.objects.system()
    accept_all(conference)
    began = time.perf_counter()
    made = versions.freeze(conference, VersionKind.PUBLICATION, note="", key=uuid4(), by=by)
    print(f"{'freeze, all formats':<24} {time.perf_counter() - began:>7.2f} s  {made.points} points", flush=True)
    versions.publish(made, said="", by=by)


if __name__ == "__main__":
    main()
