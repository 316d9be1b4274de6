"""The devices that tables write on."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.people import User
from conference.models.tables import AccessCode, Table
from rnik.lib.constraints import together


class DeviceQuerySet(models.QuerySet["Device"]):
    def of_table(self, table: Table) -> Self:
        return self.filter(access_code__note_taker__table=table)

    def let_in(self) -> Self:
        """Those that nobody has removed. Whether their code still works is another matter."""
        return self.filter(removed_at=None)


class Device(models.Model):
    """A browser that a code let in. The same browser that types a code of the table again is the same device.

    What it says of itself: that it is there, how much waits on it unsent, and that a test line came through.
    """

    access_code = models.ForeignKey(AccessCode, models.PROTECT, related_name="devices", verbose_name=_("access code"))
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    opened_at = models.DateTimeField(_("came in at"))
    seen_at = models.DateTimeField(_("last seen at"))
    tested_at = models.DateTimeField(_("test line came at"), null=True, blank=True)
    waiting = models.PositiveIntegerField(_("waits unsent"), default=0)
    waiting_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["opened_at", "pk"]
        constraints = [
            together("removed_at", "removed_by", name="device_removed_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(waiting=0, waiting_since__isnull=True) | Q(waiting__gt=0, waiting_since__isnull=False),
                name="device_waits_since_a_time_or_not_at_all",
            ),
        ]

    def __str__(self) -> str:
        return self.kind or str(_("unknown browser"))

    @property
    def has_spoken(self) -> bool:
        """Has anything come from it since the door: its pulse, or a test line?"""
        return self.tested_at is not None or self.seen_at > self.opened_at
