"""«Til avklaring»: a point that the editorial meeting is to look at, and what was decided."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from inputs.models.inputs import MAX_TEXT
from inputs.models.points import Point
from rnik.lib.constraints import length_between

MAX_SENTENCE = 500  # characters: why, and what was decided


class Decision(models.TextChoices):
    """What the editorial meeting made of it. The last is no decision: whoever asked took it back."""

    KEPT = "kept", _("kept as it was")
    ALTERNATIVE = "alternative", _("took the alternative")
    REWRITTEN = "rewritten", _("wrote another text")
    WITHDRAWN = "withdrawn", _("taken back")


class ClarificationQuerySet(models.QuerySet["Clarification"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(point__question__session__conference=conference)

    def open(self) -> Self:
        return self.filter(decided_at=None)

    def in_order(self) -> Self:
        """As the questions stand, and within each in the order in which they were asked."""
        return self.order_by("point__question__session__number", "point__question__number", "pk")


class Clarification(models.Model):
    """Why a point is unclear, perhaps with another text. To open it again is a new one: no decision is lost."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    point = models.ForeignKey(Point, models.PROTECT, related_name="clarifications", verbose_name=_("point"))
    point_revision = models.PositiveIntegerField(_("revision of the point"))
    alternative = models.TextField(_("alternative"), blank=True)
    why = models.CharField(_("why"), max_length=MAX_SENTENCE)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    comment = models.CharField(_("comment"), max_length=MAX_SENTENCE, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(decided_at__isnull=True), name="clarification_open_once_per_point"
            ),
            length_between("why", 1, MAX_SENTENCE, name="clarification_says_why"),
            length_between("alternative", 0, MAX_TEXT, name="clarification_alternative_has_at_most_10000_characters"),
            models.CheckConstraint(
                condition=Q(decision="", comment="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(decision__in=Decision.values, decided_at__isnull=False, decided_by__isnull=False),
                name="clarification_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.ALTERNATIVE, alternative=""),
                name="clarification_takes_an_alternative_that_is_there",
            ),
            models.CheckConstraint(condition=Q(point_revision__gte=1), name="clarification_revision_counts_from_1"),
        ]

    def __str__(self) -> str:
        return self.why
