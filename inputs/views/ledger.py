"""The ledger: what became of every input, in numbers, row by row, and act by act."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conference.models import REHEARSAL_MARKS, Conference, Language, Question
from conference.web import conference_view
from inputs.account import read_account
from inputs.chronicle import Page, read_chronicle
from inputs.forms.chronicle import ChronicleForm
from inputs.forms.finding import FindForm
from inputs.mentions import count_lonely, read_lonely
from inputs.models import Input
from inputs.report import xlsx
from inputs.report.appendix import AppendixRow, column_names, read_appendix
from inputs.report.export import MEDIA_TYPES, Format

APPENDIX_PAGE = 50


@require_safe
@conference_view()
def ledger(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Per table, per question and in all: written = used + set aside + unhandled."""
    return render(request, "inputs/ledger.html", {"conference": conference, "account": read_account(conference)})


@require_safe
@conference_view()
def appendix(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Each input and what became of it, a page at a time; what is looked for is spelt as in the list of inputs."""
    form = FindForm(request.GET, conference=conference)
    found = form.found()
    after = request.GET.get("after", "")
    ordered = found.in_order_of_arrival()
    shown = list(ordered.after(form.last_seen(after)).only("key", "external_id")[: APPENDIX_PAGE + 1])
    keys = {one.public_id: one.key for one in shown}
    page = Input.objects.filter(pk__in=[one.pk for one in shown[:APPENDIX_PAGE]]).in_order_of_arrival()
    context = {
        "conference": conference,
        "rows": [(row, keys[row.id]) for row in read_appendix(page)],
        "query": form.query(),
        "after": after,
        "next_after": shown[APPENDIX_PAGE - 1].key if len(shown) > APPENDIX_PAGE else None,
    }
    return render(request, "inputs/appendix.html", context, status=200 if form.is_valid() else 422)


@require_safe
@conference_view()
def appendix_file(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The same as a workbook, written row by row: only the finished file is in memory."""
    form = FindForm(request.GET, conference=conference)
    mark = REHEARSAL_MARKS[Language(conference.language)] if conference.is_rehearsal else ""
    sheet = f"{mark} {_('From input to point')}".strip()
    out = BytesIO()
    rows = read_appendix(form.found().in_order_of_arrival())
    xlsx.write_rows(out, conference.title, sheet, AppendixRow, rows, names=column_names(), at=timezone.now())
    response = HttpResponse(out.getvalue(), content_type=MEDIA_TYPES[Format.XLSX])
    name = f"{conference.slug}-{_('from-input-to-point')}-intern.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@conference_view()
def chronicle(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Who did what and when, newest first."""
    form = ChronicleForm(request.GET, conference=conference)
    after = request.GET.get("after", "")
    cursor = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    page = read_chronicle(conference, form.asked(), after=cursor) if form.is_valid() else Page((), None)
    context = {"conference": conference, "form": form, "page": page, "query": form.query(), "after": cursor}
    return render(request, "inputs/chronicle.html", context, status=200 if form.is_valid() else 422)


@require_safe
@conference_view()
def lonely(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What only one table said, question by question."""
    questions = list(
        Question.objects.filter(session__conference=conference)
        .select_related("session")
        .order_by("session__number", "number")
    )
    counts = count_lonely(questions)
    context = {"conference": conference, "rows": [(one, counts[one.pk]) for one in questions]}
    return render(request, "inputs/lonely.html", context)


@require_safe
@conference_view()
def lonely_in(request: HttpRequest, conference: Conference, session: int, question: int) -> HttpResponse:
    """The points of one question that rest on one table alone, and what of one table was set aside."""
    asked = Question.objects.select_related("session").filter(session__conference=conference)
    found = get_object_or_404(asked, session__number=session, number=question)
    context = {"conference": conference, "question": found, "lonely": read_lonely(found)}
    return render(request, "inputs/lonely_in.html", context)
