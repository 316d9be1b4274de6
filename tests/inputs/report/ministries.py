"""Two ministries' templates, made here: one with Word's own styles, one with names of its own on wide paper."""

import struct
import zlib
from io import BytesIO

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

AUTHOR = "Ola Saksbehandler"
LEFT_OVER = "Skriv inn saksnummer her"


def logo() -> bytes:
    """A PNG of 8 by 4 red points."""
    rows = (b"\x00" + b"\xc0\x10\x20" * 8) * 4
    parts = [(b"IHDR", struct.pack(">2I5B", 8, 4, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    written = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def built_in() -> bytes:
    """Word's own styles, restyled; the logo on the left of the header, the address in the footer."""
    document = _begun()
    for level in (1, 2, 3):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Georgia", RGBColor(0x80, 0x10, 0x20)
    document.styles["Normal"].font.name = "Georgia"
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(40), Mm(20)
    _dress(section)
    return _stored(document)


def with_cover() -> bytes:
    """A cover with the logo in a section of its own before the text's, no lists, and styles based on each other."""
    document = _begun()
    cover = document.sections[0]
    cover.different_first_page_header_footer = True
    cover.first_page_header.paragraphs[0].add_run().add_picture(BytesIO(logo()), width=Mm(50))
    _dress(cover)
    text = document.add_section()
    text.different_first_page_header_footer = False
    text.page_width, text.page_height = Mm(210), Mm(297)
    lists = next(key for key, rel in document.part.rels.items() if rel.reltype.endswith("/numbering"))
    del document.part.rels[lists]
    for style in document.styles.element.iter(qn("w:numPr")):
        style.getparent().remove(style)
    ring = document.styles["Heading 1"], document.styles["Heading 2"]
    ring[0].base_style, ring[1].base_style = ring[1], ring[0]
    document.styles["Title"].name = 'Tittel "stor"; 1'
    return _stored(document)


def own_names() -> bytes:
    """A4 across, a first page of its own, and styles that only this ministry has."""
    document = _begun()
    for style in [*document.styles]:
        if style.element.get(qn("w:default")) is None:
            style.delete()
    for name, size in (
        ("EKS Tittel", 34),
        ("EKS Undertittel", 18),
        ("EKS Overskrift 1", 22),
        ("EKS Overskrift 2", 16),
        ("EKS Overskrift 3", 13),
        ("EKS Brødtekst", 11),
        ("EKS Punktmerket liste", 11),
        ("EKS Bildetekst", 9),
        ("EKS Tabelltekst", 9),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.name, style.font.color.rgb = Pt(size), "Verdana", RGBColor(0, 0x50, 0x30)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(30)
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run().add_picture(BytesIO(logo()), width=Mm(40))
    _dress(section)
    return _stored(document)


def _begun():
    document = Document()
    document.add_paragraph(LEFT_OVER)
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.keywords = properties.category = AUTHOR
    return document


def _dress(section) -> None:
    header = section.header.paragraphs[0]
    header.add_run().add_picture(BytesIO(logo()), width=Mm(20))
    header.add_run(" Eksempeldepartementet")
    section.footer.paragraphs[0].text = "Postboks 1, Eksempel"


def _stored(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
