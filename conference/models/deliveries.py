"""Tables that say they are done with a session."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.people import User
from conference.models.programme import Session
from conference.models.tables import Table
from rnik.lib.constraints import together


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def standing(self) -> Self:
        """Those that the table has not taken back."""
        return self.filter(taken_back_at=None)


class Delivery(models.Model):
    """A table's word that its minutes of a session are complete. It locks nothing: text is always received."""

    table = models.ForeignKey(Table, models.PROTECT, related_name="deliveries", verbose_name=_("table"))
    session = models.ForeignKey(Session, models.PROTECT, related_name="deliveries", verbose_name=_("session"))
    at = models.DateTimeField(_("delivered at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("delivered by"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["session", "table", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "session"], condition=Q(taken_back_at=None), name="delivery_stands_once"
            ),
            together("taken_back_at", "taken_back_by", name="delivery_taken_back_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return f"{self.table} – {self.session}"
