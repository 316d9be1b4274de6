"""The tables' door: a code, typed or in the fragment of a link that the sheet's QR code holds."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.forms.table_login import TableCodeForm
from conference.login import open_table


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def table_login(request: HttpRequest) -> HttpResponse:
    """Opens the table and leads to its screen; 400 with the form for a code that opens nothing."""
    if request.method != "POST":
        return render(request, "conference/table_login.html", {"form": TableCodeForm()})
    form = TableCodeForm(request.POST)
    if not form.is_valid() or form.opened is None:
        return render(request, "conference/table_login.html", {"form": form}, status=400)
    open_table(request, form.opened)
    return redirect("table")
