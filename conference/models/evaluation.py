"""The survey after the conference, as counts only: who answered what is never here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference
from rnik.lib.constraints import one_of


class Survey(models.Model):
    """How many were asked. Rates are computed from counts, never typed."""

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="survey", verbose_name=_("conference"))
    recipients = models.PositiveIntegerField(_("recipients"))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Why more were asked than took part, when that is so.")
    )

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return str(self.conference)


class RespondentGroup(models.Model):
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="groups", verbose_name=_("survey"))
    group = models.CharField(_("group"), max_length=50)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    recipients = models.PositiveIntegerField(_("recipients"), null=True, blank=True)
    respondents = models.PositiveIntegerField(_("respondents"))

    class Meta:
        verbose_name = _("group of respondents")
        verbose_name_plural = _("groups of respondents")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "group"], name="respondent_group_named_once"),
            models.CheckConstraint(
                condition=models.Q(recipients__isnull=True) | models.Q(respondents__lte=models.F("recipients")),
                name="respondent_group_no_more_answers_than_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.group


class SurveyQuestionKind(models.TextChoices):
    CHOICE = "choice", _("one choice")
    SCALE = "scale", _("a scale")


class SurveyQuestion(models.Model):
    """A question of the survey. `base` is the group that was asked; empty means all."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", verbose_name=_("survey"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=SurveyQuestionKind, default=SurveyQuestionKind.CHOICE)
    base = models.CharField(_("asked of"), max_length=50, blank=True)
    text = models.TextField(_("question"))

    class Meta:
        verbose_name = _("survey question")
        verbose_name_plural = _("survey questions")
        ordering = ["position", "pk"]
        constraints = [one_of("kind", SurveyQuestionKind, name="survey_question_kind_is_known")]

    def __str__(self) -> str:
        return self.text


class SurveyAnswer(models.Model):
    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="answers", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("answer"), max_length=100)
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "label"], name="survey_answer_label_once"),
        ]

    def __str__(self) -> str:
        return self.label
