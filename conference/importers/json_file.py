"""JSON whose faults can be pointed at: syntax, repeated keys, depth, and the line of any place in the file."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from conference.importers.problems import Problems, fault, shown
from conference.importers.reading import decode

#: Where a value stands: ("sessions", 2, "title"). Indexes count from 0.
Path = tuple[str | int, ...]

MAX_DEPTH = 100
_TOKEN = re.compile(
    r'(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")(?P<colon>[ \t\r\n]*:)?|(?P<open>[{\[])|(?P<close>[}\]])|[^\s,:{}\[\]"]+'
)


@dataclass
class Document:
    """A JSON file that is being read. Faults gather here, by place; `check` raises them, by line."""

    name: str
    text: str
    value: object
    faults: list[tuple[Path, str]] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        self.faults.append((path, message))

    def check(self) -> None:
        """Raise ImportFault if there are faults. What is missing from the file has the line of what surrounds it."""
        if not self.faults:
            return
        wanted = {path[:length] for path, _message in self.faults for length in range(1, len(path) + 1)}
        lines = {path: line for path, line in places(self.text) if path in wanted}
        found = []
        for path, message in self.faults:
            nearest = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in lines), ())
            found.append((lines.get(nearest, 1), f"{place(path)}: {message}" if path else message))
        problems = Problems(self.name)
        for line, message in sorted(found, key=lambda pair: pair[0]):
            problems.add(line, message)
        problems.check()


def load(data: bytes, name: str) -> Document:
    """The JSON in `data`, with its repeated keys as faults to be told by `check`.

    Raises ImportFault where nothing can be read: not UTF-8, not JSON, cut off, nested too deeply.
    """
    text = decode(data, name)
    repeated = False

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal repeated
        found = dict(pairs)
        repeated = repeated or len(found) < len(pairs)
        return found

    try:
        value = json.loads(text, object_pairs_hook=members, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise fault(name, error.lineno, _syntax_message(text, error)) from error
    except RecursionError as error:
        line = next((line for path, line in places(text) if len(path) >= MAX_DEPTH), 1)
        raise fault(name, line, _("nested more than %(depth)d levels deep") % {"depth": MAX_DEPTH}) from error
    except ValueError as error:
        # NaN and the like, or a number of more digits than Python converts.
        raise fault(name, 1, _("not JSON: %(error)s") % {"error": error}) from error
    document = Document(name, text, value)
    if repeated:
        for path in _repeated_keys(text):
            document.add(path, _("the same key twice, expected once"))
    return document


def place(path: Path) -> str:
    """`path` as a message writes it: `sessions[2].questions[1].text`."""
    written = ""
    for step in path:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def described(value: object) -> str:
    """A text or number as it stands, any other value by its kind."""
    match value:
        case dict():
            return _("an object")
        case list():
            return _("a list")
        case bool():
            return _("true or false")
        case None:
            return _("null")
        case _:
            return shown(value)


def places(text: str) -> Iterator[tuple[Path, int]]:
    """Every key and every list element of the JSON `text`, in order, with its line from 1. `text` must be valid."""
    path: list[str | int] = []
    line, counted = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        if token["close"]:
            path.pop()
            continue
        if token["colon"]:
            path[-1] = json.loads(token["text"])
            yield tuple(path), line
            continue
        # A value begins. In a list it is the next element; after a key, the key has been told already.
        if path and isinstance(path[-1], int):
            path[-1] += 1
            yield tuple(path), line
        if token["open"]:
            path.append("" if token["open"] == "{" else -1)


def _repeated_keys(text: str) -> set[Path]:
    """The outermost keys that stand twice: what is inside two such objects is not repeated once more."""
    seen: set[Path] = set()
    repeated: set[Path] = set()
    for path, _line in places(text):
        if path in seen and not any(path[:length] in repeated for length in range(1, len(path))):
            repeated.add(path)
        seen.add(path)
    return repeated


def _syntax_message(text: str, error: json.JSONDecodeError) -> str:
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return _("the file ends too early, expected the rest of the JSON (cut off?)")
    if error.pos == 0:
        return _("this is not a JSON file")
    found = {"column": error.colno, "text": shown(text[error.pos : error.pos + 20])}
    return _("not JSON at column %(column)d, near %(text)s") % found


def _refuse_constant(word: str) -> object:
    raise ValueError(f"{word} is not a number")
