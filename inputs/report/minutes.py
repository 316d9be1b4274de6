"""A table's minutes of one session, as frozen data: what was written there, in the order in which it was written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """What was written, and what is said of it below: when, by whom (closed edition only), late, in plenary."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """What stands under a question; `running` is minutes that nobody divided, `remark` a word of ours."""

    title: str
    notes: tuple[Note, ...] = ()
    running: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Minutes:
    """One document. `name` is its file's, without ending; the fixed words are in the report's language."""

    name: str
    title: str
    subtitle: str
    place: tuple[str, ...]
    explained: tuple[str, ...]
    authors: tuple[str, ...]
    marks: tuple[str, ...]
    language_tag: str
    page: str
    of: str
    unreadable: str
    parts: tuple[Part, ...]
