"""Decorators that turn the address of a question into the Question, for those who may see it or edit it.

A stranger meets 404; a member who may not edit in that session meets 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from conference.access import EDITING, may_edit
from conference.models import Conference, Question, Session, User
from conference.polls import Follows
from conference.web import conference_view

P = ParamSpec("P")
QuestionView = Callable[Concatenate[HttpRequest, Question, P], HttpResponse]
SessionView = Callable[Concatenate[HttpRequest, Session, P], HttpResponse]


def question_view(view: QuestionView[P], *, follows: Follows | None = None) -> Callable[..., HttpResponse]:
    """The view gets the question named by `slug`, `session` and `question`, fetched through the person.

    One that `follows` is not asked when nothing is new (conference/polls.py).
    """

    @conference_view(follows=follows)
    @wraps(view)
    def wrapper(
        request: HttpRequest, conference: Conference, session: int, question: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        questions = Question.objects.select_related("session").filter(session__conference=conference)
        found = get_object_or_404(questions, session__number=session, number=question)
        found.session.conference = conference
        return view(request, found, *args, **kwargs)

    return wrapper


def editing_view(view: QuestionView[P]) -> Callable[..., HttpResponse]:
    """Like `question_view`, for those who may edit in the question's session."""

    @question_view
    @wraps(view)
    def wrapper(request: HttpRequest, question: Question, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit(person(request), question.session.conference, question.session):
            raise PermissionDenied
        return view(request, question, *args, **kwargs)

    return wrapper


def editing_session_view(view: SessionView[P]) -> Callable[..., HttpResponse]:
    """The view gets the session named by `slug` and `session`, for those who may edit in it."""

    @conference_view()
    @wraps(view)
    def wrapper(
        request: HttpRequest, conference: Conference, session: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        found = get_object_or_404(Session, conference=conference, number=session)
        found.conference = conference
        if not may_edit(person(request), conference, found):
            raise PermissionDenied
        return view(request, found, *args, **kwargs)

    return wrapper


def edits_somewhere(request: HttpRequest, conference: Conference) -> bool:
    """Whether to offer what every editor may do. Without a query: the page that it leads to asks again."""
    return getattr(conference, "viewer_role", "") in EDITING or person(request).is_superuser


def person(request: HttpRequest) -> User:
    """Who asks; the decorators above let nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
