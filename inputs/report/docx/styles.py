"""How the report looks in Word: one family of type, one accent colour, room to breathe.

The built-in styles keep their ids and English names, which Word shows in the reader's language. Our own have
Norwegian names, as those who work on the file read them.
"""

from inputs.report.docx.look import ACCENT, FONT, HAIRLINE, INK, MUTED, TEXT_WIDTH
from inputs.report.docx.numbering import BULLETS, CHAPTERS, DECIMAL, NONE, QUESTIONS, item_of
from inputs.report.docx.xml import Element, w

UNNUMBERED = "Overskrift {} uten nummer"  # levels 1 to 3; 4 and 5 have no numbers anyway
LEVELS = 5


def heading_style(level: int, *, numbered: bool) -> str:
    """The id of the heading style; levels below the last look like the last."""
    level = min(level, LEVELS)
    return f"Heading{level}" if numbered or level > 3 else f"Heading{level}Plain"


def styles(language: str, width: int = TEXT_WIDTH) -> tuple[Element, ...]:
    """The children of `w:styles`, for a text of that width."""
    font = w("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    spoken = w("lang", val=language, eastAsia=language, bidi=language)
    return (
        w(
            "docDefaults",
            w("rPrDefault", w("rPr", font, *_type(size=10.5, color=INK), spoken)),
            w("pPrDefault", w("pPr", *_spacing())),
        ),
        # Word's own list of styles stays out of the way: the file offers what the report uses.
        w(
            "latentStyles",
            defLockedState=0,
            defUIPriority=99,
            defSemiHidden=1,
            defUnhideWhenUsed=1,
            defQFormat=0,
            count=376,
        ),
        w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal"),
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val=1),
            w("semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        w(
            "style",
            w("name", val="Normal Table"),
            w("uiPriority", val=99),
            w("semiHidden"),
            w("tblPr", w("tblInd", w=0, type="dxa")),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
        w(
            "style",
            w("name", val="No List"),
            w("uiPriority", val=99),
            w("semiHidden"),
            type="numbering",
            default=1,
            styleId="NoList",
        ),
        # The first page.
        _style(
            "Title",
            "Title",
            [_rule("top", ACCENT, eighths=48, space=24), *_spacing(before=150, after=10, line=1.05)],
            _type(size=30, color=ACCENT, bold=True),
        ),
        _style("Subtitle", "Subtitle", [*_spacing(after=34, line=1.1)], _type(size=16, color=MUTED)),
        _style("FrontMatter", "Forside", [*_spacing(after=3, line=1.2)], _type(size=12)),
        # Headings: 1 to 3 count, each has a sister that does not.
        _heading(1, 21, ACCENT, before=0, after=18, counts=True, new_page=True),
        _heading(2, 15, ACCENT, before=24, after=8, counts=True),
        _heading(3, 12.5, INK, before=20, after=6, counts=True),
        _heading(4, 11, INK, before=18, after=8),
        _heading(5, 10.5, ACCENT, before=14, after=5),
        *(_unnumbered(level) for level in (1, 2, 3)),
        # Lists.
        *(
            _style(name.replace(" ", ""), name, [item_of(number, level), *_spacing(after=5)], following="")
            for name, number, level in (
                ("List Bullet", BULLETS, 0),
                ("List Number", DECIMAL, 0),
                ("List Number 2", QUESTIONS, 1),
            )
        ),
        # The contents. The number stands in the indent; the page number, once Word has counted, at the right.
        _style(
            "TOCHeading",
            "TOC Heading",
            [w("keepNext"), w("pageBreakBefore"), *_spacing(after=18, line=1.1)],
            _type(size=21, color=ACCENT, bold=True),
        ),
        _contents(1, width, before=9, left=425, hanging=425, bold=True),
        _contents(2, width, before=0, left=1049, hanging=624),
        _contents(3, width, before=0, left=1786, hanging=737, color=MUTED),
        # Around the text.
        _style(
            "Header",
            "header",
            [_rule("bottom", HAIRLINE), _tab_at_the_right(width), *_spacing(after=0, line=1)],
            _type(size=8.5, color=MUTED),
        ),
        _style(
            "Footer", "footer", [_tab_at_the_right(width), *_spacing(after=0, line=1)], _type(size=8.5, color=MUTED)
        ),
        _style(
            "Caption",
            "caption",
            [w("keepNext"), w("keepLines"), *_spacing(before=14, after=6, line=1.15)],
            _type(bold=True),
        ),
        _style("TableText", "Tabelltekst", [*_spacing(before=3, after=3, line=1.1)], _type(size=9.5)),
        _style("TableHead", "Tabellhode", [w("keepNext")], _type(bold=True, color=ACCENT), based_on="TableText"),
        _style("Note", "Merknad", [*_spacing(before=5, after=4, line=1.15)], _type(size=9, color=MUTED)),
        _style("Closing", "Closing", [w("keepNext"), *_spacing(before=22, after=16)]),
        _style("Signature", "Signature", [w("keepNext"), *_spacing(after=2)]),
        _character("Hyperlink", "Hyperlink", *_type(color=ACCENT), w("u", val="single")),
        _character("Mark", "Merke", *_type(bold=True, color=ACCENT)),
        _character("Muted", "Dempet", *_type(color=MUTED)),
        _character("TableCount", "Antall bord", *_type(size=9, color=MUTED)),
        _table(),
    )


def note_styles() -> tuple[Element, ...]:
    """What a note of two pages has besides: the report's look, with less room around it."""
    no_rule = w("pBdr", w("top", val="nil"))
    small = _type(size=9.5)
    return tuple(
        _style(
            style_id,
            name,
            [*more, *_spacing(before=before, after=after, line=line)],
            looks,
            based_on=based_on,
            following=following,
        )
        for style_id, name, based_on, following, looks, more, before, after, line in (
            ("NoteTitle", "Notattittel", "Title", "NoteText", _type(size=17), [no_rule], 0, 4, 1),
            ("NoteText", "Notattekst", "Normal", "NoteText", small, [], 0, 3, 1.1),
            ("NoteHeading", "Notatoverskrift", "Heading2Plain", "NoteText", _type(size=12), [], 12, 3, 1),
            ("NoteQuestion", "Notatspørsmål", "Heading3Plain", "NoteBullet", small, [], 6, 2, 1.05),
            ("NoteBullet", "Notatpunkt", "ListBullet", "NoteBullet", small, [], 0, 1.5, 1.1),
        )
    )


def _style(
    style_id: str,
    name: str,
    layout: list[Element],
    characters: tuple[Element, ...] = (),
    *,
    based_on: str = "Normal",
    following: str = "Normal",
) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=based_on),
        w("next", val=following or style_id),
        w("qFormat"),
        w("pPr", *layout),
        w("rPr", *characters),
        type="paragraph",
        styleId=style_id,
    )


def _heading(
    level: int, size: float, color: str, *, before: int, after: int, counts: bool = False, new_page: bool = False
) -> Element:
    layout = [w("keepNext"), w("keepLines"), *[w("pageBreakBefore")] * new_page]
    if counts:
        layout += [item_of(CHAPTERS, level - 1)]
    layout += [*_spacing(before=before, after=after, line=1.1), w("outlineLvl", val=level - 1)]
    return _style(f"Heading{level}", f"heading {level}", layout, _type(size=size, color=color, bold=True))


def _unnumbered(level: int) -> Element:
    layout = [item_of(NONE), w("ind", left=0, firstLine=0)]
    return _style(f"Heading{level}Plain", UNNUMBERED.format(level), layout, based_on=f"Heading{level}")


def _contents(
    level: int, width: int, *, before: int, left: int, hanging: int, bold: bool = False, color: str = INK
) -> Element:
    layout = [
        _tab_at_the_right(width),
        *_spacing(before=before, after=3, line=1.15),
        w("ind", left=left, right=567, hanging=hanging),
    ]
    return _style(f"TOC{level}", f"toc {level}", layout, _type(bold=bold, color=color))


def _character(style_id: str, name: str, *looks: Element) -> Element:
    return w("style", w("name", val=name), w("rPr", *looks), type="character", styleId=style_id)


def _table() -> Element:
    return w(
        "style",
        w("name", val="Rapporttabell"),
        w("basedOn", val="TableNormal"),
        w(
            "tblPr",
            w(
                "tblBorders",
                *(w(side, val="single", sz=4, space=0, color=HAIRLINE) for side in ("bottom", "insideH")),
            ),
            w("tblCellMar", w("left", w=85, type="dxa"), w("right", w=85, type="dxa")),
        ),
        w(
            "tblStylePr",
            w("tcPr", w("tcBorders", w("bottom", val="single", sz=8, space=0, color=ACCENT))),
            type="firstRow",
        ),
        type="table",
        styleId="ReportTable",
    )


# --- properties, each in the schema's order ---


def _type(*, size: float = 0, color: str = "", bold: bool = False) -> tuple[Element, ...]:
    """Characters. `size` in points; what is not given is inherited."""
    looks = []
    if bold:
        looks += [w("b"), w("bCs")]
    if color:
        looks.append(w("color", val=color))
    if size:
        looks += [w("sz", val=round(size * 2)), w("szCs", val=round(size * 2))]
    return tuple(looks)


def _spacing(*, before: float = 0, after: float = 8, line: float = 1.25) -> tuple[Element]:
    """Space around a paragraph in points; `line` in lines."""
    return (
        w("spacing", before=round(before * 20), after=round(after * 20), line=round(line * 240), lineRule="auto"),
    )


def _tab_at_the_right(width: int) -> Element:
    return w("tabs", w("tab", val="right", pos=width))


def _rule(side: str, color: str, *, eighths: int = 4, space: int = 4) -> Element:
    """A line above or below a paragraph: `eighths` of a point thick, `space` points away."""
    return w("pBdr", w(side, val="single", sz=eighths, space=space, color=color))
