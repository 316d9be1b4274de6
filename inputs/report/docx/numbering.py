"""The numbers that Word counts itself: chapters, bullets, and ordered lists that begin anew.

A `w:abstractNum` says how a kind of list looks; a `w:num` is one list of that kind.
"""

from collections.abc import Iterator

from docx.oxml.ns import qn

from inputs.report.docx.look import ACCENT
from inputs.report.docx.xml import Element, w

# The lists that the styles point to; each is the first of the abstract list with the same number.
NONE, CHAPTERS, BULLETS, DECIMAL, QUESTIONS = range(5)

_CHAPTER_INDENTS = (680, 794, 794)  # twips, wide enough for «4.12.3» in the heading's size


class Lists:
    """Adds lists to the numbering part, behind those that are there: ours have `offset` added to their numbers."""

    def __init__(self, numbering: Element) -> None:
        self._numbering = numbering
        taken = [
            int(one.get(qn(f"w:{tag}Id"))) for tag in ("abstractNum", "num") for one in _children(numbering, tag)
        ]
        self.offset = max(taken, default=0)
        self._last = self.offset + QUESTIONS
        kinds = (CHAPTERS, BULLETS, DECIMAL, QUESTIONS)
        self.looks = [_abstract(kind, self.offset + kind) for kind in kinds]
        before = next(_children(numbering, "num"), None)
        for look in self.looks:
            numbering.append(look) if before is None else before.addprevious(look)
        numbering.extend(
            w("num", w("abstractNumId", val=self.offset + kind), numId=self.offset + kind) for kind in kinds
        )

    def begin(self, kind: int, *, level: int = 0, start: int = 1) -> int:
        """A new list of that kind whose items at `level` count from `start`; the number to give its items."""
        self._last += 1
        override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
        self._numbering.append(w("num", w("abstractNumId", val=self.offset + kind), override, numId=self._last))
        return self._last


def item_of(number: int, level: int = 0) -> Element:
    """The paragraph property that makes it an item of that list."""
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _children(numbering: Element, tag: str) -> Iterator[Element]:
    found: Iterator[Element] = numbering.iterchildren(qn(f"w:{tag}"))
    return found


def _abstract(kind: int, number: int) -> Element:
    levels = {
        CHAPTERS: [
            _level(n, "decimal", ".".join(f"%{k}" for k in range(1, n + 2)), indent, indent, style=f"Heading{n + 1}")
            for n, indent in enumerate(_CHAPTER_INDENTS)
        ],
        BULLETS: [_level(0, "bullet", "•", 397, 397, style="ListBullet")],
        DECIMAL: [_level(0, "decimal", "%1.", 397, 397, style="ListNumber")],
        QUESTIONS: [
            _level(0, "decimal", "%1)", 397, 397),
            _level(1, "lowerLetter", "%2)", 794, 397, style="ListNumber2"),
        ],
    }[kind]
    several = "multilevel" if len(levels) > 1 else "singleLevel"
    return w("abstractNum", w("multiLevelType", val=several), *levels, abstractNumId=number)


def _level(level: int, form: str, text: str, left: int, hanging: int, *, style: str = "") -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        *[w("pStyle", val=style)] * bool(style),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=left, hanging=hanging)),
        *[w("rPr", w("color", val=ACCENT))] * (form == "bullet"),
        ilvl=level,
    )
