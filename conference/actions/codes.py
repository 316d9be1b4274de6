"""Codes that open a table. Shown once, when they are made; only their hash is kept."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conference.actions.history import Change, record
from conference.models import AccessCode, Conference, Kind, NoteTaker, Table, User

#: No 0 O 1 I L U: read aloud, written by hand and typed on a phone, they are one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8  # 30^8 is 39 bits
SHORTEST = timedelta(days=2)  # however late a code is made, it works this long


@dataclass(frozen=True)
class IssuedCode:
    """A new code in clear text, for the one who hands it out."""

    table: Table
    code: str


@transaction.atomic
def issue_codes(conference: Conference, *, by: User) -> list[IssuedCode]:
    """A new code for every table. The old ones stop working at once, and so do the devices they let in."""
    now = timezone.now()
    until = _valid_until(conference, now)
    tables = list(conference.tables.order_by("number"))
    revoke(AccessCode.objects.filter(note_taker__table__in=tables), by=by, at=now)
    issued = []
    for table in tables:
        writer = _writer(table)
        code = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
        stored = AccessCode.objects.create(
            note_taker=writer,
            code_hash=hash_code(code),
            valid_from=now,
            valid_until=until,
            issued_at=now,
            issued_by=by,
        )
        issued.append(IssuedCode(table, f"{code[:4]}-{code[4:]}"))
        record(
            verb="issue_code",
            by=by,
            at=now,
            conference=conference,
            scope=f"table:{table.pk}",
            changes=[Change(stored, after={"table": table.pk})],
        )
    return issued


def revoke(codes: QuerySet[AccessCode], *, by: User, at: datetime | None = None) -> int:
    """Let the codes stop working. Returns how many did."""
    return codes.filter(revoked_at=None).update(revoked_at=at or timezone.now(), revoked_by=by)


def hash_code(code: str) -> str:
    """What is stored of a code, however it was typed: small letters, blanks and hyphens make no difference."""
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return salted_hmac("conference.access-code", plain, algorithm="sha256").hexdigest()


def _valid_until(conference: Conference, now: datetime) -> datetime:
    """Until the tidying deadline, else noon the day after; never less than two days from now (rehearsals)."""
    day_after = (conference.end_date or conference.date) + timedelta(days=1)
    noon = timezone.make_aware(datetime.combine(day_after, time(12)))
    return max(conference.tidying_deadline or noon, now + SHORTEST)


def _writer(table: Table) -> NoteTaker:
    """The table's first note-taker, with an account that only codes open."""
    writer = table.note_takers.order_by("pk").first() or NoteTaker.objects.create(table=table)
    if writer.user is None:
        user = User(username=f"table-{uuid.uuid4().hex}", kind=Kind.TABLE, name=str(table)[:150])
        user.set_unusable_password()
        user.save()
        writer.user = user
        writer.save(update_fields=["user"])
    return writer
