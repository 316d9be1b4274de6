"""Running minutes: what a note-taker writes before it is divided into inputs."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import NoteTaker, Session, User

MAX_SHEET = 200_000  # characters: a day's talk at one table is a tenth of this


class MinutesSheetQuerySet(models.QuerySet["MinutesSheet"]):
    def undivided(self) -> Self:
        """Those with text that no input accounts for yet."""
        return self.exclude(text="")


class MinutesSheet(models.Model):
    """One writer's running text in one session. Dividing moves paragraphs out: what is left is not accounted for."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="sheets", verbose_name=_("session"))
    note_taker = models.ForeignKey(NoteTaker, models.PROTECT, related_name="sheets", verbose_name=_("note-taker"))
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    received_at = models.DateTimeField(_("received at"))

    objects = MinutesSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes sheet")
        verbose_name_plural = _("minutes sheets")
        ordering = ["session", "note_taker"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "note_taker"], name="minutes_sheet_one_per_writer_and_session"
            ),
            models.CheckConstraint(
                condition=models.Q(text__length__lte=MAX_SHEET), name="minutes_sheet_has_at_most_200000_characters"
            ),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="minutes_sheet_revision_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.session} – {self.note_taker}"


class MinutesRevision(models.Model):
    """A text that a sheet has held."""

    sheet = models.ForeignKey(MinutesSheet, models.PROTECT, related_name="revisions", verbose_name=_("sheet"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("text of a sheet")
        verbose_name_plural = _("texts of sheets")
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="minutes_revision_number_once")]

    def __str__(self) -> str:
        return str(self.number)
