"""How often somebody may be wrong at the tables' door, counted over all processes: docs/adr/0009."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.crypto import salted_hmac

from conference.login import came_from, find_code
from conference.models import AccessCode, WrongCodes
from rnik.lib.client import network

KEPT = timedelta(days=1)  # as long as a conference: what came in from where, and nothing longer


class DoorClosed(Exception):
    """Too many wrong codes came from there. `until` tells when the next one is looked at."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("too many wrong codes")

    @property
    def seconds(self) -> int:
        return max(1, round((self.until - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Caller:
    """Where a code is typed. `table`: the one whose code has let this device in before, if any."""

    network: str
    browser: str
    table: int | None = None


def caller(request: HttpRequest) -> Caller:
    """Browsers are told apart by their CSRF cookie: every form that is received comes with one."""
    get_token(request)  # makes one for a browser that has none yet
    return Caller(network(request), request.META["CSRF_COOKIE"], came_from(request))


@transaction.atomic
def knock(typed: str, caller: Caller) -> AccessCode | None:
    """The code that was typed, if it opens something now; None, and counted, if it does not. Raises DoorClosed.

    The counts are held while the code is looked up: of many at once, none is looked up beyond the limit.
    """
    now = timezone.now()
    WrongCodes.objects.filter(used_at__lt=now - KEPT).delete()
    browser, *places = _held(caller, now)
    # A device that has been in has its table's allowance, and then, as everybody, that of its address.
    address = places[-1]
    place = next((one for one in places if _opens_at(one, now) <= now), address)
    until = max(_opens_at(browser, now), _opens_at(place, now))
    if until > now:
        raise DoorClosed(until)
    code = find_code(typed)
    if code is None:
        for one in (browser, place):
            _count(one, now)
    elif code.note_taker.table_id not in address.tables:
        address.tables.append(code.note_taker.table_id)
        address.save(update_fields=["tables"])
    return code


def _held(caller: Caller, now: datetime) -> list[WrongCodes]:
    """The counts of the browser, of the table that it belongs to, and of its address, locked until the end."""
    said = [f"browser:{caller.browser}", f"address:{caller.network}"]
    if caller.table is not None:
        said.insert(1, f"table:{caller.table}")
    places = [salted_hmac("conference.door", one, algorithm="sha256").hexdigest() for one in said]
    # One statement makes those that are missing and locks all, always in this order.
    WrongCodes.objects.bulk_create(
        [WrongCodes(place=place, since=now, used_at=now) for place in places],
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["used_at"],
    )
    held = {one.place: one for one in WrongCodes.objects.filter(place__in=places)}
    return [held[place] for place in places]


def _opens_at(count: WrongCodes, now: datetime) -> datetime:
    """When the place's next code is looked at; now or earlier while there is room."""
    limit = settings.WRONG_CODES * max(1, len(count.tables))
    return count.since + _window() if count.number >= limit else now


def _count(count: WrongCodes, now: datetime) -> None:
    if count.since + _window() <= now:
        count.number, count.since = 0, now
    count.number += 1
    count.save(update_fields=["number", "since"])


def _window() -> timedelta:
    return timedelta(minutes=settings.WRONG_CODES_MINUTES)
