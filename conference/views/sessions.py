"""The sessions: the list, the page of one with its questions, introducers and phase, and its form."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.actions.faults import Stale
from conference.actions.phases import StepNotPossible, set_phase
from conference.actions.setup import save_session
from conference.forms.planning import IntroducerForm, SessionForm
from conference.forms.setup import differences
from conference.models import Conference, Introducer, Session
from conference.phases import STEP_WORDS, Phase, steps_from
from conference.views.facts import on_top
from conference.views.lists import RowList, form_page, person, posted, session_of, setup_view, shown
from conference.views.questions import QUESTIONS


def questions_and_phase(session: Any) -> str:
    asked = ngettext("%(n)s question", "%(n)s questions", session.asked) % {"n": session.asked}
    return f"{asked}, {session.get_phase_display()}"


def with_questions(rows: QuerySet[Session]) -> QuerySet[Any]:
    return rows.annotate(asked=Count("questions"))


def introduced_by(introducer: Introducer) -> str:
    ministry = introducer.ministry.name if introducer.ministry else ""
    return ", ".join(part for part in (introducer.title, ministry) if part)


SESSIONS = RowList(
    name="setup_session",
    page="setup_sessions",
    page_title=gettext_lazy("Sessions and questions"),
    model=Session,
    form=SessionForm,
    new_title=gettext_lazy("Add a session"),
    empty=gettext_lazy("No sessions yet. Add the first one; its questions come next."),
    lead=gettext_lazy(
        "A session has a topic and the questions that the tables discuss. Open one to write its questions."
    ),
    prepare=with_questions,
    detail=questions_and_phase,
)

INTRODUCERS = RowList(
    name="setup_introducer",
    page="setup_session",
    page_title=SESSIONS.page_title,
    model=Introducer,
    form=IntroducerForm,
    new_title=gettext_lazy("Add an introducer"),
    empty=gettext_lazy("Nobody introduces this session yet."),
    prepare=lambda rows: rows.select_related("ministry"),
    detail=introduced_by,
)


@require_safe
@setup_view
def session_page(request: HttpRequest, conference: Conference, *, pk: int) -> HttpResponse:
    """One session: its phase, its questions, who introduces it."""
    session = get_object_or_404(conference.sessions.prefetch_related("responsibilities__ministry"), pk=pk)
    session.conference = conference
    phase = Phase(session.phase)
    context = {
        "conference": conference,
        "session": session,
        "phase_means": STEP_WORDS[phase][1],
        "steps": steps_from(phase),
        "questions": shown(QUESTIONS, conference, session),
        "introducers": shown(INTRODUCERS, conference, session),
    }
    return render(request, "conference/setup/session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def session_form(request: HttpRequest, conference: Conference, *, pk: int | None = None) -> HttpResponse:
    """The form of a session, new or there already; when somebody else was faster, both (409)."""
    session = session_of(conference, pk) or Session(conference=conference, number=1)
    title = str(session) if pk else str(SESSIONS.new_title)
    form = SessionForm(posted(request), instance=session, conference=conference)
    more: dict[str, Any] = {"title": title, "status": 422 if form.is_bound else 200}
    if pk:
        more |= {"back": reverse("setup_session", args=[conference.slug, pk]), "back_title": title}
    if form.is_bound and form.is_valid():
        try:
            save_session(
                form.instance,
                form.ministries(),
                fields=form.Meta.fields,
                by=person(request),
                version=form.read_at(),
            )
        except Stale as stale:
            form = on_top(SessionForm, request, stale.stored, conference)
            more |= {"both": differences(form), "status": 409}
        else:
            messages.success(request, _("«%(name)s» is saved.") % {"name": session})
            return redirect("setup_session", conference.slug, session.pk)
    return form_page(request, conference, SESSIONS, form, **more)


@require_POST
@setup_view
def session_phase(request: HttpRequest, conference: Conference, *, pk: int) -> HttpResponse:
    """Move the session to the phase that the button names."""
    session = session_of(conference, pk)
    assert session is not None  # noqa: S101 pk is given; this tells the type checker
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
    return redirect("setup_session", conference.slug, pk)
