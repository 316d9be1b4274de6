"""The pages for everybody, and the settings that open them. The conference of the tests is open and published."""

from typing import Any

from tests.matrix.roles import ADMINISTRATORS, EVERYBODY, TO_BE_POSTED
from tests.matrix.setup import ROW

_SLUG = {"slug": "dialog"}
ROWS = {
    **dict.fromkeys(
        ["public", "public_report", "public_edition", "public_file", "public_page", "public_page_in"], EVERYBODY
    ),
    **dict.fromkeys(["setup_public", "setup_videos", "setup_video", "setup_video_new"], ADMINISTRATORS),
    **dict.fromkeys(["setup_video_move", "setup_video_remove"], TO_BE_POSTED),
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "public": _SLUG,
    "public_report": _SLUG,
    "public_edition": {**_SLUG, "number": 1},
    "public_file": {**_SLUG, "number": 1, "kind": "md"},
    "public_page": {**_SLUG, "page": "personvern"},
    "public_page_in": {**_SLUG, "page": "personvern", "language": "nn"},
    "setup_public": _SLUG,
    "setup_videos": _SLUG,
    "setup_video_new": _SLUG,
    **{name: {**_SLUG, "pk": ROW} for name in ["setup_video", "setup_video_move", "setup_video_remove"]},
}
