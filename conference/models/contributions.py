"""«Be om bidrag»: what somebody was asked to write for a part of the report, and until when."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference
from conference.models.people import User
from conference.models.programme import ProgrammeItem, Session
from conference.models.texts import TextSlot
from rnik.lib.constraints import length_between, one_of, together

MAX_REQUEST = 5_000


class ReportPart(models.TextChoices):
    """Every part of the report that somebody sees to, in the report's order; speeches and sessions have several."""

    COVER = "cover", _("Front page")
    SUMMARY = TextSlot.SUMMARY.value, TextSlot.SUMMARY.label
    THANKS = TextSlot.THANKS.value, TextSlot.THANKS.label
    PROGRAMME = "programme", _("Programme")
    SPEECH = "speech", _("A speech")
    PURPOSE = TextSlot.PURPOSE.value, TextSlot.PURPOSE.label
    BACKGROUND = TextSlot.BACKGROUND.value, TextSlot.BACKGROUND.label
    DIALOGUE = TextSlot.DIALOGUE.value, TextSlot.DIALOGUE.label
    ANCHORING = TextSlot.ANCHORING.value, TextSlot.ANCHORING.label
    VIDEO = TextSlot.VIDEO.value, TextSlot.VIDEO.label
    EVALUATION = TextSlot.EVALUATION.value, TextSlot.EVALUATION.label
    STRUCTURE = TextSlot.STRUCTURE.value, TextSlot.STRUCTURE.label
    TOPIC = "topic", _("Topic")
    INTRODUCERS = "introducers", _("Introducers")
    QUESTIONS = "questions", _("Questions")
    INPUTS = "inputs", _("Inputs")


#: Parts of which each session has its own.
OF_A_SESSION = (ReportPart.TOPIC, ReportPart.INTRODUCERS, ReportPart.QUESTIONS, ReportPart.INPUTS)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def waited_for(self) -> Self:
        """Asked for, and neither come nor given up; the first deadline first."""
        return self.filter(ended_at=None).order_by("deadline", "pk")


class Contribution(models.Model):
    """Whoever asks sends the text themselves; here it is noted. It ends when what was asked for comes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="contributions", verbose_name=_("conference")
    )
    part = models.CharField(_("part of the report"), max_length=20, choices=ReportPart)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thematic session")
    )
    # A programme that is read from a file again has new items; what was asked for is not forgotten.
    item = models.ForeignKey(
        ProgrammeItem, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme item")
    )
    to = models.CharField(_("asked of"), max_length=200)
    deadline = models.DateField(_("deadline"))
    text = models.TextField(_("text"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution asked for")
        verbose_name_plural = _("contributions asked for")
        ordering = ["pk"]
        constraints = [
            one_of("part", ReportPart, name="contribution_part_is_known"),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(part__in=OF_A_SESSION),
                name="contribution_to_a_session_is_of_its_parts",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(part=ReportPart.SPEECH), name="contribution_to_an_item_is_a_speech"
            ),
            length_between("to", 1, 200, name="contribution_to_has_1_to_200_characters"),
            length_between("text", 1, MAX_REQUEST, name="contribution_text_has_1_to_5000_characters"),
            together("ended_at", "ended_by", name="contribution_ended_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.to}"
