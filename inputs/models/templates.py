"""The ministry's Word template that a conference's report is built on."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from rnik.lib.constraints import length_between, together

MAX_FILE_NAME = 200


class TemplateQuerySet(models.QuerySet["ReportTemplate"]):
    def standing(self) -> Self:
        """Not removed: what the report is built on."""
        return self.filter(removed_at=None)


class ReportTemplate(models.Model):
    """A template without its text (inputs.report_template), and which of its styles stands for which of ours.

    `styles` is {our style's id: the template's, or nothing where ours is used}. One that is removed can be put back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="report_templates", verbose_name=_("conference")
    )
    name = models.CharField(_("file name"), max_length=MAX_FILE_NAME)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    styles = models.JSONField(_("styles"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(removed_at__isnull=True),
                name="report_template_of_a_conference_stands_once",
            ),
            length_between("name", 1, MAX_FILE_NAME, name="report_template_has_a_name"),
            length_between("sha256", 64, 64, name="report_template_has_sha256"),
            together("removed_at", "removed_by", name="report_template_removed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return self.name
