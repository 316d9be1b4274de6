"""What editors do below a question. Who may: tests/inputs/test_desk_acts.py and test_points_pages.py."""

from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

_POINT = {"key": POINT_KEY}
_PAGES: dict[str, dict[str, str]] = {"desk": {}, "point": _POINT, "desk_alike": _POINT}
_ACTS: dict[str, dict[str, str]] = {
    "desk_accept": {},
    "desk_attach": {},
    "desk_set_aside": {},
    "desk_bring_back": {},
    "desk_file_under": {},
    "desk_place": {},
    "desk_undo": {"act": POINT_KEY},
    "desk_alike_same": _POINT,
    "desk_alike_not_same": _POINT,
    "merge_preview": {},
    "merge": {},
    "point_reword": _POINT,
    "point_split": _POINT,
    "point_move": _POINT,
    "point_order": _POINT,
    "point_take_out": _POINT,
    "point_remove": _POINT,
    "heading_make": {},
    "heading_rename": _POINT,
    "heading_move": _POINT,
    "heading_remove": _POINT,
}
_EDITORS: dict[str, dict[str, str]] = {"input_add": {}}
ROWS = dict.fromkeys(_PAGES, MEMBERS) | dict.fromkeys(_EDITORS, EDITORS) | dict.fromkeys(_ACTS, TO_BE_POSTED)
ARGUMENTS = {
    name: {"slug": "dialog", "session": 1, "question": 1} | more
    for name, more in {**_PAGES, **_EDITORS, **_ACTS}.items()
}
ROWS |= {"inputs": MEMBERS, "input": MEMBERS, "redact": EDITORS, "undo": EDITORS}
ARGUMENTS |= {
    "inputs": {"slug": "dialog"},
    "input": {"slug": "dialog", "key": POINT_KEY},
    "undo": {"slug": "dialog", "act": POINT_KEY},
    "redact": {"slug": "dialog", "kind": "innspill", "key": POINT_KEY},
}
