"""«Dette hører vi»: the lines that an editor has chosen for the same afternoon, and what the big screen shows."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, User
from inputs.models.inputs import Input
from inputs.models.points import Point
from rnik.lib.constraints import exactly_one, length_between, together

MAX_LINE = 200  # characters: what a wall shows at ten metres, and a phone without scrolling


class HeardLineQuerySet(models.QuerySet["HeardLine"]):
    def standing(self) -> Self:
        """Not removed, in the editors' order: these are shown."""
        return self.filter(removed_at=None).order_by("position", "pk")


class HeardLine(models.Model):
    """What one input or point says, as an editor has chosen and perhaps shortened it. Nothing else is ever shown."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="heard_lines", verbose_name=_("question"))
    input = models.ForeignKey(
        Input, models.PROTECT, null=True, blank=True, related_name="heard_lines", verbose_name=_("input")
    )
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="heard_lines", verbose_name=_("point")
    )
    text = models.CharField(_("text"), max_length=MAX_LINE)
    position = models.PositiveIntegerField(_("order"), default=0)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )

    objects = HeardLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line we hear")
        verbose_name_plural = _("lines we hear")
        ordering = ["question", "position", "pk"]
        constraints = [
            exactly_one("input", "point", name="heard_line_comes_from_one_input_or_point"),
            models.UniqueConstraint(
                fields=["question", "input"],
                condition=Q(removed_at__isnull=True),
                name="heard_line_of_an_input_stands_once",
            ),
            models.UniqueConstraint(
                fields=["question", "point"],
                condition=Q(removed_at__isnull=True),
                name="heard_line_of_a_point_stands_once",
            ),
            length_between("text", 1, MAX_LINE, name="heard_line_text_has_1_to_200_characters"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="heard_line_revision_counts_from_1"),
            together("removed_at", "removed_by", name="heard_line_removed_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def source(self) -> Input | Point:
        found = self.input or self.point
        assert found is not None  # noqa: S101 the database promises one; this tells the type checker
        return found

    @property
    def is_without_ground(self) -> bool:
        """Its input has been set aside, or its point removed, since it was chosen."""
        return bool(self.input and self.input.set_aside_id) or bool(self.point and self.point.removed_at)


class HeardRevision(models.Model):
    """A wording that a line has had: what was shown, when."""

    line = models.ForeignKey(HeardLine, models.PROTECT, related_name="revisions", verbose_name=_("line we hear"))
    number = models.PositiveIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=MAX_LINE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wording of a line")
        verbose_name_plural = _("wordings of lines")
        ordering = ["line", "number"]
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="heard_revision_number_once")]

    def __str__(self) -> str:
        return str(self.number)


class BigScreen(models.Model):
    """What stands on the wall of a conference: a question, a line, or nothing."""

    conference = models.OneToOneField(
        Conference, models.PROTECT, related_name="big_screen", verbose_name=_("conference")
    )
    # A question that is planned away leaves the screen; it is not kept for the screen's sake.
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("question")
    )
    line = models.ForeignKey(
        HeardLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line we hear")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("changed by"))

    class Meta:
        verbose_name = _("big screen")
        verbose_name_plural = _("big screens")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=True) | Q(line__isnull=True), name="big_screen_shows_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return str(self.conference)
