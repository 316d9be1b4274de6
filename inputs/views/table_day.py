"""What a table does on the day beside writing: tries its device, and delivers a session."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.actions.deliveries import NotYet, TooLate, deliver, take_back_delivery
from conference.actions.devices import tried
from conference.models import NoteTaker, Session
from conference.web import device_in, table_view
from inputs.actions.table_notes import account
from inputs.room import missing
from rnik.lib.text import clean_text


@require_POST
@table_view()
def try_line(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """A line to try the device with. That it came is kept; its words are not."""
    if clean_text(request.POST.get("line", "")):
        tried(device_in(request), table=writer.table)
        messages.success(
            request,
            _("The test line came through at %(time)s. It is not kept among the notes.")
            % {"time": f"{timezone.localtime():%H.%M}"},
        )
    else:
        messages.error(request, _("The test line was empty. Write a word, and send it."))
    return redirect("table")


@require_POST
@table_view()
def deliver_session(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """The table is done with the session. When it has written nothing under a question, it is asked once (R52)."""
    session = _session(request, writer)
    if "sure" not in request.POST and missing(writer.table, session):
        return redirect(f"{reverse('table')}?bolk={session.number}&lever=1#table-delivery")
    try:
        deliver(writer.table, session, by=account(writer))
    except NotYet:
        messages.error(request, _("This session has not begun, so there is nothing to deliver yet."))
    return _back(session)


@require_POST
@table_view()
def take_back(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """The table is not done after all."""
    session = _session(request, writer)
    try:
        take_back_delivery(writer.table, session, by=account(writer))
    except TooLate:
        messages.error(
            request,
            _("The time for changes is over, so the delivery stands. What you write now is still received."),
        )
    return _back(session)


def _session(request: HttpRequest, writer: NoteTaker) -> Session:
    number = request.POST.get("session", "")
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    session: Session = get_object_or_404(writer.table.conference.sessions, number=number)
    return session


def _back(session: Session) -> HttpResponse:
    return redirect(f"{reverse('table')}?bolk={session.number}#table-delivery")
