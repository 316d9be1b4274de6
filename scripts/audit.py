"""Asks for known weaknesses in the locked packages: `make audit`.

Its own command and no part of the tests, since a new advisory must not turn unchanged code red. A weakness that
cannot be closed yet is listed in audit-exceptions.txt with a date; after that date it counts again.
"""

# ruff: noqa: T201  a command: what it prints is its answer

import datetime
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = ROOT / "audit-exceptions.txt"
PIP_AUDIT = [
    str(ROOT / ".venv/bin/pip-audit"),
    "--strict",  # a package that could not be looked up is a fault, not a pass
    "--disable-pip",
    "--require-hashes",
    "--requirement=requirements-dev.txt",
    "--progress-spinner=off",
]
NPM_AUDIT = [sys.executable, str(ROOT / "scripts/npm.py"), "--prefix", str(ROOT / "frontend"), "audit", "--omit=dev"]


def exceptions(text: str, *, today: datetime.date) -> list[str]:
    """The advisories that are accepted today, from lines `ID YYYY-MM-DD reason`.

    ValueError on a line without date or reason, and on one whose date has passed.
    """
    accepted = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        advisory, _, rest = line.partition(" ")
        until, _, reason = rest.partition(" ")
        if not reason.strip():
            raise ValueError(f"{EXCEPTIONS.name}:{number}: expected an advisory, a date and a reason")
        if datetime.date.fromisoformat(until) < today:
            raise ValueError(f"{EXCEPTIONS.name}:{number}: the exception for {advisory} ended on {until}")
        accepted.append(advisory)
    return accepted


def main() -> int:
    try:
        accepted = exceptions(EXCEPTIONS.read_text(), today=datetime.datetime.now(tz=datetime.UTC).date())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    commands = [[*PIP_AUDIT, *(f"--ignore-vuln={advisory}" for advisory in accepted)], NPM_AUDIT]
    codes = [
        subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603  the commands are the constants above
        for command in commands
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
