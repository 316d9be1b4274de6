"""Which texts of a report lose characters in the PDF, and where they stand."""

from dataclasses import dataclass
from typing import Any

from inputs.report.pdf import fonts
from inputs.report.pdf.document import Json


@dataclass(frozen=True)
class Replaced:
    """A text with characters that no font can show.

    `chapter` is where it stands («3.1.3 Innspill»; empty: before the first), `text` is how it stands there, with □,
    and `characters` are those that became □, each once.
    """

    chapter: str
    text: str
    characters: str


def make_readable(document: Json) -> tuple[Json, tuple[Replaced, ...]]:
    """The document with every string as the fonts can show it, and the strings that lost something, in order."""
    replaced: list[Replaced] = []
    front = {name: value for name, value in document.items() if name != "blocks"}
    shown = _readable(front, "", replaced)
    shown["blocks"] = []
    chapter = ""
    for block in document["blocks"]:
        if block["kind"] == "chapter":
            chapter, _ = fonts.readable(f"{block['number']} {block['text']}".strip())
        shown["blocks"].append(_readable(block, chapter, replaced))
    return shown, tuple(replaced)


def _readable(value: Any, chapter: str, replaced: list[Replaced]) -> Any:
    match value:
        case str():
            text, lost = fonts.readable(value)
            if lost:
                replaced.append(Replaced(chapter, text, lost))
            return text
        case dict():
            return {name: _readable(part, chapter, replaced) for name, part in value.items()}
        case list() | tuple():
            return [_readable(part, chapter, replaced) for part in value]
        case _:
            return value
