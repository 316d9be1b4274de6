"""«Dere sa – vi gjorde»: what became of some of a published report's points, told a year later."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Ministry, User
from inputs.models.points import Point
from rnik.lib.constraints import length_between, one_of, together

MAX_MATTER = 1000  # characters: a page with twenty of them is still read to its end


class MatterStatus(models.TextChoices):
    """How far it has come, in words that need no explanation."""

    DONE = "done", _("Done")
    UNDER_WAY = "under_way", _("Under way")
    CONSIDERED = "considered", _("Being considered")
    NOT_DONE = "not_done", _("Will not be done")


class MatterQuerySet(models.QuerySet["Matter"]):
    def standing(self) -> Self:
        """Not removed, in the editors' order: these are told."""
        return self.filter(removed_at=None).order_by("position", "pk")


class Matter(models.Model):
    """What a ministry did with a point. What the participants said is never copied here: it is read from the report
    that was published, and a matter whose point is not there is not shown.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="matters", verbose_name=_("conference"))
    point = models.ForeignKey(Point, models.PROTECT, related_name="matters", verbose_name=_("point"))
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="matters", verbose_name=_("ministry"))
    status = models.CharField(_("status"), max_length=20, choices=MatterStatus)
    text = models.TextField(_("what was done"))
    link = models.URLField(_("link"), max_length=500, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter that is followed up")
        verbose_name_plural = _("matters that are followed up")
        ordering = ["conference", "position", "pk"]
        constraints = [
            one_of("status", MatterStatus, name="matter_status_is_known"),
            length_between("text", 1, MAX_MATTER, name="matter_text_has_1_to_1000_characters"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="matter_link_is_on_the_web",
            ),
            models.UniqueConstraint(
                fields=["conference", "point"],
                condition=Q(removed_at__isnull=True),
                name="matter_of_a_point_stands_once",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="matter_revision_counts_from_1"),
            together("removed_at", "removed_by", name="matter_removed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class MatterRevision(models.Model):
    """What was told of a matter from then on."""

    matter = models.ForeignKey(
        Matter, models.PROTECT, related_name="revisions", verbose_name=_("matter that is followed up")
    )
    number = models.PositiveIntegerField(_("number"))
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="+", verbose_name=_("ministry"))
    status = models.CharField(_("status"), max_length=20, choices=MatterStatus)
    text = models.TextField(_("what was done"))
    link = models.URLField(_("link"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wording of a matter")
        verbose_name_plural = _("wordings of matters")
        ordering = ["matter", "number"]
        constraints = [
            one_of("status", MatterStatus, name="matter_revision_status_is_known"),
            models.UniqueConstraint(fields=["matter", "number"], name="matter_revision_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)
