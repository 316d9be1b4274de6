"""What is said at a table (talk.txt), and what shall be kept of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

TALK = Path(__file__).with_name("talk.txt")
KINDS = {"u": "challenge", "t": "measure", "b": "both"}
BACK = "\b"

_LINE = re.compile(r"(?P<act>[0-3+~]|>[0-3]) *(?P<kind>[utb]?)(?P<star>\*?) *\| ?(?P<words>.*)")
_SLIP = re.compile(r"\{(?P<wrong>[^|}]+)\|(?P<right>[^}]+)\}")


@dataclass(frozen=True)
class Point:
    """What is kept. `question` is None for what belongs to none."""

    question: int | None
    text: str
    kind: str = ""
    is_starred: bool = False


@dataclass(frozen=True)
class Saying:
    """One act of the note-taker: a new point, or more of, other words for, another place for the one before."""

    act: str  # "new", "more", "instead", "move"
    question: int | None = None
    kind: str = ""
    is_starred: bool = False
    keys: str = ""  # as they are pressed, slips and all

    @property
    def text(self) -> str:
        """As it stands when it is typed."""
        text = ""
        for key in self.keys:
            text = text[:-1] if key == BACK else text + key
        return text


def read(lines: Iterable[str]) -> list[Saying]:
    """Raises ValueError for a line that cannot be read."""
    return [_saying(line) for line in map(str.strip, lines) if line and not line.startswith("#")]


def talk() -> list[Saying]:
    return read(TALK.read_text(encoding="utf-8").splitlines())


def kept(sayings: Sequence[Saying]) -> list[Point]:
    """The points of the talk, each as it shall be at the end."""
    points: list[Point] = []
    for one in sayings:
        if one.act == "new":
            points.append(Point(one.question, one.text, one.kind, one.is_starred))
            continue
        last = points.pop()
        match one.act:
            case "more":
                points.append(replace(last, text=f"{last.text}\n{one.text}"))
            case "instead":
                points.append(replace(last, text=one.text))
            case "move":
                points.append(replace(last, question=one.question))
    return points


def _saying(line: str) -> Saying:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    act, sign = {"+": "more", "~": "instead"}.get(found["act"], "new"), found["act"]
    if sign.startswith(">"):
        act, sign = "move", sign[1:]
    return Saying(
        act=act,
        question=int(sign) or None if sign.isdigit() else None,
        kind=KINDS.get(found["kind"], ""),
        is_starred=bool(found["star"]),
        keys=_SLIP.sub(lambda slip: slip["wrong"] + BACK * len(slip["wrong"]) + slip["right"], found["words"]),
    )
