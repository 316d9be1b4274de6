"""The long form: `make faults`. On PostgreSQL it needs a cluster of its own, since it is brought down as well."""

# ruff: noqa: T201  a command: what it prints is its answer

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict

import psycopg

from tests.faults.site import site
from tests.faults.trial import Outcome, trial
from tests.faults.writers import Habit

NOTES = 100
KILLS = 5
CRASHES = 2


def crash() -> None:
    """PostgreSQL stops as if its power had gone, and starts again."""
    for act in (["stop", "-m", "immediate"], ["start"]):
        subprocess.run(["pg_ctlcluster", os.environ["PGVERSION"], "regress", *act], check=True, capture_output=True)


def careless() -> str:
    """Make the server acknowledge long before it writes; gives the connection's options that ask for it."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        server.execute("ALTER SYSTEM SET wal_writer_flush_after = '1GB'")
        server.execute("SELECT pg_reload_conf()")
    return "?options=-c%20synchronous_commit%3Doff"


def report(name: str, outcome: Outcome, promise: Callable[[Outcome], bool]) -> bool:
    kept = promise(outcome)
    numbers = "  ".join(f"{number:>5} {what.replace('_', ' ')}" for what, number in asdict(outcome).items())
    print(f"{'ok' if kept else 'BROKEN':<7} {name:<40} {numbers}", flush=True)
    return kept


def nothing_lost(outcome: Outcome) -> bool:
    is_whole = outcome.acknowledged == outcome.stored and outcome.known_already > 0
    return is_whole and outcome.lost == outcome.duplicated == 0


def main() -> int:
    is_postgresql = os.environ["DATABASE_URL"].startswith("postgres")
    print(f"\n=== {'PostgreSQL' if is_postgresql else 'SQLite'}")
    with site() as one:
        kills = [one.kill_and_start] * KILLS
        kept = [
            report(f"{KILLS} x kill -9 of the server", trial(one, notes=NOTES, blows=kills), nothing_lost),
            report(
                "control: a new key for each try",
                trial(one, notes=NOTES, blows=kills, habit=Habit.NEW_KEY),
                lambda outcome: outcome.duplicated > 0,
            ),
            report(
                "control: no answer taken for a receipt",
                trial(one, notes=NOTES, blows=kills, habit=Habit.TRUSTS),
                lambda outcome: outcome.lost > 0,
            ),
        ]
        if is_postgresql:
            crashes = trial(one, notes=NOTES, blows=[crash] * CRASHES)
            kept.append(report(f"{CRASHES} x immediate stop of PostgreSQL", crashes, nothing_lost))
    if is_postgresql:
        with site(options=careless()) as one:
            crashes = trial(one, notes=NOTES, blows=[crash] * CRASHES)
            kept.append(report("control: synchronous_commit=off", crashes, lambda outcome: outcome.lost > 0))
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
