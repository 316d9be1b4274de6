"""The questions before the day: the unlisted page that shows them, and when they were printed and sent."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference
from conference.models.people import User
from rnik.lib.constraints import length_between, one_of, together


class AdvancePage(models.Model):
    """The page with all questions, for whoever has its address. Nobody guesses the key; a new one ends the old."""

    conference = models.OneToOneField(
        Conference, models.PROTECT, related_name="advance_page", verbose_name=_("conference")
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    released_at = models.DateTimeField(_("open since"), null=True, blank=True)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )

    class Meta:
        verbose_name = _("page with questions in advance")
        verbose_name_plural = _("pages with questions in advance")
        constraints = [together("released_at", "released_by", name="advance_page_released_by_and_at_together")]

    def __str__(self) -> str:
        return str(self.conference)


class HandOutKind(models.TextChoices):
    PRINTED = "printed", _("printed")
    SENT = "sent", _("sent")


class HandOut(models.Model):
    """That the questions, as they were worded then, were printed or sent; to whom in a few words."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="hand_outs", verbose_name=_("conference"))
    key = models.UUIDField(_("key of the form"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=HandOutKind)
    whom = models.CharField(_("to whom"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("handing out of questions")
        verbose_name_plural = _("handings out of questions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="hand_out_once_per_form"),
            one_of("kind", HandOutKind, name="hand_out_kind_is_known"),
            length_between("whom", 1, 200, name="hand_out_says_to_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d.%m}"
