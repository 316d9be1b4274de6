"""The day: programme items, and the thematic sessions that they lead to."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference, Ministry
from conference.phases import TABLE_MAY_CHANGE, Phase
from rnik.lib.constraints import one_of


class SessionFormat(models.TextChoices):
    TABLES = "tables", _("discussion at tables")
    WORKSHOP = "workshop", _("workshop")
    PANEL = "panel", _("panel")
    PLENARY = "plenary", _("plenary")


class Session(models.Model):
    """A thematic session («bolk»): its questions are discussed at the tables.

    `slot` and `track` place sessions that run at the same time; both are empty where all take part in all.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="sessions", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    programme_title = models.CharField(
        _("title in the programme"), max_length=200, blank=True, help_text=_("When it differs from the title.")
    )
    format = models.CharField(_("format"), max_length=20, choices=SessionFormat, default=SessionFormat.TABLES)
    slot = models.PositiveSmallIntegerField(_("time slot"), null=True, blank=True)
    track = models.CharField(_("track"), max_length=50, blank=True)
    topic = models.TextField(_("topic"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    ministries: "models.ManyToManyField[Ministry, SessionMinistry]" = models.ManyToManyField(
        Ministry,
        through="SessionMinistry",
        related_name="sessions",
        blank=True,
        verbose_name=_("responsible ministries"),
    )
    phase = models.CharField(_("phase"), max_length=20, choices=Phase, default=Phase.PLANNED)
    phase_since = models.DateTimeField(_("in this phase since"), null=True, blank=True, editable=False)
    work_until = models.DateTimeField(_("group work until"), null=True, blank=True)
    writable_until = models.DateTimeField(_("can be changed until"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("thematic session")
        verbose_name_plural = _("thematic sessions")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="session_number_once_per_conference"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(title=""), name="session_has_number_and_title"),
            one_of("phase", Phase, name="session_phase_is_known"),
            one_of("format", SessionFormat, name="session_format_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def may_be_changed(self) -> bool:
        """May tables still change what they have stored? New text is another matter: always received."""
        in_time = self.writable_until is None or timezone.now() <= self.writable_until
        return self.phase in TABLE_MAY_CHANGE and in_time


class SessionMinistry(models.Model):
    """A ministry's responsibility for a session, in the order they are named."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="responsibilities", verbose_name=_("session"))
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, related_name="responsibilities", verbose_name=_("ministry")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "ministry"], name="session_ministry_named_once"),
        ]

    def __str__(self) -> str:
        return self.ministry.code


class Round(models.Model):
    """A turn within a session where people change tables (world café). Sessions without rounds have none."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="rounds", verbose_name=_("session"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.TimeField(_("starts"), null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="round_number_once_per_session"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Introducer(models.Model):
    """Who introduces a session. Not always a politician; the same person may introduce several."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="introducers", verbose_name=_("session"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="introducers", verbose_name=_("ministry")
    )

    class Meta:
        verbose_name = _("introducer")
        verbose_name_plural = _("introducers")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="introducer_has_name")]

    def __str__(self) -> str:
        return self.name


class ItemKind(models.TextChoices):
    """What happens in a part of the programme."""

    REGISTRATION = "registration", _("registration")
    SPEECH = "speech", _("speech")
    SESSION = "session", _("thematic session")
    CONVERSATION = "conversation", _("conversation")
    PANEL = "panel", _("panel")
    MEAL = "meal", _("meal")
    BREAK = "break", _("break")
    SUMMARY = "summary", _("summary")
    CLOSING_REMARKS = "closing_remarks", _("closing remarks")
    SOCIAL = "social", _("social")
    CLOSING = "closing", _("closing")
    OTHER = "other", _("other")


class ProgrammeItem(models.Model):
    """A line of the programme. Two may start at the same time; the end is the next start unless it is given."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="programme", verbose_name=_("conference"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    starts_at = models.TimeField(_("starts"))
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    speaker_name = models.CharField(_("speaker"), max_length=150, blank=True)
    speaker_title = models.CharField(_("the speaker's title"), max_length=150, blank=True)
    speaker_ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the speaker's ministry")
    )
    text = models.TextField(_("the speech in full"), blank=True)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="programme_items", verbose_name=_("session")
    )

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        ordering = ["conference", "position", "pk"]
        constraints = [
            one_of("kind", ItemKind, name="programme_item_kind_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="programme_item_has_title"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="programme_item_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H.%M} {self.title}"
