"""Files that are made on the side: what was asked for, how far it has come, and the result.

A row is all that web and child process share, so any web worker on any machine can show it (docs/adr/0020).
"""

import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from rnik.lib.constraints import one_of

#: A process that makes a file tells every other second that it lives; silent for this long, it is gone.
SILENCE = timedelta(seconds=30)


class MadeKind(models.TextChoices):
    """What takes its time, for whom; the part before the dot is the format."""

    PDF_PUBLIC = "pdf.public", _("PDF, for everyone")
    PDF_INTERNAL = "pdf.internal", _("PDF, internal")
    PDF_ARCHIVE = "pdf-archive.public", _("PDF for the archive, with the data inside")
    ZIP_OPEN = "zip.open", _("Archive package, open edition")
    ZIP_CLOSED = "zip.closed", _("Archive package, closed edition")


class MadeState(models.TextChoices):
    MAKING = "making", _("being made")
    DONE = "done", _("done")
    FAILED = "failed", _("not made")


class Why(models.TextChoices):
    """Why a file was not made."""

    TIME = "time", _("It took too long.")
    MEMORY = "memory", _("It needed too much memory.")
    LARGE = "large", _("The report is too large for one file.")
    DIED = "died", _("It was interrupted, perhaps because the server was restarted.")
    FAILED = "failed", _("Something went wrong.")


class MadeFileQuerySet(models.QuerySet["MadeFile"]):
    def making(self) -> Self:
        return self.filter(state=MadeState.MAKING)

    def alive(self) -> Self:
        return self.making().filter(beat_at__gt=timezone.now() - SILENCE)

    def dead(self) -> Self:
        """Those whose process is gone without a word."""
        return self.making().filter(beat_at__lte=timezone.now() - SILENCE)

    def same_as(self, other: "MadeFile") -> Self:
        """All of the same file, whether it was made or not."""
        return self.filter(conference=other.conference_id, kind=other.kind, session=other.session)


class MadeFile(models.Model):
    """One file that somebody asked for. The newest that was made stays until the next one is there.

    `session` is the number of the one that it holds, 0 for the whole. `beat_at`: when its process was last heard of.
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="made_files", verbose_name=_("conference")
    )
    kind = models.CharField(_("what"), max_length=20, choices=MadeKind)
    session = models.PositiveSmallIntegerField(_("session"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=MadeState, default=MadeState.MAKING)
    why = models.CharField(_("why not"), max_length=10, choices=Why, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    started_at = models.DateTimeField(_("started at"))
    beat_at = models.DateTimeField(_("last heard of"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    done = models.PositiveIntegerField(_("parts made"), default=0)
    total = models.PositiveIntegerField(_("parts"), default=0)
    is_draft = models.BooleanField(_("draft"), default=False)
    content = models.BinaryField(_("content"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)

    objects = MadeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file made on the side")
        verbose_name_plural = _("files made on the side")
        ordering = ["-pk"]
        constraints = [
            one_of("kind", MadeKind, name="made_file_kind_is_known"),
            one_of("state", MadeState, name="made_file_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=MadeState.MAKING, finished_at__isnull=True)
                | ~Q(state=MadeState.MAKING) & Q(finished_at__isnull=False),
                name="made_file_is_finished_or_being_made",
            ),
            models.CheckConstraint(
                condition=Q(state=MadeState.DONE, content__isnull=False)
                | ~Q(state=MadeState.DONE) & Q(content__isnull=True),
                name="made_file_has_content_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state=MadeState.FAILED, why__in=Why.values) | ~Q(state=MadeState.FAILED) & Q(why=""),
                name="made_file_that_failed_says_why",
            ),
            models.UniqueConstraint(
                fields=["conference", "kind", "session"],
                condition=Q(state=MadeState.MAKING),
                name="made_file_is_made_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["conference", "kind", "session"],
                condition=Q(state=MadeState.DONE),
                name="made_file_has_one_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def format(self) -> str:
        return self.kind.partition(".")[0]

    @property
    def edition(self) -> str:
        """public, internal, open or closed."""
        return self.kind.partition(".")[2]

    @property
    def is_dead(self) -> bool:
        return self.state == MadeState.MAKING and self.beat_at <= timezone.now() - SILENCE

    @property
    def shown_state(self) -> str:
        """As it is, also when nobody is left to write it down."""
        return MadeState.FAILED if self.is_dead else self.state

    @property
    def shown_why(self) -> str:
        return str(Why.DIED.label) if self.is_dead else str(self.get_why_display())
