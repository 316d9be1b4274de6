"""How many wrong codes were typed at the tables' door, and where they came from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WrongCodes(models.Model):
    """The wrong codes from one place: an address, a browser, or a table's own devices (conference/door.py).

    The place is kept as a keyed hash, which tells nobody where it is, and for a day at most.
    """

    place = models.CharField(_("place"), max_length=64, editable=False)
    number = models.PositiveIntegerField(_("how many"), default=0)
    since = models.DateTimeField(_("counted since"))
    tables = models.JSONField(_("tables that came in from there"), default=list)
    used_at = models.DateTimeField(_("used at"), db_index=True)

    class Meta:
        verbose_name = _("wrong codes")
        verbose_name_plural = _("wrong codes")
        constraints = [
            models.UniqueConstraint(fields=["place"], name="wrong_codes_one_count_per_place"),
            models.CheckConstraint(condition=~Q(place=""), name="wrong_codes_have_place"),
        ]

    def __str__(self) -> str:
        return str(self.number)
