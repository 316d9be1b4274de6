"""The questions in advance."""

from typing import Any

from tests.matrix.roles import ADMINISTRATORS, EVERYBODY, TO_BE_POSTED
from tests.matrix.setup import ROW

_SLUG = {"slug": "dialog"}
ADVANCE_KEY = "01920000-0000-4000-8000-000000000003"
ROWS = {
    "setup_advance": ADMINISTRATORS,
    "setup_advance_page": TO_BE_POSTED,
    "setup_advance_sheet": ADMINISTRATORS,
    "setup_advance_note_remove": TO_BE_POSTED,
    "questions": EVERYBODY,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "setup_advance": _SLUG,
    "setup_advance_page": _SLUG,
    "setup_advance_sheet": _SLUG,
    "setup_advance_note_remove": {**_SLUG, "pk": ROW},
    "questions": {"key": ADVANCE_KEY},
}
