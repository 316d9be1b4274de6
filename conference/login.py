"""How tables come in: a one-day code instead of a password."""

from typing import Any

from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.backends import BaseBackend
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from conference.actions.codes import hash_code
from conference.actions.devices import come_in
from conference.models import AccessCode, Device, Kind, NoteTaker, User
from rnik.lib.client import browser

BACKEND = "conference.login.TableCodeBackend"
DEVICE = "device"  # the session remembers which device it is


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
    user = code.note_taker.user
    assert user is not None  # noqa: S101  valid_codes() finds only those with an account; this tells the type checker
    device = come_in(code, kind=browser(request), again=request.session.get(DEVICE), by=user)
    login(request, user, backend=BACKEND)
    request.session[DEVICE] = device.pk
    request.session.set_expiry(code.valid_until)


def device_of(request: HttpRequest) -> Device | None:
    """The device of this session, unless it was removed, its code has ended, or its account is closed."""
    let_in = Device.objects.let_in().filter(access_code__in=valid_codes())
    related = let_in.select_related("access_code__note_taker__user", "access_code__note_taker__table__conference")
    device = related.filter(pk=request.session.get(DEVICE, 0)).first()
    if device is None or str(device.access_code.note_taker.user_id) != request.session.get(SESSION_KEY):
        return None
    return device


def writer_of(request: HttpRequest) -> NoteTaker | None:
    """Who writes in this session."""
    device = device_of(request)
    return device.access_code.note_taker if device else None


#: The rule of `device_of` once more, with the revision: every screen asks every few seconds, and the same built from
#: expressions costs more than all the rest of the answer. A test holds the two to the same answer.
_REVISION = """
    SELECT (
        SELECT COALESCE(SUM(value), 0) FROM conference_revisioncounter
        WHERE conference_id = place.conference_id
        AND (scope IN ('all', 'table:' || place.id) OR scope LIKE 'session:%%')
    )
    FROM conference_device device
    JOIN conference_accesscode code ON code.id = device.access_code_id
    JOIN conference_notetaker writer ON writer.id = code.note_taker_id
    JOIN conference_table place ON place.id = writer.table_id
    JOIN conference_user account ON account.id = writer.user_id
    WHERE device.id = %s AND device.removed_at IS NULL
    AND code.revoked_at IS NULL AND code.valid_from <= %s AND code.valid_until > %s
    AND account.is_active AND account.kind = %s AND account.id = %s
"""


def revision_for(request: HttpRequest) -> int | None:
    """A number that grows whenever the writer's screen has something new; None where `device_of` finds none.

    It counts what the table does, what is done to its notes, the phases, and what concerns the whole conference; not
    the other tables, or a screen would never be up to date.
    """
    device, account = request.session.get(DEVICE), request.session.get(SESSION_KEY)
    if device is None or account is None:
        return None
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_REVISION, [device, now, now, Kind.TABLE.value, int(account)])
        found = cursor.fetchone()
    return None if found is None else int(found[0])


def came_from(request: HttpRequest) -> int | None:
    """The key of the table whose code has let this device in, also when the code has ended or the device is out."""
    devices = Device.objects.filter(pk=request.session.get(DEVICE, 0))
    return devices.values_list("access_code__note_taker__table", flat=True).first()


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
