"""The permission matrix: URL name -> role -> the answer to GET. A module for each part of the site."""

from typing import Any

from tests.matrix import (
    advance,
    checks,
    clearance,
    codes,
    day,
    desk,
    frame,
    heard,
    importing,
    ledger,
    matters,
    people,
    public,
    report,
    room,
    setup,
    sheets,
    tables,
    versions,
)

PARTS = [
    frame,
    tables,
    desk,
    sheets,
    room,
    report,
    setup,
    codes,
    people,
    importing,
    day,
    advance,
    heard,
    ledger,
    clearance,
    public,
    versions,
    checks,
    matters,
]
MATRIX: dict[str, dict[str, int]] = {name: row for part in PARTS for name, row in part.ROWS.items()}
ARGUMENTS: dict[str, dict[str, Any]] = {name: more for part in PARTS for name, more in part.ARGUMENTS.items()}

#: Open to everybody, or asking for a table's code instead of a log-in.
WITHOUT_LOG_IN = {"healthz", "login", "set_language", "invitation", "questions"} | {
    name for name in MATRIX if name.startswith(("table", "public"))
}
