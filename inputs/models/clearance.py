"""What was sent for clearance, what came back, and what was decided about each proposal in it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, User
from inputs.clearance import comparing, marks
from inputs.models.points import Heading, Point
from rnik.lib.constraints import length_between, one_of, together


class Part(models.TextChoices):
    """What a sent paragraph is."""

    POINT = marks.Part.POINT, _("point")
    HEADING = marks.Part.HEADING, _("heading")
    QUESTION = marks.Part.QUESTION, _("question")
    SESSION = marks.Part.SESSION, _("session")
    COVER = marks.Part.COVER, _("first page")


class Proposed(models.TextChoices):
    """What an answer does with a paragraph, as the editor reads it."""

    WORDING = comparing.Proposed.WORDING, _("another wording")
    REMOVAL = comparing.Proposed.REMOVAL, _("to be removed")
    REMARK = comparing.Proposed.REMARK, _("a comment")
    ADDED = comparing.Proposed.ADDED, _("a new paragraph")
    MOVED = comparing.Proposed.MOVED, _("moved")
    SPLIT = comparing.Proposed.SPLIT, _("split")
    JOINED = comparing.Proposed.JOINED, _("joined with another")
    EMPTIED = comparing.Proposed.EMPTIED, _("emptied without tracking")
    MISSING = comparing.Proposed.MISSING, _("missing in the file")


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def latest_first(self) -> Self:
        return self.order_by("-number")


class Clearance(models.Model):
    """A Word file with points that was sent to somebody, and its bytes, so that each download is the same.

    The bytes go when words in the file are redacted; the checksum stays.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="clearances", verbose_name=_("conference")
    )
    number = models.PositiveIntegerField(_("number"))
    to = models.CharField(_("sent to"), max_length=200)
    deadline = models.DateField(_("deadline"))
    letter = models.TextField(_("covering text"))
    sha256 = models.CharField(_("checksum"), max_length=64, editable=False)
    file = models.BinaryField(_("file"), editable=False)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="clearance_number_once"),
            length_between("to", 1, 200, name="clearance_to_has_1_to_200_characters"),
            together("closed_at", "closed_by", name="clearance_closed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.to}"

    @property
    def mark(self) -> str:
        """What the bookmarks of the file call it."""
        return self.key.hex[:16]


class ClearanceLine(models.Model):
    """A paragraph of the file as it was sent. A point's line says which revision it was."""

    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="lines", verbose_name=_("clearance"))
    number = models.PositiveIntegerField(_("number"))
    part = models.CharField(_("part"), max_length=10, choices=Part)
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("question")
    )
    heading = models.ForeignKey(
        Heading,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clearance_lines",
        verbose_name=_("heading"),
    )
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="clearance_lines", verbose_name=_("point")
    )
    revision = models.PositiveIntegerField(_("revision"), null=True, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("paragraph sent for clearance")
        verbose_name_plural = _("paragraphs sent for clearance")
        ordering = ["clearance", "number"]
        constraints = [
            models.UniqueConstraint(fields=["clearance", "number"], name="clearance_line_number_once"),
            one_of("part", Part, name="clearance_line_part_is_known"),
            together("point", "revision", name="clearance_line_point_and_revision_together"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_stale(self) -> bool:
        """Its point says something else now than when it was sent; a change that was undone is none."""
        return self.point is not None and self.point.revision != self.revision and self.point.text != self.text


class Via(models.TextChoices):
    """How an answer came."""

    WORD = "word", _("Word file")
    EMAIL = "email", _("e-mail")
    PEN = "pen", _("by pen or orally")


class ClearanceReply(models.Model):
    """An answer from an office: a file that was read, or what an editor typed. The file itself is not kept."""

    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="replies", verbose_name=_("clearance"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.CharField(_("from"), max_length=200)
    via = models.CharField(_("how it came"), max_length=10, choices=Via)
    name = models.CharField(_("name of the file"), max_length=300, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("received by"))

    class Meta:
        verbose_name = _("answer to a clearance")
        verbose_name_plural = _("answers to clearances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clearance", "office", "sha256"], condition=~Q(sha256=""), name="clearance_reply_read_once"
            ),
            one_of("via", Via, name="clearance_reply_via_is_known"),
            length_between("office", 1, 200, name="clearance_reply_office_has_1_to_200_characters"),
        ]

    def __str__(self) -> str:
        return self.office


class Verdict(models.TextChoices):
    OPEN = "open", _("not decided")
    ACCEPTED = "accepted", _("accepted")
    OTHER = "other", _("handled in another way")
    REJECTED = "rejected", _("not followed")


class ReturnedChangeQuerySet(models.QuerySet["ReturnedChange"]):
    def open(self) -> Self:
        return self.filter(decision=Verdict.OPEN)


class ReturnedChange(models.Model):
    """What an answer proposes for one paragraph; `line` is empty for a paragraph that was not sent.

    `question` is where it belongs, also when it stands before the first.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reply = models.ForeignKey(ClearanceReply, models.PROTECT, related_name="changes", verbose_name=_("answer"))
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="returned_changes", verbose_name=_("question")
    )
    line = models.ForeignKey(
        ClearanceLine, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("paragraph sent")
    )
    after = models.ForeignKey(
        ClearanceLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stands after")
    )
    proposed = models.CharField(_("what is proposed"), max_length=10, choices=Proposed)
    text = models.TextField(_("text"), blank=True)
    remarks = models.JSONField(_("comments"), default=list, blank=True)
    authors = models.JSONField(_("changed by"), default=list, blank=True)
    is_certain = models.BooleanField(_("certain"), default=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = ReturnedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned change")
        verbose_name_plural = _("returned changes")
        ordering = ["pk"]
        constraints = [
            one_of("proposed", Proposed, name="returned_change_is_of_a_known_kind"),
            one_of("decision", Verdict, name="returned_change_decision_is_known"),
            together("decided_at", "decided_by", name="returned_change_decided_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at=None) | (~Q(decision="open") & Q(decided_at__isnull=False)),
                name="returned_change_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(proposed="added"), name="returned_change_is_of_a_line_or_added"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def point(self) -> Point | None:
        """The point that it is about."""
        return self.line.point if self.line else None

    @property
    def needs_a_hand(self) -> bool:
        """«Må håndteres»: it cannot be followed with one click, or is only likely to be about this."""
        return not self.is_certain or self.proposed not in {Proposed.WORDING, Proposed.REMOVAL, Proposed.REMARK}
