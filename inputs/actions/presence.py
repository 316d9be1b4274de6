"""The pulse by which an editor's open page says that somebody is there, and where."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from conference.actions.history import touch
from conference.models import Question, User
from inputs.actions import holds
from inputs.models import Page, Point, Presence
from inputs.models.together import SILENT

PULSE = timedelta(seconds=15)  # written down no more often, unless it says something new


@transaction.atomic
def beat(question: Question, *, page: Page, point: Point | None, by: User) -> None:
    """The person is at the question, perhaps writing in the point. No event; open pages look again only at news.

    Others who have been silent too long go, and so do holds whose time is over.
    """
    now = timezone.now()
    seen, is_new = Presence.objects.get_or_create(
        question=question, person=by, defaults={"page": page, "point": point, "seen_at": now}
    )
    is_news = (
        is_new or (seen.page, seen.point_id) != (page, point.pk if point else None) or now - seen.seen_at > SILENT
    )
    if is_news or now - seen.seen_at >= PULSE:
        Presence.objects.filter(pk=seen.pk).update(page=page, point=point, seen_at=now)
    gone, _models = Presence.objects.filter(question=question, seen_at__lt=now - SILENT).delete()
    if page == Page.MERGE:
        holds.renew(question, by=by)
    holds.sweep(question, by=by)
    if is_news or gone:
        touch(question.session.conference, f"question:{question.pk}")
