"""What a sent paragraph is, and the hidden bookmark by which it is known again when the file comes back.

A name says which file was sent and which of its paragraphs this is; nothing else about it leaves the house.
"""

import re
from enum import StrEnum


class Part(StrEnum):
    """What a sent paragraph is; the cover is known by its words alone, and nobody misses it."""

    POINT = "point"
    HEADING = "heading"
    QUESTION = "question"
    SESSION = "session"
    COVER = "cover"


# Word hides names that begin with `_` and takes 40 characters: 8, 16 hex digits, and the number. LibreOffice calls
# the bookmark of a paragraph that was moved with tracking «…_Copy_1», cut off at 40.
_NAME = re.compile(r"_rnik_c_([0-9a-f]{16})_(\d{1,6})(?:_\w*)?")


def mark_name(mark: str, number: int) -> str:
    """The bookmark of paragraph `number` in the file whose mark is 16 hex digits."""
    return f"_rnik_c_{mark}_{number}"


def read_mark(name: str) -> tuple[str, int] | None:
    """The file's mark and the paragraph's number; None for a bookmark that is not ours."""
    found = _NAME.fullmatch(name)
    return (found[1], int(found[2])) if found else None
