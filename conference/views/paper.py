"""Forms on paper, one for each table and question, for tables without a device and for when the net is gone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.forms.paper import PaperForm
from conference.models import Conference
from conference.views.lists import setup_view

LINES = "x" * 12  # to write on; the rest of the A4 is the question


@require_safe
@setup_view
def paper(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The choice on the screen, the sheets on paper. The sheets speak the language of the report."""
    form = PaperForm(request.GET, conference=conference)
    context = {"conference": conference, "form": form, "sheets": form.sheets(), "lines": LINES}
    return render(request, "conference/tables/paper.html", context, status=200 if form.is_valid() else 422)
