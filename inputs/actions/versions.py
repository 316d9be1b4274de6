"""The report is frozen, published, taken back and corrected. Nobody changes what is frozen."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override

from conference.actions.history import Change, record, revision
from conference.models import Conference, RetentionPass, User
from inputs.actions.faults import Refused
from inputs.hindrances import hindrances
from inputs.models import FileKind, Heading, Point, Publication, ReportVersion, VersionFile, VersionKind
from inputs.passages import Passage
from inputs.report.build import NotFinished, read_report
from inputs.report.frozen import frozen_files
from inputs.report.model import Report
from inputs.report.templates import template_of
from inputs.versions import content_of, texts_of

#: How often a report that is changed while it is read is read anew.
TRIES = 3


class Restless(Refused):
    """Somebody changed the conference each time the report was read."""


class NotForPublication(Refused):
    """A version for clearance, or one whose files were taken away, is never published."""


class NewerPublished(Refused):
    """A newer version is before everybody already: an older one never takes its place."""


class NothingSaid(Refused):
    """A correction says what is new, and a withdrawal why."""


def freeze(conference: Conference, kind: VersionKind, *, note: str, key: UUID, by: User) -> ReportVersion:
    """Freeze the report as it stands. `key` is the form's: sent twice, frozen once.

    The files are made outside of the transaction: a large PDF takes its time, and everybody else would wait for it.
    One for publication raises NotFinished while something is left. Raises Restless, and PdfError.
    """
    if stored := ReportVersion.objects.filter(conference=conference, key=key).first():
        return stored
    report = _at_rest(conference, kind)
    files = frozen_files(report, template_of(conference))
    return _store(conference, kind, report, files, note=note, key=key, by=by)


def _at_rest(conference: Conference, kind: VersionKind) -> Report:
    """The report read while nothing changed: it takes several queries, and half of an act must not be frozen."""
    for _try in range(TRIES):
        before = revision(conference)
        is_final = kind == VersionKind.PUBLICATION
        if is_final and (left := hindrances(conference)):
            raise NotFinished(left)
        report = read_report(conference, draft=not is_final)
        if revision(conference) == before:
            return report
    raise Restless


@transaction.atomic
def _store(
    conference: Conference,
    kind: VersionKind,
    report: Report,
    files: dict[FileKind, bytes],
    *,
    note: str,
    key: UUID,
    by: User,
) -> ReportVersion:
    hold(conference)
    versions = ReportVersion.objects.filter(conference=conference)
    if stored := versions.filter(key=key).first():
        return stored
    number = (versions.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0) + 1
    made = ReportVersion.objects.create(
        key=key,
        conference=conference,
        kind=kind,
        number=number,
        note=note,
        sha256=sha256(files[FileKind.JSON]).hexdigest(),
        points=sum(1 for _point in report.points()),
        by=by,
        at=report.generated_at,
    )
    VersionFile.objects.bulk_create(
        VersionFile(version=made, kind=kind, content=content, size=len(content), sha256=sha256(content).hexdigest())
        for kind, content in files.items()
    )
    changes = [Change(made, after={"kind": str(kind), "number": number})]
    record(verb="freeze", by=by, conference=conference, changes=changes)
    return made


@transaction.atomic
def publish(version: ReportVersion, *, said: str, by: User) -> Publication:
    """Put the version before everybody; `said` tells what is new since the one before. Once is enough.

    Raises NotForPublication, NewerPublished, NothingSaid for a correction, NotFinished while something is left.
    """
    stored = _held(version)
    if stored.was_published:
        return stored.publication
    if stored.kind != VersionKind.PUBLICATION or stored.emptied_at:
        raise NotForPublication
    earlier = Publication.objects.filter(version__conference=stored.conference)
    if earlier.filter(version__number__gt=stored.number).exists():
        raise NewerPublished
    if earlier.exists() and not said:
        raise NothingSaid
    if left := hindrances(stored.conference):
        raise NotFinished(left)
    made = Publication.objects.create(version=stored, said=said, by=by, at=timezone.now())
    _record("publish", stored, by)
    return made


@transaction.atomic
def withdraw(version: ReportVersion, *, reason: str, by: User) -> Publication:
    """Take a published version back; the public page says when and why. A second click finds it done."""
    if not reason:
        raise NothingSaid
    return _withdraw(_held(version), reason, by)


def _withdraw(stored: ReportVersion, reason: str, by: User) -> Publication:
    publication = stored.publication
    if publication.withdrawn_at is None:
        publication.withdrawn_at, publication.withdrawn_by, publication.reason = timezone.now(), by, reason
        publication.save()
        _record("withdraw", stored, by)
    return publication


# --- redaction (docs/adr/0018) ---


def holding(passage: Passage, conference: Conference, targets: Iterable[Any]) -> list[ReportVersion]:
    """The versions in which one of those points, or a heading if there is one, says the words."""
    chosen = list(targets)
    points = {one.key.hex for one in chosen if isinstance(one, Point)}
    has_heading = any(isinstance(one, Heading) for one in chosen)
    if not points and not has_heading:
        return []
    versions = ReportVersion.objects.filter(conference=conference, emptied_at=None).select_related(
        "publication", "conference"
    )
    return [
        version
        for version in versions
        if any(
            passage.count(text)
            for key, text in texts_of(content_of(version))
            if key in points or (not key and has_heading)
        )
    ]


def take_out(passage: Passage, conference: Conference, targets: Iterable[Any], *, by: User) -> list[ReportVersion]:
    """Empty the versions that say the words: their files go, a published one is withdrawn.

    Inside the redaction's transaction, which holds the conference. The one act beside a rehearsal's end that opens
    what is frozen.
    """
    emptied = holding(passage, conference, targets)
    noted = ReportVersion.objects.filter(conference=conference).exclude(note="")
    notes = [version for version in noted if passage.count(version.note)]
    if emptied or notes:
        opened = RetentionPass.objects.create(reason="redaction", by=by, at=timezone.now())
        for version in notes:
            ReportVersion.objects.filter(pk=version.pk).update(note=passage.without(version.note))
        for version in emptied:
            version.files.all().delete()
            ReportVersion.objects.filter(pk=version.pk).update(emptied_at=timezone.now(), emptied_by=by)
        opened.delete()
    for version in emptied:
        _record("empty", version, by)
        if version.was_published:
            with override(conference.language):
                reason = gettext("Words had to be taken out. A corrected edition follows.")
            _withdraw(version, reason, by)
    for publication in Publication.objects.filter(version__conference=conference):
        if passage.count([publication.said, publication.reason]):
            publication.said = passage.without(publication.said)
            publication.reason = passage.without(publication.reason)
            publication.save(update_fields=["said", "reason"])
    return emptied


def hold(conference: Conference) -> None:
    """Keep the conference until the act is done, so that two who publish or redact come one after the other."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)


def _held(version: ReportVersion) -> ReportVersion:
    """The version as it is stored, its conference held until the act is done."""
    hold(version.conference)
    return ReportVersion.objects.select_related("conference", "publication").get(pk=version.pk)


def _record(verb: str, version: ReportVersion, by: User) -> None:
    changes = [Change(version, after={"kind": str(version.kind), "number": version.number})]
    record(verb=verb, by=by, conference=version.conference, changes=changes)
