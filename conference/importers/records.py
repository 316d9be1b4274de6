"""A small typed reader over the objects of a JSON file.

Every method takes a key, notes that it is known, and gives a value of the promised type. What is wrong is noted with
its place and answered with an empty value, so that reading goes on and all faults are told together. `null` and an
absent key are the same. Keys that nobody asked for are a fault when the record is closed.
"""

import re
from collections.abc import Callable, Collection
from datetime import date, time
from typing import TypeVar

from django.utils.translation import gettext as _

from conference.importers.json_file import MAX_DEPTH, Document, Path, described, place
from rnik.lib.text import clean_line, clean_text

Row = TypeVar("Row")
Name = TypeVar("Name", str, int)

MAX_SMALL = 32_767  # what a small integer column holds on both databases
MAX_COUNT = 2_147_483_647
MAX_PARAGRAPH = 100_000  # characters: a speech may have been pasted as one
MAX_QUESTION = 10_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}\Z")


def root(document: Document, read: Callable[["Record"], Row]) -> Row:
    """The outermost object of `document`, read and closed. Raises ImportFault with all that was found wrong."""
    if not isinstance(document.value, dict):
        document.add((), _("the file holds %(found)s, expected an object") % {"found": described(document.value)})
        document.check()
    record = Record(document, (), document.value if isinstance(document.value, dict) else {})
    row = read(record)
    record.close()
    document.check()
    return row


class Record:
    """One JSON object and its place in the document."""

    def __init__(self, document: Document, path: Path, values: dict[str, object]) -> None:
        self._document = document
        self._path = path
        self._values = values
        self._known: dict[str, None] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def holds(self, key: str, kind: type) -> bool:
        """Whether the value at `key` is of the JSON kind that Python reads as `kind`."""
        return type(self._values.get(key)) is kind

    def ignore(self, *keys: str) -> None:
        """These keys may stand here and mean nothing to the reader."""
        self._known.update(dict.fromkeys(keys))

    def fault(self, message: str, *path: str | int) -> None:
        """Note what is wrong at `path` below this record."""
        self._document.add((*self._path, *path), message)

    def expected(self, what: str, value: object, *path: str | int) -> None:
        """Note that `what` was expected at `path` where `value` stands."""
        self.fault(_("%(found)s, expected %(expected)s") % {"found": described(value), "expected": what}, *path)

    def close(self) -> None:
        """Note every key that was never asked for."""
        for key in self._values:
            if key not in self._known:
                self.fault(
                    _("unknown key, expected one of: %(keys)s") % {"keys": ", ".join(sorted(self._known))}, key
                )

    # --- single values ----------------------------------------------------------------------------------------

    def line(self, key: str, *, longest: int = 200, required: bool = False) -> str:
        """A text on one line, at most `longest` characters."""
        return self._text(key, clean_line, longest, required=required)

    def text(self, key: str, *, longest: int = MAX_PARAGRAPH, required: bool = False) -> str:
        """A text that may have several lines, at most `longest` characters."""
        return self._text(key, clean_text, longest, required=required)

    def word(
        self, key: str, known: Collection[str], default: str = "", *, longest: int = 200, required: bool = False
    ) -> str:
        """One of the `known` words."""
        word = self.line(key, longest=longest, required=required)
        if word and word not in known:
            self.expected(_one_of(known), word, key)
        return word or default

    def number(self, key: str, *, least: int = 0, most: int = MAX_SMALL, required: bool = False) -> int | None:
        """A whole number between `least` and `most`."""
        value = self._value(key, required=required)
        # In Python True is a number, in the file it is not.
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        if value is not None:
            limits = {"least": least, "most": most}
            self.expected(_("a whole number from %(least)d to %(most)d") % limits, value, key)
        return None

    def flag(self, key: str) -> bool:
        value = self._value(key)
        if not isinstance(value, bool | None):
            self.expected(_("true or false"), value, key)
        return value is True

    def day(self, key: str, *, required: bool = False) -> date | None:
        """An ISO date, `2024-05-22`."""
        found = self.line(key, required=required)
        return self._parsed(found, _DATE, date.fromisoformat, _("a date such as 2024-05-22"), key)

    def clock(self, key: str, *, required: bool = False) -> time | None:
        """A time of day, `09:30`."""
        found = self.line(key, required=required)
        return self._parsed(found, _TIME, time.fromisoformat, _("a time such as 09:30"), key)

    # --- lists and objects ------------------------------------------------------------------------------------

    def paragraphs(self, key: str) -> tuple[str, ...]:
        """A list of texts in the small markup, without the empty ones."""
        cleaned = []
        for index, value in enumerate(self._list(key)):
            if not isinstance(value, str):
                self.expected(_("a paragraph of text"), value, key, index)
                continue
            paragraph = clean_text(value)
            self._check_length(paragraph, MAX_PARAGRAPH, key, index)
            if paragraph:
                cleaned.append(paragraph)
        return tuple(cleaned)

    def names(self, key: str, known: Collection[Name]) -> tuple[Name, ...]:
        """A list of names (texts or numbers) that are all `known`, each once."""
        # By kind too: in Python 1, 1.0 and True are equal.
        by_value: dict[tuple[type, object], Name] = {(type(name), name): name for name in known}
        found: list[Name] = []
        for index, value in enumerate(self._list(key)):
            word = clean_line(value) if isinstance(value, str) else value
            name = by_value.get((type(word), word)) if isinstance(word, str | int) else None
            if name is None:
                self.expected(_one_of(known), value, key, index)
            elif name in found:
                self.expected(_("each only once"), value, key, index)
            else:
                found.append(name)
        return tuple(found)

    def one(self, key: str, read: Callable[["Record"], Row], *, required: bool = False) -> Row | None:
        """The object at `key`, read and closed."""
        value = self._value(key, required=required)
        return None if value is None else self._read(value, (key,), read)

    def each(
        self, key: str, read: Callable[["Record"], Row], *, distinct: str = "", shorthand: str = ""
    ) -> tuple[Row, ...]:
        """The list of objects at `key`, each read and closed.

        No two rows may have the same `distinct` attribute; a bare text stands for an object with the key `shorthand`.
        """
        rows: list[Row] = []
        first: dict[object, int] = {}
        for index, value in enumerate(self._list(key)):
            given = {shorthand: value} if shorthand and isinstance(value, str) else value
            row = self._read(given, (key, index), read)
            if row is None:
                continue
            rows.append(row)
            name = getattr(row, distinct) if distinct else None
            if name and name in first:
                other = {"place": place((*self._path, key, first[name]))}
                self.expected(_("each only once (also at %(place)s)") % other, name, key, index, distinct)
            first.setdefault(name, index)
        return tuple(rows)

    # --- the same for all -------------------------------------------------------------------------------------

    def _value(self, key: str, *, required: bool = False) -> object | None:
        self._known[key] = None
        value = self._values.get(key)
        if value is None and required:
            self.fault(_("missing, expected a value"), key)
        return value

    def _text(self, key: str, clean: Callable[[str], str], longest: int, *, required: bool) -> str:
        value = self._value(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.expected(_("a text"), value, key)
            return ""
        text = clean(value)
        if required and not text:
            self.fault(_("empty, expected a text"), key)
        self._check_length(text, longest, key)
        return text

    def _check_length(self, text: str, longest: int, *path: str | int) -> None:
        if len(text) > longest:
            numbers = {"length": len(text), "longest": longest}
            self.fault(_("%(length)d characters, expected at most %(longest)d") % numbers, *path)

    def _parsed(
        self, found: str, shape: re.Pattern[str], parse: Callable[[str], Row], what: str, key: str
    ) -> Row | None:
        """`found` parsed, None if it is empty. `shape` refuses the other forms that Python's parsers also take."""
        if not found:
            return None
        try:
            if shape.match(found):
                return parse(found)
        except ValueError:
            pass  # such as 30 February, or 25:00: told below
        self.expected(what, found, key)
        return None

    def _list(self, key: str) -> list[object]:
        value = self._value(key)
        if isinstance(value, list):
            return value
        if value is not None:
            self.expected(_("a list"), value, key)
        return []

    def _read(self, value: object, path: Path, read: Callable[["Record"], Row]) -> Row | None:
        if not isinstance(value, dict):
            self.expected(_("an object"), value, *path)
            return None
        record = Record(self._document, (*self._path, *path), value)
        if len(record._path) > MAX_DEPTH:
            record.fault(_("nested more than %(depth)d levels deep") % {"depth": MAX_DEPTH})
            return None
        row = read(record)
        record.close()
        return row


def _one_of(known: Collection[str] | Collection[int]) -> str:
    return _("one of: %(words)s") % {"words": ", ".join(map(str, known)) or "—"}
