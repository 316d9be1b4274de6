"""Which tables report back in plenary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.people import User
from conference.models.programme import Session
from conference.models.tables import Table


class PlenaryTurn(models.Model):
    """A table that reports back in a session. How many there are to be is the conference's to say."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="turns", verbose_name=_("session"))
    table = models.ForeignKey(Table, models.PROTECT, related_name="turns", verbose_name=_("table"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    chosen_at = models.DateTimeField(_("chosen at"))
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("chosen by"))

    class Meta:
        verbose_name = _("turn in plenary")
        verbose_name_plural = _("turns in plenary")
        ordering = ["session", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "table"], name="plenary_turn_once_per_session_and_table"),
        ]

    def __str__(self) -> str:
        return f"{self.session.number}: {self.table}"
