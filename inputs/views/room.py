"""The room monitor: how it goes at the tables, and what organisers do about it on the day."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import WATCHING, may_administer, may_watch
from conference.actions.faults import Stale
from conference.actions.phases import StepNotPossible, end_group_work, give_more_time, set_phase
from conference.actions.tables import save_table
from conference.models import Conference, Session
from conference.phases import STEP_WORDS, Phase, steps_from
from conference.polls import Follows
from conference.web import conference_view
from inputs.forms.room import EndForm
from inputs.room import look
from inputs.web import person

PAGE = 100  # tables shown at a time
SHOWN = 20  # tables to go to; more than that nobody reads
MORE = 5  # minutes that one click gives
PACE = 3_000  # milliseconds between two looks, more or less, so that screens do not all ask at once
FOLLOWS = Follows(WATCHING, tick=30)  # everything that happens, and silence


@require_safe
@conference_view(may_watch, follows=FOLLOWS)
def room(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The page; to one that is open and asks again, the part of it that changes."""
    return _page(request, conference, request.GET.get("bolk", ""))


@require_POST
@conference_view(may_administer)
def phase(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Move the session to the phase that the button names."""
    session = _session(request, conference)
    to = request.POST.get("to", "")
    try:
        if to not in Phase:
            raise StepNotPossible(Phase(session.phase))
        session = set_phase(session, to=Phase(to), by=person(request))
    except StepNotPossible as refusal:
        now = refusal.phase.label
        messages.error(
            request, _("That step cannot be taken from «%(phase)s». The session is as it was.") % {"phase": now}
        )
    else:
        messages.success(request, _("The session is now: %(phase)s.") % {"phase": session.get_phase_display()})
    return _back(conference, session)


@require_POST
@conference_view(may_administer)
def time(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Until when the tables talk."""
    session = _session(request, conference)
    form = EndForm(request.POST, session=session)
    if not form.is_valid():
        return _page(request, conference, str(session.number), form, status=422)
    session = end_group_work(session, at=form.cleaned_data["until"], by=person(request))
    messages.success(request, _said_end(session))
    return _back(conference, session)


@require_POST
@conference_view(may_administer)
def more_time(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Five minutes more than the end that the page showed."""
    session = _session(request, conference)
    try:
        read = parse_datetime(request.POST.get("read", ""))
    except ValueError:
        read = None
    try:
        session = give_more_time(session, minutes=MORE, read=read, by=person(request))
    except Stale:
        session.refresh_from_db()
        messages.info(request, _("The end had been changed already. %(end)s") % {"end": _said_end(session)})
    else:
        messages.success(request, _said_end(session))
    return _back(conference, session)


@require_POST
@conference_view(may_administer)
def paper(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A table writes on paper, so that nobody is sent there for its silence; or it does not any more."""
    number = request.POST.get("table", "")
    table = get_object_or_404(conference.tables, number=_number(number))
    table.conference = conference
    is_on_paper = request.POST.get("paper") == "1"
    if table.on_paper != is_on_paper:
        table.on_paper = is_on_paper
        save_table(table, by=person(request))
    return redirect(_address(conference, request.POST.get("session", ""), request.POST.get("after", "")))


def _page(
    request: HttpRequest, conference: Conference, number: str, form: EndForm | None = None, *, status: int = 200
) -> HttpResponse:
    mark = FOLLOWS.mark(conference)  # first: what happens meanwhile is shown at the next look
    seen = look(conference, number)
    session = seen.session
    is_poll = bool(getattr(request, "htmx", False)) and "since" in request.GET
    after = _number(request.GET.get("after", ""), otherwise=0)
    shown = [one for one in seen.tables if one.table.number > after]
    steps = steps_from(Phase(session.phase)) if session else []
    forward = next((step for step in steps if _is_forward(step[0], session)), None)
    context: dict[str, Any] = {
        "conference": conference,
        "room": seen,
        "mark": mark,
        "session": session,
        "tables": shown[:PAGE],
        "after": after,
        "next_after": shown[PAGE - 1].table.number if len(shown) > PAGE else None,
        "to_go_to": seen.to_go_to[:SHOWN],
        "more_to_go_to": max(len(seen.to_go_to) - SHOWN, 0),
        "is_morning": all(one.phase == Phase.PLANNED for one in seen.sessions),
        "phase_means": STEP_WORDS[Phase(session.phase)][1] if session else "",
        "forward": forward,
        "other_steps": [step for step in steps if step != forward],
        "may_act": may_administer(person(request), conference),
        "form": form or (EndForm(session=session) if session else None),
        "now": timezone.now(),
        "pace": PACE + secrets.randbelow(PACE // 3),
        "minutes": MORE,
    }
    if is_poll:
        return render(request, "inputs/room.html#live", context)
    return render(request, "inputs/room.html", context, status=status)


def _is_forward(to: Phase, session: Session | None) -> bool:
    order = list(Phase)
    return session is not None and order.index(to) > order.index(Phase(session.phase))


def _said_end(session: Session) -> str:
    if session.work_until is None:
        return _("No end of the group work is shown.")
    return _("Group work until %(time)s.") % {"time": f"{timezone.localtime(session.work_until):%H.%M}"}


def _session(request: HttpRequest, conference: Conference) -> Session:
    number = _number(request.POST.get("session", ""))
    session: Session = get_object_or_404(conference.sessions, number=number)
    session.conference = conference
    return session


def _number(value: str, *, otherwise: int | None = None) -> int:
    """Of a session or a table; nonsense is `otherwise`, else nowhere to be found."""
    if value.isascii() and value.isdigit() and len(value) < 5:
        return int(value)
    if otherwise is None:
        raise Http404
    return otherwise


def _back(conference: Conference, session: Session) -> HttpResponse:
    return redirect(_address(conference, str(session.number)))


def _address(conference: Conference, session: str, after: str = "") -> str:
    """The room as it was seen: the session and the page of tables, where they are numbers."""
    asked = {"bolk": _number(session, otherwise=0), "after": _number(after, otherwise=0)}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return reverse("room", args=[conference.slug]) + (f"?{query}" if query else "")
