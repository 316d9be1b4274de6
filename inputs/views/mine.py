"""«What remains for me», and how the questions are shared among the editors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_decide
from conference.models import Conference, Question
from conference.web import conference_view
from inputs.actions import assigning
from inputs.forms.comments import AssignForm, editors_of
from inputs.mine import read_mine
from inputs.models import Assignment
from inputs.views.comments import place_of
from inputs.web import edits_somewhere, person


@require_safe
@conference_view()
def mine(request: HttpRequest, conference: Conference) -> HttpResponse:
    read = read_mine(conference, person(request))
    context = {
        "conference": conference,
        "mine": read,
        "comments": [(comment, place_of(comment)) for comment in read.comments],
        "editing": edits_somewhere(request, conference),
        "may_decide": may_decide(person(request), conference),
    }
    return render(request, "inputs/mine.html", context)


@require_safe
@conference_view()
def sharing(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _show(request, conference)


@require_POST
@conference_view(may_decide)
def share(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Give the ticked questions to the editor, or take them back."""
    form = _form(request, conference)
    if not form.is_valid():
        return _show(request, conference, form=form, status=422)
    editor = form.people[form.cleaned_data["person"]]
    questions = [form.questions[key] for key in form.cleaned_data["question"]]
    if "take" in request.POST:
        number = assigning.unassign(questions, editor, by=person(request))
        said = ngettext("%(number)d question taken back.", "%(number)d questions taken back.", number)
    else:
        number = assigning.assign(questions, editor, by=person(request))
        said = ngettext(
            "%(name)s sees to %(number)d more question.", "%(name)s sees to %(number)d more questions.", number
        )
    messages.success(
        request, said % {"number": number, "name": editor.get_full_name()} if number else _("It was so already.")
    )
    return redirect("sharing", conference.slug)


def _form(request: HttpRequest, conference: Conference) -> AssignForm:
    questions = Question.objects.filter(session__conference=conference).select_related("session")
    ordered = questions.order_by("session__number", "number")
    return AssignForm(
        request.POST if request.method == "POST" else None,
        people=editors_of(conference),
        questions={f"{one.session.number}.{one.number}": one for one in ordered},
    )


def _show(
    request: HttpRequest, conference: Conference, *, form: AssignForm | None = None, status: int = 200
) -> HttpResponse:
    form = form or _form(request, conference)
    names: dict[int, list[str]] = {}
    for row in Assignment.objects.of(conference).select_related("person").order_by("pk"):
        names.setdefault(row.question_id, []).append(row.person.get_full_name())
    ticked = request.POST.getlist("question")
    rows = [(key, one, names.get(one.pk, []), key in ticked) for key, one in form.questions.items()]
    context = {
        "conference": conference,
        "form": form,
        "rows": rows,
        "may": may_decide(person(request), conference),
    }
    return render(request, "inputs/sharing.html", context, status=status)
