"""Oppsett: what administrators configure. Each row of a list has the key ROW."""

from datetime import time
from typing import Any

from conference.models import (
    Conference,
    Introducer,
    Membership,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    Question,
    Role,
    Session,
    Survey,
    SurveyQuestion,
    Table,
    User,
    VideoLink,
)
from tests.matrix.roles import ADMINISTRATORS, LOGGED_IN, ROLES, TO_BE_POSTED

ROW = 900_001
_SLUG = {"slug": "dialog"}
_ROW = {**_SLUG, "pk": ROW}
_IN_SESSION = {**_SLUG, "session": ROW}

_LISTS = ("setup", "setup_facts", "setup_ministries", "setup_sessions", "setup_programme")
_PAGES: dict[str, dict[str, Any]] = {**dict.fromkeys(_LISTS, _SLUG), "setup_session_form": _ROW}
_ACTS: dict[str, dict[str, Any]] = {"setup_put_back": _SLUG, "setup_session_phase": _ROW}
for _name in ("setup_participants", "setup_ministry", "setup_session", "setup_item"):
    _PAGES |= {_name: _ROW, f"{_name}_new": _SLUG}
    _ACTS |= {f"{_name}_move": _ROW, f"{_name}_remove": _ROW}
for _name in ("setup_question", "setup_introducer"):
    _PAGES |= {_name: {**_IN_SESSION, "pk": ROW}, f"{_name}_new": _IN_SESSION}
    _ACTS |= {f"{_name}_move": {**_IN_SESSION, "pk": ROW}, f"{_name}_remove": {**_IN_SESSION, "pk": ROW}}

ROWS = {
    "conference_new": dict.fromkeys(ROLES, 403) | {"anonymous": LOGGED_IN["anonymous"], "superuser": 200},
    **dict.fromkeys(_PAGES, ADMINISTRATORS),
    **dict.fromkeys(_ACTS, TO_BE_POSTED),
}
ARGUMENTS: dict[str, dict[str, Any]] = {"conference_new": {}, **_PAGES, **_ACTS}


def make_rows(conference: Conference) -> None:
    """A row of each list of «Oppsett»."""
    session = Session.objects.create(pk=ROW, conference=conference, number=90, title="Oppsettbolken")
    Question.objects.create(pk=ROW, session=session, number=1, text="Hva er satt opp?")
    Introducer.objects.create(pk=ROW, session=session, name="Inger Innleder")
    Ministry.objects.create(pk=ROW, conference=conference, code="KD", name="Kunnskapsdepartementet")
    ParticipantCount.objects.create(pk=ROW, conference=conference, category="deltakere", attended=80)
    ProgrammeItem.objects.create(pk=ROW, conference=conference, starts_at=time(9), title="Velkommen")
    VideoLink.objects.create(pk=ROW, conference=conference, title="Dagen", url="https://example.org/dagen")
    Table.objects.create(pk=ROW, conference=conference, number=90)
    person = User.objects.create_user("satt.opp@example.no", name="Siri Oppsatt")
    Membership.objects.create(pk=ROW, conference=conference, user=person, role=Role.READER)
    survey = Survey.objects.create(conference=conference, recipients=80)
    SurveyQuestion.objects.create(pk=ROW, survey=survey, text="Hvor nyttig var dagen?")
