"""A conference and what is said of it on the first page of its report."""

from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models.people import Membership, User
from rnik.lib.constraints import one_of


class Series(models.Model):
    """The conference that comes back, of which a `Conference` is one edition."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Language(models.TextChoices):
    """The languages that the fixed phrases of a report exist in."""

    BOKMAL = "nb", _("Norwegian Bokmål")
    NYNORSK = "nn", _("Norwegian Nynorsk")
    ENGLISH = "en", _("English")


class Attribution(models.TextChoices):
    """Whether a point says who said it. Nobody, unless the conference decides otherwise with the participants."""

    NONE = "none", _("nobody is named")
    ORGANISATION = "organisation", _("the organisation is named")


#: How the title of a rehearsal begins, in the language of its report: whatever prints the title says what it is.
REHEARSAL_MARKS = {Language.BOKMAL: "ØVELSE", Language.NYNORSK: "ØVING", Language.ENGLISH: "REHEARSAL"}


def is_marked(field: str) -> Q:
    """The text begins with one of the marks."""
    return reduce(or_, (Q(**{f"{field}__startswith": mark}) for mark in REHEARSAL_MARKS.values()))


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def visible_to(self, user: User) -> Self:
        """Those the person is a member of; a superuser sees all, a table its own only through its API."""
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user)

    def with_role_of(self, user: User) -> Self:
        """Each with `viewer_role`, the person's role: for what the frame of a page offers, never for what is let."""
        own = Membership.objects.filter(conference=OuterRef("pk"), user=user)
        return self.annotate(viewer_role=Subquery(own.values("role")[:1]))


class Conference(models.Model):
    """One edition. Counts and limits are data, never constants: 80 and 3 were one year's numbers."""

    slug = models.SlugField(
        _("short name"), max_length=50, unique=True, help_text=_("Stands in addresses and commands.")
    )
    title = models.CharField(_("title"), max_length=200)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="conferences", verbose_name=_("series")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        limit_choices_to={"rehearsal_of": None},
        verbose_name=_("part of"),
        help_text=_("For regional meetings that feed a national one."),
    )
    rehearsal_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="rehearsals",
        verbose_name=_("rehearsal of"),
    )
    edition = models.PositiveSmallIntegerField(
        _("edition"), null=True, blank=True, help_text=_("11 for the eleventh.")
    )
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    date = models.DateField(_("date"))
    end_date = models.DateField(_("last day"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    host = models.CharField(_("host on stage"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    language = models.CharField(_("language of the report"), max_length=2, choices=Language, default=Language.BOKMAL)
    capacity = models.PositiveIntegerField(_("upper limit of participants"), null=True, blank=True)
    plenary_tables_per_session = models.PositiveSmallIntegerField(_("tables that report back per session"), default=3)
    attribution = models.CharField(_("attribution"), max_length=20, choices=Attribution, default=Attribution.NONE)
    second_person = models.BooleanField(
        _("a second person confirms that combined points mean the same"), default=False
    )
    tidying_deadline = models.DateTimeField(_("deadline for tidying up"), null=True, blank=True)
    case_number = models.CharField(_("case number"), max_length=50, blank=True)
    access_code = models.CharField(_("access code"), max_length=50, blank=True)
    legal_basis = models.CharField(_("legal basis for withholding"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-date", "-pk"]
        constraints = [
            one_of("language", Language, name="conference_language_is_known"),
            one_of("attribution", Attribution, name="conference_attribution_is_known"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=models.F("date")),
                name="conference_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")), name="conference_is_not_its_own_part"
            ),
            models.CheckConstraint(condition=~Q(slug="") & ~Q(title=""), name="conference_has_slug_and_title"),
            # What no constraint can hold, triggers do: conference/models/rehearsals.py.
            models.UniqueConstraint(fields=["rehearsal_of"], name="conference_has_one_rehearsal"),
            models.CheckConstraint(
                condition=Q(rehearsal_of__isnull=True) | ~Q(rehearsal_of=models.F("pk")),
                name="conference_is_not_its_own_rehearsal",
            ),
            models.CheckConstraint(
                condition=Q(rehearsal_of__isnull=True) | is_marked("title"), name="conference_rehearsal_says_so"
            ),
            models.CheckConstraint(
                condition=Q(rehearsal_of__isnull=True) | Q(parent__isnull=True),
                name="conference_rehearsal_feeds_no_other",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Whoever changes a rehearsal leaves the mark in its title. The database promises it; this says it kindly."""
        if self.is_rehearsal and not self.title.startswith(tuple(REHEARSAL_MARKS.values())):
            said = {"mark": REHEARSAL_MARKS[Language(self.language)]}
            begins = _("The title of a rehearsal begins with «%(mark)s», so that nobody takes it for real.")
            raise ValidationError({"title": begins % said})

    @property
    def is_rehearsal(self) -> bool:
        """For practice: marked everywhere, never published, wiped with one act."""
        return self.rehearsal_of_id is not None

    def deadline(self) -> datetime:
        """Until when the tables tidy up: as decided, else noon the day after; never a time that has passed.

        A rehearsal long before or after the day ends at noon the day after it was held.
        """
        now = timezone.now()
        if self.tidying_deadline and self.tidying_deadline > now:
            return self.tidying_deadline
        last = max(self.end_date or self.date, timezone.localdate(now))
        return timezone.make_aware(datetime.combine(last + timedelta(days=1), time(12)))


class ParticipantCount(models.Model):
    """How many of one category were let in, invited, and came: three numbers that are easily confused."""

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="participant_counts", verbose_name=_("conference")
    )
    category = models.CharField(_("category"), max_length=50)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    limit = models.PositiveIntegerField(_("upper limit"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    attended = models.PositiveIntegerField(_("came"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant count")
        verbose_name_plural = _("participant counts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "category"], name="participant_count_one_per_category"),
        ]

    def __str__(self) -> str:
        return self.category


class Ministry(models.Model):
    """A responsible body. Ministries change names between governments, so they belong to the edition."""

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="ministries", verbose_name=_("conference")
    )
    code = models.CharField(_("abbreviation"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    name_nn = models.CharField(_("name in Nynorsk"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "code"], name="ministry_code_once_per_conference"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="ministry_has_code_and_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name as a report in `language` writes it."""
        return self.name_nn if language == Language.NYNORSK and self.name_nn else self.name
