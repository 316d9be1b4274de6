"""A change that somebody proposes who may not make it: of a point, or of an input."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, User
from inputs.models.clarifications import MAX_SENTENCE
from inputs.models.inputs import MAX_TEXT, Input
from inputs.models.points import Heading, Point
from inputs.models.setting_aside import SetAsideReason
from rnik.lib.constraints import length_between


class ProposalKind(models.TextChoices):
    """What is to be done. The last is done by hand by the one who says yes."""

    REWORD = "reword", _("new wording of a point")
    REMOVE = "remove", _("take a point out")
    USE = "use", _("use an input as a point")
    SAME = "same", _("an input says the same as a point")
    SET_ASIDE = "set_aside", _("set an input aside")
    WORDS = "words", _("in words")


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("taken back")


#: Of each kind: what it is about. Nothing else may be filled in, apart from the words.
OF_A_POINT = (ProposalKind.REWORD, ProposalKind.REMOVE)
OF_AN_INPUT = (ProposalKind.USE, ProposalKind.SET_ASIDE)
_NO_INPUT = Q(input__isnull=True, heading__isnull=True, reason__isnull=True)
_POINT = Q(point__isnull=False, point_revision__isnull=False)
_NO_POINT = Q(point__isnull=True, point_revision__isnull=True)
_INPUT = Q(input__isnull=False)
_PAYLOADS = (
    Q(kind__in=OF_A_POINT) & _POINT & _NO_INPUT
    | Q(kind=ProposalKind.USE, reason__isnull=True) & _NO_POINT & _INPUT
    | Q(kind=ProposalKind.SAME, heading__isnull=True, reason__isnull=True) & _POINT & _INPUT
    | Q(kind=ProposalKind.SET_ASIDE, heading__isnull=True, reason__isnull=False) & _NO_POINT & _INPUT
    | Q(kind=ProposalKind.WORDS, heading__isnull=True, reason__isnull=True)
    & (_POINT & _NO_INPUT | _NO_POINT & _INPUT)
)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(question__session__conference=conference)

    def open(self) -> Self:
        return self.filter(decided_at=None)

    def in_order(self) -> Self:
        """As the questions stand, and within each in the order in which they were made."""
        return self.order_by("question__session__number", "question__number", "pk")


class Proposal(models.Model):
    """Ids say what is to be done; `text` is the new wording, or the proposal in words. `why` may be empty."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="proposals", verbose_name=_("question"))
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("point")
    )
    point_revision = models.PositiveIntegerField(_("revision of the point"), null=True, blank=True)
    input = models.ForeignKey(
        Input, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("input")
    )
    heading = models.ForeignKey(
        Heading, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("heading")
    )
    reason = models.ForeignKey(
        SetAsideReason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reason")
    )
    text = models.TextField(_("text"), blank=True)
    why = models.CharField(_("why"), max_length=MAX_SENTENCE, blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.CharField(_("answer"), max_length=MAX_SENTENCE, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["pk"]
        constraints = [
            # No kind but those listed there.
            models.CheckConstraint(condition=_PAYLOADS, name="proposal_names_what_its_kind_is_about"),
            models.CheckConstraint(
                condition=Q(kind__in=(ProposalKind.REWORD, ProposalKind.WORDS)) ^ Q(text=""),
                name="proposal_has_text_when_its_kind_has",
            ),
            length_between("text", 0, MAX_TEXT, name="proposal_text_has_at_most_10000_characters"),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(outcome__in=Outcome.values, decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.DECLINED, answer=""), name="proposal_declined_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_of_changed_point(self) -> bool:
        """The point has got another wording since the proposal was made, or is gone."""
        return self.point is not None and (
            self.point.revision != self.point_revision or self.point.removed_at is not None
        )
