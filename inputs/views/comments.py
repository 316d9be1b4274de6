"""Comments on points and inputs: written, answered, solved. They stand on the pages of the things themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.access import may_edit
from conference.models import Conference
from conference.web import conference_view
from inputs.actions import comments
from inputs.actions.faults import Decided
from inputs.forms.comments import CommentForm, editors_of
from inputs.models import Comment, Input, Point
from inputs.web import person


@dataclass(frozen=True)
class Thread:
    """A comment and what was answered, the oldest first."""

    first: Comment
    replies: tuple[Comment, ...]


def comments_on(target: Point | Input, conference: Conference, *, editing: bool) -> dict[str, Any]:
    """What `_comments.html` shows on the page of the point or the input. Two queries."""
    rows = list(target.comments.select_related("by", "to", "solved_by").order_by("pk"))
    replies: dict[int, list[Comment]] = {}
    for row in rows:
        if row.answers_id:
            replies.setdefault(row.answers_id, []).append(row)
    threads = [Thread(row, tuple(replies.get(row.pk, ()))) for row in rows if not row.answers_id]
    return {
        "threads": sorted(threads, key=lambda one: (one.first.solved_at is not None, one.first.pk)),
        "comment_form": CommentForm(people=editors_of(conference)) if editing else None,
        "comment_at": reverse(
            "comment_point" if isinstance(target, Point) else "comment_input", args=[conference.slug, target.key]
        ),
    }


@require_POST
@conference_view(may_edit)
def of_point(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    points = Point.objects.select_related("question__session")
    return _write(request, conference, get_object_or_404(points, question__session__conference=conference, key=key))


@require_POST
@conference_view(may_edit)
def of_input(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    return _write(request, conference, get_object_or_404(Input, conference=conference, key=key))


@require_POST
@conference_view(may_edit)
def answer(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    found = _find(conference, key)
    form = CommentForm(request.POST, people={})
    if not form.is_valid():
        return _again(request, conference, found, form)
    try:
        comments.answer(found, text=form.cleaned_data["text"], by=person(request))
    except Decided:
        form.add_error("text", _("Somebody has called it solved meanwhile. Open it again to answer."))
        return _again(request, conference, found, form, status=409)
    messages.success(request, _("Your answer stands here."))
    return redirect(place_of(found))


@require_POST
@conference_view(may_edit)
def solve(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    return _mark(request, conference, key, comments.solve, _("The comment is solved."))


@require_POST
@conference_view(may_edit)
def reopen(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    return _mark(request, conference, key, comments.reopen, _("The comment is open again."))


def place_of(comment: Comment) -> str:
    """Where the comment stands."""
    if comment.point:
        question = comment.point.question
        place = [question.session.conference.slug, question.session.number, question.number, comment.point.key]
        return reverse("point", args=place) + "#comments"
    assert comment.input  # noqa: S101  a constraint says so; this tells the type checker
    return reverse("input", args=[comment.input.conference.slug, comment.input.key]) + "#comments"


def _write(request: HttpRequest, conference: Conference, target: Point | Input) -> HttpResponse:
    form = CommentForm(request.POST, people=editors_of(conference))
    if not form.is_valid():
        return _again(request, conference, target, form)
    made = comments.write(target, text=form.cleaned_data["text"], to=form.person, by=person(request))
    messages.success(request, _("Your comment stands here. It is never a part of a report."))
    return redirect(place_of(made))


def _again(
    request: HttpRequest, conference: Conference, about: Point | Input | Comment, form: CommentForm, status: int = 422
) -> HttpResponse:
    """What was typed, and why it could not be kept."""
    context = {"conference": conference, "about": about, "form": form, "is_answer": isinstance(about, Comment)}
    return render(request, "inputs/comment.html", context, status=status)


def _mark(
    request: HttpRequest, conference: Conference, key: UUID, act: Callable[..., None], said: str
) -> HttpResponse:
    found = _find(conference, key)
    act(found, by=person(request))
    messages.success(request, said)
    return redirect(place_of(found))


def _find(conference: Conference, key: UUID) -> Comment:
    found = Comment.objects.of(conference).filter(answers=None)
    return get_object_or_404(
        found.select_related("point__question__session__conference", "input__conference"), key=key
    )
