"""Several at one question: who is there now, which points somebody is merging, and whose question it is."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, User
from inputs.models.points import Point
from rnik.lib.constraints import one_of

SILENT = timedelta(minutes=1)  # whoever has not been heard of for so long is not there


class Page(models.TextChoices):
    """Where at the question somebody is."""

    SORT = "sort", _("sorting")
    EDIT = "edit", _("editing")
    MERGE = "merge", _("merging")


class Presence(models.Model):
    """When a person was last seen at a question, and which point they write in. Kept up by a pulse, not by acts."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="present", verbose_name=_("question"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    page = models.CharField(_("page"), max_length=8, choices=Page)
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("writes in")
    )
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="presence_is_once_per_person_and_question"),
            one_of("page", Page, name="presence_page_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.question}"


class PointHoldQuerySet(models.QuerySet["PointHold"]):
    def live(self) -> Self:
        """Those whose time is not over."""
        return self.filter(until__gt=timezone.now())


class PointHold(models.Model):
    """Somebody is merging the point. Goes when they are done or leave, when it is taken over, or with time."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="holds", verbose_name=_("point"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("held by"))
    since = models.DateTimeField(_("held since"))
    until = models.DateTimeField(_("held until"))

    objects = PointHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold on a point")
        verbose_name_plural = _("holds on points")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["point"], name="point_is_held_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="point_hold_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return str(self.point)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(question__session__conference=conference)


class Assignment(models.Model):
    """A question that an editor is to see through. Others may work on it all the same."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="assignments", verbose_name=_("question"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("assigned at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("assigned by"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="question_is_assigned_once_to_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.question} – {self.person}"
