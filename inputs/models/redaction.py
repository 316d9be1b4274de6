"""Passages that were taken out of texts and of all their revisions («sladding»)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import User
from inputs.models.clearance import ReturnedChange
from inputs.models.heard import HeardLine
from inputs.models.inputs import Input
from inputs.models.matters import Matter
from inputs.models.minutes import MinutesSheet
from inputs.models.points import Heading, Point
from inputs.models.signing import SignOff
from rnik.lib.constraints import exactly_one


class Redaction(models.Model):
    """That something was taken out, by whom, when, on which ground. Never the words."""

    input = models.ForeignKey(Input, models.PROTECT, null=True, blank=True, related_name="redactions")
    sheet = models.ForeignKey(MinutesSheet, models.PROTECT, null=True, blank=True, related_name="redactions")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="redactions")
    heading = models.ForeignKey(Heading, models.PROTECT, null=True, blank=True, related_name="redactions")
    line = models.ForeignKey(HeardLine, models.PROTECT, null=True, blank=True, related_name="redactions")
    sign_off = models.ForeignKey(SignOff, models.PROTECT, null=True, blank=True, related_name="redactions")
    change = models.ForeignKey(ReturnedChange, models.PROTECT, null=True, blank=True, related_name="redactions")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="redactions")
    ground = models.CharField(_("ground"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-pk"]
        constraints = [
            exactly_one(
                "input",
                "sheet",
                "point",
                "heading",
                "line",
                "sign_off",
                "change",
                "matter",
                name="redaction_is_of_one_text",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="redaction_has_ground"),
        ]

    def __str__(self) -> str:
        return self.ground
