"""What everybody may see of a conference, decided switch by switch; and its videos."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference, Language
from conference.models.people import User
from rnik.lib.constraints import length_between, one_of, together

MAX_PUBLIC_TEXT = 20_000


class PublicPage(models.Model):
    """The conference's pages for everybody. Nothing of it is public before somebody has switched it on."""

    conference = models.OneToOneField(
        Conference, models.PROTECT, related_name="public_page", verbose_name=_("conference")
    )
    opened_at = models.DateTimeField(_("open since"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("opened by")
    )
    shows_programme = models.BooleanField(_("show the programme"), default=False)
    shows_questions = models.BooleanField(_("show the questions"), default=False)
    shows_matters = models.BooleanField(_("show «You said – we did»"), default=False)
    shows_videos = models.BooleanField(_("show the videos"), default=False)
    publisher = models.CharField(_("who is behind the pages"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    privacy = models.TextField(_("about privacy"), blank=True)
    accessibility = models.TextField(_("about accessibility"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("public page")
        verbose_name_plural = _("public pages")
        constraints = [
            together("opened_at", "opened_by", name="public_page_opened_by_and_at_together"),
            length_between("privacy", 0, MAX_PUBLIC_TEXT, name="public_page_privacy_is_not_too_long"),
            length_between("accessibility", 0, MAX_PUBLIC_TEXT, name="public_page_accessibility_is_not_too_long"),
        ]

    def __str__(self) -> str:
        return str(self.conference)


class VideoLink(models.Model):
    """A video of the day that lies elsewhere. Whether it has captions is said beside it."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="videos", verbose_name=_("conference"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.BOKMAL)
    has_captions = models.BooleanField(_("has captions"), default=False)

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ["position", "pk"]
        constraints = [
            one_of("language", Language, name="video_language_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="video_has_title"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="video_is_on_the_web"
            ),
        ]

    def __str__(self) -> str:
        return self.title
