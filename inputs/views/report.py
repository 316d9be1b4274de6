"""The report: as it will be printed, and as files."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from conference.access import EDITING, WATCHING
from conference.models import Conference
from conference.web import conference_view
from inputs.hindrances import hindrances
from inputs.models import MadeKind, Point
from inputs.queries import coverage
from inputs.report.build import read_report
from inputs.report.export import (
    ALWAYS_INTERNAL,
    LIMITED,
    MEDIA_TYPES,
    WHOLE_ONLY,
    Format,
    NotFinished,
    TooLarge,
    export,
)
from inputs.report.html import render_body
from inputs.report.pdf import PdfError
from inputs.views.chapters import outline
from inputs.web import person

LABELS = {
    Format.HTML: _("Web page"),
    Format.DOCX: _("Word"),
    Format.PDF: _("PDF"),
    Format.PDF_ARCHIVE: _("PDF for the archive"),
    Format.MD: _("Markdown"),
    Format.JSON: _("JSON"),
    Format.XLSX: _("Workbook"),
    Format.ZIP: _("Archive package"),
}
#: Points whose PDF is there in a few seconds; a larger one is made on the side, with a page that says how far it is.
WHILE_ONE_WAITS = 1_000
#: What is made on the side, by format and whether it is internal.
ON_THE_SIDE = {
    (Format.PDF, False): MadeKind.PDF_PUBLIC,
    (Format.PDF, True): MadeKind.PDF_INTERNAL,
    (Format.PDF_ARCHIVE, False): MadeKind.PDF_ARCHIVE,
    (Format.PDF_ARCHIVE, True): MadeKind.PDF_ARCHIVE,
    (Format.ZIP, True): MadeKind.ZIP_OPEN,
}


@dataclass(frozen=True)
class Download:
    """A format in the table: the way to each edition, empty where there is none."""

    kind: Format
    label: str | Promise
    public: str
    internal: str
    is_made_aside: bool


@require_safe
@conference_view()
def report(request: HttpRequest, conference: Conference) -> HttpResponse:
    numbers = coverage(conference)
    rows = outline(conference)  # first: it fetches the texts that the obstacles look at
    left = hindrances(conference, numbers)
    made = read_report(conference, draft=bool(left))
    role = getattr(conference, "viewer_role", "")
    is_superuser = person(request).is_superuser
    publishes = role in WATCHING or is_superuser  # what the page offers; the pages it leads to ask who may
    context = {
        "conference": conference,
        "report": made,
        "outline": rows,
        "editing": role in EDITING or is_superuser,
        "may_publish": publishes,
        "obstacles": left,
        "questions": numbers.questions,
        "downloads": _downloads(conference, sum(1 for _point in made.points()), packages=publishes),
        # The renderer escapes everything that somebody wrote; tests/inputs/report/test_html.py holds it to that.
        "body": mark_safe(render_body(made)),  # noqa: S308 see above
    }
    return render(request, "inputs/report.html", context)


def _downloads(conference: Conference, points: int, *, packages: bool) -> list[Download]:
    rows = []
    for kind, label in LABELS.items():
        if kind == Format.ZIP and not packages:
            continue
        is_made_aside = _is_made_aside(kind, points)
        at_once = reverse("report_download", args=[conference.slug, kind])
        ways = {
            internal: _aside(conference, kind, internal=internal)
            if is_made_aside
            else at_once + "?internal=1" * internal
            for internal in (False, True)
        }
        public = "" if kind in ALWAYS_INTERNAL else ways[False]
        internal = "" if kind == Format.PDF_ARCHIVE else ways[True]
        rows.append(Download(kind, label, public, internal, is_made_aside))
    return rows


def _is_made_aside(kind: str, points: int) -> bool:
    return kind == Format.ZIP or (kind in {Format.PDF, Format.PDF_ARCHIVE} and points > WHILE_ONE_WAITS)


def _aside(conference: Conference, kind: str, *, internal: bool) -> str:
    """The page where the file is made, with that file chosen."""
    chosen = ON_THE_SIDE[Format(kind), internal or kind in ALWAYS_INTERNAL]
    return f"{reverse('files', args=[conference.slug])}?kind={chosen}#make"


@require_safe
@conference_view()
def download(request: HttpRequest, conference: Conference, kind: str) -> HttpResponse:
    """The report as a file; `?internal=1` for the internal edition, `?session=N` for one session of it.

    A draft, marked so, while something is left. What takes its time is made on the side.
    """
    if kind not in MEDIA_TYPES:
        raise Http404
    internal = request.GET.get("internal") == "1"
    session = _session(request, conference, kind)
    if kind in LIMITED:
        points = Point.objects.standing().filter(question__session__conference=conference)
        if session is not None:
            points = points.filter(question__session__number=session)
        if _is_made_aside(kind, points.count()):
            return redirect(_aside(conference, kind, internal=internal))
    draft = bool(hindrances(conference))
    try:
        try:
            made = export(conference, Format(kind), internal=internal, session=session, draft=draft)
        except NotFinished:  # something came up this moment
            draft = True
            made = export(conference, Format(kind), internal=internal, session=session, draft=True)
    except PdfError as error:
        return render(request, "inputs/export_failed.html", {"conference": conference, "error": error}, status=503)
    except TooLarge:
        context = {
            "conference": conference,
            "kind": kind,
            "internal": internal,
            "sessions": conference.sessions.all(),
        }
        return render(request, "inputs/export_too_large.html", context, status=422)
    marks = [f"bolk-{session}"] * (session is not None)
    marks += ["arkiv"] * (kind == Format.PDF_ARCHIVE)
    marks += ["utkast"] * draft + ["intern"] * (internal or kind in ALWAYS_INTERNAL)
    name = "-".join([conference.slug, *marks]) + f".{Format(kind).ending}"
    response = HttpResponse(made.content, content_type=MEDIA_TYPES[Format(kind)])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _session(request: HttpRequest, conference: Conference, kind: str) -> int | None:
    """The session that is asked for. One that is not there, or of a file that is always whole: 404."""
    asked = request.GET.get("session", "")
    if not asked:
        return None
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 6
    if not is_number or kind in WHOLE_ONLY or not conference.sessions.filter(number=int(asked)).exists():
        raise Http404
    return int(asked)
