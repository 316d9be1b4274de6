"""The day itself: plenaries, notes from paper, and the rehearsal before it."""

from typing import Any

from tests.matrix.roles import ADMINISTRATORS, EDITORS, TABLES_ONLY, TO_BE_POSTED
from tests.matrix.setup import ROW

_SLUG = {"slug": "dialog"}
_SESSION: dict[str, Any] = {"slug": "dialog", "session": 1}
_TABLE = {**_SESSION, "pk": ROW}

ROWS = {
    "plenary": EDITORS,
    "plenary_card": EDITORS,
    "plenary_add": TO_BE_POSTED,
    "plenary_choose": TO_BE_POSTED,
    "plenary_release": TO_BE_POSTED,
    "table_card": TABLES_ONLY,
    "paper_entry": EDITORS,
    "setup_paper": ADMINISTRATORS,
    "setup_rehearsal": ADMINISTRATORS,
    "setup_rehearsal_wipe": TO_BE_POSTED,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "plenary": _SESSION,
    "plenary_card": _TABLE,
    "plenary_add": _SESSION,
    "plenary_choose": _TABLE,
    "plenary_release": _TABLE,
    "paper_entry": _SLUG,
    "setup_paper": _SLUG,
    "setup_rehearsal": _SLUG,
    "setup_rehearsal_wipe": _SLUG,
}
