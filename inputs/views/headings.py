"""The headings of a question: made, named, put in order, taken away."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.models import Question
from inputs.actions import headings
from inputs.forms.desk import SortForm, TitleForm
from inputs.models import Heading
from inputs.models.points import HeadingQuerySet
from inputs.views.chosen import key_of
from inputs.views.desk import carry_out, hold, show_desk
from inputs.web import editing_view, person


@require_POST
@editing_view
def make(request: HttpRequest, question: Question) -> HttpResponse:
    """A new heading, last of those that have names."""
    form = TitleForm(request.POST)
    if form.is_valid() and _standing(question).filter(title=form.cleaned_data["title"]).exists():
        form.add_error("title", _("The question has a heading of that name already."))
    if not form.is_valid():
        return show_desk(request, question, title_form=form, status=422)

    def act() -> str:
        hold(question)
        made = headings.make(question, form.cleaned_data["title"], by=person(request))
        return _("The heading «%(title)s» is made.") % {"title": made}

    return carry_out(request, question, act, anchor="#report")


@require_POST
@editing_view
def rename(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    found, form = _find(question, key), TitleForm(request.POST)

    def act() -> str:
        hold(question)
        renamed = headings.rename(found, form.cleaned_data["title"], by=person(request))
        return _("The heading is now called «%(title)s».") % {"title": renamed}

    if form.is_valid() and _standing(question).filter(title=form.cleaned_data["title"]).exclude(pk=found.pk).exists():
        form.add_error("title", _("The question has a heading of that name already."))
    if not form.is_valid():
        return show_desk(request, question, title_form=form, title_of=found, status=422)
    return carry_out(request, question, act, anchor=f"#heading-{key}")


@require_POST
@editing_view
def move(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """One step up or down among the headings; «Other» stays last, and the ends stay where they are."""
    found, step = _find(question, key), {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if step is None:
        raise Http404

    def act() -> str:
        hold(question)
        standing = list(_standing(question))
        named = [heading for heading in standing if not heading.is_other]
        if found not in named:
            return _("The heading stays where it is.")
        old = named.index(found)
        new = min(max(old + step, 0), len(named) - 1)
        named.insert(new, named.pop(old))
        rest = [heading for heading in standing if heading.is_other]
        headings.put_in_order(question, [*named, *rest], by=person(request))
        return _("«%(title)s» is now number %(number)d of %(count)d.") % {
            "title": found,
            "number": new + 1,
            "count": len(standing),
        }

    return carry_out(request, question, act, anchor=f"#heading-{key}")


@require_POST
@editing_view
def remove(request: HttpRequest, question: Question, key: UUID) -> HttpResponse:
    """An empty heading goes."""
    found = _find(question, key)

    def act() -> str:
        headings.remove(found, by=person(request))
        return _("The heading «%(title)s» is removed.") % {"title": found}

    return carry_out(request, question, act, anchor="#report")


@require_POST
@editing_view
def merge(request: HttpRequest, question: Question) -> HttpResponse:
    """The points of the one stand under the other, and it goes."""
    keys = request.POST.get("from", ""), request.POST.get("into", "")
    if not all(keys) or keys[0] == keys[1]:
        form = SortForm(request.POST)
        form.add_error(None, _("Choose two headings that are to be one."))
        return show_desk(request, question, form=form, status=422)
    found, into = (_find(question, key_of(key)) for key in keys)

    def act() -> str:
        headings.merge(found, into, by=person(request))
        return _("All that stood under «%(title)s» stands under «%(other)s» now.") % {"title": found, "other": into}

    return carry_out(request, question, act, anchor=f"#heading-{into.key}")


def _standing(question: Question) -> HeadingQuerySet:
    return Heading.objects.standing().filter(question=question)


def _find(question: Question, key: UUID) -> Heading:
    """The heading, also one that somebody has removed: what is done with it then is refused with a sentence."""
    return get_object_or_404(Heading, question=question, key=key)
