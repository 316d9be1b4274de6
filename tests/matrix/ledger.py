"""The ledger, its lists, and what is done with many at once. Who may act: tests/inputs/test_finding_acts.py."""

from typing import Any

from tests.matrix.roles import MEMBERS, POINT_KEY, TO_BE_POSTED

_PAGES: dict[str, dict[str, Any]] = {
    "ledger": {},
    "appendix": {},
    "appendix_file": {},
    "chronicle": {},
    "lonely": {},
    "lonely_in": {"session": 1, "question": 1},
    "points": {},
    "points_file": {"kind": "xlsx"},
}
_ACTS: dict[str, dict[str, Any]] = {
    "inputs_act": {},
    "inputs_undo": {"act": POINT_KEY},
    "points_act": {},
}
ROWS = dict.fromkeys(_PAGES, MEMBERS) | dict.fromkeys(_ACTS, TO_BE_POSTED)
ARGUMENTS = {name: {"slug": "dialog"} | more for name, more in {**_PAGES, **_ACTS}.items()}
