"""Several points become one. The preview and the merge work from the same plan (inputs.actions.points.plan_merge)."""

import hashlib
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.models import Event, Question
from inputs.actions import holds, points
from inputs.actions.faults import Held, NotAvailable, Stale
from inputs.desk import point_rows
from inputs.forms.desk import MergeForm, SortForm
from inputs.models import Input, Point
from inputs.settling import marks_of
from inputs.views.alive import Live, mark_of
from inputs.views.chosen import chosen_points, key_of
from inputs.views.desk import carry_out, hold, show_desk
from inputs.views.refusals import sentence
from inputs.web import editing_view, person
from rnik.lib.text import clean_text

ARRIVED = 20  # new inputs named while one merges


@require_POST
@editing_view
def preview(request: HttpRequest, question: Question) -> HttpResponse:
    """What the ticked points would become, with all their sources, and what the text leaves out; nothing changes yet.

    `start` begins the text anew with the words of one of the points or sources.
    """
    chosen = chosen_points(request, question)
    if len(chosen) < 2:
        form = SortForm(request.POST)
        form.add_error(None, _("Tick the points in the report that are to become one, two or more."))
        return show_desk(request, question, form=form, status=422)
    typed = request.POST.get("text")
    if request.headers.get("HX-Target") not in {"lost", "merge-news"}:
        try:
            holds.take([point for point in chosen if not point.removed_at] or chosen, by=person(request))
        except Held as refusal:
            if typed is None:
                return carry_out(request, question, partial(_refuse, refusal))
            return _show(request, question, chosen, MergeForm(initial={"text": typed}), held=refusal, status=409)
    if typed is None and any(point.removed_at for point in chosen):
        return carry_out(request, question, _gone)
    if "start" in request.POST:
        return _show(request, question, chosen, MergeForm(initial={"text": _start(request, chosen)}), earlier=typed)
    # All of them, so that leaving out is something one does and never something that happens.
    text = " ".join(point.text for point in chosen) if typed is None else typed
    return _show(request, question, chosen, MergeForm(initial={"text": text}))


@require_POST
@editing_view
def merge(request: HttpRequest, question: Question) -> HttpResponse:
    """Do it, as it was shown. If a point or a source is not as it was: how it is now, and the typed text (409)."""
    chosen, form = chosen_points(request, question), MergeForm(request.POST)
    if len(chosen) < 2:
        return carry_out(request, question, _gone)
    if form.is_valid() and _is_done(chosen, form.cleaned_data["text"]):
        return carry_out(request, question, lambda: _("The points are one already."))
    if any(point.removed_at for point in chosen):
        return _show(request, question, chosen, form, status=409)
    if not form.is_valid():
        return _show(request, question, chosen, form, status=422)

    def act() -> str:
        hold(question)
        plan = points.plan_merge(chosen_points(request, question), text=form.cleaned_data["text"])
        if _versions(plan.target, *plan.absorbed) != request.POST.getlist("version"):
            raise Stale(plan.target)
        if {seal(entry) for entry in plan.inputs} != set(request.POST.getlist("source")):
            raise Stale(plan.target)
        try:
            points.merge(plan, by=person(request))
        except NotAvailable:
            raise Stale(plan.target) from None
        holds.release(question, by=person(request))
        return _("%(count)d points are now one, with all their sources.") % {"count": len(chosen)}

    try:
        return carry_out(request, question, act, anchor=f"#point-{chosen[0].key}", raises=(Held,))
    except Held as refusal:
        return _show(request, question, chosen, form, held=refusal, status=409)
    except Stale:
        return _show(request, question, chosen_points(request, question), form, status=409)


def _show(
    request: HttpRequest,
    question: Question,
    chosen: list[Point],
    form: MergeForm,
    *,
    earlier: str | None = None,
    held: Held | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with what has been changed, has come or has gone since it was shown, where that is so."""
    standing = [point for point in chosen if not point.removed_at] or chosen[:1]
    typed = form["text"].value() or ""
    plan = points.plan_merge(standing, text=typed)
    # The part alone, as one types.
    if request.headers.get("HX-Target") == "lost":
        return render(request, "inputs/merge.html#lost", {"plan": plan, "is_empty": not clean_text(typed)})
    read = set(request.POST.getlist("source"))
    versions = dict(zip(request.POST.getlist("point"), request.POST.getlist("version"), strict=False))
    keys_read = {seal.partition(":")[0] for seal in read}
    context = {
        "conference": question.session.conference,
        "question": question,
        "address": (question.session.conference.slug, question.session.number, question.number),
        "plan": plan,
        "rows": point_rows(Point.objects.standing().filter(pk__in=[point.pk for point in standing])),
        "gone": point_rows(
            Point.objects.filter(pk__in=[point.pk for point in chosen if point.removed_at]).select_related(
                "removed_by", "merged_into"
            )
        ),
        "seals": [seal(entry) for entry in plan.inputs],
        "fresh": {entry.key for entry in plan.inputs if read and seal(entry) not in read}
        | {point.key for point in standing if str(point.version) != versions.get(str(point.key), str(point.version))},
        "sources_gone": len(keys_read - {str(entry.key) for entry in plan.inputs}),
        "form": form,
        "earlier": earlier if earlier and clean_text(earlier) != clean_text(typed) else "",
        "is_empty": not clean_text(typed),
        "is_stale": status == 409 and held is None,
        "held": sentence(held) if held else "",
    }
    # What has come meanwhile, told beside the text; the page below it stays as it was read.
    if request.headers.get("HX-Target") == "merge-news":
        context["arrived"] = _arrived(request, question)
        return render(request, "inputs/merge.html#news", context)
    newest, mark = mark_of(question.session.conference)
    context["live"] = Live("merge", mark, newest)
    context["marks"] = marks_of(question, viewer=person(request).pk)
    return render(request, "inputs/merge.html", context, status=status)


def _arrived(request: HttpRequest, question: Question) -> list[Input]:
    """What has been said under the question since the page was made, the newest last."""
    read = request.POST.get("read", "")
    if not (read.isdecimal() and len(read) < 19):
        return []
    received = Event.objects.filter(
        conference=question.session.conference, verb="receive", target_type="input", pk__gt=int(read)
    ).values("target_id")
    return list(Input.objects.counted_under(question).filter(pk__in=received).order_by("received_at", "pk")[:ARRIVED])


def _start(request: HttpRequest, chosen: list[Point]) -> str:
    """The words to begin with: those of a point or a source, by its key, or what stood in the field before."""
    start = request.POST["start"]
    if start == "earlier":
        return request.POST.get("earlier", "")
    things: list[Point | Input] = [*chosen, *points.plan_merge(chosen).inputs]
    texts = {thing.key: thing.text for thing in things}
    try:
        return texts[key_of(start)]
    except KeyError:
        raise Http404 from None


def seal(entry: Input) -> str:
    """Which source was shown, and in which words."""
    return f"{entry.key}:{hashlib.sha256(repr(points.source_mark(entry)).encode()).hexdigest()[:16]}"


def _versions(*chosen: Point) -> list[str]:
    return [str(point.version) for point in chosen]


def _is_done(chosen: list[Point], text: str) -> bool:
    """A second click: the points are one already, in these words."""
    target, *absorbed = chosen
    return target.text == text and all(point.merged_into_id == target.pk for point in absorbed)


def _gone() -> str:
    raise NotAvailable


def _refuse(refusal: Held) -> str:
    raise refusal
