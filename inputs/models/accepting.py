"""That somebody has seen a finding of the checks, and lets the report go out with it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from inputs.models.points import Heading, Point
from rnik.lib.constraints import length_between, together

MAX_REASON = 500


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(ended_at=None)


class Acceptance(models.Model):
    """A finding, as it was read, accepted with a reason (docs/adr/0023).

    `finding` names it without any of its words, and `reading` stands for what was read: when that changes, the
    finding is there again. `second_by` is the other person whom some kinds need. `point` or `heading` is whose words
    it is about, so that a redaction finds it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="acceptances", verbose_name=_("conference")
    )
    finding = models.CharField(_("finding"), max_length=100)
    reading = models.CharField(_("what was read"), max_length=64, blank=True)
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="acceptances", verbose_name=_("point")
    )
    heading = models.ForeignKey(
        Heading, models.PROTECT, null=True, blank=True, related_name="acceptances", verbose_name=_("heading")
    )
    reason = models.CharField(_("reason"), max_length=MAX_REASON)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("accepted by"))
    at = models.DateTimeField(_("accepted at"))
    second_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed by")
    )
    second_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("accepted finding")
        verbose_name_plural = _("accepted findings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "finding", "reading"],
                condition=Q(ended_at__isnull=True),
                name="acceptance_stands_once_per_reading",
            ),
            models.CheckConstraint(condition=~Q(finding=""), name="acceptance_names_its_finding"),
            # A redaction takes away what stood for the words, and ends it.
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(reading__length=64),
                name="acceptance_stands_for_what_was_read",
            ),
            length_between("reason", 1, MAX_REASON, name="acceptance_says_why"),
            models.CheckConstraint(
                condition=Q(point__isnull=True) | Q(heading__isnull=True), name="acceptance_is_about_one_text"
            ),
            together("second_at", "second_by", name="acceptance_second_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("by")), name="acceptance_second_is_another"
            ),
            together("ended_at", "ended_by", name="acceptance_ended_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return self.finding
