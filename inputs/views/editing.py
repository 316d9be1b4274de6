"""«Rediger»: a question's part of the report as a document. Each act answers with the page, or with what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit
from conference.models import Event, Question
from inputs.actions import headings, points
from inputs.actions import undo as undoing
from inputs.actions.faults import NoRoom, NotAvailable, Refused, Stale
from inputs.desk import point_rows
from inputs.editing import read_document
from inputs.forms.desk import RewordForm
from inputs.forms.editing import HeadingForm, JoinForm, PartsForm
from inputs.models import Heading, Point, PointRevision
from inputs.models.inputs import MAX_TEXT
from inputs.settling import marks_of
from inputs.views.alive import Live, mark_of
from inputs.views.chosen import key_of
from inputs.views.desk import deeds, events_under, hold
from inputs.views.refusals import sentence
from inputs.web import editing_view, person, question_view


@dataclass(frozen=True)
class Typed:
    """What was typed and could not be saved, kept where it was typed. `theirs`: the wording that came in between."""

    key: UUID
    text: str
    error: str = ""
    theirs: PointRevision | None = None


@require_safe
@question_view
def edit(request: HttpRequest, question: Question) -> HttpResponse:
    return _show(request, question)


@require_POST
@editing_view
def reword(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Another text for the line; if somebody was faster, both texts and whose the other is (409)."""
    found, form = _find(question, key), RewordForm(request.POST)
    if not form.is_valid():
        return _refused(request, question, found, form)

    def act() -> str:
        points.reword(found, text=form.cleaned_data["text"], version=form.cleaned_data["version"], by=person(request))
        return _("Saved %(time)s.") % {"time": date_format(localtime(now()), "H.i")}

    return _carry_out(request, question, act, line=found, part="line")


@require_POST
@editing_view
def split(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The line becomes several, each with all the sources."""
    found, form = _find(question, key), PartsForm(request.POST)
    if not form.is_valid():
        return _refused(request, question, found, form)

    def act() -> str:
        hold(question)
        points.split(found, texts=form.parts, version=form.cleaned_data["version"], by=person(request))
        return _("The point is now %(count)d points, each with all its sources.") % {"count": len(form.parts)}

    return _carry_out(request, question, act, line=found)


@require_POST
@editing_view
def join(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The line becomes one with the one above it under the same heading: both texts, all the sources."""
    found, form = _find(question, key), JoinForm(request.POST)
    above = _find(question, key_of(request.POST.get("above", "")))
    if not form.is_valid():
        return _refused(request, question, found, form)

    def act() -> str:
        hold(question)
        rows = point_rows(Point.objects.standing().filter(question=question, heading=found.heading_id))
        standing = [row.point for row in rows]
        if found not in standing or above not in standing or standing.index(above) + 1 != standing.index(found):
            raise NotAvailable
        pair = standing[standing.index(above)], standing[standing.index(found)]
        for point, version in zip(
            pair, (form.cleaned_data["above_version"], form.cleaned_data["version"]), strict=True
        ):
            if point.version != version:
                raise Stale(point)
        text = f"{pair[0].text} {form.cleaned_data['text']}"
        if len(text) > MAX_TEXT:
            raise NoRoom
        points.merge(points.plan_merge(pair, text=text), by=person(request))
        return _("The two points are one, with all their sources.")

    return _carry_out(request, question, act, line=found, goes_to=above)


@require_POST
@editing_view
def order(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """One step up or down among the lines under the same heading."""
    found, by_steps = _find(question, key), {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if by_steps is None:
        raise Http404

    def act() -> str:
        hold(question)
        number, count = points.step(found, by_steps, by=person(request))
        return _("The point is now number %(number)d of %(count)d.") % {"number": number, "count": count}

    return _carry_out(request, question, act, line=found)


@require_POST
@editing_view
def rename(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Another title for a heading, unless somebody has given it one meanwhile."""
    found, form = get_object_or_404(Heading, question=question, key=key), HeadingForm(request.POST)
    if form.is_valid() and found.title != form.cleaned_data["was"] and not found.removed_at:
        form.add_error("title", _("Somebody has called it «%(title)s» meanwhile.") % {"title": found.title})
    if not form.is_valid():
        typed = Typed(key, request.POST.get("title", ""), str(form.errors.get("title", [_("Write a title.")])[0]))
        return _show(request, question, typed=typed, status=422)

    def act() -> str:
        hold(question)
        renamed = headings.rename(found, form.cleaned_data["title"], by=person(request))
        return _("The heading is now called «%(title)s».") % {"title": renamed}

    return _carry_out(request, question, act)


@require_POST
@editing_view
def undo(request: HttpRequest, question: Question) -> HttpResponse:
    """Take back one of the person's own acts under this question."""
    user, act_key = person(request), key_of(request.POST.get("act", ""))
    if not events_under(
        question, list(Event.objects.filter(act=act_key, by=user, conference=question.session.conference))
    ):
        raise Http404

    def act() -> str:
        undoing.undo(act_key, by=user)
        return _("Undone.")

    return _carry_out(request, question, act)


# --- the answers ---


def _carry_out(
    request: HttpRequest,
    question: Question,
    act: Callable[[], str],
    *,
    line: Point | None = None,
    goes_to: Point | None = None,
    part: str = "document",
) -> HttpResponse:
    """Do all of the act or nothing. A text that could not be saved comes back where it was typed."""
    try:
        with transaction.atomic():
            said = act()
    except Refused as refusal:
        return _not_done(request, question, refusal, line)
    if _asks_for_part(request):
        return _show(request, question, said=said, only=line.key if line and part == "line" else None)
    messages.success(request, said)
    place = goes_to or line
    address = reverse("desk_edit", args=_address(question))
    return redirect(f"{address}#line-{place.key}" if place else address)


def _not_done(request: HttpRequest, question: Question, refusal: Refused, line: Point | None) -> HttpResponse:
    typed = None
    if line and "text" in request.POST:
        line.refresh_from_db()
        theirs = line.revisions.select_related("by").order_by("-number").first()
        text = "\n".join(request.POST.getlist("part")) or request.POST["text"]
        # Somebody may have changed the other line of a join: then there is no second text to choose from.
        changed = isinstance(refusal, Stale) and refusal.stored == line
        typed = Typed(line.key, text, "" if changed else sentence(refusal), theirs if changed else None)
    if typed is None:
        messages.error(request, sentence(refusal))
    return _show(request, question, typed=typed, said="" if typed else sentence(refusal), status=409)


def _refused(request: HttpRequest, question: Question, line: Point, form: RewordForm) -> HttpResponse:
    errors = form.errors.get("text") or [_("The page is too old. Load it again.")]
    return _show(request, question, typed=Typed(line.key, request.POST.get("text", ""), str(errors[0])), status=422)


def _show(
    request: HttpRequest,
    question: Question,
    *,
    typed: Typed | None = None,
    said: str = "",
    only: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or the document alone; `only`: that line alone."""
    conference, user = question.session.conference, person(request)
    newest, mark = mark_of(conference)
    document = read_document(question)
    lines = [line for section in document for line in section.lines]
    editing = may_edit(user, conference, question.session)
    context = {
        "conference": conference,
        "question": question,
        "address": _address(question),
        "document": document,
        "editing": editing,
        "typed": typed,
        "gone": _gone(question, typed) if typed and typed.key not in {line.point.key for line in lines} else None,
        "deed": next(iter(deeds(question, by=user)), None) if editing else None,
        "said": said,
        "only": only,
        "live": Live("edit", mark, newest),
        "marks": marks_of(question, viewer=user.pk),
    }
    if not _asks_for_part(request):
        return render(request, "inputs/edit.html", context, status=status)
    if only:
        context |= next(
            {"line": line, "section": section}
            for section in document
            for line in section.lines
            if line.point.key == only
        )
        return render(request, "inputs/edit.html#changed_line", context)
    return render(request, "inputs/edit.html#changed", context, status=status)


def _asks_for_part(request: HttpRequest) -> bool:
    """edit.js asks so, and puts what comes in place of what stands there."""
    return request.headers.get("HX-Target") == "document"


def _gone(question: Question, typed: Typed) -> Point | None:
    """The point that was typed in and does not stand any more; None when it was a heading."""
    removed = Point.objects.select_related("removed_by", "merged_into")
    return removed.filter(question=question, key=typed.key, removed_at__isnull=False).first()


def _find(question: Question, key: UUID) -> Point:
    return get_object_or_404(Point, question=question, key=key)


def _address(question: Question) -> tuple[str, int, int]:
    return question.session.conference.slug, question.session.number, question.number
