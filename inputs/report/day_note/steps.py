"""What comes next, by whom and when, as far as the data know; what they do not know is to be decided."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from conference.models import Conference, Contribution, Session
from conference.phases import Phase
from inputs.models import Publication
from inputs.queries import Coverage
from inputs.report.day_note.model import Grid
from inputs.report.phrases import long_date

Step = tuple[str, str, str]


def next_steps(conference: Conference, sessions: Sequence[Session], numbers: Coverage, unclear: int) -> Grid:
    """Tidying up, sorting, the editorial meeting, contributions, clearance, publication."""
    steps = [
        *_tidying(conference, sessions),
        *_sorting(numbers, unclear),
        *_contributions(conference),
        *_clearing(conference),
        _publishing(conference),
    ]
    header = (gettext("What"), gettext("Who"), gettext("When"))
    return Grid(gettext("Next steps"), "", header, tuple(steps))


def _tidying(conference: Conference, sessions: Sequence[Session]) -> list[Step]:
    if all(session.phase == Phase.DELIVERED for session in sessions):
        return []
    return [(gettext("Tidy up the minutes"), gettext("The tables"), moment(conference.deadline()))]


def _sorting(numbers: Coverage, unclear: int) -> list[Step]:
    sort = ngettext("Sort %(number)d input", "Sort %(number)d inputs", numbers.unhandled)
    clear_up = ngettext("Clear up %(number)d point", "Clear up %(number)d points", unclear)
    return [
        (said % {"number": number}, who, _undecided())
        for number, said, who in (
            (numbers.unhandled, sort, gettext("The editors")),
            (unclear, clear_up, gettext("The editorial meeting")),
        )
        if number
    ]


def _contributions(conference: Conference) -> list[Step]:
    """What is asked of somebody for the report («be om bidrag»)."""
    return [
        (
            gettext("Contribution to the report: %(part)s") % {"part": one.get_part_display()},
            one.to,
            long_date(one.deadline),
        )
        for one in Contribution.objects.waited_for().filter(conference=conference)
    ]


def _clearing(conference: Conference) -> list[Step]:
    sent = conference.clearances.defer("file", "letter")
    waiting = sent.filter(closed_at=None, replies=None).order_by("deadline", "number")
    steps = [
        (gettext("Answer to «For clearance %(number)d»") % {"number": one.number}, one.to, long_date(one.deadline))
        for one in waiting
    ]
    if steps or sent.exists():
        return steps
    return [(gettext("Send the points for clearance"), gettext("The editors"), _undecided())]


def _publishing(conference: Conference) -> Step:
    published = Publication.objects.filter(version__conference=conference, withdrawn_at=None).first()
    if published:
        return gettext("The report is published"), "", long_date(timezone.localdate(published.at))
    return gettext("Publish the report"), gettext("The chief editor"), _undecided()


def _undecided() -> str:
    return gettext("to be decided")


def moment(at: datetime) -> str:
    """«12. mars 2026 kl. 15.40»"""
    local = timezone.localtime(at)
    return gettext("%(day)s at %(time)s") % {"day": long_date(local.date()), "time": f"{local:%H.%M}"}
