"""The big screen («storskjerm»), and the page from which an editor decides what stands there."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conference.access import EDITING, may_edit
from conference.models import Conference, Question
from conference.polls import Follows
from conference.web import conference_view
from inputs.actions import heard as heard_acts
from inputs.actions import screen as acts
from inputs.actions.faults import Refused, Stale
from inputs.heard import is_over, on_screen, pictures, read_heard, read_screen
from inputs.live import Live
from inputs.models import HeardLine
from inputs.views.chosen import key_of
from inputs.views.refusals import sentence
from inputs.web import person

FOLLOWS = Follows(EDITING, ("all", acts.SCOPE, heard_acts.SCOPE, "session:"))
BLANK, NEXT, PREVIOUS = "blank", "next", "previous"


@require_safe
@conference_view(may_edit, follows=FOLLOWS)
def screen(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What the wall shows; to a page that asks again, the picture alone."""
    live = Live(request, FOLLOWS.mark(conference), is_over=is_over(conference))
    context = {"conference": conference, "picture": on_screen(read_screen(conference)), "live": live}
    return render(request, "inputs/screen.html#picture" if live.is_poll else "inputs/screen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def control(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Whoever edits in the conference may steer its one screen: what stands there is edited already."""
    if request.method == "POST":
        what = _chosen(request, conference)
        try:
            acts.show(conference, what, version=_version(request), by=person(request))
        except Stale:
            messages.warning(
                request, _("The screen was changed since you opened this page, and is left as it is. Choose again.")
            )
        except Refused as refusal:
            messages.error(request, sentence(refusal))
        return redirect("screen_control", conference.slug)
    stored = read_screen(conference)
    context = {
        "conference": conference,
        "picture": on_screen(stored),
        "stored": stored,
        "pictures": pictures(read_heard(conference)),
    }
    return render(request, "inputs/screen_control.html", context)


def _chosen(request: HttpRequest, conference: Conference) -> Question | HeardLine | None:
    """What the button stands for: «blank», «next», «previous», or a picture by its name."""
    show = request.POST.get("show", "")
    if show == BLANK:
        return None
    if show in {NEXT, PREVIOUS}:
        return _beside(conference, 1 if show == NEXT else -1)
    kind, _colon, name = show.partition(":")
    if kind == "line":
        lines = HeardLine.objects.filter(question__session__conference=conference)
        return get_object_or_404(lines, key=key_of(name))
    if found := re.fullmatch(r"question:([0-9]{1,4})\.([0-9]{1,4})", show):
        session, number = map(int, found.groups())
        questions = Question.objects.filter(session__conference=conference).select_related("session")
        return get_object_or_404(questions, session__number=session, number=number)
    raise Http404


def _version(request: HttpRequest) -> int:
    """The one that the page was made from; nonsense is none that there ever was."""
    value = request.POST.get("version", "")
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else -1


def _beside(conference: Conference, step: int) -> Question | HeardLine | None:
    """What comes after (or before) what stands there. A blank screen begins at the start; the ends stay."""
    now, row = on_screen(read_screen(conference)), pictures(read_heard(conference))
    names = [picture.name for picture in row]
    if not row:
        return None
    place = names.index(now.name) + step if now and now.name in names else 0
    there = row[min(max(place, 0), len(row) - 1)]
    return there.line or there.question
