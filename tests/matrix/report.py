"""The report's own pages."""

from typing import Any

from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

_TEMPLATE_ACTS = ["report_template_styles", "report_template_remove", "report_template_put_back"]
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
    "report_template": EDITORS | {"editor": 403},
    **dict.fromkeys(_TEMPLATE_ACTS, TO_BE_POSTED),
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
    "report_template": {"slug": "dialog"},
    **{name: {"slug": "dialog", "key": POINT_KEY} for name in _TEMPLATE_ACTS},
}
