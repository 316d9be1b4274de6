"""Pages that follow what happens: every few seconds they ask `?since=N`, and get an answer when there is news."""

import secrets

from django.http import HttpRequest, HttpResponse

from conference.actions.history import revision
from conference.models import Conference

EVERY = 3_000  # milliseconds
JITTER = 600  # so that a hundred screens that were opened together do not ask together
IS_OVER = 286  # htmx's number for «stop asking»


class Live:
    """How far the page has come: `since` stands in it, and comes back with the next question.

    `scopes` are the counters that what it shows depends on; the planning's is always one. The number is read before
    what is shown, so that whatever happens in between is asked for once more and never missed.
    """

    def __init__(self, request: HttpRequest, conference: Conference, *scopes: str, is_over: bool) -> None:
        self.is_poll = "since" in request.GET
        self.address = request.path
        self.is_over = is_over
        self.since = revision(conference, "all", *scopes)
        self.is_news = request.GET.get("since") != str(self.since)

    @property
    def answer(self) -> HttpResponse | None:
        """For a question that needs no page: nothing new, or nothing more to come."""
        if not self.is_poll or self.is_news:
            return None
        return HttpResponse(status=IS_OVER if self.is_over else 204)

    @property
    def every(self) -> int:
        return EVERY - JITTER // 2 + secrets.randbelow(JITTER)
