"""Several points become one. The preview and the merge work from the same plan (inputs.actions.points.plan_merge)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.models import Question
from inputs.actions import points
from inputs.actions.faults import NotAvailable, Stale
from inputs.desk import point_rows
from inputs.forms.desk import MergeForm, SortForm
from inputs.models import Point
from inputs.views.chosen import chosen_points
from inputs.views.desk import carry_out, show_desk
from inputs.web import editing_view, person


@require_POST
@editing_view
def preview(request: HttpRequest, question: Question) -> HttpResponse:
    """What the ticked points would become, with all their sources; nothing changes yet."""
    chosen = chosen_points(request, question)
    if len(chosen) < 2:
        form = SortForm(request.POST)
        form.add_error(None, _("Tick the points in the report that are to become one, two or more."))
        return show_desk(request, question, form=form, status=422)
    if any(point.removed_at for point in chosen):
        return carry_out(request, question, _gone)
    # All of them, so that leaving out is something one does and never something that happens.
    return _show(request, question, chosen, MergeForm(initial={"text": " ".join(point.text for point in chosen)}))


@require_POST
@editing_view
def merge(request: HttpRequest, question: Question) -> HttpResponse:
    """Do it, as it was shown. If one of the points has changed since: what they are now, and the typed text (409)."""
    chosen, form = chosen_points(request, question), MergeForm(request.POST)
    if len(chosen) < 2 or any(point.removed_at for point in chosen):
        return carry_out(request, question, _gone)
    if not form.is_valid():
        return _show(request, question, chosen, form, status=422)

    def act() -> str:
        if [str(point.version) for point in chosen] != request.POST.getlist("version"):
            raise Stale(chosen[0])
        points.merge(points.plan_merge(chosen, text=form.cleaned_data["text"]), by=person(request))
        return _("%(count)d points are now one, with all their sources.") % {"count": len(chosen)}

    try:
        return carry_out(request, question, act, anchor=f"#point-{chosen[0].key}")
    except Stale:
        return _show(request, question, chosen_points(request, question), form, stale=True, status=409)


def _show(
    request: HttpRequest,
    question: Question,
    chosen: list[Point],
    form: MergeForm,
    *,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "conference": question.session.conference,
        "question": question,
        "address": (question.session.conference.slug, question.session.number, question.number),
        "plan": points.plan_merge(chosen),
        "rows": point_rows(Point.objects.filter(pk__in=[point.pk for point in chosen])),
        "form": form,
        "stale": stale,
    }
    return render(request, "inputs/merge.html", context, status=status)


def _gone() -> str:
    raise NotAvailable
