"""What differs between two versions of the report: points, headings, and the chapters' text. Pure: two JSON in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rnik.lib.diff import Piece, compare

Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a point stands: session and question by number, heading by title."""

    session: int
    question: int
    heading: str

    def __str__(self) -> str:
        return f"{self.session}.{self.question} {self.heading}"


@dataclass(frozen=True)
class PointChange:
    """A point that is only in one of the two, or differs. `pieces` tells word by word how it was reworded."""

    id: str
    before: str
    after: str
    old: Place | None
    new: Place | None
    is_moved: bool = False
    pieces: tuple[Piece, ...] = ()

    @property
    def kind(self) -> str:
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        return "reworded" if self.pieces else "moved"


@dataclass(frozen=True)
class HeadingChange:
    """A heading that is new (`before` empty), gone (`after` empty) or renamed."""

    session: int
    question: int
    before: str
    after: str


@dataclass(frozen=True)
class TextChange:
    """A chapter whose text differs: each passage that does, word by word."""

    title: str
    passages: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Comparison:
    points: tuple[PointChange, ...]
    headings: tuple[HeadingChange, ...]
    texts: tuple[TextChange, ...]

    def of_kind(self, kind: str) -> list[PointChange]:
        return [change for change in self.points if change.kind == kind]

    @property
    def is_same(self) -> bool:
        return not (self.points or self.headings or self.texts)


def compare_reports(old: Json, new: Json) -> Comparison:
    """Everything that a reader of both would see, from the older to the newer."""
    before, after = _points(old), _points(new)
    renamed = _renamed(before, after)
    return Comparison(
        tuple(_point_changes(before, after, renamed)),
        tuple(_heading_changes(old, new, renamed)),
        tuple(_text_changes(old, new)),
    )


# --- points and headings ---

Points = dict[str, tuple[Place, str]]
Renamed = dict[Place, str]


def _points(report: Json) -> Points:
    """Id -> place and text, in reading order."""
    return {point["id"]: (place, point["text"]) for place, points in _headings(report) for point in points}


def _headings(report: Json) -> Iterator[tuple[Place, list[Json]]]:
    for chapter in chapters_of(report["chapters"]):
        for question in chapter.get("questions", []):
            for heading in question.get("headings", []):
                yield Place(chapter.get("session", 0), question["number"], heading["title"]), heading["points"]


def _renamed(before: Points, after: Points) -> Renamed:
    """A heading that is gone, and whose points mostly stand under one that is new: old place -> new title."""
    old_places, new_places = {place for place, _text in before.values()}, {place for place, _text in after.values()}
    found: Renamed = {}
    for gone in sorted(old_places - new_places, key=str):
        went = Counter(
            after[point][0]
            for point, (place, _text) in before.items()
            if place == gone and point in after and after[point][0] not in old_places
        )
        if not went:
            continue
        [(to, _number)] = went.most_common(1)
        if (to.session, to.question) == (gone.session, gone.question) and to.heading not in found.values():
            found[gone] = to.heading
    return found


def _point_changes(before: Points, after: Points, renamed: Renamed) -> Iterator[PointChange]:
    stayed = _stayed(before, after, renamed)
    for point, (place, text) in before.items():
        if point not in after:
            yield PointChange(point, text, "", place, None)
    for point, (place, text) in after.items():
        if point not in before:
            yield PointChange(point, "", text, None, place)
            continue
        was, said = before[point]
        is_moved = point not in stayed
        if is_moved or said != text:
            pieces = compare(said, text) if said != text else ()
            yield PointChange(point, said, text, was, place, is_moved, pieces)


def _stayed(before: Points, after: Points, renamed: Renamed) -> set[str]:
    """The points that stand under the same heading as before, in the same order as those that stayed with them."""
    stayed: set[str] = set()
    for place in dict.fromkeys(place for place, _text in after.values()):
        now = [point for point, (at, _text) in after.items() if at == place]
        then = [point for point, (at, _text) in before.items() if _now_called(at, renamed) == place]
        for block in SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks():
            stayed.update(then[block.a : block.a + block.size])
    return stayed


def _now_called(place: Place, renamed: Renamed) -> Place:
    return Place(place.session, place.question, renamed.get(place, place.heading))


def _heading_changes(old: Json, new: Json, renamed: Renamed) -> Iterator[HeadingChange]:
    before = dict.fromkeys(place for place, _points in _headings(old))
    after = dict.fromkeys(place for place, _points in _headings(new))
    for place in before:
        if place in renamed:
            yield HeadingChange(place.session, place.question, place.heading, renamed[place])
        elif place not in after:
            yield HeadingChange(place.session, place.question, place.heading, "")
    known = {_now_called(place, renamed) for place in before}
    for place in after:
        if place not in known:
            yield HeadingChange(place.session, place.question, "", place.heading)


# --- the chapters' text ---


def _text_changes(old: Json, new: Json) -> Iterator[TextChange]:
    before, after = _texts(old), _texts(new)
    for key in dict.fromkeys([*before, *after]):
        title, then = before.get(key, ("", []))
        title_now, now = after.get(key, (title, []))
        if passages := tuple(_passages(then, now)):
            yield TextChange(title_now, passages)


def _texts(report: Json) -> dict[tuple[str, int, str], tuple[str, list[str]]]:
    """What each chapter says beside its points: title, and its parts in order."""
    found: dict[tuple[str, int, str], tuple[str, list[str]]] = {}
    for chapter in chapters_of(report["chapters"]):
        slot, session, title = chapter["slot"], chapter.get("session", 0), chapter["title"]
        parts = [title, *chapter.get("paragraphs", []), *map(_line, chapter.get("introducers", []))]
        if slot == "programme":
            parts += map(_programme_line, report["programme"])
        if "signature" in chapter:
            parts.append(_line(chapter["signature"]))
        if slot == "questions":
            parts += [f"{question['number']}) {question['text']}" for question in chapter.get("questions", [])]
        for figure in chapter.get("figures", []):
            parts += [figure.get("title", ""), figure.get("alt", ""), *figure.get("notes", [])]
        found[slot, session, title if slot == "speech" else ""] = (f"{chapter['number']} {title}".strip(), parts)
    return found


def _line(values: Json) -> str:
    return ", ".join(str(value) for value in values.values())


def _programme_line(line: Json) -> str:
    who = line.get("speaker", {}).get("name", "")
    return " ".join(part for part in (line["starts_at"], line["title"], who) if part)


def _passages(then: list[str], now: list[str]) -> Iterator[tuple[Piece, ...]]:
    for tag, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield compare("\n\n".join(then[a:b]), "\n\n".join(now[c:d]))


def chapters_of(chapters: list[Json]) -> Iterator[Json]:
    """Every chapter, in reading order."""
    for chapter in chapters:
        yield chapter
        yield from chapters_of(chapter.get("chapters", []))
