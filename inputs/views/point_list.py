"""Every point of the report: found by words, level and ministry; acted on, many at once; taken out as a list."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import many
from inputs.actions.levels import Way, set_levels
from inputs.actions.many import MOST, Plan
from inputs.chronicle import last_act
from inputs.forms.acting import PointAct, PointActForm
from inputs.forms.finding_points import PointFindForm, after
from inputs.levels import named
from inputs.models import Point, PointSource
from inputs.report import docx, xlsx
from inputs.report.build import read_report
from inputs.report.export import MEDIA_TYPES, Format
from inputs.report.ledger import LevelRow, read_level_rows
from inputs.report.selection import only
from inputs.views.acting import ASKS_FROM, carry_out, repeated, ticked_keys, too_many
from inputs.web import person

PAGE = 50
#: What is done from here, and can be undone here.
BULK_VERBS = frozenset({"set_levels", "move"})


@require_safe
@conference_view()
def points(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A page of them in the order of the questions; what is looked for stands in the address."""
    return _show(request, conference, request.GET)


@require_safe
@conference_view()
def points_file(request: HttpRequest, conference: Conference, kind: str) -> HttpResponse:
    """The points that are found as a Word file or a workbook; always internal."""
    if kind not in {Format.DOCX, Format.XLSX}:
        raise Http404
    form = PointFindForm(request.GET, conference=conference)
    found = form.found()
    if kind == Format.DOCX:
        keys = {key.hex for key in found.values_list("key", flat=True)}
        content = docx.render(only(read_report(conference, internal=True, draft=True), keys, _title(form)))
    else:
        out = BytesIO()
        rows = read_level_rows(after(found, None), form.levels)
        xlsx.write_rows(out, conference.title, _("Points"), LevelRow, rows, names={}, at=timezone.now())
        content = out.getvalue()
    response = HttpResponse(content, content_type=MEDIA_TYPES[Format(kind)])
    response["Content-Disposition"] = f'attachment; filename="{conference.slug}-{_("points")}-intern.{kind}"'
    return response


@require_POST
@conference_view(may_edit)
def points_act(request: HttpRequest, conference: Conference) -> HttpResponse:
    """One act on the ticked points, or on all that are found, as far as the person may edit them."""
    asked = QueryDict(request.POST.get("find", ""))
    finder = PointFindForm(asked, conference=conference)
    form = _act_form(finder, conference, request.POST)
    found, not_yours = _chosen(request, conference, finder)
    if not found:
        form.add_error(None, _("Tick the points first, then say what is to become of them."))
    if len(found) > MOST:
        form.add_error(None, too_many())
    if not form.is_valid():
        return _show(request, conference, asked, act=form)
    plan = many.plan(found, _fits(form))
    if not plan.takes:
        form.add_error(
            None, _("None of these can be handled so: they stand there already, or under another question.")
        )
        return _show(request, conference, asked, act=form)
    if form.cleaned_data["confirmed"] != plan.mark and (len(plan.takes) > ASKS_FROM or plan.leaves or not_yours):
        context = {
            "conference": conference,
            "plan": plan,
            "not_yours": not_yours,
            "deed": _will(form, plan),
            "act_url": reverse("points_act", args=[conference.slug]),
            "back_url": _back(conference, asked),
            "posted": repeated(request),
            "changed": bool(form.cleaned_data["confirmed"]),
        }
        return render(request, "inputs/confirm_act.html", context)
    carry_out(request, lambda: _do(request, form, plan))
    return redirect(_back(conference, asked))


def _show(
    request: HttpRequest, conference: Conference, asked: QueryDict, *, act: PointActForm | None = None
) -> HttpResponse:
    user = person(request)
    form = PointFindForm(asked, conference=conference)
    sources = PointSource.objects.open().select_related("input__table").order_by("pk")
    shown = list(
        after(form.found(), form.last_seen(asked.get("after", "")))
        .select_related("question__session", "heading")
        .prefetch_related(Prefetch("sources", sources, to_attr="open_sources"))[: PAGE + 1]
    )
    editing = may_edit(user, conference)
    context = {
        "conference": conference,
        "form": form,
        "number": form.count(),
        "rows": list(_rows(shown[:PAGE], form)),
        "words": form.words(),
        "after": asked.get("after", ""),
        "query": form.query(),
        "next_after": shown[PAGE - 1].key if len(shown) > PAGE else None,
        "editing": editing,
        "act": act or (_act_form(form, conference) if editing else None),
        "ticked": request.POST.getlist("point"),
        "last": last_act(conference, by=user, verbs=BULK_VERBS) if editing else None,
    }
    status = 422 if act or not form.is_valid() else 200
    return render(request, "inputs/points.html", context, status=status)


def _rows(points: Iterable[Point], form: PointFindForm) -> Iterator[tuple[Point, int, tuple[str, ...]]]:
    """Each point, at how many tables it was said, and the names of its levels."""
    for point in points:
        sources: list[PointSource] = point.open_sources  # type: ignore[attr-defined]  # prefetched to that name
        tables = {source.input.table_id for source in sources if source.input.table_id}
        yield point, len(tables), named(point.addressees, form.levels)


def _act_form(form: PointFindForm, conference: Conference, data: QueryDict | None = None) -> PointActForm:
    place = form.cleaned_data.get("question") if form.is_valid() else ""
    return PointActForm(data, conference=conference, question=form.questions.get(place or ""))


def _chosen(request: HttpRequest, conference: Conference, finder: PointFindForm) -> tuple[list[Point], int]:
    """The points that are meant, and how many of what was found stand in sessions that the person does not edit."""
    sessions = sessions_to_edit(person(request), conference)
    if request.POST.get("all"):
        found = after(finder.found(), None)
        mine = found.filter(question__session__in=sessions)
        return list(mine[: MOST + 1]), found.count() - mine.count()
    keys = ticked_keys(request, "point")
    own = Point.objects.standing().filter(question__session__conference=conference, question__session__in=sessions)
    ticked = list(after(own.filter(key__in=keys), None))
    if len(ticked) != len(keys):
        raise Http404
    return ticked, 0


def _fits(form: PointActForm) -> Callable[[Point], bool]:
    if form.cleaned_data["act"] == PointAct.MOVE_UNDER:
        heading = form.headings[form.cleaned_data["heading"]]
        return lambda point: point.question_id == heading.question_id and point.heading_id != heading.pk
    return lambda _point: True


def _do(request: HttpRequest, form: PointActForm, plan: Plan[Point]) -> str:
    by, chosen, number = person(request), form.cleaned_data, len(plan.takes)
    if chosen["act"] == PointAct.MOVE_UNDER:
        many.move_under(plan, form.headings[chosen["heading"]], by=by)
        return ngettext("%(count)d point is moved.", "%(count)d points are moved.", number) % {"count": number}
    changed = len(set_levels(plan.takes, chosen["levels"], by=by, way=Way(chosen["way"] or Way.ADD)))
    return ngettext(
        "The level of %(count)d point is changed.", "The level of %(count)d points is changed.", changed
    ) % {"count": changed}


def _will(form: PointActForm, plan: Plan[Point]) -> str:
    number = len(plan.takes)
    if form.cleaned_data["act"] == PointAct.MOVE_UNDER:
        said = ngettext("Move %(count)d point under «%(what)s»", "Move %(count)d points under «%(what)s»", number)
        return said % {"count": number, "what": form.label_of("heading")}
    said = ngettext(
        "Set the level of %(count)d point. %(how)s: %(what)s",
        "Set the level of %(count)d points. %(how)s: %(what)s",
        number,
    )
    return said % {"count": number, "how": form.how(), "what": form.level_names()}


def _title(form: PointFindForm) -> str:
    """What the list is of, for its first page."""
    level = form.cleaned_data.get("level") if form.is_valid() else ""
    name = dict(form.levels).get(level or "", "")
    return _("Points that concern %(level)s") % {"level": name} if name else _("The report's points")


def _back(conference: Conference, asked: QueryDict) -> str:
    where = reverse("points", args=[conference.slug])
    return f"{where}?{asked.urlencode()}" if asked else where
