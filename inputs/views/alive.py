"""What a page of a question asks with while it stands open (views/together.py answers)."""

import secrets
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from conference.models import Conference, Event, RevisionCounter
from conference.polls import Follows

PACE = 2_300  # milliseconds between two looks, a little more or less: others' acts are seen within three seconds
FOLLOWS = Follows()  # everything that happens: a note from a table as well as an editor's act


@dataclass(frozen=True)
class Live:
    """What an open page asks with: which page it is, the mark of what it shows, and the newest event it tells of."""

    page: str
    mark: str
    seen: int

    @property
    def every(self) -> int:
        return PACE + secrets.randbelow(500)


def mark_of(conference: Conference) -> tuple[int, str]:
    """The newest event, and the mark that goes with it. One query, asked before the page is read."""
    counters = RevisionCounter.objects.filter(conference=OuterRef("pk")).order_by().values("conference")
    events = Event.objects.filter(conference=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    newest, number = (
        Conference.objects.filter(pk=conference.pk)
        .values_list(
            Coalesce(Subquery(events), 0),
            Coalesce(Subquery(counters.annotate(sum=Sum("value")).values("sum")), 0),
        )
        .get()
    )
    return newest, FOLLOWS.mark_at(number)
