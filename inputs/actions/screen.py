"""What stands on the big screen, chosen by an editor: a question, a line that is heard, or nothing."""

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Conference, Question, User
from inputs.actions.faults import NotAvailable, OtherConference, Stale
from inputs.models import BigScreen, HeardLine

SCOPE = "screen"


@transaction.atomic
def show(conference: Conference, what: Question | HeardLine | None, *, version: int, by: User) -> BigScreen:
    """Put it up; None blanks the screen. `version` is the one that was read, 0 before anything was shown.

    Raises Stale if somebody was faster, NotAvailable for a line that is removed, OtherConference for a stranger.
    """
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)
    stored = BigScreen.objects.filter(conference=conference).first() or BigScreen(conference=conference, version=0)
    if stored.version != version:
        raise Stale(stored)
    if isinstance(what, HeardLine):
        what = HeardLine.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=what.pk)
        if what.removed_at:
            raise NotAvailable
    session = what.question.session if isinstance(what, HeardLine) else what.session if what else None
    if session and session.conference_id != conference.pk:
        raise OtherConference
    return _store(stored, what, by)


@transaction.atomic
def take_off(line: HeardLine, *, by: User) -> None:
    """Blank the screen if it shows the line."""
    stored = BigScreen.objects.select_for_update(of=("self",)).filter(line=line).first()
    if stored:
        _store(stored, None, by)


def _store(stored: BigScreen, what: Question | HeardLine | None, by: User) -> BigScreen:
    before = {"question": stored.question_id, "line": stored.line_id}
    stored.question = what if isinstance(what, Question) else None
    stored.line = what if isinstance(what, HeardLine) else None
    stored.version += 1
    stored.changed_at, stored.changed_by = timezone.now(), by
    stored.save()
    after = {"question": stored.question_id, "line": stored.line_id}
    changes = [Change(stored, before, after)]
    record(verb="show", by=by, conference=stored.conference, scope=SCOPE, changes=changes)
    return stored
