"""What comes along when a text is pasted: other programs' bullets, tabs, soft hyphens, blanks that do not break.

A browser with JavaScript turns formatting into the small markup while it is pasted (static/app/markup-box.js); this
is what the server does with whatever reaches it.
"""

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BULLET = re.compile(
    r"^[ \t\u00a0]*(?:[•‣▪▫●○◦·\uf0b7\uf0a7\uf0d8][ \t\u00a0]*|[o–-][ \u00a0]*\t[ \t]*)(?=\S)", re.MULTILINE
)
_NUMBER = re.compile(r"^[ \t\u00a0]*(\d{1,3})[.)][ \u00a0]*\t[ \t]*(?=\S)", re.MULTILINE)
_BLANKS = re.compile("[ \t\u00a0\u2002\u2003\u2009\u202f]{2,}|[\t\u00a0]")


def tidy(text: str) -> str:
    """The text in the small markup: bullets and numbers as it writes them, and one blank where there were more."""
    text = _INVISIBLE.sub("", text)
    text = _NUMBER.sub(r"\1. ", _BULLET.sub("- ", text))
    return _BLANKS.sub(" ", text)
