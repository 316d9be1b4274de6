"""The tables' codes: which work, new ones on sheets to print, and ending them."""

import uuid

import segno
from django.contrib import messages
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from conference.actions.codes import IssuedCode, issue_codes, issue_missing, revoke_table
from conference.forms.tables import CodesForm
from conference.models import AccessCode, Conference, Device, Event, Table
from conference.views.lists import person, setup_view
from conference.views.tables import PAGE, cursor


@require_safe
@setup_view
def codes(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Which tables have a code that works, and the buttons that make and end them."""
    return _page(request, conference, CodesForm(initial={"language": conference.language, "order": uuid.uuid4()}))


@require_POST
@setup_view
def issue(request: HttpRequest, conference: Conference) -> HttpResponse:
    """New codes: the answer is the sheets. `for` is «missing», «all», or a table's number."""
    form, whom = CodesForm(request.POST), request.POST.get("for", "")
    if not form.is_valid():
        return _page(request, conference, form, status=422)
    order, by = form.cleaned_data["order"], person(request)
    if whom == "missing":
        issued = issue_missing(conference, by=by, order=order)
    else:
        only = _asked_for(conference, whom)
        if in_use := _in_use(only, request):
            return _ask(request, conference, in_use, form=form, whom=whom)
        issued = issue_codes(conference, by=by, only=only, order=order)
    if not issued:
        messages.info(request, _("No new codes were made: every table has one, or these have ended since."))
        return redirect("setup_codes", conference.slug)
    return _sheets(request, conference, issued, form.cleaned_data["language"])


@require_POST
@setup_view
def revoke(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """End a table's code. Devices that it let in cannot send until they get a new one; they lose nothing."""
    found = get_object_or_404(conference.tables, pk=pk)
    found.conference = conference
    if in_use := _in_use(conference.tables.filter(pk=pk), request):
        return _ask(request, conference, in_use)
    if revoke_table(found, by=person(request)):
        messages.success(
            request, _("The code of «%(table)s» has ended. Make a new one here when it is needed.") % {"table": found}
        )
    else:
        messages.info(request, _("«%(table)s» has no code that works.") % {"table": found})
    return redirect("setup_codes", conference.slug)


def _in_use(tables: QuerySet[Table], request: HttpRequest) -> list[Table]:
    """Those that a device has opened with the code that would end, unless it has been said that it shall end."""
    if "confirm" in request.POST:
        return []
    now = timezone.now()
    devices = Device.objects.filter(removed_at=None, access_code__revoked_at=None, access_code__valid_until__gt=now)
    of_table = devices.filter(access_code__note_taker__table=OuterRef("pk")).order_by("-seen_at")
    seen = tables.annotate(seen_at=Subquery(of_table.values("seen_at")[:1])).exclude(seen_at=None)
    return list(seen.order_by("number"))


def _ask(
    request: HttpRequest,
    conference: Conference,
    tables: list[Table],
    *,
    form: CodesForm | None = None,
    whom: str = "",
) -> HttpResponse:
    """Nothing has ended yet: who would have to type a new code, and the button that does it."""
    context = {"conference": conference, "tables": tables, "form": form, "whom": whom}
    return render(request, "conference/tables/code_in_use.html", context)


def _asked_for(conference: Conference, whom: str) -> QuerySet[Table]:
    if whom == "all":
        return conference.tables.filter(on_paper=False)
    number = int(whom) if whom.isascii() and whom.isdigit() and len(whom) < 5 else 0
    return conference.tables.filter(pk=get_object_or_404(conference.tables, number=number).pk)


def _page(request: HttpRequest, conference: Conference, form: CodesForm, *, status: int = 200) -> HttpResponse:
    working = AccessCode.objects.filter(revoked_at=None, valid_until__gt=timezone.now())
    of_table = working.filter(note_taker__table=OuterRef("pk")).order_by("-pk")
    opened = Event.objects.filter(verb="open_table", target_type="accesscode", target_id=OuterRef("code"))
    with_codes = conference.tables.annotate(
        code=Subquery(of_table.values("pk")[:1]), valid_until=Subquery(of_table.values("valid_until")[:1])
    )
    after = cursor(request)
    rows = with_codes.annotate(opened_at=Subquery(opened.order_by("-pk").values("at")[:1]))
    shown = list(rows.filter(number__gt=after).order_by("number")[: PAGE + 1])
    context = {
        "conference": conference,
        "form": form,
        "tables": shown[:PAGE],
        "after": after,
        "next_after": shown[PAGE - 1].number if len(shown) > PAGE else None,
        "all": conference.tables.filter(on_paper=False).count(),
        "missing": with_codes.filter(Q(code=None), on_paper=False).count(),
    }
    return render(request, "conference/tables/codes.html", context, status=status)


def _sheets(request: HttpRequest, conference: Conference, issued: list[IssuedCode], language: str) -> HttpResponse:
    """One page of paper a table. The code stands in the link's fragment, which browsers send to nobody."""
    door = request.build_absolute_uri(reverse("table_login"))
    short = request.build_absolute_uri(reverse("table")).partition("://")[2].rstrip("/")
    sheets = [(one, _qr(f"{door}#{one.code}")) for one in issued]
    context = {"conference": conference, "sheets": sheets, "short": short}
    with override(language):
        return render(request, "conference/tables/sheets.html", context | {"language": language})


def _qr(address: str) -> SafeString:
    """The address as a picture. The library draws squares and writes nothing of the text into the SVG."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, svgclass=None, lineclass=None, border=0)
    return mark_safe(drawn)  # noqa: S308  see above
