"""Pages that follow what happens ask again every few seconds, with the mark of what they show (`?since=`).

While the mark is right there is nothing new: 204, in two queries, one for the session and one that asks all the rest.
Whoever that one does not let in is asked who they are in the usual way, and meets what they would have met.
"""

from dataclasses import dataclass
from functools import cached_property
from time import time as clock

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare

from conference.actions.history import revision
from conference.models import Conference, Role, User

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Follows:
    """What a page of a conference depends on.

    `roles`: who may look, beside superusers. `scopes`: the counters that `record()` bumps; none named is all of them.
    `tick`: after so many seconds the page looks again though nothing has happened, since time has passed.
    """

    roles: frozenset[Role] = frozenset(Role)
    scopes: tuple[str, ...] = ()
    tick: int = DAY

    def mark(self, conference: Conference) -> str:
        """Read before what is shown, so that whatever happens in between is asked for once more and never missed."""
        return self.mark_at(revision(conference, *self.scopes))

    def idle(self, request: HttpRequest, slug: str, **_within: object) -> HttpResponse | None:
        """The answer to somebody who may look and has seen all. `_within`: which part of the conference."""
        since = request.GET.get("since")
        if request.method != "GET" or not since or since != self._mark_for(request, slug):
            return None
        response = HttpResponse(status=204)
        add_never_cache_headers(response)
        return response

    def mark_at(self, number: int) -> str:
        """The mark when the counters say `number`."""
        return f"{number}.{int(clock()) // self.tick}"

    def _mark_for(self, request: HttpRequest, slug: str) -> str | None:
        """Of the conference with that address; None for who may not look, or is not logged in as they were."""
        account = request.session.get(SESSION_KEY)
        if account is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute(self._query, [*self._patterns, int(account), slug, *sorted(self.roles)])
            found = cursor.fetchone()
        if found is None:
            return None
        password, number = found
        is_same = constant_time_compare(
            request.session.get(HASH_SESSION_KEY, ""), User(password=password).get_session_auth_hash()
        )
        return self.mark_at(int(number)) if is_same else None

    @property
    def _patterns(self) -> list[str]:
        return [f"{scope}%" if scope.endswith(":") else scope for scope in self.scopes]

    @cached_property
    def _query(self) -> str:
        """The rules of `conference_view` and of `revision()` once more: built from expressions, the same would cost
        more than all the rest of the answer. A test holds the two to the same answer.
        """
        wanted = " OR ".join("scope LIKE %s" if scope.endswith(":") else "scope = %s" for scope in self.scopes)
        roles = ", ".join(["%s"] * len(self.roles))
        return f"""
            SELECT account.password, (
                SELECT COALESCE(SUM(value), 0) FROM conference_revisioncounter
                WHERE conference_id = edition.id AND ({wanted or "1 = 1"})
            )
            FROM conference_conference edition
            JOIN conference_user account ON account.id = %s AND account.is_active
            LEFT JOIN conference_membership member
                ON member.conference_id = edition.id AND member.user_id = account.id
            WHERE edition.slug = %s AND (account.is_superuser OR member.role IN ({roles}))
        """  # noqa: S608  made of constants; what is asked for are parameters
