"""«Meningen er den samme»: a second person has held a combined text against what was said."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import User
from inputs.models.points import Point
from rnik.lib.constraints import together


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def standing(self) -> Self:
        """Not taken back. Whether one still holds, its point's wording and sources say: inputs/confirming.py."""
        return self.filter(ended_at=None)


class Confirmation(models.Model):
    """That the point, as this revision says it, means what its sources mean."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="confirmations", verbose_name=_("point"))
    revision = models.PositiveIntegerField(_("revision of the point"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(ended_at__isnull=True), name="confirmation_stands_once_per_point"
            ),
            together("ended_at", "ended_by", name="confirmation_ended_by_and_at_together"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="confirmation_revision_counts_from_1"),
        ]

    def __str__(self) -> str:
        return str(self.revision)
