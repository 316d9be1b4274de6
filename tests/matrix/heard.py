"""What we hear, and the big screen."""

from typing import Any

from tests.matrix.roles import EDITORS, MEMBERS, TO_BE_POSTED

HEARD_KEY = "01920000-0000-4000-8000-000000000004"
_SLUG = {"slug": "dialog"}
_QUESTION: dict[str, Any] = {**_SLUG, "session": 1, "question": 1}
_LINE = {**_QUESTION, "key": HEARD_KEY}
ROWS = {
    "heard": MEMBERS,
    "heard_edit": EDITORS,
    "heard_choose": TO_BE_POSTED,
    "heard_reword": TO_BE_POSTED,
    "heard_move": TO_BE_POSTED,
    "heard_remove": TO_BE_POSTED,
    "heard_restore": TO_BE_POSTED,
    "screen": EDITORS,
    "screen_control": EDITORS,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "heard": _SLUG,
    "heard_edit": _QUESTION,
    "heard_choose": _QUESTION,
    "heard_reword": _LINE,
    "heard_move": _LINE,
    "heard_remove": _LINE,
    "heard_restore": _LINE,
    "screen": _SLUG,
    "screen_control": _SLUG,
}
