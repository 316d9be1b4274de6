"""What was done, by whom, when. Append-only; ids and revision numbers, never text."""

import uuid
from typing import Any

from django.db import connections, models
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Conference
from conference.models.people import User


class Event(models.Model):
    """One act on one thing. What one click did shares `act`; undoing names the act it undoes.

    `before` and `after` hold ids, numbers and codes of what changed. Texts stay with their revisions, so that a
    redaction has nothing to look for here.
    """

    conference = models.ForeignKey(
        Conference, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("conference")
    )
    act = models.UUIDField(_("act"), default=uuid.uuid4)
    verb = models.CharField(_("verb"), max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="events", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    target_type = models.CharField(_("kind of thing"), max_length=40)
    target_id = models.BigIntegerField(_("thing"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    undoes = models.UUIDField(_("undoes"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        indexes = [
            # The history of one thing; the acts of one conference, newest first; what undid an act.
            models.Index(fields=["target_type", "target_id"], name="event_of_a_thing"),
            models.Index(fields=["conference", "-id"], name="event_of_a_conference"),
            models.Index(fields=["act"], name="event_of_an_act"),
            models.Index(fields=["undoes"], name="event_that_undoes", condition=models.Q(undoes__isnull=False)),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(verb=""), name="event_has_verb")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"


class RevisionCounter(models.Model):
    """Counts the events of one scope (a table, a question), so that pollers ask for one sum.

    Sharded by scope, since one row a conference would be locked by every writer; never max(id), since
    sequences commit out of order and a poller would miss notes.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="counters", verbose_name=_("conference"))
    scope = models.CharField(_("scope"), max_length=40)
    value = models.PositiveBigIntegerField(_("value"), default=0)

    class Meta:
        verbose_name = _("revision counter")
        verbose_name_plural = _("revision counters")
        constraints = [
            models.UniqueConstraint(fields=["conference", "scope"], name="revision_counter_one_per_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.value}"


class RetentionPass(models.Model):
    """While a row stands here, uncommitted, the transaction that wrote it may change history.

    The retention job writes it first and deletes it last, so that nobody else ever sees it.
    """

    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("retention pass")
        verbose_name_plural = _("retention passes")

    def __str__(self) -> str:
        return self.reason


_SQLITE = """
CREATE TRIGGER IF NOT EXISTS event_is_append_only_on_{act} BEFORE {act} ON conference_event
WHEN NOT EXISTS (SELECT 1 FROM conference_retentionpass)
BEGIN SELECT RAISE(ABORT, 'event_is_append_only'); END
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM conference_retentionpass) THEN
        RAISE EXCEPTION 'event_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON conference_event
FOR EACH ROW EXECUTE FUNCTION event_is_append_only();
"""


def protect_history(using: str = "default", **_kwargs: Any) -> None:
    """Make the event table append-only in the database itself. After every migrate; changes nothing when it is done.

    Not in a migration: SQLite rebuilds a table when a column changes, and its triggers go with the old one.
    """
    connection = connections[using]
    if Event._meta.db_table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for act in ("UPDATE", "DELETE"):
                cursor.execute(_SQLITE.format(act=act))
        else:
            cursor.execute(_POSTGRESQL)
