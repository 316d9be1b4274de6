"""Inputs that the report does not use, each for a stated reason."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from conference.models import Conference, User
from inputs.models.inputs import Input
from rnik.lib.constraints import together

WITHDRAWN = "withdrawn"  # the system's own: a table took its note back

#: What a new conference begins with. The first four are the ministries' own terms for consultation replies.
USUAL_REASONS = {
    "personal_data": gettext_noop("Holds personal data about an individual"),
    "hateful": gettext_noop("Hateful or discriminating"),
    "defamatory": gettext_noop("Defamatory"),
    "unlawful": gettext_noop("Otherwise unlawful"),
    "off_topic": gettext_noop("Outside the conference's topics"),
    "unclear": gettext_noop("Cannot be understood"),
    "duplicate": gettext_noop("Written twice by the same table"),
    "test": gettext_noop("A test line"),
    "other": gettext_noop("Another reason, see the comment"),
    WITHDRAWN: gettext_noop("Withdrawn by the table"),
}


class SetAsideReason(models.Model):
    """A conference's list of reasons. `withdrawn` is the system's own and cannot be chosen by an editor."""

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="set_aside_reasons", verbose_name=_("conference")
    )
    code = models.SlugField(_("code"), max_length=40)
    label = models.CharField(_("reason"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        verbose_name = _("reason for setting aside")
        verbose_name_plural = _("reasons for setting aside")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "code"], name="set_aside_reason_code_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(label=""), name="set_aside_reason_has_code_and_label"),
        ]

    def __str__(self) -> str:
        return self.label


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class SetAside(models.Model):
    """The decision that an input is not used. Bringing it back closes the decision."""

    input = models.ForeignKey(Input, models.PROTECT, related_name="settings_aside", verbose_name=_("input"))
    reason = models.ForeignKey(SetAsideReason, models.PROTECT, related_name="+", verbose_name=_("reason"))
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("setting aside")
        verbose_name_plural = _("settings aside")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["input"], condition=Q(closed_at__isnull=True), name="set_aside_open_once"
            ),
            together("closed_at", "closed_by", name="set_aside_closed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return str(self.reason)
