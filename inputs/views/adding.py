"""An editor adds what was said in plenary, sent in writing, or noted on paper."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from conference.models import Question
from inputs.actions.entry import receive_once
from inputs.desk import page_of
from inputs.forms.adding import AddForm
from inputs.web import editing_view, person


@require_http_methods(["GET", "HEAD", "POST"])
@editing_view
def add(request: HttpRequest, question: Question) -> HttpResponse:
    """Afterwards the desk, where the first of them stands among what remains."""
    form = AddForm(request.POST or None, question=question, initial={"key": uuid.uuid4()})
    if form.is_valid():
        notes = form.notes()
        first = receive_once(notes, by=person(request))[0]
        messages.success(
            request,
            ngettext("%(count)d input is added.", "%(count)d inputs are added.", len(notes)) % {"count": len(notes)},
        )
        address = reverse("desk", args=[question.session.conference.slug, question.session.number, question.number])
        after = page_of(first, question)
        return redirect(address + (f"?after={after}" if after else "") + f"#note-{first.key}")
    context = {
        "conference": question.session.conference,
        "question": question,
        "address": (question.session.conference.slug, question.session.number, question.number),
        "form": form,
    }
    return render(request, "inputs/input_add.html", context, status=422 if form.is_bound else 200)
