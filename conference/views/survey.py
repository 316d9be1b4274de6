"""The survey after the conference: how many were asked, and the counts of each question."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from conference.actions.removal import remove
from conference.actions.survey import Asked, Group, save_survey, save_survey_question
from conference.forms.survey import AnswerRows, GroupRows, QuestionForm, SurveyForm, filled, inside
from conference.models import Conference, Survey, SurveyQuestion, SurveyQuestionKind
from conference.views.lists import just_removed, person, posted, remember_removed, setup_view

TABLE = "designsystemet/table_inline_formset.html"


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def survey(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Recipients, groups, and the list of questions."""
    stored = Survey.objects.filter(conference=conference).first()
    start = {"recipients": stored.recipients, "explanation": stored.explanation} if stored else {}
    groups = [
        {"name": group.group, "recipients": group.recipients, "respondents": group.respondents}
        for group in (stored.groups.all() if stored else [])
    ]
    form = SurveyForm(posted(request), initial=start)
    rows = GroupRows(posted(request), initial=groups, prefix="groups")
    if form.is_valid() & rows.is_valid():
        save_survey(
            conference,
            recipients=form.cleaned_data["recipients"],
            explanation=form.cleaned_data["explanation"],
            groups=[Group(row["name"], row["recipients"], row["respondents"]) for row in filled(rows)],
            by=person(request),
        )
        messages.success(request, _("The survey is saved."))
        return redirect("setup_survey", conference.slug)
    questions = stored.questions.prefetch_related("answers") if stored else []
    context = {
        "conference": conference,
        "form": form,
        "rows": rows,
        "rows_helper": inside(TABLE),
        "questions": questions,
        "survey": stored,
    }
    return render(request, "conference/people/survey.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def question(request: HttpRequest, conference: Conference, pk: int | None = None) -> HttpResponse:
    """A question and its answers; without `pk` a new one. It needs a survey, which says how many were asked."""
    found = get_object_or_404(Survey, conference=conference)
    stored = get_object_or_404(found.questions, pk=pk) if pk else None
    start = {"text": stored.text, "kind": stored.kind, "base": stored.base} if stored else {"kind": "choice"}
    answers = [{"label": answer.label, "count": answer.count} for answer in (stored.answers.all() if stored else [])]
    form = QuestionForm(posted(request), initial=start, survey=found)
    rows = AnswerRows(posted(request), initial=answers, prefix="answers")
    if form.is_valid() & rows.is_valid():
        asked = Asked(
            text=form.cleaned_data["text"],
            kind=SurveyQuestionKind(form.cleaned_data["kind"]),
            base=form.cleaned_data["base"],
            answers=[(row["label"], row["count"]) for row in filled(rows)],
        )
        save_survey_question(found, asked, question=stored, by=person(request))
        messages.success(request, _("The question is saved."))
        return redirect("setup_survey", conference.slug)
    context = {
        "conference": conference,
        "form": form,
        "rows": rows,
        "rows_helper": inside(TABLE),
        "stored": stored,
    }
    return render(request, "conference/people/survey_question.html", context, status=422 if form.is_bound else 200)


@require_POST
@setup_view
def remove_question(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """At once, with its answers; the survey's page offers to put it back."""
    page = reverse("setup_survey", args=[conference.slug])
    questions = SurveyQuestion.objects.filter(survey__conference=conference)
    if not questions.filter(pk=pk).exists() and just_removed(request, "setup_survey_question", pk):
        return redirect(page)  # the second click of two
    found = get_object_or_404(questions, pk=pk)
    kept = remove(found, conference, by=person(request))
    row = ("setup_survey_question", pk)
    remember_removed(request, conference, row, name=found.text[:80], page=page, kept=kept)
    return redirect(page)
