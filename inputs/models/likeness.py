"""What is kept about inputs that are alike: an editor's word that two are not the same, and the model's vectors."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models import User
from inputs.models.inputs import Input
from rnik.lib.constraints import together


class NotSameQuerySet(models.QuerySet["NotSame"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def holding(self) -> Self:
        """Those that still hold: an input that was edited since may well have come to say the same."""
        return self.open().filter(low_revision=F("low__revision"), high_revision=F("high__revision"))


class NotSame(models.Model):
    """Somebody has read both and said that they make two points. Undo closes it; nothing deletes it.

    `low` is the one that came first, so that a pair has one row whichever way it was looked at.
    """

    low = models.ForeignKey(Input, models.PROTECT, related_name="+", verbose_name=_("input"))
    high = models.ForeignKey(Input, models.PROTECT, related_name="+", verbose_name=_("the other input"))
    low_revision = models.PositiveIntegerField(_("revision of the input"))
    high_revision = models.PositiveIntegerField(_("revision of the other input"))
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = NotSameQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["low", "high"], condition=Q(closed_at__isnull=True), name="not_same_open_once"
            ),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="not_same_is_of_two_in_order"),
            models.CheckConstraint(
                condition=Q(low_revision__gte=1, high_revision__gte=1), name="not_same_revisions_count_from_1"
            ),
            together("closed_at", "closed_by", name="not_same_closed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} ≠ {self.high_id}"


class InputVector(models.Model):
    """What a language model makes of an input's text, for comparing. Holds for the text with that fingerprint."""

    input = models.OneToOneField(Input, models.PROTECT, related_name="vector", verbose_name=_("input"))
    model = models.CharField(_("model"), max_length=40)
    fingerprint = models.CharField(_("fingerprint of the text"), max_length=64)
    vector = models.BinaryField(_("vector"))

    class Meta:
        verbose_name = _("vector of an input")
        verbose_name_plural = _("vectors of inputs")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fingerprint__length=64), name="input_vector_says_of_which_text")
        ]

    def __str__(self) -> str:
        return f"{self.input_id}: {self.model}"
