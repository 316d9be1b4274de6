"""What editors do with inputs at the desk. Each act is all or nothing, and the desk says what became of it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference.actions.history import one_act
from conference.models import Event, Question, User
from inputs.actions import dispositions, headings, points
from inputs.actions import entry as entries_actions
from inputs.actions import undo as undoing
from inputs.actions.faults import AlreadyHandled
from inputs.actions.reasons import reason_for
from inputs.forms.desk import SortForm
from inputs.models import WITHDRAWN, Heading, Input, SetAsideReason
from inputs.views.chosen import chosen_heading, chosen_inputs, chosen_points, chosen_question, inputs_of
from inputs.views.desk import carry_out, events_under, hold, show_desk
from inputs.web import editing_view, person

NEW_PILE = "new"  # chosen in place of a heading


@require_POST
@editing_view
def accept(request: HttpRequest, question: Question) -> HttpResponse:
    """The ticked inputs become points, under a heading that is chosen, one that is written, or none yet."""
    form, ticked = _read(request, question)
    if not form.is_valid():
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        with one_act():
            place = heading_for(request, question, form.cleaned_data["new_heading"])
            dispositions.accept(still_here(ticked, question), by=person(request), place=lambda _entry: place)
        return ngettext(
            "%(count)d input is now a point of the report.",
            "%(count)d inputs are now points of the report.",
            len(ticked),
        ) % {"count": len(ticked)}

    return carry_out(request, question, act)


@require_POST
@editing_view
def attach(request: HttpRequest, question: Question) -> HttpResponse:
    """The ticked inputs say the same as the one point that is ticked; without one, as the first of themselves, which
    becomes a point under the heading that is chosen.
    """
    form, ticked = _read(request, question)
    chosen = chosen_points(request, question)
    if len(chosen) > 1 or (ticked and not chosen and len(ticked) < 2):
        form.add_error(None, _("Tick the one point in the report that says the same, or one more input."))
    if not form.is_valid():
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        others = still_here(ticked, question)
        with one_act():
            if chosen:
                [point] = chosen
            else:
                unhandled(others, question, by=person(request))
                first, *others = others
                place = heading_for(request, question, form.cleaned_data["new_heading"])
                [point] = dispositions.accept([first], by=person(request), place=lambda _entry: place)
            dispositions.attach(point, others, by=person(request))
        return ngettext(
            "The point has %(count)d more source.", "The point has %(count)d more sources.", len(others)
        ) % {"count": len(others)}

    return carry_out(request, question, act)


@require_POST
@editing_view
def move(request: HttpRequest, question: Question) -> HttpResponse:
    """The ticked points stand last under the heading, in their order."""
    form, ticked = SortForm(request.POST), chosen_points(request, question)
    if not ticked:
        form.add_error(None, _("Tick the points first, then say where they are to stand."))
    if not form.is_valid():
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        with one_act():
            place = heading_for(request, question, form.cleaned_data["new_heading"])
            for point in ticked:
                points.move(point, to=place, by=person(request))
        return ngettext("%(count)d point is moved.", "%(count)d points are moved.", len(ticked)) % {
            "count": len(ticked)
        }

    return carry_out(request, question, act)


@require_POST
@editing_view
def order(request: HttpRequest, question: Question) -> HttpResponse:
    """The one point that is ticked moves one step among those under its heading; the ends stay where they are."""
    form, ticked = SortForm(request.POST), chosen_points(request, question)
    by_steps = {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if by_steps is None:
        raise Http404
    if len(ticked) != 1:
        form.add_error(None, _("Tick the one point that is to be moved a step."))
    if not form.is_valid():
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        hold(question)
        number, count = points.step(ticked[0], by_steps, by=person(request))
        return _("The point is now number %(number)d of %(count)d.") % {"number": number, "count": count}

    return carry_out(request, question, act, anchor=f"#point-{ticked[0].key}")


@require_POST
@editing_view
def set_aside(request: HttpRequest, question: Question) -> HttpResponse:
    """The ticked inputs are not used, for a reason of the conference's list."""
    form, ticked = _read(request, question)
    code = request.POST.get("reason", "")
    if not code:
        form.add_error("reason", _("Choose why they are set aside."))
    if not form.is_valid():
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        reason = _choosable_reason(question, code)
        comment = form.cleaned_data["comment"]
        dispositions.set_aside(still_here(ticked, question), reason=reason, by=person(request), comment=comment)
        return ngettext("%(count)d input is set aside.", "%(count)d inputs are set aside.", len(ticked)) % {
            "count": len(ticked)
        }

    return carry_out(request, question, act)


@require_POST
@editing_view
def bring_back(request: HttpRequest, question: Question) -> HttpResponse:
    ticked = chosen_inputs(request, inputs_of(question))

    def act() -> str:
        dispositions.bring_back(still_here(ticked, question), by=person(request))
        return _("The input is back among those that remain.")

    return carry_out(request, question, act)


@require_POST
@editing_view
def file_under(request: HttpRequest, question: Question) -> HttpResponse:
    """The ticked inputs are counted under another question from now on."""
    form, ticked = _read(request, question)
    other = chosen_question(request, question)
    if other is None or other == question:
        form.add_error("question", _("Choose the question that they belong to."))
    if not form.is_valid():
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        assert other is not None  # noqa: S101 an invalid form went back above; this tells the type checker
        _file(still_here(ticked, question), other, request)
        return ngettext(
            "%(count)d input now stands under question %(place)s.",
            "%(count)d inputs now stand under question %(place)s.",
            len(ticked),
        ) % {"count": len(ticked), "place": f"{other.session.number}.{other.number}"}

    return carry_out(request, question, act)


@require_POST
@editing_view
def place(request: HttpRequest, question: Question) -> HttpResponse:
    """Inputs of the session that belong to no question yet are filed under this one."""
    said_here = Input.objects.filter(session=question.session, question=None).order_by("received_at", "pk")
    ticked = chosen_inputs(request, said_here)
    if not ticked:
        form = SortForm(request.POST)
        form.add_error(None, _nothing_ticked())
        return show_desk(request, question, form=form, status=422)

    def act() -> str:
        if taken := [entry for entry in ticked if entry.filed_under_id or entry.set_aside_id]:
            raise AlreadyHandled(taken)
        _file(ticked, question, request)
        return ngettext(
            "%(count)d input now stands under this question.",
            "%(count)d inputs now stand under this question.",
            len(ticked),
        ) % {"count": len(ticked)}

    return carry_out(request, question, act)


@require_POST
@editing_view
def undo(request: HttpRequest, question: Question, act: uuid.UUID) -> HttpResponse:
    """Take back one of the person's own acts under this question."""
    user = person(request)
    own = list(Event.objects.filter(act=act, by=user, conference=question.session.conference))
    if not events_under(question, own):
        raise Http404

    def take_back() -> str:
        undoing.undo(act, by=user)
        return _("Undone.")

    return carry_out(request, question, take_back, undoes=act)


def heading_for(request: HttpRequest, question: Question, title: str) -> Heading | None:
    """The heading that is written, else the one that is chosen, a new pile without a name, or none.

    Raises NotAvailable for a removed one.
    """
    if not title and request.POST.get("heading") == NEW_PILE:
        return headings.make_pile(question, by=person(request))
    if not title:
        return chosen_heading(request, question)
    hold(question)
    return headings.make(question, title, by=person(request))


def still_here(ticked: list[Input], question: Question) -> list[Input]:
    """The inputs, if they all count under the question still. Raises AlreadyHandled for those filed elsewhere."""
    if gone := [entry for entry in ticked if (entry.filed_under_id or entry.question_id) != question.pk]:
        raise AlreadyHandled(gone)
    return ticked


def unhandled(inputs: list[Input], question: Question, *, by: User) -> None:
    """Raises AlreadyHandled for those that have been used or set aside, SignedOff when nothing is to be changed."""
    locked = dispositions.lock_open(inputs, questions=[question.pk], by=by)
    if taken := [entry for entry in locked if entry.lead_source_id or entry.set_aside_id]:
        raise AlreadyHandled(taken)


def _read(request: HttpRequest, question: Question) -> tuple[SortForm, list[Input]]:
    form = SortForm(request.POST)
    ticked = chosen_inputs(request, inputs_of(question))
    if not ticked:
        form.add_error(None, _nothing_ticked())
    return form, ticked


def _nothing_ticked() -> str:
    return _("Tick the inputs first, then say what is to become of them.")


def _choosable_reason(question: Question, code: str) -> SetAsideReason:
    try:
        reason = reason_for(question.session.conference, code)
    except SetAsideReason.DoesNotExist:
        raise Http404 from None
    if code == WITHDRAWN or not reason.is_active:
        raise Http404
    return reason


def _file(inputs: list[Input], question: Question, request: HttpRequest) -> None:
    """All of them by one act; used ones stay where they stand, so they are refused here."""
    unhandled(inputs, question, by=person(request))
    with one_act():
        for entry in inputs:
            entries_actions.file_under(entry, question, by=person(request))
