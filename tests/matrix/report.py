"""The report's own pages."""

from typing import Any

from tests.matrix.roles import EDITORS, MEMBERS

ROWS = {
    "report": MEMBERS,
    "report_download": MEMBERS,
    "report_chapter": EDITORS,
    "day_note": MEMBERS,
    "day_note_file": MEMBERS,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "report": {"slug": "dialog"},
    "report_download": {"slug": "dialog", "kind": "md"},
    "report_chapter": {"slug": "dialog", "slot": "summary"},
    "day_note": {"slug": "dialog"},
    "day_note_file": {"slug": "dialog"},
}
