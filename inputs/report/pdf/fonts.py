"""The fonts of the PDF, and what a text looks like in them.

Typst refuses a whole PDF/UA document for one character that it has no picture of, so `readable` puts □ where that
would happen. A letter and the marks on it are drawn by one font: it is not enough that each is in some font.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from inputs.report.pdf.errors import PdfError

# Family and styles, in the order in which Typst tries them.
FAMILIES = {
    "Noto Sans": (
        "noto-sans/400Regular",
        "noto-sans/400Regular_Italic",
        "noto-sans/700Bold",
        "noto-sans/700Bold_Italic",
    ),
    "Noto Sans Arabic": ("noto-sans-arabic/400Regular",),
    "Noto Sans Ethiopic": ("noto-sans-ethiopic/400Regular",),
    "Noto Sans Math": ("noto-sans-math/400Regular",),
    "Noto Sans Symbols": ("noto-sans-symbols/400Regular",),
    "Noto Emoji": ("noto-emoji/400Regular",),
}
BOX = "□"

_NODE_FOLDER = Path(__file__).resolve().parents[3] / "frontend/node_modules/@expo-google-fonts"
# Latin letters and the usual signs are in the first font; only the rest needs a look, with the letter it may sit on.
_PLAIN = "\n -~\xa0-\xa8\xaa-\xac\xaf-\u024f\u2013\u2014\u2018-\u201e\u2022\u2026"
_UNUSUAL = re.compile(f"[{_PLAIN}]?[^{_PLAIN}]+")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# Longer than a word gets: an invisible place to break the line, or the text would run off the page.
_ENDLESS = re.compile(rf"\S{{40}}(?=[\w{BOX}])")
_BREAK = "\u200b"
_JOINER = "\u200d"
_VARIANT_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_FORBIDDEN = "\ufeff"  # by PDF/A: a byte order mark that strayed into a text


def folders() -> tuple[Path, ...]:
    """The folders that hold the fonts, one a style. Raises PdfError when one has none."""
    return tuple(_file(_base(), style).parent for styles in FAMILIES.values() for style in styles)


def _base() -> Path:
    return Path(os.environ.get("RNIK_FONTS_DIR") or _NODE_FOLDER)


def _file(base: Path, style: str) -> Path:
    for file in (base / style).glob("*.ttf"):
        return file
    raise PdfError(f"No font in {base / style}: install the front-end packages, or set RNIK_FONTS_DIR.")


def readable(text: str) -> tuple[str, str]:
    """`text` as it can be shown, and the characters that became □ (each once). Raises PdfError without fonts."""
    lost: list[str] = []

    def drawn(unusual: re.Match[str]) -> str:
        fonts = _characters(_base())
        if _in_one(unusual.group(), fonts):  # a word in Arabic: no need to look at each letter
            return unusual.group()
        parts = [_shown(cluster, fonts) for cluster in _clusters(unusual.group())]
        lost.extend(missing for _, missing in parts)
        return "".join(shown for shown, _ in parts)

    text = _UNUSUAL.sub(drawn, _LINE_ENDS.sub("\n", text))
    return _ENDLESS.sub(rf"\g<0>{_BREAK}", text), "".join(dict.fromkeys("".join(lost)))


def _clusters(text: str) -> Iterator[str]:
    """What is drawn as one: a character with its marks, an emoji with all that is joined to it."""
    cluster = ""
    for char in text:
        if cluster not in {"", "\n"} and (cluster[-1] == _JOINER or _joins(char)):
            cluster += char
        else:
            yield cluster
            cluster = char
    yield cluster


def _joins(char: str) -> bool:
    return char == _JOINER or unicodedata.category(char).startswith("M") or bool(_SKIN_TONE.match(char))


def _shown(cluster: str, fonts: tuple[frozenset[str], ...]) -> tuple[str, str]:
    """The cluster as one font can draw it, and what that font lacks."""
    if cluster in {"", "\n"}:
        return cluster, ""
    if _in_one(cluster, fonts):
        return cluster, ""
    if cluster[0].isspace():  # a tab, or a blank of another script
        cluster = " " + cluster[1:]
    font = next((font for font in fonts if cluster[0] in font), frozenset[str]())
    kept = "".join(char for char in cluster if char in font).rstrip(_JOINER)
    lost = "".join(char for char in cluster if char not in font and not _is_unseen(char))
    return kept + BOX * bool(lost), lost


def _in_one(text: str, fonts: tuple[frozenset[str], ...]) -> bool:
    return any(font.issuperset(text) for font in fonts)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or bool(_VARIANT_SELECTOR.match(char))


@lru_cache(maxsize=4)
def _characters(base: Path) -> tuple[frozenset[str], ...]:
    """What each family draws in all its styles. Read once a process (0.4 s)."""
    # Imported here because the child process has no use for it and starts 0.1 s sooner without.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    def drawn(style: str) -> set[str]:
        with TTFont(_file(base, style), lazy=True) as font:
            return {char for char in map(chr, font.getBestCmap()) if unicodedata.category(char) not in {"Cc", "Co"}}

    return tuple(frozenset(set.intersection(*map(drawn, styles)) - {_FORBIDDEN}) for styles in FAMILIES.values())
