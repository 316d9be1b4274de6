"""What the tables are asked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.people import User
from conference.models.programme import Session
from conference.models.tables import Table


class Question(models.Model):
    """A question of a session, asked at all tables unless some are chosen.

    Its text may be mended; every wording is kept, since the report prints what was asked.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="questions", verbose_name=_("session"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("question"))
    tables = models.ManyToManyField(
        Table, blank=True, related_name="questions", verbose_name=_("tables"), help_text=_("None chosen means all.")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="question_number_once_per_session"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(text=""), name="question_has_number_and_text"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class QuestionRevision(models.Model):
    """A wording that a question has had. Number 1 is the first."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="revisions", verbose_name=_("question"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"


class SubQuestion(models.Model):
    """A part of a question, by letter. Inputs need not say which part they answer."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="subquestions", verbose_name=_("question"))
    letter = models.CharField(_("letter"), max_length=1)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("sub-question")
        verbose_name_plural = _("sub-questions")
        ordering = ["question", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["question", "letter"], name="subquestion_letter_once_per_question"),
            models.CheckConstraint(condition=~Q(letter="") & ~Q(text=""), name="subquestion_has_letter_and_text"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}) {self.text}"
