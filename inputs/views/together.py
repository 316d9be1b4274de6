"""Pages of a question that stay open: what has come since they were read, and the pulse that says who is there.

What is told of others arrives by parts of the page, never under the hands (static/app/together.js).
"""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit
from conference.models import Event, Question
from inputs.actions import holds, presence
from inputs.desk_news import news
from inputs.models import Page, Point
from inputs.settling import marks_of
from inputs.views.alive import FOLLOWS, Live, mark_of
from inputs.views.chosen import key_of
from inputs.views.desk import carry_out
from inputs.views.fragments import fragments
from inputs.views.heard_news import heard_of
from inputs.web import editing_view, edits_somewhere, person, question_view


@require_safe
@partial(question_view, follows=FOLLOWS)
def live(request: HttpRequest, question: Question) -> HttpResponse:
    """What has come since `seen`: who is here and what they did; for the Sorter also the parts that have changed."""
    user, conference = person(request), question.session.conference
    page, after = request.GET.get("page", ""), request.GET.get("seen", "")
    newest, mark = mark_of(conference)
    context = {
        "conference": conference,
        "question": question,
        "live": Live(page if page in Page else Page.SORT, mark, newest),
        "address": address_of(question),
    }
    marks = marks_of(question, viewer=user.pk)
    may = may_edit(user, conference, question.session)
    context |= {
        "marks": marks,
        "editing": may and marks.sign_off is None,
        "may_propose": edits_somewhere(request, conference),
    }
    known = int(after) if after.isdecimal() and len(after) < 19 else newest
    if page == Page.SORT and (answer := fragments(request, question, context, after=known)):
        return answer
    changed = news(question, known, by=user)
    others = changed.by_others if changed else ()
    context |= {
        "is_old": changed is None,
        "is_changed": bool(others),
        "heard": heard_of(others),
        "changed_lines": _lines(others) if page == Page.EDIT else (),
    }
    return render(request, "inputs/alive.html", context)


def _lines(events: Iterable[Event]) -> list[tuple[UUID, str]]:
    """The points whose words others have changed, each with who did it last."""
    by = {event.target_id: event.by.get_full_name() for event in events if event.verb in {"reword", "redact"}}
    points = Point.objects.filter(pk__in=by).values_list("key", "pk")
    return [(key, _("%(name)s has changed this.") % {"name": by[pk]}) for key, pk in points]


@require_POST
@editing_view
def pulse(request: HttpRequest, question: Question) -> HttpResponse:
    """The person is here; what they hold while merging is theirs for a while more."""
    page, key = request.POST.get("page", ""), request.POST.get("point", "")
    if page not in Page:
        raise Http404
    point = get_object_or_404(Point, question=question, key=key_of(key)) if key else None
    presence.beat(question, page=Page(page), point=point, by=person(request))
    return HttpResponse(status=204)


@require_POST
@editing_view
def leave_merge(request: HttpRequest, question: Question) -> HttpResponse:
    """Back to the desk without merging: the points are anybody's again. Sent as well by a page that is closed."""
    holds.release(question, by=person(request))
    return redirect("desk", *address_of(question))


@require_POST
@editing_view
def take_over(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Another's merge holds the point no longer. Nothing of theirs is lost: their text stands where they write it."""
    found = get_object_or_404(Point, question=question, key=key)

    def act() -> str:
        holds.take_over(found, by=person(request))
        return _("The point is free again.")

    return carry_out(request, question, act, on_point=key if "on_point" in request.POST else None)


def address_of(question: Question) -> tuple[str, int, int]:
    return question.session.conference.slug, question.session.number, question.number
