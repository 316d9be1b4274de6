"""Tables: a row of column heads that comes again on each page, and columns that stay as wide as they are."""

from collections.abc import Sequence

from inputs.report.docx.xml import Element, paragraph, run, w


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    shares: Sequence[int],
    description: str,
    width: int,
    figures: int = 0,
    together: bool = False,
) -> Element:
    """A table of that width. `shares` are the columns' parts of it; the last `figures` columns hold numbers.

    `together` keeps all rows on the page of what follows.
    """
    widths = [width * share // sum(shares) for share in shares]
    sides = ["left"] * (len(widths) - figures) + ["right"] * figures

    def cell(text: str, style: str, breadth: int, side: str) -> Element:
        layout = (*[w("keepNext")] * together, w("jc", val=side))
        return w("tc", w("tcPr", w("tcW", w=breadth, type="dxa")), paragraph(style, run(text), properties=layout))

    def row(texts: Sequence[str], style: str, *properties: Element) -> Element:
        cells = (cell(text, style, breadth, side) for text, breadth, side in zip(texts, widths, sides, strict=True))
        return w("tr", w("trPr", w("cantSplit"), *properties), *cells)

    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="ReportTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            # The first row says what the columns are; the first column says what a row of numbers is about.
            w(
                "tblLook",
                val="06A0" if figures else "0620",
                firstRow=1,
                firstColumn=int(figures > 0),
                noHBand=1,
                noVBand=1,
            ),
            w("tblCaption", val=description),
        ),
        w("tblGrid", *(w("gridCol", w=breadth) for breadth in widths)),
        row(header, "TableHead", w("tblHeader")),
        *(row(texts, "TableText") for texts in rows),
    )
