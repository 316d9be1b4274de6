"""The report frozen as it stood, and what was published of it. The database refuses to change what is frozen."""

import uuid
from typing import Any

from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from rnik.lib.constraints import length_between, one_of, together

MAX_SAID = 500


class VersionKind(models.TextChoices):
    """What it was frozen for. One for clearance says that it is a draft, and is never published."""

    CLEARANCE = "clearance", _("For clearance")
    PUBLICATION = "publication", _("For publication")


class FileKind(models.TextChoices):
    """A file of a version, by its ending; `page` is the report's article alone, for the public page around it."""

    PDF = "pdf", _("PDF")
    PDF_ARCHIVE = "pdf-archive", _("PDF for the archive, with the data inside")
    DOCX = "docx", _("Word")
    HTML = "html", _("Web page")
    MD = "md", _("Markdown")
    JSON = "json", _("Data (JSON)")
    PAGE = "page", _("Article")


#: What can be downloaded, what most want first.
DOWNLOADS = tuple(kind for kind in FileKind if kind != FileKind.PAGE)
#: What the public page offers: who wants the data takes the JSON itself.
PUBLIC_DOWNLOADS = tuple(kind for kind in DOWNLOADS if kind != FileKind.PDF_ARCHIVE)


class ReportVersion(models.Model):
    """The report as everybody may read it, frozen: «Til klarering 1», «Publisert 1».

    Its content is its JSON file (rnik.report/1), and `sha256` that file's; all other files were made from the same
    model at the same moment. `emptied_at`: a redaction took the files away (docs/adr/0018); that it was there stays.
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="versions", verbose_name=_("conference"))
    kind = models.CharField(_("kind"), max_length=20, choices=VersionKind)
    number = models.PositiveSmallIntegerField(_("number"))
    note = models.CharField(_("note"), max_length=MAX_SAID, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    points = models.PositiveIntegerField(_("points"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)
    emptied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("emptied by")
    )

    class Meta:
        verbose_name = _("version of the report")
        verbose_name_plural = _("versions of the report")
        ordering = ["-pk"]
        constraints = [
            one_of("kind", VersionKind, name="report_version_kind_is_known"),
            models.UniqueConstraint(fields=["conference", "kind", "number"], name="report_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="report_version_counts_from_1"),
            length_between("sha256", 64, 64, name="report_version_has_sha256"),
            together("emptied_at", "emptied_by", name="report_version_emptied_by_and_at_together"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def name(self) -> str:
        """What the screens call it; one that was published is called so."""
        said = {"number": self.number}
        if self.kind == VersionKind.CLEARANCE:
            return gettext("For clearance %(number)d") % said
        if self.was_published:
            return gettext("Published %(number)d") % said
        return gettext("For publication %(number)d") % said

    @property
    def was_published(self) -> bool:
        return hasattr(self, "publication")


class VersionFile(models.Model):
    """One file of a version, as it was made then: a download is the same bytes each time."""

    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="files", verbose_name=_("version"))
    kind = models.CharField(_("format"), max_length=20, choices=FileKind)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("file of a version")
        verbose_name_plural = _("files of versions")
        ordering = ["pk"]
        constraints = [
            one_of("kind", FileKind, name="version_file_kind_is_known"),
            models.UniqueConstraint(fields=["version", "kind"], name="version_file_once_per_format"),
            length_between("sha256", 64, 64, name="version_file_has_sha256"),
        ]

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def ending(self) -> str:
        return "pdf" if self.kind == FileKind.PDF_ARCHIVE else self.kind


class Publication(models.Model):
    """That a version was put before everybody. `said` tells what is new since the one before («Rettet …»).

    Taken back with a reason, which the public page then gives. The newest one is what the page shows, also when it
    is withdrawn: an older one never comes back by itself.
    """

    version = models.OneToOneField(
        ReportVersion, models.PROTECT, related_name="publication", verbose_name=_("version")
    )
    said = models.CharField(_("what is new"), max_length=MAX_SAID, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )
    reason = models.CharField(_("reason"), max_length=MAX_SAID, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-pk"]
        constraints = [
            together("withdrawn_at", "withdrawn_by", name="publication_withdrawn_by_and_at_together"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason="") | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="publication_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)


#: What the database refuses, table by table: the trigger's name, the act. Only a `RetentionPass` opens it.
_FROZEN = [
    (f"{table}_is_frozen_on_{act.lower()}", act, f"inputs_{table}")
    for table in ("reportversion", "versionfile")
    for act in ("UPDATE", "DELETE")
] + [("publication_is_kept", "DELETE", "inputs_publication")]

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {table} WHEN NOT EXISTS (SELECT 1 FROM conference_retentionpass)
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM conference_retentionpass) THEN
        RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def protect_versions(using: str = "default", **_kwargs: Any) -> None:
    """Freeze the tables in the database itself, after every migrate like those of history (docs/adr/0003)."""
    connection = connections[using]
    if Publication._meta.db_table not in connection.introspection.table_names():
        return
    shape = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        for name, act, table in _FROZEN:
            cursor.execute(shape.format(name=name, act=act, table=table))


def lift_protection(using: str = "default") -> None:
    """For emptying a test database row by row, as SQLite's flush does; migrate puts the triggers back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, _act, table in _FROZEN:
            of_table = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
