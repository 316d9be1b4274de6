"""The room monitor: administrators act, chief editors look."""

from tests.matrix.roles import EDITORS, TO_BE_POSTED

_ACTS = ("room_phase", "room_time", "room_more_time", "room_paper")
ROWS = {"room": EDITORS | {"editor": 403}, **dict.fromkeys(_ACTS, TO_BE_POSTED)}
ARGUMENTS = {name: {"slug": "dialog"} for name in ROWS}
