"""A rehearsal is one for life, and only a rehearsal can be wiped: kept by the database itself (docs/adr/0006)."""

from typing import Any

from django.db import connections

from conference.models.edition import Conference

#: Name of the promise -> when it is broken, the same on both databases but for how «differs» is spelt.
_PROMISES = {
    "conference_real_is_never_deleted": ("DELETE", "OLD.rehearsal_of_id IS NULL"),
    "conference_is_a_rehearsal_for_life": ("UPDATE", "OLD.rehearsal_of_id {differs} NEW.rehearsal_of_id"),
    "conference_rehearsal_is_of_a_real_one": (
        "INSERT",
        "(SELECT rehearsal_of_id FROM conference_conference WHERE id = NEW.rehearsal_of_id) IS NOT NULL",
    ),
}

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON conference_conference WHEN {broken}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

# A subquery cannot stand in a WHEN of PostgreSQL, so the function asks.
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {broken} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON conference_conference FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def protect_conferences(using: str = "default", **_kwargs: Any) -> None:
    """Make the triggers, after every migrate like those of history; changes nothing when it is done."""
    connection = connections[using]
    if Conference._meta.db_table not in connection.introspection.table_names():
        return
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for name, (act, broken) in _PROMISES.items():
            condition = broken.format(differs="IS NOT" if is_sqlite else "IS DISTINCT FROM")
            cursor.execute((_SQLITE if is_sqlite else _POSTGRESQL).format(name=name, act=act, broken=condition))


def lift_protection(using: str = "default") -> None:
    """For emptying a test database row by row, as SQLite's flush does; migrate puts the triggers back."""
    connection = connections[using]
    of_table = "" if connection.vendor == "sqlite" else " ON conference_conference"
    with connection.cursor() as cursor:
        for name in _PROMISES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
