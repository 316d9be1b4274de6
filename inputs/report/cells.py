"""Text as a workbook holds it."""

import re

_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """`text` so that Excel shows it: to Excel «_x0041_» is the letter A, and the sign before it is written so."""
    return _CODED.sub("_x005F_", text)
