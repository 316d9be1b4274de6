"""Editors talk about a point or an input: a comment, answers to it, and that it is solved. Also when signed off."""

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import User
from inputs.actions.faults import Decided
from inputs.models import Comment, Input, Point
from rnik.lib.text import clean_text


@transaction.atomic
def write(target: Point | Input, *, text: str, to: User | None = None, by: User) -> Comment:
    """A comment on the point or the input, perhaps to somebody."""
    owner = {"point": target} if isinstance(target, Point) else {"input": target}
    return _write(Comment(**owner, to=to), text, by)


@transaction.atomic
def answer(comment: Comment, *, text: str, by: User) -> Comment:
    """An answer to the comment that began it. Raises Decided when that has been called solved meanwhile."""
    stored = _first(comment)
    if stored.solved_at:
        raise Decided
    return _write(Comment(point=stored.point, input=stored.input, answers=stored), text, by)


@transaction.atomic
def solve(comment: Comment, *, by: User) -> None:
    """There is nothing more to say. A second click finds it solved."""
    stored = _first(comment)
    if stored.solved_at:
        return
    stored.solved_at, stored.solved_by = timezone.now(), by
    stored.save(update_fields=["solved_at", "solved_by"])
    _record("solve_comment", by, stored)


@transaction.atomic
def reopen(comment: Comment, *, by: User) -> None:
    """It is not solved after all."""
    stored = _first(comment)
    if stored.solved_at is None:
        return
    stored.solved_at = stored.solved_by = None
    stored.save(update_fields=["solved_at", "solved_by"])
    _record("reopen_comment", by, stored)


def _first(comment: Comment) -> Comment:
    """The comment that begins it, held."""
    held = Comment.objects.select_for_update(of=("self",)).select_related(
        "point__question__session__conference", "input__conference"
    )
    return held.get(pk=comment.answers_id or comment.pk)


def _write(comment: Comment, text: str, by: User) -> Comment:
    comment.text, comment.by, comment.at = clean_text(text), by, timezone.now()
    comment.save()
    _record("comment", by, comment)
    return comment


def _record(verb: str, by: User, comment: Comment) -> None:
    question: int | None = None
    if comment.point:
        question = comment.point.question_id
        conference, about = comment.point.question.session.conference, {"point": comment.point_id}
    elif comment.input:
        question = comment.input.filed_under_id or comment.input.question_id
        conference, about = comment.input.conference, {"input": comment.input_id}
    scope = f"question:{question}" if question else "all"
    record(verb=verb, by=by, conference=conference, scope=scope, changes=[Change(comment, after=about)])
