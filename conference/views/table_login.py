"""The tables' door: a code, typed or in the fragment of a link that the sheet's QR code holds."""

import logging
from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.door import DoorClosed, caller, knock
from conference.forms.table_login import TableCodeForm
from conference.login import open_table

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def table_login(request: HttpRequest) -> HttpResponse:
    """Opens the table and leads to its screen; 400 with the form for a code that opens nothing, 429 for too many."""
    if request.method != "POST":
        return _page(request, TableCodeForm())
    form = TableCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        code = knock(form.cleaned_data["code"], caller(request))
    except DoorClosed as closed:
        logger.warning("Table codes are not looked at for a while: too many wrong ones")
        response = _page(request, form, minutes=ceil(closed.seconds / 60), status=429)
        response["Retry-After"] = closed.seconds
        return response
    if code is None:
        form.opens_nothing()
        return _page(request, form, status=400)
    open_table(request, code)
    return redirect("table")


def _page(
    request: HttpRequest, form: TableCodeForm, *, minutes: int | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "conference/table_login.html", {"form": form, "minutes": minutes}, status=status)
