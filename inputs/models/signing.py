"""Sign-off of a question: nothing of its part of the report is changed until it is lifted."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, User
from inputs.models.clarifications import MAX_SENTENCE
from rnik.lib.constraints import together


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(question__session__conference=conference)

    def standing(self) -> Self:
        """Not lifted: these hold."""
        return self.filter(lifted_at=None)


class SignOff(models.Model):
    """Somebody's word that a question is finished, and why it was lifted if it was."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="sign_offs", verbose_name=_("question"))
    at = models.DateTimeField(_("signed off at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("signed off by"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    reason = models.CharField(_("why it was lifted"), max_length=MAX_SENTENCE, blank=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(lifted_at__isnull=True), name="sign_off_stands_once_per_question"
            ),
            together("lifted_at", "lifted_by", name="sign_off_lifted_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) ^ ~Q(reason=""), name="sign_off_lifted_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)
