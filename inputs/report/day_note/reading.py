"""The note as it can be written now: worded here, in the report's language, in a fixed number of queries."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, override

from conference.models import Conference
from inputs.queries import coverage
from inputs.report.day_note.care import sensitive
from inputs.report.day_note.fitting import fitted
from inputs.report.day_note.model import DayNote
from inputs.report.day_note.numbers import in_numbers
from inputs.report.day_note.said import main_points, promises, unclear
from inputs.report.day_note.steps import moment, next_steps
from inputs.report.model import Report
from inputs.report.phrases import long_date, phrases
from inputs.report.reading import read_facts


def read_day_note(conference: Conference, *, at: datetime | None = None) -> DayNote:
    """Fitted to its two pages. `at` is when it is written; now, unless a test says otherwise."""
    at = at or timezone.now()
    with override(conference.language):
        sessions = list(conference.sessions.order_by("number"))
        frame, numbers = _frame(conference, at), coverage(conference)
        questions, unwanted = main_points(conference, numbers)
        doubts, asked = unclear(conference)
        written = gettext("Preliminary, as it stood %(when)s. For the political leadership and the editors only.")
        note = DayNote(
            frame=frame,
            title=gettext("Note of the day"),
            about=(
                conference.title,
                ", ".join(filter(None, [long_date(conference.date), conference.venue])),
                written % {"when": moment(at)},
            ),
            numbers=in_numbers(conference, sessions, numbers, frame.facts.participants),
            sections=(questions, doubts, promises(conference), sensitive(conference, unwanted)),
            steps=next_steps(conference, sessions, numbers, asked),
            more=gettext("and %d more"),
        )
        return fitted(note)


def _frame(conference: Conference, at: datetime) -> Report:
    return Report(
        facts=read_facts(conference),
        subtitle=gettext("Note of the day"),
        phrases=phrases(timezone.localtime(at), rehearsal=conference.is_rehearsal),
        generated_at=at,
        ministries=(),
        programme=(),
        sessions=(),
        survey=None,
        chapters=(),
        draft=conference.is_rehearsal,
        internal=True,
    )
