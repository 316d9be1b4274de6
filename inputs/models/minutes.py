"""Running minutes: what a note-taker writes before it is divided into inputs."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, NoteTaker, Session, User
from inputs.models.setting_aside import SetAsideReason
from rnik.lib.constraints import one_of, together

MAX_SHEET = 200_000  # characters: a day's talk at one table is a tenth of this


class SheetSource(models.TextChoices):
    """How a sheet reached us."""

    TABLE = "table", _("written at the table")
    WORD = "word", _("from a Word file")
    PASTED = "pasted", _("typed or pasted in")


class MinutesSheetQuerySet(models.QuerySet["MinutesSheet"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(session__conference=conference)

    def written_by(self, writer: NoteTaker) -> Self:
        """Those that the writer's own device may read and change; what an editor took in is the editors'."""
        return self.filter(note_taker=writer, source=SheetSource.TABLE)

    def undivided(self) -> Self:
        """Those with text that nobody has accounted for yet: neither divided nor set aside."""
        return self.exclude(text="").filter(~Exists(SheetAside.objects.open().filter(sheet=OuterRef("pk"))))


class MinutesSheet(models.Model):
    """One writer's running text in one session. Dividing moves paragraphs out: what is left is not accounted for.

    What an editor took in on a table's behalf is a sheet of its own, and says who received it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="sheets", verbose_name=_("session"))
    note_taker = models.ForeignKey(NoteTaker, models.PROTECT, related_name="sheets", verbose_name=_("note-taker"))
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    received_at = models.DateTimeField(_("received at"))
    source = models.CharField(_("source"), max_length=10, choices=SheetSource, default=SheetSource.TABLE)
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken in by")
    )

    objects = MinutesSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes sheet")
        verbose_name_plural = _("minutes sheets")
        ordering = ["session", "note_taker"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "note_taker"],
                condition=Q(source=SheetSource.TABLE),
                name="minutes_sheet_one_per_writer_and_session",
            ),
            models.CheckConstraint(
                condition=Q(text__length__lte=MAX_SHEET), name="minutes_sheet_has_at_most_200000_characters"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="minutes_sheet_revision_counts_from_1"),
            one_of("source", SheetSource, name="minutes_sheet_source_is_known"),
            models.CheckConstraint(
                condition=Q(source=SheetSource.TABLE, received_by__isnull=True)
                | ~Q(source=SheetSource.TABLE) & Q(received_by__isnull=False),
                name="minutes_sheet_taken_in_says_by_whom",
            ),
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


class SheetAsideQuerySet(models.QuerySet["SheetAside"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class SheetAside(models.Model):
    """The decision that what is left in a sheet becomes no input. It holds for the text that was read.

    Bringing it back closes the decision, and so does any change of the text.
    """

    sheet = models.ForeignKey(
        MinutesSheet, models.PROTECT, related_name="settings_aside", verbose_name=_("minutes sheet")
    )
    revision = models.PositiveIntegerField(_("revision"), editable=False)
    reason = models.ForeignKey(SetAsideReason, models.PROTECT, related_name="+", verbose_name=_("reason"))
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = SheetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("setting aside of a sheet")
        verbose_name_plural = _("settings aside of sheets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(closed_at__isnull=True), name="sheet_aside_open_once"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="sheet_aside_revision_counts_from_1"),
            together("closed_at", "closed_by", name="sheet_aside_closed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return str(self.reason)
