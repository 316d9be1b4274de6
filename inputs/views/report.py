"""The report: as it will be printed, and as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from conference.access import EDITING
from conference.models import Conference
from conference.web import conference_view
from inputs.hindrances import hindrances
from inputs.queries import coverage
from inputs.report.build import read_report
from inputs.report.export import ALWAYS_INTERNAL, MEDIA_TYPES, Format, NotFinished, export
from inputs.report.html import render_body
from inputs.report.pdf import PdfError
from inputs.views.chapters import outline
from inputs.web import person

LABELS = {
    Format.HTML: _("Web page"),
    Format.DOCX: _("Word"),
    Format.PDF: _("PDF"),
    Format.MD: _("Markdown"),
    Format.JSON: _("JSON"),
    Format.XLSX: _("Workbook"),
}


@require_safe
@conference_view()
def report(request: HttpRequest, conference: Conference) -> HttpResponse:
    numbers = coverage(conference)
    rows = outline(conference)  # first: it fetches the texts that the obstacles look at
    left = hindrances(conference, numbers)
    made = read_report(conference, draft=bool(left))
    context = {
        "conference": conference,
        "report": made,
        "outline": rows,
        # What the outline links to; the chapters' own page asks who may.
        "editing": getattr(conference, "viewer_role", "") in EDITING or person(request).is_superuser,
        "obstacles": left,
        "questions": numbers.questions,
        "downloads": [(kind, label, kind in ALWAYS_INTERNAL) for kind, label in LABELS.items()],
        # The renderer escapes everything that somebody wrote; tests/inputs/report/test_html.py holds it to that.
        "body": mark_safe(render_body(made)),  # noqa: S308 see above
    }
    return render(request, "inputs/report.html", context)


@require_safe
@conference_view()
def download(request: HttpRequest, conference: Conference, kind: str) -> HttpResponse:
    """The report as a file; `?internal=1` for the internal edition. A draft, marked so, while something is left."""
    if kind not in MEDIA_TYPES:
        raise Http404
    internal = request.GET.get("internal") == "1"
    draft = bool(hindrances(conference))
    try:
        try:
            made = export(conference, Format(kind), internal=internal, draft=draft)
        except NotFinished:  # something came up this moment
            draft = True
            made = export(conference, Format(kind), internal=internal, draft=True)
    except PdfError as error:
        return render(request, "inputs/export_failed.html", {"conference": conference, "error": error}, status=503)
    marks = ["utkast"] * draft + ["intern"] * (internal or kind in ALWAYS_INTERNAL)
    name = "-".join([conference.slug, *marks]) + f".{kind}"
    response = HttpResponse(made.content, content_type=MEDIA_TYPES[Format(kind)])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
