"""An uploaded template, from bytes to what is kept of it: styles, page, header and footer, and nothing else.

Its text, who made it and when, comments, properties, fields of the archive system: all that is left out here, before
it is stored, so that none of it can come into a report.
"""

import io
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from conference.importers.docx_text import read_with
from conference.importers.problems import fault
from inputs.report_template.roles import Style
from rnik.lib.zips import without_clock

# Any in what follows: python-docx has no types.
_OF_PACKAGE = {RT.OFFICE_DOCUMENT}
_OF_DOCUMENT = {RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE, RT.THEME, RT.HEADER, RT.FOOTER}
_AROUND = {RT.HEADER, RT.FOOTER}
_MAY_HOLD = {RT.IMAGE, RT.HYPERLINK, RT.FONT}
_REFERENCES = {qn("w:headerReference"), qn("w:footerReference")}
_NAMING = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")
_DRAWINGS = 1_000_001
_NOT_OF_A_PAGE = ("w:printerSettings", "w:sectPrChange", "w:cols")


def read_template(data: bytes, name: str) -> bytes:
    """The bare template as a Word file without text. Raises ImportFault when it cannot be built on."""

    def bare(document: Any) -> bytes:
        if not any(rel.reltype == RT.STYLES for rel in document.part.rels.values()):
            raise fault(name, 1, _("a file without styles, expected a template that was made in Word"))
        _take_out_text(document)
        _keep(document.part.package.rels, _OF_PACKAGE)
        _keep_of_document(document)
        for part in _kept_parts(document):
            for rel in part.rels.values():
                if rel.reltype not in _MAY_HOLD or (rel.is_external and rel.reltype != RT.HYPERLINK):
                    message = _("a header or footer with more than text and pictures of its own, expected no more")
                    raise fault(name, 1, message)
            if _has_names(part):
                raise fault(name, 1, _("tracked changes or comments in it, expected none: accept the changes first"))
        _mend(document)
        stream = io.BytesIO()
        document.save(stream)
        return without_clock(stream.getvalue())  # the same file twice is the same template

    return read_with(bare, data, name)


def styles_of(template: bytes) -> list[Style]:
    """The styles of a bare template, by name."""
    document = Document(io.BytesIO(template))
    styles = [
        Style(style.style_id, style.name or style.style_id, kind, style.element.get(qn("w:default")) in {"1", "true"})
        for style in document.styles
        if (kind := style.element.get(qn("w:type"), "paragraph"))
    ]
    return sorted(styles, key=lambda style: style.name.lower())


def _take_out_text(document: Any) -> None:
    """Leave one empty section: the last, which is the text's, with what it inherits from those before it."""
    body = document.element.body
    sections = list(body.iter(qn("w:sectPr")))
    last = deepcopy(sections[-1]) if sections else None
    root = document.element
    root[:] = [body]  # a background may need a picture
    body[:] = []
    if last is None:
        body.get_or_add_sectPr()
        return
    for tag in _NOT_OF_A_PAGE:
        for element in last.findall(qn(tag)):
            last.remove(element)
    has = {(one.tag, one.get(qn("w:type"))) for one in last if one.tag in _REFERENCES}
    for section in reversed(sections[:-1]):
        for one in section:
            kind = one.tag, one.get(qn("w:type"))
            if one.tag in _REFERENCES and kind not in has:
                has.add(kind)
                last.insert(0, deepcopy(one))
    # The logo often stands on the first page alone, in a section of its own.
    if last.titlePg is None and sections[0].titlePg is not None and sections[0].titlePg.val:
        last.get_or_add_titlePg().val = True
    body.append(last)


def _keep_of_document(document: Any) -> None:
    used = {one.get(qn("r:id")) for one in document.element.body.iter(*_REFERENCES)}
    rels = document.part.rels
    _keep(rels, _OF_DOCUMENT)
    for key in [key for key, rel in rels.items() if rel.reltype in _AROUND and key not in used]:
        del rels[key]
    settings = document.settings.element  # makes an empty part where there is none
    settings[:] = [one for one in settings if one.tag == qn("w:evenAndOddHeaders")]
    for rel in rels.values():
        if rel.reltype == RT.SETTINGS:
            _keep(rel.target_part.rels, set())
        if rel.reltype == RT.NUMBERING:
            for one in rel.target_part.element.findall(qn("w:numIdMacAtCleanup")):
                rel.target_part.element.remove(one)


def _keep(rels: Any, kinds: set[str]) -> None:
    for key in [key for key, rel in rels.items() if rel.reltype not in kinds]:
        del rels[key]


def _kept_parts(document: Any) -> Iterator[Any]:
    for rel in document.part.rels.values():
        yield rel.target_part


def _mend(document: Any) -> None:
    """What Word forgives and a checker does not: drawings that share a number (ours count from 1), styles that are
    named and not there.
    """
    roots = [part.element for part in _kept_parts(document) if hasattr(part, "element")]
    for number, one in enumerate((one for root in roots for one in root.iter(qn("wp:docPr"))), _DRAWINGS):
        one.set("id", str(number))
    there = {style.style_id for style in document.styles}
    for one in [one for root in roots for one in root.iter(*map(qn, _NAMING)) if one.get(qn("w:val")) not in there]:
        one.getparent().remove(one)


def _has_names(part: Any) -> bool:
    element = getattr(part, "element", None)
    return element is not None and any(one.get(qn("w:author")) is not None for one in element.iter())
