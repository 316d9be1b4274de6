"""How tables come in: a one-day code instead of a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from conference.actions.codes import hash_code
from conference.models import AccessCode, User


def valid_codes() -> QuerySet[AccessCode]:
    """The codes that open something now."""
    now = timezone.now()
    return AccessCode.objects.filter(
        revoked_at=None, valid_from__lte=now, valid_until__gt=now, note_taker__user__is_active=True
    ).select_related("note_taker__user", "note_taker__table__conference")


class TableCodeBackend(BaseBackend):
    """Logs a table in by its code. There is no password and no other way in for a table."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002  Django hands it to every backend by this name
        code: str | None = None,
        **_credentials: Any,
    ) -> User | None:
        if not code:
            return None
        found = valid_codes().filter(code_hash=hash_code(code)).first()
        if found is None:
            return None
        return found.note_taker.user

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
