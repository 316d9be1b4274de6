"""What is done with many inputs that were found: all of it or nothing, and said beforehand when it is much."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference, Event
from conference.web import conference_view
from inputs.actions import many
from inputs.actions import undo as undoing
from inputs.actions.faults import Refused
from inputs.actions.many import MOST, Plan
from inputs.actions.reasons import reason_for
from inputs.forms.acting import InputAct, InputActForm
from inputs.forms.finding import FindForm
from inputs.models import Input
from inputs.views.chosen import key_of
from inputs.views.inputs import act_form, show_inputs
from inputs.views.refusals import sentence
from inputs.web import person

ASKS_FROM = 20  # more than these are asked about first


@require_POST
@conference_view(may_edit)
def act(request: HttpRequest, conference: Conference) -> HttpResponse:
    """One act on the ticked inputs, or on all that are found, as far as the person may edit them."""
    asked = QueryDict(request.POST.get("find", ""))
    finder = FindForm(asked, conference=conference)
    form = act_form(finder, conference, request.POST)
    found, not_yours = _chosen(request, conference, finder)
    if not found:
        form.add_error(None, _("Tick the inputs first, then say what is to become of them."))
    if len(found) > MOST:
        form.add_error(None, too_many())
    if not form.is_valid():
        return show_inputs(request, conference, asked, act=form)
    plan = many.plan(found, _fits(form))
    if not plan.takes:
        form.add_error(None, _none_fits(form))
        return show_inputs(request, conference, asked, act=form)
    if form.cleaned_data["confirmed"] != plan.mark and (len(plan.takes) > ASKS_FROM or plan.leaves or not_yours):
        context = {
            "conference": conference,
            "plan": plan,
            "not_yours": not_yours,
            "deed": _will(form, plan),
            "act_url": reverse("inputs_act", args=[conference.slug]),
            "back_url": _back(conference, asked),
            "posted": repeated(request),
            "changed": bool(form.cleaned_data["confirmed"]),
        }
        return render(request, "inputs/confirm_act.html", context)
    carry_out(request, lambda: _do(request, conference, form, plan))
    return redirect(_back(conference, asked))


@require_POST
@conference_view(may_edit)
def undo(request: HttpRequest, conference: Conference, act: uuid.UUID) -> HttpResponse:
    """Take back one of the person's own acts, and go back to the list that it was done from."""
    user = person(request)
    if not Event.objects.filter(act=act, by=user, conference=conference).exists():
        raise Http404

    def take_back() -> str:
        undoing.undo(act, by=user)
        return _("Undone.")

    carry_out(request, take_back)
    asked = QueryDict(request.POST.get("find", ""))
    return redirect(_back(conference, asked, "points" if request.POST.get("list") == "points" else "inputs"))


def carry_out(request: HttpRequest, do: Callable[[], str]) -> None:
    """Do all of it or nothing, and say what came of it."""
    try:
        with transaction.atomic():
            said = do()
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said)


def ticked_keys(request: HttpRequest, name: str) -> set[uuid.UUID]:
    """The keys that are ticked. More than a page can hold is nobody's form."""
    values = request.POST.getlist(name)
    if len(values) > MOST:
        raise BadRequest
    return {key_of(value) for value in values}


def repeated(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, for the form that confirms it."""
    own = {"csrfmiddlewaretoken", "confirmed"}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]


def too_many() -> str:
    return _("At most %(most)d can be done at a time. Narrow down what you look for.") % {"most": MOST}


def _chosen(request: HttpRequest, conference: Conference, finder: FindForm) -> tuple[list[Input], int]:
    """The inputs that are meant, and how many of what was found stand in sessions that the person does not edit."""
    sessions = sessions_to_edit(person(request), conference)
    related = ("filed_under", "question", "conference")
    own = Input.objects.filter(conference=conference).counted_in_any(sessions).select_related(*related)
    if request.POST.get("all"):
        found = finder.found().in_order_of_arrival()
        mine = found.counted_in_any(sessions).select_related(*related)
        return list(mine[: MOST + 1]), found.count() - mine.count()
    keys = ticked_keys(request, "input")
    ticked = list(own.filter(key__in=keys).in_order_of_arrival())
    if len(ticked) != len(keys):
        raise Http404
    return ticked, 0


def _fits(form: InputActForm) -> Callable[[Input], bool]:
    chosen = form.cleaned_data
    match chosen["act"]:
        case InputAct.FILE_UNDER:
            place = form.asked[chosen["question"]]
            return lambda entry: many.is_unhandled(entry) and not many.counts_under(entry, place)
        case InputAct.USE_UNDER:
            question = form.headings[chosen["heading"]].question
            return lambda entry: many.is_unhandled(entry) and many.counts_under(entry, question)
        case InputAct.MARK_KIND:
            return lambda entry: entry.kind != form.stored_kind()
    return many.is_unhandled


def _do(request: HttpRequest, conference: Conference, form: InputActForm, plan: Plan[Input]) -> str:
    by, chosen = person(request), form.cleaned_data
    match chosen["act"]:
        case InputAct.SET_ASIDE:
            reason = reason_for(conference, chosen["reason"])
            many.set_aside(plan, reason=reason, comment=chosen["comment"], by=by)
        case InputAct.FILE_UNDER:
            many.file_under(plan, form.asked[chosen["question"]], by=by)
        case InputAct.USE_UNDER:
            many.use_under(plan, form.headings[chosen["heading"]], by=by)
        case InputAct.MARK_KIND:
            many.mark_kind(plan.takes, form.stored_kind(), by=by)
    return _done(form, plan)


def _will(form: InputActForm, plan: Plan[Input]) -> str:
    """What the act would do, before it is done."""
    facts = _facts(form, plan)
    number = len(plan.takes)
    match form.cleaned_data["act"]:
        case InputAct.SET_ASIDE:
            return (
                ngettext("Set %(count)d input aside: %(what)s", "Set %(count)d inputs aside: %(what)s", number)
                % facts
            )
        case InputAct.FILE_UNDER:
            return (
                ngettext(
                    "File %(count)d input under question %(what)s",
                    "File %(count)d inputs under question %(what)s",
                    number,
                )
                % facts
            )
        case InputAct.USE_UNDER:
            return (
                ngettext(
                    "Use %(count)d input in the report under «%(what)s»",
                    "Use %(count)d inputs in the report under «%(what)s»",
                    number,
                )
                % facts
            )
    return ngettext("Mark %(count)d input: %(what)s", "Mark %(count)d inputs: %(what)s", number) % facts


def _done(form: InputActForm, plan: Plan[Input]) -> str:
    facts, number = _facts(form, plan), len(plan.takes)
    match form.cleaned_data["act"]:
        case InputAct.SET_ASIDE:
            return ngettext("%(count)d input is set aside.", "%(count)d inputs are set aside.", number) % facts
        case InputAct.FILE_UNDER:
            return (
                ngettext(
                    "%(count)d input now stands under question %(what)s.",
                    "%(count)d inputs now stand under question %(what)s.",
                    number,
                )
                % facts
            )
        case InputAct.USE_UNDER:
            return (
                ngettext(
                    "%(count)d input is now a point of the report.",
                    "%(count)d inputs are now points of the report.",
                    number,
                )
                % facts
            )
    return ngettext("%(count)d input is marked.", "%(count)d inputs are marked.", number) % facts


def _facts(form: InputActForm, plan: Plan[Input]) -> dict[str, Any]:
    """How many, and the label of what was chosen for them."""
    field, _sentence = form.needs[form.cleaned_data["act"]]
    value = form.cleaned_data[field]
    label = value if field == "question" else form.label_of(field)
    return {"count": len(plan.takes), "what": label}


def _none_fits(form: InputActForm) -> str:
    if form.cleaned_data["act"] == InputAct.MARK_KIND:
        return _("They are marked so already.")
    return _("None of these can be handled so: they are used, set aside or filed there already.")


def _back(conference: Conference, asked: QueryDict, view: str = "inputs") -> str:
    where = reverse(view, args=[conference.slug])
    return f"{where}?{asked.urlencode()}" if asked else where
