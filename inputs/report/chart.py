"""A survey question as a bar chart in SVG: real text, no style attributes, readable from 320 pixels up.

The labels stand above their bars and every length is a share of the width, so that the text keeps its size while the
bars follow the page. Colours are `currentColor` and three classes (`report-chart-track`, `-bar`, `-value`) that a
stylesheet may set; without one the attributes give dark blue on light grey.
"""

import textwrap
from html import escape

from inputs.report.model import Figure

# Pixels.
WIDTH = 480  # only where no stylesheet says otherwise
LINE = 20
BAR = 12
GAP = 16
# The track for 0-100 per cent, as a share of the width; the rest is for the value.
TRACK = 0.86
# What 288 pixels hold at 15 pixels a letter. A longer label ends in «…»: the table beside the chart has it whole.
LABEL_CHARACTERS = 36
LABEL_LINES = 3


def svg(figure: Figure, *, unique: str) -> str:
    """The chart as one <svg> element, for HTML. `unique` starts the ids in it and must be the page's own."""
    rows: list[str] = []
    y = 0
    for bar in figure.bars:
        for line in textwrap.wrap(bar.label, LABEL_CHARACTERS, max_lines=LABEL_LINES, placeholder=" …"):
            rows.append(f'<text y="{y + 15}">{escape(line)}</text>')
            y += LINE
        y += 4
        rows += [
            _bar("track", y, 100, "#e3e8ef"),
            _bar("bar", y, min(max(bar.percent, 0), 100), "#1d4f91"),
            f'<text class="report-chart-value" x="100%" y="{y + 11}" text-anchor="end">{bar.percent}\u00a0%</text>',
        ]
        y += BAR + GAP
    height = max(y - GAP, 1)
    title, description = escape(f"{unique}-title"), escape(f"{unique}-desc")
    return "\n".join(
        [
            f'<svg class="report-chart" xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"',
            f'font-size="15" fill="currentColor" role="img" aria-labelledby="{title} {description}">',
            f'<title id="{title}">{escape(f"{figure.label} {figure.title}".strip())}</title>',
            f'<desc id="{description}">{escape(figure.alt)}</desc>',
            *rows,
            "</svg>",
        ]
    )


def _bar(name: str, y: int, percent: int, fill: str) -> str:
    share = f"{percent * TRACK:.2f}%"
    return f'<rect class="report-chart-{name}" y="{y}" width="{share}" height="{BAR}" rx="2" fill="{fill}"/>'
