"""The people of a conference, and its survey."""

from typing import Any

from tests.matrix.roles import ADMINISTRATORS, EVERYBODY, TO_BE_POSTED
from tests.matrix.setup import ROW

_SLUG = {"slug": "dialog"}
_ROW = {**_SLUG, "pk": ROW}
_PAGES: dict[str, dict[str, Any]] = {
    "setup_people": _SLUG,
    "setup_person_new": _SLUG,
    "setup_person": _ROW,
    "setup_survey": _SLUG,
    "setup_survey_question_new": _SLUG,
    "setup_survey_question": _ROW,
}
_ACTS: dict[str, dict[str, Any]] = {
    "setup_person_link": _ROW,
    "setup_person_remove": _ROW,
    "setup_survey_question_remove": _ROW,
}
ROWS = {
    **dict.fromkeys(_PAGES, ADMINISTRATORS),
    **dict.fromkeys(_ACTS, TO_BE_POSTED),
    "invitation": EVERYBODY,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    **_PAGES,
    **_ACTS,
    "invitation": {"uidb64": "MTIz", "token": "brukt-opp"},
}
