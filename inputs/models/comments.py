"""What editors say to each other about a point or an input. Never a part of a report."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from inputs.models.inputs import Input
from inputs.models.points import Point
from rnik.lib.constraints import exactly_one, together

MAX_COMMENT = 1000


class CommentQuerySet(models.QuerySet["Comment"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(Q(point__question__session__conference=conference) | Q(input__conference=conference))

    def open(self) -> Self:
        """Those that begin something which nobody has called solved."""
        return self.filter(answers=None, solved_at=None)


class Comment(models.Model):
    """A remark, perhaps to somebody; an answer to one is a comment too, and is solved with it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("point")
    )
    input = models.ForeignKey(
        Input, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("input")
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to"))
    text = models.TextField(_("text"), max_length=MAX_COMMENT)
    at = models.DateTimeField(_("written at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    solved_at = models.DateTimeField(_("solved at"), null=True, blank=True)
    solved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("solved by")
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        constraints = [
            exactly_one("point", "input", name="comment_is_on_a_point_or_an_input"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            together("solved_at", "solved_by", name="comment_solved_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(solved_at__isnull=True),
                name="comment_that_answers_is_not_solved",
            ),
        ]

    def __str__(self) -> str:
        return self.text
