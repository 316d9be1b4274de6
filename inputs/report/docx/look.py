"""The colours, the type and the paper, used by everything that has a look."""

FONT = "Arial"  # on every machine that has Word, and with a twin of the same widths elsewhere
ACCENT = "1D4F91"  # 8:1 on white
INK = "1C2127"
MUTED = "56606C"  # 6:1 on white
HAIRLINE = "C9D2DE"
TINT = "EEF3F9"

# Lengths in twips, a twentieth of a point.
PAGE = (11906, 16838)  # A4
SIDE = 1588  # 28 mm
TEXT_WIDTH = PAGE[0] - 2 * SIDE
