"""The commands behind `make` tell the truth about what they did."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from scripts.audit import exceptions
from scripts.run_tests import Outcome, Stage, read, run, summary

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 22)
RECORD = """<testsuites><testsuite>
  <testcase classname="tests.test_one" name="test_passes"/>
  <testcase classname="tests.test_one" name="test_database">
    <properties><property name="database" value="PostgreSQL 15.18"/></properties>
  </testcase>
  <testcase classname="tests.acceptance.test_real" name="test_all"/>
  <testcase classname="tests.test_one" name="test_fails"><failure message="no"/></testcase>
  <testcase classname="tests.test_one" name="test_breaks"><error message="no"/></testcase>
  <testcase classname="tests.test_one" name="test_waits"><skipped message="no lamp"/></testcase>
</testsuite></testsuites>"""


def test_the_record_of_a_run_is_counted(tmp_path: Path) -> None:
    record = tmp_path / "record.xml"
    record.write_text(RECORD)
    assert read(record) == Outcome(
        passed=3,
        failed=2,
        skipped=("tests.test_one::test_waits: no lamp",),
        acceptance=1,
        where="PostgreSQL 15.18",
    )


def test_the_summary_ends_in_a_plain_count() -> None:
    outcomes = {
        "SQLite": Outcome(passed=12, acceptance=3, where="SQLite 3.40.1"),
        "Chromium": Outcome(passed=4, failed=1, skipped=("tests.test_one::test_waits: no lamp",)),
    }
    assert summary(outcomes, 61.4) == [
        "",
        "=== What ran where, in 61 s",
        "SQLite         12 passed, 0 failed (SQLite 3.40.1)",
        "Chromium        4 passed, 1 failed",
        "DID NOT RUN on Chromium: tests.test_one::test_waits: no lamp",
        "On the real conference's data: 3 on SQLite",
        "16 passed, 1 failed, 1 skipped",
    ]


def test_the_summary_says_loudly_that_the_real_conference_was_not_there() -> None:
    lines = summary({"SQLite": Outcome(passed=12)}, 1)
    assert lines[-2].startswith("THE REAL CONFERENCE WAS NOT TESTED")


@pytest.mark.parametrize(("command", "code"), [(["true"], 0), (["false"], 1), (["bash", "-c", "exit 5"], 5)])
def test_a_stage_that_leaves_no_record_has_failed(
    command: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.run_tests.RESULTS", tmp_path)
    assert run(Stage("Nothing", command)) == Outcome(failed=1, where=f"did not finish, exit code {code}")


def test_an_exception_to_the_audit_holds_until_its_day() -> None:
    text = "# why\n\nGHSA-1 2026-11-22 no release yet\nGHSA-2 2027-01-31 only on Windows\n"
    assert exceptions(text, today=TODAY) == ["GHSA-1", "GHSA-2"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("GHSA-1 2026-11-21 no release yet", "the exception for GHSA-1 ended on 2026-11-21"),
        ("GHSA-1 2026-12-01", "expected an advisory, a date and a reason"),
        ("GHSA-1 soon no release yet", "Invalid isoformat string: 'soon'"),
    ],
)
def test_an_exception_without_day_or_reason_is_refused(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        exceptions(line, today=TODAY)


def without_programs(*names: str, folder: Path) -> dict[str, str]:
    """An environment in which only these programs of the machine are found."""
    for name in names:
        (folder / name).symlink_to(Path("/usr/bin") / name)
    return {"PATH": str(folder)}


def test_what_is_missing_is_named_where_nothing_may_be_installed(tmp_path: Path) -> None:
    tools = subprocess.run(
        ["/bin/bash", ROOT / "scripts/ensure-tools", "chromium", "poppler"],
        env=without_programs("bash", "id", "find", "awk", "sort", "tail", folder=tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    said = (
        "Missing: chromium poppler-utils (Debian's names; PostgreSQL 15 or newer). Install them, then run this again."
    )
    assert (tools.returncode, tools.stderr.strip()) == (1, said)


def test_an_old_python_is_refused_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/bash\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    made = subprocess.run(
        [ROOT / "scripts/make-venv"],
        env={"PATH": os.environ["PATH"], "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 1
    assert made.stderr == (
        f"Python 3.11 or newer is needed; '{old}' is Python 3.9.2. Another one: make PYTHON=/path/to/python3\n"
    )
