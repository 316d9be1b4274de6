"""The words of a Word file: its paragraphs in order, those in tables too, and nothing else of it.

Nothing is fetched, run or kept. A template on somebody's disk is named by nearly every file, and is not asked for;
parts of the text that stand in another file would be missing, so such a file is refused.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from django.utils.translation import gettext as _
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from conference.importers.problems import ImportFault, fault
from conference.importers.reading import MEGABYTE, check_size
from conference.importers.xlsx_archive import MAX_UNPACKED, OLD_OFFICE_SIGNATURE, is_archive, is_bomb
from rnik.lib.text import clean_text

T = TypeVar("T")

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Words that were deleted or moved away while changes were tracked, what older programs are shown instead, and the
# paragraph's own form.
_NOT_SAID = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_PARAGRAPH = qn("w:p")


def read(data: bytes, name: str) -> str:
    """The text, a blank line between paragraphs. Raises ImportFault when it is no Word file that may be opened."""
    return read_with(_text, data, name)


def read_with(what: Callable[[Any], T], data: bytes, name: str) -> T:
    """What `what` finds in the document. Raises ImportFault when it is no Word file that may be opened."""
    check_size(data, name)
    if data.startswith(OLD_OFFICE_SIGNATURE):
        raise fault(name, 1, _("an older or protected Word file, expected .docx: save it as a Word document"))
    if not is_archive(data):
        raise fault(name, 1, _("not a Word document, expected .docx"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            message = _refusal(archive, data)
            if message:
                raise fault(name, 1, message)
            for part in archive.namelist():
                if part.lower().endswith((".xml", ".rels")):
                    parseString(archive.read(part), ContentHandler(), forbid_dtd=True)
        document = Document(io.BytesIO(data))
        _refuse_linked(document)
        return what(document)
    except ImportFault:
        raise
    except DefusedXmlException as error:
        raise fault(name, 1, _("a file that refers to other files, expected a plain Word file")) from error
    except Exception as error:
        # zipfile, the parsers and python-docx let through whatever they meet, from KeyError to zlib.error.
        raise fault(name, 1, _("a damaged file, expected a Word file that Word can open")) from error


def _refusal(archive: zipfile.ZipFile, data: bytes) -> str:
    """Why the parts are refused; empty if they are not."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if is_bomb(parts, len(data)):
        return _("too large when unpacked, expected at most %(limit)d MB") % {"limit": MAX_UNPACKED // MEGABYTE}
    if any(part.flag_bits & 1 for part in parts):
        return _("protected by a password, expected a Word file without")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        return _("a Word file with macros, expected .docx: save it as a Word document without macros")
    if DOCUMENT not in names:
        return _("not a Word document, expected .docx")
    kinds = archive.read(TYPES) if TYPES in names else b""
    if b"macroEnabled" in kinds:
        return _("a Word file with macros, expected .docx: save it as a Word document without macros")
    if b"template.main+xml" in kinds:
        return _("a Word template (.dotx), expected .docx: open it in Word and save it as a Word document")
    return ""


def _refuse_linked(document: Any) -> None:
    # Any: python-docx has no types.
    linked = [
        one for one in document.part.rels.values() if one.is_external and one.reltype != RELATIONSHIP_TYPE.HYPERLINK
    ]
    if linked or next(document.element.body.iter(qn("w:altChunk")), None) is not None:
        raise DefusedXmlException


def _text(document: Any) -> str:
    paragraphs = (
        clean_text("".join(_words(paragraph)))
        for paragraph in document.element.body.iter(_PARAGRAPH)
        if not any(around.tag in _NOT_SAID for around in paragraph.iterancestors())
    )
    return clean_text("\n\n".join(words for words in paragraphs if words))


def _words(element: Any) -> Iterator[str]:
    """What stands in the element, but for paragraphs within it: those come by themselves."""
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag != _PARAGRAPH and child.tag not in _NOT_SAID:
            yield from _words(child)
