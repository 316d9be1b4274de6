"""The report as a Word file: what its readers comment on, and what its editors can work on further.

Headings, numbers, lists, contents and chart are Word's own, so that the file stays alive after it has left us.
`render` is pure: the same report gives the same bytes.
"""

from inputs.report.docx.blocks import write_chapter
from inputs.report.docx.contents import write_contents
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.package import empty_document, packed
from inputs.report.docx.pages import set_up_pages, write_first_page
from inputs.report.docx.template import Dress, Template
from inputs.report.model import Report

__all__ = ["Template", "render"]


def render(report: Report, template: Template | None = None) -> bytes:
    """The DOCX of `report`, in our look or in that of a ministry's template.

    The internal edition also names every point and paragraph in a hidden bookmark.
    """
    if template:
        dress = Dress(template, report)
        _write(dress.manuscript, report)
        dress.put_on()
        return packed(dress.document)
    document = empty_document(report)
    set_up_pages(document, report)
    _write(Manuscript(document), report)
    return packed(document)


def _write(manuscript: Manuscript, report: Report) -> None:
    write_first_page(manuscript, report)
    write_contents(manuscript, report)
    for chapter in report.all_chapters():
        write_chapter(manuscript, chapter, report)
