"""The page of findings. Everybody with a role reads it; editors accept."""

from typing import Any

from django.utils import timezone

from conference.models import Conference, User
from inputs.models import Acceptance
from tests.matrix.roles import MEMBERS, POINT_KEY, TO_BE_POSTED

_SLUG = {"slug": "dialog"}
_KEY = {**_SLUG, "key": POINT_KEY}
ROWS = {"checks": MEMBERS, **dict.fromkeys(["check_accept", "check_agree", "check_reopen"], TO_BE_POSTED)}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "checks": _SLUG,
    "check_accept": _SLUG,
    "check_agree": _KEY,
    "check_reopen": _KEY,
}


def make_acceptance(conference: Conference, *, by: User, finding: str = "year:facts:", **more: Any) -> Acceptance:
    """An accepted finding, as it is stored."""
    facts = {"reading": "0" * 64, "reason": "Slik skal det være", "at": timezone.now()} | more
    return Acceptance.objects.create(conference=conference, finding=finding, by=by, **facts)
