"""«Les opp for bordet»: a table's own lines in large type. Rapporteurs read from the same card."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from conference.models import NoteTaker, Session, Table, User
from conference.web import table_view
from inputs.actions.card import pick
from inputs.actions.table_notes import account
from inputs.card import MOST_LINES, Card, read_cards
from inputs.models import Input
from inputs.table_state import current, sessions_at


@require_http_methods(["GET", "HEAD", "POST"])
@table_view()
def table_card(request: HttpRequest, writer: NoteTaker) -> HttpResponse:
    """The table's own card of the session in `?bolk=`, else of the one that is open."""
    sessions = {str(one.number): one for one in sessions_at(writer.table)}
    number = request.GET.get("bolk", "")
    session = sessions.get(number) or (None if number else current(list(sessions.values())))
    if session is None:
        raise Http404
    session.conference = writer.table.conference
    here = f"{reverse('table_card')}?bolk={session.number}"
    back = f"{reverse('table')}?bolk={session.number}"
    return show_card(request, session, writer.table, by=account(writer), here=here, back=back)


def show_card(
    request: HttpRequest, session: Session, table: Table, *, by: User, here: str, back: str
) -> HttpResponse:
    """The card; posted, the lines that were ticked stand on it. `here` is its address, `back` where one came from."""
    [card] = read_cards(session, [table])
    ticked = [line.pk for line in card.picked]
    fault = ""
    if request.method == "POST":
        lines = _ticked(request, card)
        ticked = [line.pk for line in lines]
        if len(lines) <= MOST_LINES:
            pick(session, table, lines, by=by)
            messages.success(request, _said(len(lines)))
            return redirect(here)
        fault = _("Pick %(most)s lines at most; %(number)s are ticked. Untick some.") % {
            "most": MOST_LINES,
            "number": len(lines),
        }
    context = {
        "conference": session.conference,
        "session": session,
        "table": table,
        "card": card,
        "ticked": ticked,
        "fault": fault,
        "most": MOST_LINES,
        "here": here,
        "back": back,
    }
    return render(request, "inputs/card.html", context, status=422 if fault else 200)


def _said(number: int) -> str:
    if not number:
        return _("The card is empty again.")
    return ngettext("%(number)s line stands on the card.", "%(number)s lines stand on the card.", number) % {
        "number": number
    }


def _ticked(request: HttpRequest, card: Card) -> list[Input]:
    """The lines whose keys were posted, in the order of the page; 404 for what is not the table's to read aloud."""
    keys = set(request.POST.getlist("line"))
    try:
        wanted = {UUID(key) for key in keys}
    except ValueError:
        raise Http404 from None
    lines = [line for line in card.lines if line.key in wanted]
    if len(lines) != len(wanted):
        raise Http404
    return lines
