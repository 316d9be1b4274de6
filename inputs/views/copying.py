"""A chapter of the report as plain HTML, to be pasted into a ministry's publishing system."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from conference.models import Conference
from conference.web import conference_view
from inputs.report.build import read_report
from inputs.report.clean_html import render_chapter


@require_safe
@conference_view()
def copy(request: HttpRequest, conference: Conference, slot: str) -> HttpResponse:
    """The chapter by its anchor («kap-4-2») or, the first of them, by what it is («summary»)."""
    report = read_report(conference, draft=True)
    chapters = list(report.all_chapters())
    found = next((one for one in chapters if one.anchor == slot), None) or next(
        (one for one in chapters if one.slot == slot), None
    )
    if found is None:
        raise Http404
    source = render_chapter(found)
    context = {
        "conference": conference,
        "chapter": found,
        "chapters": chapters,
        "source": source,
        # The renderer escapes everything that somebody wrote; tests/inputs/report/test_any_words.py holds it to that.
        "shown": mark_safe(source),  # noqa: S308 see above
    }
    return render(request, "inputs/copy.html", context)
