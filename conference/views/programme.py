"""The programme of the day."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.forms.planning import ProgrammeItemForm
from conference.models import ItemKind, ProgrammeItem
from conference.views.lists import RowList


def facts_of(item: ProgrammeItem) -> str:
    until = _("until %(time)s") % {"time": f"{item.ends_at:%H.%M}"} if item.ends_at else ""
    session = _("session %(number)d") % {"number": item.session.number} if item.session else ""
    kind = "" if item.session or item.kind == ItemKind.OTHER else item.get_kind_display()
    return ", ".join(part for part in (until, session, kind, item.speaker_name) if part)


def starts_earlier(new: ProgrammeItem, other: ProgrammeItem) -> bool:
    return new.starts_at < other.starts_at


PROGRAMME = RowList(
    name="setup_item",
    page="setup_programme",
    page_title=gettext_lazy("Programme"),
    model=ProgrammeItem,
    form=ProgrammeItemForm,
    new_title=gettext_lazy("Add an item"),
    empty=gettext_lazy("The programme is empty. Add the first item of the day."),
    lead=gettext_lazy("The order here is the order on the programme; two items may start at the same time."),
    detail=facts_of,
    prepare=lambda rows: rows.select_related("session"),
    before=starts_earlier,
)
