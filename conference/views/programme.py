"""The programme of the day."""

from django.utils.translation import gettext_lazy

from conference.forms.planning import ProgrammeItemForm
from conference.models import ProgrammeItem
from conference.views.lists import RowList


def facts_of(item: ProgrammeItem) -> str:
    return ", ".join(part for part in (item.get_kind_display(), item.speaker_name) if part)


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
)
