"""The questions of a session: the list, and the page where one is worded."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from conference.actions.faults import Stale
from conference.actions.removal import answers
from conference.actions.setup import save_planned_question
from conference.advance import with_hand_outs
from conference.forms.planning import QuestionForm
from conference.forms.setup import differences
from conference.models import Conference, Question, Session
from conference.views.advance import mark
from conference.views.facts import on_top
from conference.views.lists import RowList, form_page, go_on, person, posted, session_of, setup_view


def with_last_wording(rows: QuerySet[Question]) -> QuerySet[Any]:
    return with_hand_outs(rows).prefetch_related("tables")


def asked_at(question: Question) -> str:
    """Which tables are asked, when not all of them are."""
    tables = [str(table) for table in question.tables.all()]
    return _("Asked at: %(tables)s") % {"tables": ", ".join(tables)} if tables else ""


QUESTIONS = RowList(
    name="setup_question",
    page="setup_session",
    page_title=gettext_lazy("Sessions and questions"),
    model=Question,
    form=QuestionForm,
    new_title=gettext_lazy("Add a question"),
    empty=gettext_lazy("No questions yet. The tables can write when the first one is here."),
    prepare=with_last_wording,
    detail=asked_at,
    mark=mark,
)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def question_form(
    request: HttpRequest, conference: Conference, *, session: int, pk: int | None = None
) -> HttpResponse:
    """Word a question. When notes answer the present wording, the new one is asked about before it is stored."""
    found = session_of(conference, session)
    assert found is not None  # noqa: S101 the address has one; this tells the type checker
    stored = get_object_or_404(with_last_wording(found.questions.all()), pk=pk) if pk else None
    form = QuestionForm(
        posted(request),
        instance=found.questions.get(pk=pk) if pk else Question(session=found, number=1),
        conference=conference,
    )
    more: dict[str, Any] = {"status": 422 if form.is_bound else 200}
    if form.is_bound and form.is_valid():
        text, version = form.cleaned_data["text"], form.read_at()
        answered = answers(stored) if stored and stored.text != text and stored.version == version else []
        if answered and "confirm" not in request.POST:
            return _page(request, conference, found, stored, form, asks=True, answered=answered)
        try:
            question = save_planned_question(
                found,
                text,
                list(form.cleaned_data.get("tables") or []),
                by=person(request),
                question=stored,
                version=version,
            )
        except Stale as stale:
            form = on_top(QuestionForm, request, stale.stored, conference)
            more = {"both": differences(form), "status": 409}
        else:
            saved = _saved(request, conference, question, reworded=bool(stored and stored.text != text))
            return go_on(request) or saved
    return _page(request, conference, found, stored, form, **more)


def _saved(request: HttpRequest, conference: Conference, question: Question, *, reworded: bool) -> HttpResponse:
    said = _("Question %(number)s is saved.") % {"number": question.number}
    again = mark(with_hand_outs(Question.objects.filter(pk=question.pk)).get()) if reworded else ""
    if again:
        messages.warning(request, f"{said} {again}.")
    else:
        messages.success(request, said)
    return redirect("setup_session", conference.slug, question.session_id)


def _page(
    request: HttpRequest,
    conference: Conference,
    session: Session,
    stored: Question | None,
    form: QuestionForm,
    **more: Any,
) -> HttpResponse:
    wordings = list(stored.revisions.select_related("by").order_by("-number")) if stored else []
    title = _("Question %(number)s") % {"number": stored.number} if stored else str(QUESTIONS.new_title)
    return form_page(
        request,
        conference,
        QUESTIONS,
        form,
        title=title,
        session=session,
        template="conference/setup/question.html",
        question=stored,
        mark=mark(stored) if stored else "",
        wordings=wordings,
        **more,
    )
