"""«Dette hører vi»: the page that the political leadership reads, live, and where editors choose its lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import sessions_to_edit
from conference.models import Conference, Question
from conference.polls import Follows
from conference.web import conference_view
from inputs.actions import heard as acts
from inputs.actions.faults import Refused, Stale
from inputs.forms.heard import ChooseForm, RewordForm, SearchForm
from inputs.heard import Heard, is_over, last_changed, read_heard
from inputs.live import Live
from inputs.models import HeardLine, HeardRevision, Input, Point
from inputs.views.chosen import inputs_of, key_of
from inputs.views.refusals import sentence
from inputs.web import editing_view, person

FOLLOWS = Follows(scopes=("all", acts.SCOPE))
ROOMY = 30  # lines on a sheet of A4 in letters of the usual size
SHOWN = 50  # inputs listed before one asks for all


@require_safe
@conference_view(follows=FOLLOWS)
def heard(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What is heard so far, for every member; to a page that asks again, the lines alone."""
    live = Live(request, FOLLOWS.mark(conference), is_over=is_over(conference))
    everything = read_heard(conference)
    context = {
        "conference": conference,
        "heard": [one for one in everything if one.lines],
        "changed_at": last_changed(conference),
        "is_dense": sum(len(one.lines) for one in everything) > ROOMY,
        "live": live,
    }
    if live.is_poll:
        return render(request, "inputs/heard.html#lines", context)
    context["to_edit"] = _editable(request, everything)
    return render(request, "inputs/heard.html", context)


def _editable(request: HttpRequest, everything: tuple[Heard, ...]) -> list[Heard]:
    """The questions for which the person may choose lines."""
    if not everything:
        return []
    conference = everything[0].question.session.conference
    allowed = set(sessions_to_edit(person(request), conference).values_list("pk", flat=True))
    return [one for one in everything if one.question.session_id in allowed]


@dataclass(frozen=True)
class Row:
    """A line on the editors' page with its form. `is_typed`: what was posted and could not be done."""

    line: HeardLine
    form: RewordForm
    is_typed: bool = False
    is_stale: bool = False

    @property
    def last(self) -> HeardRevision:
        """The wording that stands."""
        return max(self.line.revisions.all(), key=lambda one: one.number)


@dataclass(frozen=True)
class TooLong:
    """What an editor wanted to be heard, and must shorten first. `name` is that of its key in the form."""

    name: str
    source: Input | Point
    form: ChooseForm


@require_safe
@editing_view
def edit(request: HttpRequest, question: Question) -> HttpResponse:
    return _show(request, question)


@require_POST
@editing_view
def choose(request: HttpRequest, question: Question) -> HttpResponse:
    """An input or a point is heard: as it stands or, where that is too long for a line, in the words posted."""
    name, source = _source(request, question)
    form = ChooseForm({"text": request.POST.get("text", source.text)})
    if not form.is_valid():
        return _show(request, question, too_long=TooLong(name, source, form), status=422)

    def act() -> str:
        acts.choose(question, source, text=form.cleaned_data["text"], by=person(request))
        return _("The line is included.")

    return _carry_out(request, question, act)


@require_POST
@editing_view
def reword(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Other words for the line; if somebody was faster, both texts and whose the other is (409)."""
    line = _find(question, key)
    form = RewordForm(request.POST, auto_id=f"{key}-%s")
    if not form.is_valid():
        return _show(request, question, Row(line, form, is_typed=True), status=422)

    def act() -> str:
        new = form.cleaned_data
        acts.reword(line, text=new["text"], version=new["version"], by=person(request))
        return _("The line is changed.")

    try:
        return _carry_out(request, question, act)
    except Stale:
        line.refresh_from_db()
        # The form goes on from what is stored now: to save it once more is to choose it over the other.
        kept = RewordForm({"text": form.cleaned_data["text"], "version": line.version}, auto_id=f"{key}-%s")
        return _show(request, question, Row(line, kept, is_typed=True, is_stale=True), status=409)


@require_POST
@editing_view
def move(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """One step up or down; the ends stay where they are."""
    line, by_steps = _find(question, key), {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if by_steps is None:
        raise Http404

    def act() -> str:
        number, count = acts.step(line, by_steps, by=person(request))
        return _("The line is now number %(number)d of %(count)d.") % {"number": number, "count": count}

    return _carry_out(request, question, act)


@require_POST
@editing_view
def remove(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    line = _find(question, key)

    def act() -> str:
        acts.remove(line, by=person(request))
        return _("The line is removed. It can be put back below.")

    return _carry_out(request, question, act)


@require_POST
@editing_view
def restore(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    line = _find(question, key)

    def act() -> str:
        acts.restore(line, by=person(request))
        return _("The line is back.")

    return _carry_out(request, question, act)


def _show(
    request: HttpRequest,
    question: Question,
    typed: Row | None = None,
    *,
    too_long: TooLong | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. `typed` and `too_long` are what was posted and could not be done."""
    conference = question.session.conference
    search = SearchForm(request.POST if request.method == "POST" else request.GET)
    lines = HeardLine.objects.filter(question=question)
    standing = list(lines.standing().select_related("input", "point").prefetch_related("revisions__by"))
    inputs = search.among(Input.objects.counted_under(question).filter(set_aside=None))
    newest = inputs.select_related("table").order_by("-received_at", "-pk")
    points = search.among(Point.objects.standing().filter(question=question))
    context = {
        "conference": conference,
        "question": question,
        "address": (conference.slug, question.session.number, question.number),
        "to_edit": _editable(request, read_heard(conference)),
        "rows": [_row(line, typed) for line in standing],
        "is_full": len(standing) >= acts.MOST,
        "removed": lines.exclude(removed_at=None).select_related("removed_by").order_by("-removed_at")[: acts.MOST],
        "heard_inputs": {line.input_id for line in standing},
        "heard_points": {line.point_id for line in standing},
        "points": points.order_by("heading__is_other", "heading__position", "position", "pk"),
        "inputs": newest if search.wants_all else newest[:SHOWN],
        "left_out": 0 if search.wants_all else max(inputs.count() - SHOWN, 0),
        "search": search,
        "too_long": too_long,
    }
    return render(request, "inputs/heard_edit.html", context, status=status)


def _row(line: HeardLine, typed: Row | None) -> Row:
    if typed and typed.line.pk == line.pk:
        return replace(typed, line=line)
    start = {"text": line.text, "version": line.version}
    return Row(line, RewordForm(initial=start, auto_id=f"{line.key}-%s"))


def _carry_out(request: HttpRequest, question: Question, act: Callable[[], str]) -> HttpResponse:
    """Do all of the act or nothing, and go back to the page, as it was searched. Stale is the caller's."""
    try:
        with transaction.atomic():
            said = act()
    except Stale:
        raise
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)
    address = reverse("heard_edit", args=[question.session.conference.slug, question.session.number, question.number])
    return redirect(address + SearchForm(request.POST).query())


def _find(question: Question, key: UUID) -> HeardLine:
    """The line, also one that somebody has removed: what is done with it then is refused with a sentence."""
    lines = HeardLine.objects.select_related("question__session__conference")
    return get_object_or_404(lines, question=question, key=key)


def _source(request: HttpRequest, question: Question) -> tuple[str, Input | Point]:
    """What is to be heard: `input` or `point` in the form names it by its key."""
    if "input" in request.POST:
        return "input", get_object_or_404(inputs_of(question), key=key_of(request.POST["input"]))
    return "point", get_object_or_404(Point, question=question, key=key_of(request.POST.get("point", "")))
