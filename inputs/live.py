"""Pages that follow what happens, as live.js keeps them: what it must know stands on the part that changes."""

import secrets

from django.http import HttpRequest

EVERY = 3_000  # milliseconds
JITTER = 600  # so that a hundred screens that were opened together do not ask together


class Live:
    """How far the page has come (conference/polls.py), and how it goes on. When all is over it asks no more."""

    def __init__(self, request: HttpRequest, mark: str, *, is_over: bool) -> None:
        self.is_poll = "since" in request.GET
        self.address = request.path
        self.is_over = is_over
        self.since = mark

    @property
    def every(self) -> int:
        return EVERY - JITTER // 2 + secrets.randbelow(JITTER)
