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
from inputs.actions import versions
from inputs.models import VersionKind


def main() -> None:
    conference, by = Conference.objects.get(slug=sys.argv[1]), User.objects.system()
    began = time.perf_counter()
    made = versions.freeze(conference, VersionKind.PUBLICATION, note="", key=uuid4(), by=by)
    print(f"{'freeze, all formats':<24} {time.perf_counter() - began:>7.2f} s  {made.points} points", flush=True)
    versions.publish(made, said="", by=by)


if __name__ == "__main__":
    main()
