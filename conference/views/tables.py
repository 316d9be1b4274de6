"""The tables: made many at once, named, put on paper, removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from conference.actions.tables import TooManyTables, make_tables, save_table
from conference.forms.tables import MakeTablesForm, TableForm
from conference.models import Conference, Device, Table
from conference.views.lists import RowList, person, posted, setup_view

PAGE = 100  # tables shown at a time

#: For removal and putting back, which all lists share; tables keep their numbers, so that they are not moved.
TABLES = RowList(
    name="setup_table",
    page="setup_tables",
    page_title=gettext_lazy("Tables"),
    model=Table,
    form=TableForm,
    new_title=gettext_lazy("Make tables"),
    empty=gettext_lazy("No tables yet."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def tables(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The list, and the form that makes more."""
    form = MakeTablesForm(posted(request))
    if form.is_valid():
        try:
            made = make_tables(conference, form.cleaned_data["number"], by=person(request))
        except TooManyTables as refusal:
            form.add_error(
                "number",
                ngettext(
                    "There is room for %(room)s more table. Write a smaller number.",
                    "There is room for %(room)s more tables. Write a smaller number.",
                    refusal.room,
                )
                % {"room": refusal.room},
            )
        else:
            messages.success(
                request,
                ngettext("%(number)s table is made.", "%(number)s tables are made.", len(made))
                % {"number": len(made)},
            )
            return redirect("setup_tables", conference.slug)
    after = cursor(request)
    shown = list(conference.tables.filter(number__gt=after).order_by("number")[: PAGE + 1])
    context = {
        "conference": conference,
        "form": form,
        "tables": shown[:PAGE],
        "after": after,
        "next_after": shown[PAGE - 1].number if len(shown) > PAGE else None,
    }
    return render(request, "conference/tables/tables.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def table(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """One table's name, and whether it writes on paper."""
    found = get_object_or_404(conference.tables, pk=pk)
    found.conference = conference
    title = str(found)
    form = TableForm(posted(request), instance=found, conference=conference)
    if form.is_valid():
        save_table(form.instance, by=person(request))
        messages.success(request, _("«%(name)s» is saved.") % {"name": form.instance})
        return redirect("setup_tables", conference.slug)
    context = {
        "conference": conference,
        "form": form,
        "title": title,
        "table": found,
        "devices": Device.objects.let_in().of_table(found).order_by("-seen_at"),
    }
    return render(request, "conference/tables/table.html", context, status=422 if form.is_bound else 200)


def cursor(request: HttpRequest) -> int:
    """The number of the table after which the list begins; nonsense begins it at the start."""
    value = request.GET.get("after", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0
