"""What editors do below a question. Who may: test_desk_acts.py, test_editing.py and test_points_pages.py."""

from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

_POINT = {"key": POINT_KEY}
_PAGES: dict[str, dict[str, str]] = {
    "desk": {},
    "desk_edit": {},
    "point": _POINT,
    "desk_likeness": {},
    "desk_alike": _POINT,
    "signing": {},
    "confirming": {},
    "desk_live": {},
}
_ACTS: dict[str, dict[str, str]] = {
    "desk_accept": {},
    "desk_attach": {},
    "desk_move": {},
    "desk_order": {},
    "desk_set_aside": {},
    "desk_bring_back": {},
    "desk_file_under": {},
    "desk_place": {},
    "desk_undo": {"act": POINT_KEY},
    "edit_undo": {},
    "edit_rename": _POINT,
    "edit_reword": _POINT,
    "edit_split": _POINT,
    "edit_join": _POINT,
    "edit_order": _POINT,
    "desk_alike_same": _POINT,
    "desk_alike_not_same": _POINT,
    "merge_preview": {},
    "merge": {},
    "point_reword": _POINT,
    "point_split": _POINT,
    "point_move": _POINT,
    "point_take_out": _POINT,
    "point_remove": _POINT,
    "point_levels": _POINT,
    "heading_make": {},
    "heading_rename": _POINT,
    "heading_move": _POINT,
    "heading_remove": _POINT,
    "heading_merge": {},
    "point_clarify": _POINT,
    "point_confirm": _POINT,
    "signing_sign": {},
    "signing_lift": {},
    "desk_pulse": {},
    "merge_leave": {},
    "point_take_over": _POINT,
}
_EDITORS: dict[str, dict[str, str]] = {
    "input_add": {},
    "use_also": _POINT,
    "point_propose": _POINT,
    "input_propose": _POINT,
}
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
_OF_THE_CONFERENCE = (
    "clarification_decide",
    "clarification_withdraw",
    "clarification_reopen",
    "proposal_accept",
    "proposal_decline",
    "proposal_withdraw",
)
_TALK = ("comment_point", "comment_input", "comment_answer", "comment_solve", "comment_reopen")
ROWS |= {"mine": MEMBERS, "sharing": MEMBERS, "share": TO_BE_POSTED} | dict.fromkeys(_TALK, TO_BE_POSTED)
ARGUMENTS |= {name: {"slug": "dialog"} for name in ("mine", "sharing", "share")}
ARGUMENTS |= {name: {"slug": "dialog", "key": POINT_KEY} for name in _TALK}
ROWS |= {"clarifications": MEMBERS, "proposals": MEMBERS} | dict.fromkeys(_OF_THE_CONFERENCE, TO_BE_POSTED)
ARGUMENTS |= {"clarifications": {"slug": "dialog"}, "proposals": {"slug": "dialog"}}
ARGUMENTS |= {name: {"slug": "dialog", "key": POINT_KEY} for name in _OF_THE_CONFERENCE}
