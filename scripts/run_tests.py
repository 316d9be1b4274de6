"""Runs every test where it counts and says at the end what ran where: `make test`.

A stage is one run of pytest. All stages run even when an earlier one failed, and the summary is read from what pytest
recorded (build/tests/*.xml), never assumed. A stage in which no test ran has failed.
"""

# ruff: noqa: T201  a command: what it prints is its answer

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "tests"
PYTEST = [str(ROOT / ".venv/bin/pytest"), "-q"]
ON_POSTGRESQL = [str(ROOT / "scripts/with-postgresql")]
IN_PARALLEL = ["-n", "auto", "--maxprocesses=8"]
ACCEPTANCE = "tests.acceptance."


@dataclass(frozen=True)
class Stage:
    """One run of pytest: its name, the whole command, and what it finds in its environment beside our own."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def record(self) -> Path:
        return RESULTS / f"{self.name.lower()}.xml"


@dataclass(frozen=True)
class Outcome:
    """What pytest recorded of a stage. `failed` holds errors too; `where` is the server that the tests spoke to."""

    passed: int = 0
    failed: int = 0
    skipped: tuple[str, ...] = ()
    acceptance: int = 0
    where: str = ""


STAGES = [
    Stage(
        "SQLite",
        [*PYTEST, *IN_PARALLEL, "-m", "not browser"],
        {"DATABASE_URL": f"sqlite:///{ROOT / 'rnik.sqlite3'}"},
    ),
    # What touches no database has been run above.
    Stage("PostgreSQL", [*ON_POSTGRESQL, *PYTEST, *IN_PARALLEL, "-m", "not browser", "--with-database"]),
    # A file's tests stay together, since what is slow to begin with is the browser and the file's own set-up.
    Stage("Chromium", [*ON_POSTGRESQL, *PYTEST, *IN_PARALLEL, "--dist=loadfile", "-m", "browser"]),
]


def run(stage: Stage) -> Outcome:
    """Run a stage, its output as it comes, and read its record."""
    print(f"\n=== {stage.name}", flush=True)
    stage.record.unlink(missing_ok=True)
    code = subprocess.run(  # noqa: S603  the commands are the constants above
        [*stage.command, f"--junit-xml={stage.record}"],
        cwd=ROOT,
        env=os.environ | {"DEBUG": "0"} | stage.environment,
        check=False,
    ).returncode
    outcome = read(stage.record) if stage.record.is_file() else Outcome()
    if outcome.failed or (code == 0 and outcome.passed):
        return outcome
    return Outcome(outcome.passed, 1, outcome.skipped, outcome.acceptance, f"did not finish, exit code {code}")


def read(record: Path) -> Outcome:
    """The counts in a JUnit file that pytest wrote."""
    cases = list(ElementTree.parse(record).iter("testcase"))  # noqa: S314  written by pytest a moment ago
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skipped = [case for case in cases if case.find("skipped") is not None]
    passed = [case for case in cases if case not in failed and case not in skipped]
    servers = [p.get("value", "") for case in cases for p in case.iter("property") if p.get("name") == "database"]
    return Outcome(
        passed=len(passed),
        failed=len(failed),
        skipped=tuple(f"{c.get('classname')}::{c.get('name')}: {reason(c)}" for c in skipped),
        acceptance=sum(case.get("classname", "").startswith(ACCEPTANCE) for case in passed),
        where=servers[0] if servers else "",
    )


def reason(case: ElementTree.Element) -> str:
    """Why a test was skipped, in its own words."""
    skip = case.find("skipped")
    return "" if skip is None else skip.get("message", "")


def summary(outcomes: dict[str, Outcome], seconds: float) -> list[str]:
    """The closing lines. The last one is plain, for programs that read it."""
    lines = ["", f"=== What ran where, in {seconds:.0f} s"]
    for name, outcome in outcomes.items():
        where = f"({outcome.where})" if outcome.where else ""
        lines.append(f"{name:<11} {outcome.passed:>5} passed, {outcome.failed} failed {where}".rstrip())
    skipped = [f"{name}: {test}" for name, outcome in outcomes.items() for test in outcome.skipped]
    lines += [f"DID NOT RUN on {test}" for test in skipped]
    acceptance = {name: outcome.acceptance for name, outcome in outcomes.items() if outcome.acceptance}
    if acceptance:
        counts = ", ".join(f"{count} on {name}" for name, count in acceptance.items())
        lines.append(f"On the real conference's data: {counts}")
    else:
        lines.append("THE REAL CONFERENCE WAS NOT TESTED: set RNIK_ACCEPTANCE_DATA to the folder that holds its data")
    passed = sum(outcome.passed for outcome in outcomes.values())
    failed = sum(outcome.failed for outcome in outcomes.values())
    return [*lines, f"{passed} passed, {failed} failed" + (f", {len(skipped)} skipped" if skipped else "")]


def main() -> int:
    RESULTS.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    outcomes = {stage.name: run(stage) for stage in STAGES}
    print("\n".join(summary(outcomes, time.monotonic() - began)))
    return int(any(outcome.failed for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
