"""Over the years: earlier editions, and «Dere sa – vi gjorde», which chief editors and administrators write."""

from typing import Any

from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

_SLUG = {"slug": "dialog"}
_KEY = {**_SLUG, "key": POINT_KEY}
_WRITERS = EDITORS | {"editor": 403}
ROWS = {
    **dict.fromkeys(["matters", "matter"], MEMBERS),
    **dict.fromkeys(["earlier", "desk_earlier"], MEMBERS),
    **dict.fromkeys(["matter_choose", "matter_new"], _WRITERS),
    **dict.fromkeys(["matter_move", "matter_remove", "matter_restore"], TO_BE_POSTED),
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "earlier": _SLUG,
    "desk_earlier": {**_SLUG, "session": 1, "question": 1},
    "matters": _SLUG,
    "matter_choose": _SLUG,
    **dict.fromkeys(["matter", "matter_new", "matter_move", "matter_remove", "matter_restore"], _KEY),
}
