"""The contents: filled in already, and a field that Word can make anew.

Page numbers are Word's to count: they stay empty until someone updates the field (F9, or «Update table» above it).
"""

from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.styles import UNNUMBERED
from inputs.report.docx.xml import Element, field, paragraph, run, w
from inputs.report.model import Chapter, Report

INSTRUCTION = f'TOC \\o "1-3" \\h \\z \\t "{UNNUMBERED.format(1)};1"'


def place(chapter: Chapter) -> str:
    """The bookmark of a chapter's heading; Word hides names that begin with `_`."""
    return "_Toc_" + chapter.anchor.replace("-", "_")


def write_contents(manuscript: Manuscript, report: Report) -> None:
    """One line for each chapter, in the frame on which Word shows its button."""
    begin, instruction, separate, end = field(INSTRUCTION)
    lines = [_line(chapter) for chapter in report.all_chapters()] or [paragraph("TOC1")]
    lines[0][1:1] = [begin, instruction, separate]  # after `w:pPr`
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    content = w("sdtContent", paragraph("TOCHeading", run(report.phrases.contents)), *lines, w("p", end))
    manuscript.add(w("sdt", w("sdtPr", w("id", val=manuscript.new_id()), gallery), content))


def _line(chapter: Chapter) -> Element:
    title = " ".join(chapter.title.split())
    shown = f"{chapter.number}\t{title}\t" if chapter.number else f"{title}\t"
    page = field(f"PAGEREF {place(chapter)} \\h")
    link = w("hyperlink", run(shown), *page, anchor=place(chapter), history=1)
    # A title without number begins at the margin, not where titles with numbers begin.
    at_margin = () if chapter.number else (w("ind", left=0, firstLine=0),)
    return paragraph(f"TOC{chapter.level}", link, properties=at_margin)
