"""The facts of a conference, how many took part, and what is said when two change the same at once."""

from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from conference.actions.faults import Stale
from conference.actions.setup import save_facts
from conference.forms.planning import FactsForm, MinistryForm, ParticipantsForm
from conference.forms.setup import VersionedForm, differences
from conference.groups import name_of
from conference.models import Conference, Ministry, ParticipantCount
from conference.views.lists import RowList, person, posted, setup_view, shown

AForm = TypeVar("AForm", bound=VersionedForm)


def counts(row: ParticipantCount) -> str:
    """The three numbers, those that are known."""
    known = [
        (_("at most %(n)s"), row.limit),
        (_("%(n)s invited"), row.invited),
        (_("%(n)s came"), row.attended),
    ]
    return ", ".join(text % {"n": number} for text, number in known if number is not None)


PARTICIPANTS = RowList(
    name="setup_participants",
    page="setup_facts",
    page_title=gettext_lazy("Facts"),
    model=ParticipantCount,
    form=ParticipantsForm,
    new_title=gettext_lazy("Add a category"),
    empty=gettext_lazy("No categories yet, such as participants, observers or staff."),
    title=lambda row: capfirst(name_of(row.category)),
    detail=counts,
)

MINISTRIES = RowList(
    name="setup_ministry",
    page="setup_ministries",
    page_title=gettext_lazy("Ministries"),
    model=Ministry,
    form=MinistryForm,
    new_title=gettext_lazy("Add a ministry"),
    empty=gettext_lazy("No ministries yet. Add those that are responsible for a session or send a speaker."),
    lead=gettext_lazy("Sessions, introducers and speakers can be tied to a ministry. The report uses the full name."),
    title=lambda row: row.name,
    detail=lambda row: row.code,
)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def facts(request: HttpRequest, conference: Conference) -> HttpResponse:
    # A copy of its own: what was typed and refused must not stand in the frame of the page.
    stored = Conference.objects.select_related("series").get(pk=conference.pk)
    form = FactsForm(posted(request), instance=stored, conference=conference)
    if request.method != "POST":
        return _page(request, conference, form)
    if not form.is_valid():
        return _page(request, conference, form, status=422)
    try:
        save_facts(
            form.instance,
            fields=form.Meta.fields,
            series=form.cleaned_data["series_name"],
            by=person(request),
            version=form.read_at(),
        )
    except Stale as stale:
        form = on_top(FactsForm, request, stale.stored, conference)
        return _page(request, conference, form, both=differences(form), status=409)
    messages.success(request, _("The facts are saved."))
    return redirect("setup_facts", conference.slug)


def on_top(form: type[AForm], request: HttpRequest, stored: Any, conference: Conference) -> AForm:
    """The form as typed, on top of what is stored now: to save it once more is to choose it over the other."""
    data = request.POST.copy()
    data["version"] = str(stored.version)
    return form(data, instance=stored, conference=conference)


def _page(
    request: HttpRequest,
    conference: Conference,
    form: VersionedForm,
    *,
    both: list[dict[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conference": conference,
        "form": form,
        "both": both,
        "list": shown(PARTICIPANTS, conference),
    }
    return render(request, "conference/setup/facts.html", context, status=status)
