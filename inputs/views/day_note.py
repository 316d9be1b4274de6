"""«Dagsnotatet»: what it will hold, and the Word file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.models import Conference
from conference.web import conference_view
from inputs.report.day_note.reading import read_day_note
from inputs.report.docx.day_note import render_day_note
from inputs.report.export import MEDIA_TYPES, Format


@require_safe
@conference_view()
def day_note(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The same words that the file has, as they stand now."""
    context = {"conference": conference, "note": read_day_note(conference)}
    return render(request, "inputs/day_note.html", context)


@require_safe
@conference_view()
def download(_request: HttpRequest, conference: Conference) -> HttpResponse:
    """Made anew each time; what becomes of it in Word is the editors' own."""
    note = read_day_note(conference)
    response = HttpResponse(render_day_note(note), content_type=MEDIA_TYPES[Format.DOCX])
    name = f"{conference.slug}-dagsnotat-{note.frame.facts.date:%Y-%m-%d}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
