"""The written chapters of the report."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference
from conference.models.people import User
from rnik.lib.constraints import one_of


class TextSlot(models.TextChoices):
    """The places that a written text may take, in the report's order."""

    SUMMARY = "summary", _("Summary")
    THANKS = "thanks", _("Thanks from the minister")
    PURPOSE = "purpose", _("Purpose")
    BACKGROUND = "background", _("Background")
    DIALOGUE = "dialogue", _("Focus on dialogue")
    ANCHORING = "anchoring", _("How the topics were chosen")
    VIDEO = "video", _("Video recordings")
    EVALUATION = "evaluation", _("Evaluation")
    STRUCTURE = "structure", _("How the sessions were built up")


class TextState(models.TextChoices):
    DRAFT = "draft", _("draft")
    READY = "ready", _("ready")


class ChapterText(models.Model):
    """A chapter's text in the small safe markup (rnik.lib.markup). `closing` and the signature are a letter's."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="texts", verbose_name=_("conference"))
    slot = models.CharField(_("chapter"), max_length=20, choices=TextSlot)
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty gives the usual title."))
    text = models.TextField(_("text"), blank=True)
    closing = models.CharField(_("closing"), max_length=100, blank=True)
    signature_name = models.CharField(_("signed by"), max_length=150, blank=True)
    signature_role = models.CharField(_("the signer's role"), max_length=150, blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="owned_texts", verbose_name=_("owner")
    )
    state = models.CharField(_("state"), max_length=10, choices=TextState, default=TextState.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("chapter text")
        verbose_name_plural = _("chapter texts")
        ordering = ["conference", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slot"], name="chapter_text_one_per_slot"),
            one_of("slot", TextSlot, name="chapter_text_slot_is_known"),
            one_of("state", TextState, name="chapter_text_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_slot_display()


class ChapterTextRevision(models.Model):
    """A wording that a chapter has had. Number 1 is the first."""

    chapter = models.ForeignKey(ChapterText, models.PROTECT, related_name="revisions", verbose_name=_("chapter text"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wording of a chapter")
        verbose_name_plural = _("wordings of chapters")
        ordering = ["chapter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "number"], name="chapter_text_revision_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)
