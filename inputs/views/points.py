"""One point: its wording, its sources, its place."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit
from conference.actions.history import one_act
from conference.models import Question
from inputs.actions import dispositions, points
from inputs.actions.faults import Held, Stale
from inputs.desk import PointRow, point_rows
from inputs.forms.desk import RewordForm, SortForm, SplitForm, TakeOutForm
from inputs.forms.settling import AskForm
from inputs.levels import levels_of
from inputs.lost_words import marked, rests_on
from inputs.models import Heading, Point, PointSource
from inputs.settling import settling_of
from inputs.views.chosen import key_of
from inputs.views.comments import comments_on
from inputs.views.desk import carry_out, hold
from inputs.views.desk_acts import heading_for
from inputs.views.desk_lines import Said, words
from inputs.views.refusals import sentence
from inputs.views.undoing import events_of_point, history_of
from inputs.web import editing_view, edits_somewhere, person, question_view
from rnik.lib.diff import compare


@require_safe
@question_view
def point(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The point's page; a desk that opens a point's sources is answered with them alone."""
    found = _find(question, key)
    if request.headers.get("HX-Target") == f"sources-{key}":
        [row] = point_rows(Point.objects.filter(pk=found.pk))
        return render(request, "inputs/_desk_sources.html", {"line": Said(question).sources(row), "say": words()})
    return show_point(request, question, found)


def show_point(
    request: HttpRequest,
    question: Question,
    found: Point,
    *,
    form: RewordForm | None = None,
    split_form: SplitForm | None = None,
    title_form: SortForm | None = None,
    take_out_form: TakeOutForm | None = None,
    ask_form: AskForm | None = None,
    refusal: str = "",
    refused: str = "",
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page. The forms are what was posted and could not be done; with `stale`, since somebody was faster."""
    [row] = point_rows(Point.objects.filter(pk=found.pk).select_related("merged_into", "removed_by"))
    found = row.point
    start = {"text": found.text, "version": found.version}
    wordings = list(found.revisions.select_related("by").order_by("-number"))
    may = may_edit(person(request), question.session.conference, question.session)
    settling = settling_of(found, question, viewer=person(request).pk)
    context = {
        "settling": settling,
        "hold": settling.marks.together.held.get(found.pk),
        "ask_form": ask_form or AskForm(),
        "refusal": refusal,
        "refused": refused,
        "may_propose": edits_somewhere(request, question.session.conference),
        "conference": question.session.conference,
        "question": question,
        "address": (question.session.conference.slug, question.session.number, question.number),
        "row": row,
        "point": found,
        "wordings": wordings,
        "changes": compare(wordings[-1].text, found.text) if wordings[-1].text != found.text else None,
        "redactions": found.redactions.select_related("by"),
        "headings": Heading.objects.standing().filter(question=question),
        "editing": may and found.removed_at is None and settling.marks.sign_off is None,
        "may_redact": may,
        "history": history_of(events_of_point(found)),
        "form": form or RewordForm(initial=start),
        "split_form": split_form or SplitForm(initial={"texts": found.text, "version": found.version}),
        "title_form": title_form or SortForm(),
        "resting": _resting(row),
        "take_out_form": take_out_form,
        "taking_out": request.POST.get("input", "") if take_out_form else "",
        "stale": stale,
        "talk": comments_on(found, question.session.conference, editing=may),
        "levels": levels_of(found, question.session.conference),
    }
    return render(request, "inputs/point.html", context, status=status)


@require_POST
@editing_view
def reword(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """Another text for the point; if somebody was faster, both texts and whose the other is (409)."""
    found, form = _find(question, key), RewordForm(request.POST)
    if not form.is_valid():
        return show_point(request, question, found, form=form, status=422)

    def act() -> str:
        new = form.cleaned_data
        points.reword(found, text=new["text"], version=new["version"], by=person(request))
        return _("The point is reworded.")

    try:
        return carry_out(request, question, act, anchor=f"#point-{key}", raises=(Held,))
    except Held as refusal:
        return show_point(request, question, found, form=form, refused=sentence(refusal), status=409)
    except Stale:
        found.refresh_from_db()
        # The form goes on from what is stored now: to save it once more is to choose it over the other.
        kept = RewordForm({"text": form.cleaned_data["text"], "version": found.version})
        return show_point(request, question, found, form=kept, stale=True, status=409)


@require_POST
@editing_view
def split(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The point becomes several, one a line; each keeps all the sources."""
    found, form = _find(question, key), SplitForm(request.POST)
    if not form.is_valid():
        return show_point(request, question, found, split_form=form, status=422)

    def act() -> str:
        hold(question)
        texts = form.cleaned_data["texts"]
        points.split(found, texts=texts, version=form.cleaned_data["version"], by=person(request))
        return _("The point is now %(count)d points, each with all its sources.") % {"count": len(texts)}

    try:
        return carry_out(request, question, act, anchor=f"#point-{key}", raises=(Held,))
    except Held as refusal:
        return show_point(request, question, found, split_form=form, refused=sentence(refusal), status=409)
    except Stale:
        found.refresh_from_db()
        kept = SplitForm({"texts": request.POST["texts"], "version": found.version})
        return show_point(request, question, found, split_form=kept, stale=True, status=409)


@require_POST
@editing_view
def move(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The point stands last under a heading that is chosen, one that is written, or none."""
    found, form = _find(question, key), SortForm(request.POST)
    if not form.is_valid():
        return show_point(request, question, found, title_form=form, status=422)

    def act() -> str:
        with one_act():
            heading = heading_for(request, question, form.cleaned_data["new_heading"])
            if heading is None or heading.pk != found.heading_id:
                points.move(found, to=heading, by=person(request))
        return (
            _("The point stands under «%(title)s».") % {"title": heading} if heading else _("It has no heading now.")
        )

    return carry_out(request, question, act, anchor=f"#point-{key}")


@require_POST
@editing_view
def take_out(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """One source out of the point, which may be reworded by the same act.

    The last source takes the point with it, unless it is said why the point stays.
    """
    found, form = _find(question, key), TakeOutForm(request.POST)
    source = _source(found, request)
    if not form.is_valid():
        return show_point(request, question, found, take_out_form=form, status=422)

    def act() -> str:
        new = form.cleaned_data
        with one_act():
            if new["text"] and source.closed_at is None:
                points.reword(found, text=new["text"], version=new["version"] or 0, by=person(request))
            dispositions.detach(source, by=person(request), editorial_reason=new["reason"])
        return _("The source is taken out.")

    try:
        return carry_out(request, question, act, on_point=key, raises=(Held,))
    except Held as refusal:
        return show_point(request, question, found, take_out_form=form, refused=sentence(refusal), status=409)
    except Stale:
        found.refresh_from_db()
        kept = TakeOutForm(form.cleaned_data | {"version": found.version})
        return show_point(request, question, found, take_out_form=kept, stale=True, status=409)


@require_POST
@editing_view
def remove(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """The point goes out of the report; what nothing else uses remains to be handled again."""
    found = _find(question, key)
    number = found.sources.open().count()

    def act() -> str:
        dispositions.remove_point(found, by=person(request))
        return ngettext(
            "The point is removed, and its input is back among those that remain unless another point uses it.",
            "The point is removed, and its inputs are back among those that remain unless another point uses them.",
            number,
        )

    return carry_out(request, question, act)


@dataclass(frozen=True)
class Resting:
    """A source, and the point's text in pieces, each with whether it rests on that source alone."""

    source: PointSource
    pieces: list[tuple[str, bool]]

    @property
    def is_needed(self) -> bool:
        return any(is_alone for _text, is_alone in self.pieces)


def _resting(row: PointRow) -> list[Resting]:
    text, said = row.point.text, {source.pk: source.input.text for source in row.sources}
    return [
        Resting(
            source,
            marked(text, rests_on(text, words, [other for pk, other in said.items() if pk != source.pk]))
            if len(said) > 1
            else [],
        )
        for source in row.sources
        for words in [said[source.pk]]
    ]


def _find(question: Question, key: UUID) -> Point:
    return get_object_or_404(Point, question=question, key=key)


def _source(found: Point, request: HttpRequest) -> PointSource:
    """The newest link to the input that is named: also a closed one, so that a second click is harmless."""
    key = key_of(request.POST.get("input", ""))
    source = found.sources.filter(input__key=key).select_related("input", "point").order_by("-pk").first()
    if source is None:
        raise Http404
    return source
