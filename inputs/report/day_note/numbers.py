"""How many came, wrote and said what: in one sentence, and session by session. The columns add up."""

from collections.abc import Sequence

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from conference.groups import name_of
from conference.models import Conference, Session
from inputs.models import Input
from inputs.queries import Coverage
from inputs.report.day_note.model import Grid


def in_numbers(
    conference: Conference, sessions: Sequence[Session], numbers: Coverage, came: Sequence[tuple[str, int]]
) -> Grid:
    """An input counts where an editor has filed it, a table where it wrote. `came` is (group, number)."""
    inputs = Input.objects.filter(conference=conference).order_by()
    counted = dict(
        inputs.annotate(place=Coalesce("filed_under__session__number", "session__number"))
        .values_list("place")
        .annotate(number=Count("pk"))
    )
    tables = set(inputs.exclude(table=None).values_list("session__number", "table").distinct())
    rows = [
        (
            f"{session.number}. {session.title}",
            str(sum(number == session.number for number, _table in tables)),
            str(counted.get(session.number, 0)),
            str(sum(row.points for row in numbers.questions if row.session == session.number)),
        )
        for session in sessions
    ]
    wrote = len({table for _number, table in tables})
    total = (gettext("In all"), str(wrote), str(numbers.inputs), str(numbers.points))
    header = (gettext("Thematic session"), gettext("Tables that wrote"), gettext("Inputs"), gettext("Points"))
    lead = " · ".join([*_participants(came), *_inputs(numbers)])
    return Grid(gettext("In numbers"), lead, header, (*rows, total), figures=3)


def _participants(came: Sequence[tuple[str, int]]) -> list[str]:
    """«80 deltakere (organisasjoner og råd 60, embetsverket 20)»; nothing while nobody has counted them."""
    if not came:
        return []
    total = sum(number for _group, number in came)
    said = ngettext("%(number)d participant", "%(number)d participants", total) % {"number": total}
    groups = ", ".join(f"{name_of(group)} {number}" for group, number in came)
    return [f"{said} ({groups})" if len(came) > 1 else said]


def _inputs(numbers: Coverage) -> list[str]:
    """How many there are, and what has become of them so far; the parts make up the whole."""
    said = ngettext("%(number)d input", "%(number)d inputs", numbers.inputs) % {"number": numbers.inputs}
    parts = (
        (numbers.used, gettext("%(number)d used")),
        (numbers.set_aside, gettext("%(number)d set aside with a reason")),
        (numbers.unhandled, gettext("%(number)d not sorted yet")),
    )
    return [said, *(words % {"number": number} for number, words in parts if number)]
