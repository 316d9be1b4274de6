"""Codes that open a table. Shown once, when they are made; only their hash is kept."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

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
    valid_until: datetime


def issue_codes(
    conference: Conference, *, by: User, only: QuerySet[Table] | None = None, order: uuid.UUID | None = None
) -> list[IssuedCode]:
    """A new code for every table, or for `only` some. Old ones stop working at once, and so do their devices.

    `order` is the key of the form that asked. Codes follow from it, so that a second click, or a page loaded again,
    gives the same codes and ends none; an order whose codes have ended since gives none.
    """
    return _issue(conference, order or uuid.uuid4(), by=by, only=only)


def issue_missing(conference: Conference, *, by: User, order: uuid.UUID) -> list[IssuedCode]:
    """Codes for the tables that have none that works; those on paper need none. `order` as in `issue_codes`."""
    ours = [hash_code(_code(order, table.pk)) for table in conference.tables.all()]
    served = AccessCode.objects.filter(revoked_at=None, valid_until__gt=timezone.now()).exclude(code_hash__in=ours)
    without = conference.tables.filter(on_paper=False).exclude(note_takers__codes__in=served)
    return _issue(conference, order, by=by, only=without)


@transaction.atomic
def _issue(conference: Conference, order: uuid.UUID, *, by: User, only: QuerySet[Table] | None) -> list[IssuedCode]:
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)  # two clicks meet in turn
    now = timezone.now()
    until = _valid_until(conference, now)
    tables = list((conference.tables.all() if only is None else only).order_by("number"))
    codes = {table.pk: _code(order, table.pk) for table in tables}
    hashes = [hash_code(code) for code in codes.values()]
    made_before = {code.code_hash: code for code in AccessCode.objects.filter(code_hash__in=hashes)}
    issued = []
    for table in tables:
        code = codes[table.pk]
        stored = made_before.get(hash_code(code)) or _store(table, code, until, by=by, at=now)
        if stored.revoked_at is None and stored.valid_until > now:
            issued.append(IssuedCode(table, f"{code[:4]}-{code[4:]}", stored.valid_until))
    return issued


def _store(table: Table, code: str, until: datetime, *, by: User, at: datetime) -> AccessCode:
    """The table's only working code from now on."""
    revoke(AccessCode.objects.filter(note_taker__table=table), by=by, at=at)
    stored = AccessCode.objects.create(
        note_taker=_writer(table),
        code_hash=hash_code(code),
        valid_from=at,
        valid_until=until,
        issued_at=at,
        issued_by=by,
    )
    record(
        verb="issue_code",
        by=by,
        at=at,
        conference=table.conference,
        scope=f"table:{table.pk}",
        changes=[Change(stored, after={"table": table.pk})],
    )
    return stored


def _code(order: uuid.UUID, table: int) -> str:
    """The code that the order gives a table; nobody can tell it without the server's secret."""
    digest = salted_hmac("conference.access-code.order", f"{order}:{table}", algorithm="sha256").digest()
    number = int.from_bytes(digest)
    signs = []
    for _sign in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


@transaction.atomic
def revoke_table(table: Table, *, by: User) -> int:
    """End the table's codes and the devices they let in, without a new one. Returns how many ended."""
    codes = AccessCode.objects.filter(note_taker__table=table, revoked_at=None, valid_until__gt=timezone.now())
    ended = list(codes)
    revoke(codes, by=by)
    record(
        verb="revoke_code",
        by=by,
        conference=table.conference,
        scope=f"table:{table.pk}",
        changes=[Change(code, after={"table": table.pk}) for code in ended],
    )
    return len(ended)


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
        with override(table.conference.language):
            name = str(table)[:150]
        user = User(username=f"table-{uuid.uuid4().hex}", kind=Kind.TABLE, name=name)
        user.set_unusable_password()
        user.save()
        writer.user = user
        writer.save(update_fields=["user"])
    return writer
