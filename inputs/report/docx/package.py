"""The file around the text: an empty package to fill, and the same bytes for the same report."""

from datetime import UTC
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.rel import Relationships

from inputs.report.docx.styles import styles
from inputs.report.docx.xml import Element, safe, w
from inputs.report.model import Report
from rnik.lib.zips import without_clock

# python-docx begins with Word's own empty document; what is left of that is what a report needs.
_KEPT = ("officeDocument", "core-properties", "styles", "numbering", "settings", "fontTable", "theme")
_LONGEST_PROPERTY = 255  # characters; python-docx refuses more


def empty_document(report: Report) -> WordDocument:
    """A document with the report's look, language and properties, and no text."""
    document = Document()
    _strip(document.part.package.rels)
    _strip(document.part.rels)
    document.styles.element[:] = styles(report.language_tag)
    document.part.numbering_part.element[:] = []
    set_up(document, report)
    return document


def set_up(document: WordDocument, report: Report, *kept: Element) -> None:
    """The settings and the properties. `kept` are a template's own settings, of those between tab and spacing."""
    document.settings.element[:] = (
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        *kept,
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            # Without it Word opens the file in its mode for old files.
            w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
        ),
        w("themeFontLang", val=report.language_tag),
        w("decimalSymbol", val="." if report.facts.language == "en" else ","),
        # What parts the style from its level in the contents field.
        w("listSeparator", val=";"),
    )
    _describe(document, report)


def packed(document: WordDocument) -> bytes:
    """The document as a file."""
    stream = BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())


def _strip(rels: Relationships) -> None:
    for name in [name for name, rel in rels.items() if not rel.reltype.endswith(_KEPT)]:
        del rels[name]


def _describe(document: WordDocument, report: Report) -> None:
    """Title, subject and language for whoever searches; no person's name."""
    made_at = report.generated_at.astimezone(UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = safe(report.facts.title)[:_LONGEST_PROPERTY]
    properties.subject = safe(report.subtitle)[:_LONGEST_PROPERTY]
    properties.author = safe(report.facts.series or report.facts.title)[:_LONGEST_PROPERTY]
    properties.language = report.language_tag
    properties.comments = ""
    properties.created = properties.modified = made_at
