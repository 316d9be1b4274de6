"""Tables, who writes there, and the codes that let them in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference
from conference.models.people import Kind, User
from rnik.lib.constraints import together


class Table(models.Model):
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="tables", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    on_paper = models.BooleanField(_("writes on paper"), default=False)

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="table_number_once_per_conference"),
            models.CheckConstraint(condition=Q(number__gte=1), name="table_has_number"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Table %(number)s")) % {"number": self.number}


class NoteTaker(models.Model):
    """Someone who writes at a table: a name or initials on the screen, and the account that a code opens."""

    table = models.ForeignKey(Table, models.PROTECT, related_name="note_takers", verbose_name=_("table"))
    name = models.CharField(_("name or initials"), max_length=60, blank=True)
    user = models.OneToOneField(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="note_taker",
        limit_choices_to={"kind": Kind.TABLE},
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name = _("note-taker")
        verbose_name_plural = _("note-takers")
        ordering = ["table", "pk"]

    def __str__(self) -> str:
        return self.name or str(self.table)


class AccessCode(models.Model):
    """A code that opens a table for a time. Only its hash is kept; it is shown once, when it is made."""

    note_taker = models.ForeignKey(NoteTaker, models.PROTECT, related_name="codes", verbose_name=_("note-taker"))
    code_hash = models.CharField(_("hash of the code"), max_length=128, unique=True, editable=False)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"))
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )

    class Meta:
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="access_code_ends_after_start"),
            models.CheckConstraint(condition=~Q(code_hash=""), name="access_code_has_hash"),
            together("revoked_at", "revoked_by", name="access_code_revoked_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return str(self.note_taker)
