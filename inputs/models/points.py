"""The report's bullets, the headings they stand under, and where each came from."""

import uuid
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.models import Question, User
from inputs.models.inputs import MAX_TEXT, Input
from rnik.lib.constraints import length_between, one_of, together
from rnik.lib.text import fold


class HeadingQuerySet(models.QuerySet["Heading"]):
    def standing(self) -> Self:
        """Not removed, in the report's order: «Annet» last."""
        return self.filter(removed_at=None).order_by("is_other", "position", "pk")


class Heading(models.Model):
    """A heading of one question, named by the editors. `is_other` is «Annet», always last.

    Without a title it is a pile that gets its name last; several may stand, and none may be published.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="headings", verbose_name=_("question"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    is_other = models.BooleanField(_("is «Other»"), default=False)
    position = models.PositiveIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )

    objects = HeadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("heading")
        verbose_name_plural = _("headings")
        ordering = ["question", "is_other", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_other=True, removed_at__isnull=True), name="heading_one_other"
            ),
            models.UniqueConstraint(
                fields=["question", "title"],
                condition=Q(removed_at__isnull=True) & ~Q(title=""),
                name="heading_title_once_per_question",
            ),
            length_between("title", 0, 200, name="heading_title_has_at_most_200_characters"),
            models.CheckConstraint(condition=Q(is_other=False) | ~Q(title=""), name="heading_other_has_a_title"),
            together("removed_at", "removed_by", name="heading_removed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return self.title or gettext("Pile without a name")


def heading_names(headings: Iterable[Heading]) -> dict[int, str]:
    """What each heading of a question is called, by its key; piles without a name are counted as they were made."""
    headings = list(headings)
    unnamed = sorted(heading.pk for heading in headings if not heading.title)
    numbered = {
        key: gettext("Pile without a name %(number)d") % {"number": number} for number, key in enumerate(unnamed, 1)
    }
    return {heading.pk: numbered.get(heading.pk) or heading.title for heading in headings}


class EarlierTitle(models.Model):
    """A title that a heading had until `by` gave it another. History never holds words, so they are kept here."""

    heading = models.ForeignKey(Heading, models.PROTECT, related_name="earlier_titles", verbose_name=_("heading"))
    title = models.CharField(_("title"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("renamed by"))
    at = models.DateTimeField(_("renamed at"))

    class Meta:
        verbose_name = _("earlier title of a heading")
        verbose_name_plural = _("earlier titles of headings")
        ordering = ["pk"]
        constraints = [length_between("title", 1, 200, name="earlier_title_has_1_to_200_characters")]

    def __str__(self) -> str:
        return self.title


class PointQuerySet(models.QuerySet["Point"]):
    def standing(self) -> Self:
        """Not removed: these are the report."""
        return self.filter(removed_at=None)


class Point(models.Model):
    """A bullet of the report. Without a heading it is a draft's; without sources it says why it is there.

    The key is random (not time-ordered): it is the only thing about a point that the public sees besides its text.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="points", verbose_name=_("question"))
    heading = models.ForeignKey(
        Heading, models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("heading")
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    text = models.TextField(_("text"))
    search_text = models.TextField(editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    addressees = models.JSONField(_("addressees as set"), default=list, blank=True)
    editorial_reason = models.CharField(_("why there is no source"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_points", verbose_name=_("merged into")
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["question", "position", "pk"]
        constraints = [
            length_between("text", 1, MAX_TEXT, name="point_text_has_1_to_10000_characters"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="point_revision_counts_from_1"),
            together("removed_at", "removed_by", name="point_removed_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(removed_at__isnull=False), name="point_merged_is_removed"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="point_is_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def write(self, text: str) -> None:
        """Set the text and what is derived from it. `text` is clean; the caller saves, with a revision."""
        self.text = text
        self.search_text = fold(text)


class PointRevision(models.Model):
    """A wording that a point has had."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="revisions", verbose_name=_("point"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wording of a point")
        verbose_name_plural = _("wordings of points")
        ordering = ["point", "number"]
        constraints = [models.UniqueConstraint(fields=["point", "number"], name="point_revision_number_once")]

    def __str__(self) -> str:
        return str(self.number)


class SourceKind(models.TextChoices):
    """How an input is used in a point."""

    KEPT = "kept", _("kept as it was said")
    MERGED = "merged", _("merged with others")
    SAME = "same", _("the same point again")
    SPLIT = "split", _("a part of it")


class PointSourceQuerySet(models.QuerySet["PointSource"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class PointSource(models.Model):
    """The link from a point to an input, at the revision that was read. Undo closes it; nothing deletes it."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="sources", verbose_name=_("point"))
    input = models.ForeignKey(Input, models.PROTECT, related_name="uses", verbose_name=_("input"))
    input_revision = models.PositiveIntegerField(_("revision of the input"))
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind, default=SourceKind.KEPT)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = PointSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "input"], condition=Q(closed_at__isnull=True), name="point_source_open_once"
            ),
            one_of("kind", SourceKind, name="point_source_kind_is_known"),
            together("closed_at", "closed_by", name="point_source_closed_by_and_at_together"),
            models.CheckConstraint(condition=Q(input_revision__gte=1), name="point_source_revision_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} ← {self.input_id}"
