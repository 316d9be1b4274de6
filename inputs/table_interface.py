"""The table interface's JSON (docs/api.md): what a device may send, and how what is stored is told.

A fault is a code, the same in every language; the device says it in words.
"""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from conference.actions.devices import MOST_WAITING
from conference.models import Conference, Question, Session
from inputs.actions.entry import Changes, is_withdrawn
from inputs.actions.table_notes import Sent
from inputs.models import MAX_SHEET, MAX_TEXT, Input, InputKind, MinutesSheet
from rnik.lib.text import clean_line, clean_text

Json = dict[str, Any]
T = TypeVar("T")

MAX_REVISION = 2_000_000_000  # what the database's column holds, rounded down
MAX_ADDRESSEES = 50
MAX_ARRANGED = 1_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Faults(Exception):
    """What is wrong, by field: lists of codes."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__(errors)


class TooLong(Exception):
    """A text of `length` characters where `limit` are stored."""

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(f"{length} > {limit}")


# --- what a device sends --------------------------------------------------------------------------------------


def read_note(body: bytes, key: uuid.UUID, conference: Conference) -> Sent:
    """The note in a request's body; fields that the interface does not know stay unread. Raises Faults, TooLong."""
    fields = _Fields(body)
    content: Changes = {}
    session, question = _place(fields, conference)
    content["text"] = fields.take("text", lambda value: _text(value, MAX_TEXT)) or ""
    if "question" in fields.sent:
        content["question"] = question
    if fields.has("kind"):
        content["kind"] = fields.take("kind", _kind) or ""
    if fields.has("priority"):
        content["priority"] = bool(fields.take("priority", _truth))
    if fields.has("heading"):
        content["suggested_heading"] = fields.take("heading", lambda value: _line(value, 200)) or ""
    if fields.has("addressees"):
        content["addressees"] = fields.take("addressees", _addressees) or []
    if fields.has("language"):
        content["language"] = fields.take("language", _language) or ""
    written_at = fields.take("written_at", _moment) if fields.has("written_at") else None
    revision = fields.take("revision", _revision) if fields.has("revision") else 1
    fields.done()
    assert session is not None  # noqa: S101 done() has raised; this tells the type checker
    assert revision is not None  # noqa: S101 as above
    content["session"] = session
    return Sent(key=key, content=content, revision=revision, written_at=written_at)


@dataclass(frozen=True)
class Order:
    """The notes of a question in the order that they shall have, and in the one that was seen."""

    session: Session
    question: Question | None
    keys: list[uuid.UUID]
    seen: list[uuid.UUID]


def read_order(body: bytes, conference: Conference) -> Order:
    """The order in a request's body. Raises Faults."""
    fields = _Fields(body)
    session, question = _place(fields, conference)
    keys, seen = (fields.take(name, _keys) or [] for name in ("keys", "seen"))
    if sorted(keys) != sorted(seen):
        fields.errors.setdefault("keys", ["not_those_seen"])
    fields.done()
    assert session is not None  # noqa: S101 done() has raised; this tells the type checker
    return Order(session, question, keys, seen)


def read_revision(said: str | None) -> int | None:
    """The revision that stands in an address, None where none does. Raises Faults."""
    if said is None:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", said) or not 1 <= int(said) <= MAX_REVISION:
        raise Faults({"revision": ["not_a_revision"]})
    return int(said)


def read_sheet(body: bytes, conference: Conference) -> tuple[Session, str, int]:
    """Session, clean text (which may be empty) and revision of a sheet. Raises Faults, TooLong."""
    fields = _Fields(body)
    session = fields.take("session", lambda value: _session(value, conference))
    text = fields.take("text", lambda value: _text(value, MAX_SHEET, may_be_empty=True))
    revision = fields.take("revision", _revision)
    fields.done()
    assert session is not None  # noqa: S101 done() has raised; this tells the type checker
    return session, text or "", revision or 1


def read_pulse(body: bytes) -> int:
    """How much waits unsent on the device. Raises Faults."""
    fields = _Fields(body)
    waiting = fields.take("waiting", _amount)
    fields.done()
    return waiting or 0


class _Fields:
    """The body's fields, and what has been found wrong with them so far."""

    def __init__(self, body: bytes) -> None:
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            raise Faults({"body": ["not_json"]}) from None
        if not isinstance(sent, dict):
            raise Faults({"body": ["not_an_object"]})
        self.sent: Mapping[str, object] = sent
        self.errors: dict[str, list[str]] = {}

    def has(self, name: str) -> bool:
        """Is the field there with a value? What may be left out may be null as well."""
        return self.sent.get(name) is not None

    def take(self, name: str, read: Callable[[object], T]) -> T | None:
        if name not in self.sent:
            self.errors[name] = ["required"]
            return None
        try:
            return read(self.sent[name])
        except ValueError as fault:
            self.errors[name] = [str(fault)]
            return None

    def done(self) -> None:
        if self.errors:
            raise Faults(self.errors)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("not_a_whole_number")
    return value


def _amount(value: object) -> int:
    number = _whole(value)
    if number < 0:
        raise ValueError("not_a_whole_number")
    return min(number, MOST_WAITING)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not_a_text")
    return value


def _known(found: T | None) -> T:
    if found is None:
        raise ValueError("unknown")
    return found


def _place(fields: _Fields, conference: Conference) -> tuple[Session | None, Question | None]:
    """Session and question in one look, since every note asks; a second look tells which of them is unknown."""
    number = fields.take("session", _number)
    if number is None:
        return None, None
    asked = fields.take("question", lambda value: _asked(value, number)) if "question" in fields.sent else None
    if asked is not None:
        at = {"session__conference": conference, "session__number": number, "number": asked}
        question = Question.objects.filter(**at).select_related("session__conference").first()
        if question is not None:
            return question.session, question
    session = fields.take("session", lambda value: _session(value, conference))
    if session is not None and asked is not None:
        fields.errors["question"] = ["unknown"]
    return session, None


def _number(value: object) -> int:
    """Of a session or a question."""
    number = _whole(value)
    if not 1 <= number <= 32_767:  # what the database's column holds
        raise ValueError("unknown")
    return number


def _session(value: object, conference: Conference) -> Session:
    return _known(conference.sessions.filter(number=_number(value)).select_related("conference").first())


def _asked(value: object, session: int) -> int | None:
    """The question's number, by the id that the state tells («1.2») or as it is; null is «Uplassert»."""
    if value is None:
        return None
    if isinstance(value, str):
        found = re.fullmatch(r"([0-9]{1,5})\.([0-9]{1,5})", value)
        if found is None or int(found[1]) != session:
            raise ValueError("unknown")
        value = int(found[2])
    return _number(value)


def _text(value: object, limit: int, *, may_be_empty: bool = False) -> str:
    text = clean_text(_string(value))
    if not text and not may_be_empty:
        raise ValueError("empty")
    if len(text) > limit:
        raise TooLong(len(text), limit)
    return text


def _line(value: object, limit: int) -> str:
    line = clean_line(_string(value))
    if len(line) > limit:
        raise ValueError("too_long")
    return line


def _kind(value: object) -> str:
    if value not in ("", *InputKind.values):
        raise ValueError("unknown")
    return str(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not_true_or_false")
    return value


def _addressees(value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_ADDRESSEES:
        raise ValueError("not_a_list_of_texts")
    return [line for line in (_line(each, 200) for each in value) if line]


def _keys(value: object) -> list[uuid.UUID]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_ARRANGED:
        raise ValueError("not_a_list_of_keys")
    try:
        keys = [uuid.UUID(_string(each)) for each in value]
    except ValueError:
        raise ValueError("not_a_list_of_keys") from None
    if len(set(keys)) < len(keys):
        raise ValueError("not_a_list_of_keys")
    return keys


def _language(value: object) -> str:
    language = _string(value)
    if len(language) > 20 or not _LANGUAGE.fullmatch(language):
        raise ValueError("unknown")
    return language


def _moment(value: object) -> datetime:
    try:
        moment = parse_datetime(_string(value))
    except ValueError:
        moment = None
    if moment is None or not timezone.is_aware(moment) or not 1900 < moment.year < 9000:
        raise ValueError("not_a_moment_with_time_zone")
    return moment


def _revision(value: object) -> int:
    number = _whole(value)
    if not 1 <= number <= MAX_REVISION:
        raise ValueError("not_a_revision")
    return number


# --- what a device is told ------------------------------------------------------------------------------------


def receipt(stored: Input | MinutesSheet) -> Json:
    """What every success says: the device may forget that revision of its own."""
    return {
        "key": str(stored.key),
        "revision": stored.revision,
        "received_at": stored.received_at.isoformat(),
        "late": is_late(stored),
    }


def is_late(stored: Input | MinutesSheet) -> bool:
    if isinstance(stored, Input):
        return stored.late
    deadline = stored.session.writable_until
    return deadline is not None and stored.received_at > deadline


def told_note(entry: Input) -> Json:
    """An input of the table's own, as it is stored."""
    return receipt(entry) | {
        "session": entry.session.number,
        "question": f"{entry.session.number}.{entry.question.number}" if entry.question else None,
        "text": entry.text,
        "kind": entry.kind,
        "priority": entry.priority,
        "writer": entry.note_taker.name if entry.note_taker else "",
        "withdrawn": is_withdrawn(entry),
    }


def told_sheet(sheet: MinutesSheet) -> Json:
    """A sheet of the writer's own, as it is stored."""
    return receipt(sheet) | {"session": sheet.session.number, "text": sheet.text, "writer": sheet.note_taker.name}


def told(stored: Input | MinutesSheet) -> Json:
    """What is stored of a note or of a sheet."""
    return told_sheet(stored) if isinstance(stored, MinutesSheet) else told_note(stored)
