"""What a table reads aloud: to its own people first, then in plenary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import User
from inputs.models.inputs import Input


class CardLine(models.Model):
    """A line on the card of its table. The words stay with the input, where a redaction finds them.

    Not the star: a table has starred many lines when it chooses three, and choosing is no change of a note.
    """

    input = models.ForeignKey(Input, models.PROTECT, related_name="card_lines", verbose_name=_("input"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    picked_at = models.DateTimeField(_("picked at"))
    picked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("picked by"))

    class Meta:
        verbose_name = _("line on a card")
        verbose_name_plural = _("lines on cards")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["input"], name="card_line_once_per_input")]

    def __str__(self) -> str:
        return str(self.input)
