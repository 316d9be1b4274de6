"""Minutes sheets as editors see them. Who may divide one: tests/inputs/test_sheets_pages.py."""

from typing import Any

from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

_SHEET = {"slug": "dialog", "key": POINT_KEY}
ROWS = {
    "sheets": MEMBERS,
    "sheet_add": EDITORS,
    "sheet": MEMBERS,
    "sheet_set_aside": TO_BE_POSTED,
    "sheet_bring_back": TO_BE_POSTED,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "sheets": {"slug": "dialog"},
    "sheet_add": {"slug": "dialog"},
    "sheet": _SHEET,
    "sheet_set_aside": _SHEET,
    "sheet_bring_back": _SHEET,
}
