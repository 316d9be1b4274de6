"""The report's own pages."""

from typing import Any

from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

ROWS = {
    "report": MEMBERS,
    "report_download": MEMBERS,
    "report_chapter": EDITORS,
    "report_copy": MEMBERS,
    "outline": MEMBERS,
    "outline_part": EDITORS,
    "outline_end": TO_BE_POSTED,
    "outline_wait": TO_BE_POSTED,
    "day_note": MEMBERS,
    "day_note_file": MEMBERS,
    "files": MEMBERS,
    "made_file": MEMBERS,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "report": {"slug": "dialog"},
    "report_download": {"slug": "dialog", "kind": "md"},
    "report_chapter": {"slug": "dialog", "slot": "summary"},
    "report_copy": {"slug": "dialog", "slot": "session"},
    "outline": {"slug": "dialog"},
    "outline_part": {"slug": "dialog", "name": "summary"},
    "outline_end": {"slug": "dialog", "key": POINT_KEY},
    "outline_wait": {"slug": "dialog", "key": POINT_KEY},
    "day_note": {"slug": "dialog"},
    "day_note_file": {"slug": "dialog"},
    "files": {"slug": "dialog"},
    "made_file": {"slug": "dialog", "key": POINT_KEY},
}
