"""WordprocessingML in few words: an element, a run, a paragraph, a field.

Every text and every attribute passes `safe`, so that nothing a person wrote can break the file.
"""

import re
from copy import deepcopy

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = {"w": nsmap["w"]}
_PREFIX = f"{{{nsmap['w']}}}"
BOX = "□"
# What XML 1.0 cannot hold, and the carriage return, which it would turn into something else.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("([\n\t])")


def safe(text: str) -> str:
    """`text` with □ for every character that XML cannot hold."""
    return _UNFIT.sub(BOX, text)


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """`<w:tag w:attribute="…">` around `children`."""
    # python-docx's own OxmlElement does the same, but takes the prefix apart each time.
    element: Element = oxml_parser.makeelement(_PREFIX + tag, nsmap=_W)
    for name, value in attributes.items():
        element.set(_PREFIX + name, safe(str(value)))
    element.extend(children)
    return element


def run(text: str, *looks: Element) -> Element:
    """Text in one look (children of `w:rPr`, in the schema's order). Newlines become line breaks, tabs tabs."""
    made = w("r", w("rPr", *looks)) if looks else w("r")
    for part in _BREAKS.split(safe(text)):
        if part == "\n":
            made.append(w("br"))
        elif part == "\t":
            made.append(w("tab"))
        elif part:
            made.append(_text("t", part))
    return made


def paragraph(style: str, *content: Element, properties: tuple[Element, ...] = ()) -> Element:
    """A paragraph in the style of that id. `properties` follow `w:pStyle`, in the schema's order."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def copied(prototype: Element, text: str) -> Element:
    """A copy of a paragraph that holds one plain run, with another text: several times faster than a new one."""
    made: Element = deepcopy(prototype)
    if _BREAKS.search(text):
        made[-1] = run(text)
    else:
        made[-1][-1].text = safe(text)
    return made


def field(instruction: str, *shown: Element) -> tuple[Element, ...]:
    """A field that Word computes, and what it shows until then."""
    return (
        w("r", w("fldChar", fldCharType="begin")),
        w("r", _text("instrText", instruction)),
        w("r", w("fldChar", fldCharType="separate")),
        *shown,
        w("r", w("fldChar", fldCharType="end")),
    )


def _text(tag: str, text: str) -> Element:
    element = w(tag)
    element.set(qn("xml:space"), "preserve")
    element.text = text
    return element
