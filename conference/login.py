"""How tables come in: a one-day code instead of a password."""

from typing import Any

from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from conference.actions.codes import hash_code
from conference.actions.history import Change, record
from conference.models import AccessCode, Kind, NoteTaker, User

BACKEND = "conference.login.TableCodeBackend"
OPENED_BY = "access_code"  # the session remembers which code opened it


def valid_codes() -> QuerySet[AccessCode]:
    """The codes that open something now."""
    now = timezone.now()
    return AccessCode.objects.filter(
        revoked_at=None,
        valid_from__lte=now,
        valid_until__gt=now,
        note_taker__user__is_active=True,
        note_taker__user__kind=Kind.TABLE,
    ).select_related("note_taker__user", "note_taker__table__conference")


def find_code(typed: str) -> AccessCode | None:
    """The code that was typed, if it opens something now."""
    return valid_codes().filter(code_hash=hash_code(typed)).first()


def open_table(request: HttpRequest, code: AccessCode) -> None:
    """Log the code's account in: a new session key, and a session that ends when the code does."""
    table, user = code.note_taker.table, code.note_taker.user
    assert user is not None  # noqa: S101  valid_codes() finds only those with an account; this tells the type checker
    record(
        verb="open_table",
        by=user,
        conference=table.conference,
        scope=f"table:{table.pk}",
        changes=[Change(code, after={"table": table.pk})],
    )
    login(request, user, backend=BACKEND)
    request.session[OPENED_BY] = code.pk
    request.session.set_expiry(code.valid_until)


def writer_of(request: HttpRequest) -> NoteTaker | None:
    """Who writes in this session, as long as the code that opened it is valid and the account active."""
    code = valid_codes().filter(pk=request.session.get(OPENED_BY, 0)).first()
    if code is None or str(code.note_taker.user_id) != request.session.get(SESSION_KEY):
        return None
    return code.note_taker


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
        found = find_code(code)
        return found.note_taker.user if found else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
