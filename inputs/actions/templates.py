"""The Word template of the report is taken in use, its styles chosen, taken away and put back."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Conference, User
from inputs.actions.faults import NotAvailable, Stale
from inputs.models import ReportTemplate


@transaction.atomic
@one_act()
def take_in_use(
    conference: Conference, content: bytes, *, name: str, styles: Mapping[str, str], by: User
) -> ReportTemplate:
    """Build the report on it from now on; the one before it is removed. `content` is bare.

    The same file again stays as it is, with the styles that were chosen for it.
    """
    _hold(conference)
    before, digest = _standing_of(conference), sha256(content).hexdigest()
    if before and before.sha256 == digest:
        return before
    if before:
        _remove(before, by)
    made = ReportTemplate.objects.create(
        conference=conference, name=name, content=content, sha256=digest, styles=styles, by=by, at=timezone.now()
    )
    _record("use_template", by, made)
    return made


@transaction.atomic
def choose_styles(template: ReportTemplate, styles: Mapping[str, str], *, version: int, by: User) -> ReportTemplate:
    """Let these styles stand for ours. `version` is the one that was read; Stale if somebody was faster."""
    _hold(template.conference)
    stored = _standing(template)
    if stored.version != version:
        raise Stale(stored)
    if stored.styles == styles:
        return stored
    stored.styles = dict(styles)
    stored.version += 1
    stored.save(update_fields=["styles", "version"])
    _record("choose_template_styles", by, stored, {"version": version}, {"version": stored.version})
    return stored


@transaction.atomic
def remove(template: ReportTemplate, *, by: User) -> ReportTemplate:
    """The report gets our own look again. Raises NotAvailable when it is removed already."""
    _hold(template.conference)
    stored = _standing(template)
    _remove(stored, by)
    return stored


@transaction.atomic
@one_act()
def put_back(template: ReportTemplate, *, by: User) -> ReportTemplate:
    """Build on it again; the one that stands is removed. Raises NotAvailable when it stands itself."""
    _hold(template.conference)
    stored = ReportTemplate.objects.select_related("conference").get(pk=template.pk)
    if stored.removed_at is None:
        raise NotAvailable
    if standing := _standing_of(stored.conference):
        _remove(standing, by)
    stored.removed_at = stored.removed_by = None
    stored.save(update_fields=["removed_at", "removed_by"])
    _record("put_template_back", by, stored)
    return stored


def _hold(conference: Conference) -> None:
    """Two who choose at once meet in turn."""
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)


def _standing_of(conference: Conference) -> ReportTemplate | None:
    return ReportTemplate.objects.standing().select_related("conference").filter(conference=conference).first()


def _standing(template: ReportTemplate) -> ReportTemplate:
    stored = ReportTemplate.objects.select_related("conference").get(pk=template.pk)
    if stored.removed_at:
        raise NotAvailable
    return stored


def _remove(stored: ReportTemplate, by: User) -> None:
    stored.removed_at, stored.removed_by = timezone.now(), by
    stored.save(update_fields=["removed_at", "removed_by"])
    _record("remove_template", by, stored)


def _record(
    verb: str,
    by: User,
    template: ReportTemplate,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    changes = [Change(template, before or {}, after or {})]
    record(verb=verb, by=by, conference=template.conference, changes=changes)
