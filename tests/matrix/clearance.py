"""Clearance in Word: what was sent, and what came back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from conference.models import Conference, User
from inputs.actions import clearance
from inputs.models import Clearance, ClearanceReply, Proposed, ReturnedChange, Via
from tests.matrix.roles import EDITORS, MEMBERS, POINT_KEY, TO_BE_POSTED

_KEY = {"slug": "dialog", "key": POINT_KEY}
ROWS = {
    "clearance": MEMBERS,
    "clearance_send": EDITORS,
    "clearance_session": MEMBERS,
    "clearance_file": MEMBERS,
    "clearance_answer": EDITORS,
    "clearance_type_in": EDITORS,
    "clearance_close": TO_BE_POSTED,
    "clearance_change": TO_BE_POSTED,
    "clearance_change_undo": TO_BE_POSTED,
    "clearance_reply_accept": TO_BE_POSTED,
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "clearance": {"slug": "dialog"},
    "clearance_send": {"slug": "dialog"},
    "clearance_session": {"slug": "dialog", "session": 1},
    **dict.fromkeys(
        (
            "clearance_file",
            "clearance_answer",
            "clearance_type_in",
            "clearance_close",
            "clearance_change",
            "clearance_change_undo",
            "clearance_reply_accept",
        ),
        _KEY,
    ),
}


def make_clearance(conference: Conference, *, by: User, key: str = "") -> ReturnedChange:
    """Everything is sent, and a proposal for the first point has come back; with `key`, all of them have that key."""
    sent = clearance.send(
        conference,
        conference.sessions.all(),
        to="Eksempeldepartementet",
        deadline=timezone.localdate() + timedelta(days=7),
        letter="Innspillene tilhører deltakerne.",
        by=by,
    )
    change = clearance.type_in(
        sent.lines.filter(part="point").first(),
        key=uuid4(),
        office="Eksempeldepartementet",
        via=Via.EMAIL,
        proposed=Proposed.WORDING,
        text="Et punkt, klarere sagt",
        remark="",
        by=by,
    )
    if key:
        for model in (Clearance, ClearanceReply, ReturnedChange):
            model.objects.update(key=UUID(key))
    change.refresh_from_db()
    return change
