"""Cleaning and folding of text, the same on both databases.

Every text enters through `clean_text()`; every search goes against `fold()`.
"""

import re
import unicodedata

# C0 and C1 controls except tab and newline, lone surrogates, and the
# noncharacters: none of them can be stored everywhere (PostgreSQL refuses NUL)
# nor written to XML. Private-use characters mean nothing outside their font. The two
# overrides of direction (U+202D, U+202E) write a text backwards: they serve to deceive.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
# Invisible signs that turn the direction of what follows until the sign that ends it.
_TURNS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_TURNING = re.compile("[\u202a-\u202c\u2066-\u2069]")
# Anything but blanks and signs that are never drawn: what consists of those looks empty, and is.
_SEEN = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029|\x0c|\x0b")
_BLANKS = re.compile(r"[ \t\u00a0]+(?=\n|$)")

# Æ, Ø and Å come last in Norwegian, in that order; Sámi letters sort by their base, also the three with a bar
# or a hook, which Unicode does not take apart.
_NORWEGIAN_ORDER = str.maketrans(
    {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3", "đ": "d", "ŋ": "n", "ŧ": "t"}
)


def clean_text(text: str) -> str:
    r"""`text` as it is stored: NFC, line ends as `\n`, no control characters, no blanks at the ends of lines.

    A text of which nothing is seen is empty. A direction that is turned within a line is turned back at its end, so
    that no text turns its neighbours.
    """
    text = _LINE_END.sub("\n", text)
    # Lone surrogates cannot be normalised, so what is unwanted goes first.
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    if _TURNING.search(text):
        text = "\n".join(map(_turned_back, text.split("\n")))
    return _BLANKS.sub("", text).strip() if _SEEN.search(text) else ""


def _turned_back(line: str) -> str:
    """The line with every turn of direction ended, and without ends of none."""
    kept: list[str] = []
    ends: list[str] = []
    for sign in line:
        if sign in _TURNS:
            ends.append(_TURNS[sign])
        elif sign in _TURNS.values():
            if sign not in ends:
                continue
            while ends[-1] != sign:
                kept.append(ends.pop())
            ends.pop()
        kept.append(sign)
    return "".join(kept + ends[::-1])


def clean_line(text: str) -> str:
    """`text` cleaned and on one line: for names, titles and headings."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """`text` as it is searched: casefolded NFC. «ØSTBY» and «østby» are equal on both databases."""
    return unicodedata.normalize("NFC", clean_text(text).casefold())


def sort_key(text: str) -> str:
    """`text` as it is sorted: case aside, accents aside, æ ø å last. At most 200 characters."""
    lowered = unicodedata.normalize("NFC", text.casefold()).translate(_NORWEGIAN_ORDER)
    plain = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return plain[:200]
