"""Cleaning and folding of text, the same on both databases.

Every text enters through `clean_text()`; every search goes against `fold()`.
"""

import re
import unicodedata

# C0 and C1 controls except tab and newline, lone surrogates, and the
# noncharacters: none of them can be stored everywhere (PostgreSQL refuses NUL)
# nor written to XML. Private-use characters mean nothing outside their font.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029|\x0c|\x0b")
_BLANKS = re.compile(r"[ \t\u00a0]+(?=\n|$)")

# Æ, Ø and Å come last in Norwegian, in that order; Sámi letters sort by their base, also the three with a bar
# or a hook, which Unicode does not take apart.
_NORWEGIAN_ORDER = str.maketrans(
    {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3", "đ": "d", "ŋ": "n", "ŧ": "t"}
)


def clean_text(text: str) -> str:
    r"""`text` as it is stored: NFC, line ends as `\n`, no control characters, no blanks at the ends of lines."""
    text = _LINE_END.sub("\n", text)
    # Lone surrogates cannot be normalised, so what is unwanted goes first.
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    return _BLANKS.sub("", text).strip()


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
