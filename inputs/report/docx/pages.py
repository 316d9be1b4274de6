"""The pages around the text: paper, running header and footer, and the first page."""

from copy import deepcopy

from docx.document import Document as WordDocument
from docx.shared import Twips

from inputs.report.docx.look import PAGE, SIDE
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.xml import Element, field, paragraph, run, w
from inputs.report.model import Link, Report


def set_up_pages(document: WordDocument, report: Report) -> None:
    """A4, with header and footer; the first page has no title above and no number below."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, PAGE)
    section.left_margin = section.right_margin = Twips(SIDE)
    section.top_margin, section.bottom_margin = Twips(1871), Twips(1644)
    section.header_distance = section.footer_distance = Twips(850)
    section.different_first_page_header_footer = True

    mark = run(marks_of(report), w("rStyle", val="Mark"))
    # On the first page the title is right below, and there is nothing to turn to.
    no_rule = w("pBdr", w("bottom", val="nil"))
    for part, content in (
        (section.header, paragraph("Header", run(f"{report.facts.title}\t"), mark)),
        (section.first_page_header, paragraph("Header", run("\t"), deepcopy(mark), properties=(no_rule,))),
        (section.footer, paragraph("Footer", run("\t"), *page_number(report))),
        (section.first_page_footer, paragraph("Footer", run(report.phrases.made_on))),
    ):
        part.is_linked_to_previous = False
        part._element[:] = [content]


def marks_of(report: Report) -> str:
    """That it is a draft, that it is internal; empty for what everybody may read."""
    return " · ".join([report.phrases.draft] * report.draft + [report.phrases.internal] * report.internal)


def page_number(report: Report) -> tuple[Element, ...]:
    return (
        run(f"{report.phrases.page} "),
        *field("PAGE", run("1")),
        run(f" {report.phrases.of} "),
        *field("NUMPAGES", run("1")),
    )


def write_first_page(manuscript: Manuscript, report: Report) -> None:
    """Title and theme; below, when and where."""
    facts = report.facts
    manuscript.add(paragraph("Title", run(facts.title)))
    if report.subtitle:
        manuscript.add(paragraph("Subtitle", run(report.subtitle)))
    day = report.written_date
    manuscript.add(*(paragraph("FrontMatter", run(line)) for line in (day, facts.venue, facts.address) if line))
    if facts.website:
        manuscript.add(paragraph("FrontMatter", manuscript.inline(Link(facts.website, facts.website))))
