"""«Dagsnotatet» as a Word file that is edited further: narrow margins, small type, ordinary headings and lists.

The heights here are those that inputs/report/day_note/fitting.py counts with.
"""

from docx.shared import Twips

from inputs.report.day_note.model import DayNote, Grid, Line, Part, Section
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.package import empty_document, packed
from inputs.report.docx.pages import set_up_pages
from inputs.report.docx.styles import note_styles
from inputs.report.docx.tables import table
from inputs.report.docx.xml import Element, paragraph, run, w


def render_day_note(note: DayNote) -> bytes:
    """The DOCX of `note`; the same note gives the same bytes."""
    document = empty_document(note.frame)
    document.styles.element.extend(note_styles())
    set_up_pages(document, note.frame)
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Twips(1300), Twips(1100)
    section.header_distance = section.footer_distance = Twips(600)
    manuscript = Manuscript(document)
    title, *rest = note.about
    manuscript.add(
        paragraph("NoteTitle", run(f"{note.title}: {title}")),
        *(paragraph("NoteText", run(line, *_muted())) for line in rest if line),
    )
    _grid(manuscript, note.numbers, shares=(10, 3, 2, 2))
    for one in note.sections:
        _section(manuscript, one)
    _grid(manuscript, note.steps, shares=(8, 6, 5))
    return packed(document)


def _section(manuscript: Manuscript, section: Section) -> None:
    manuscript.add(paragraph("NoteHeading", run(section.title)))
    for part in section.parts:
        _part(manuscript, part)
    for said in filter(None, (section.more, section.note)):
        manuscript.add(paragraph("NoteText", run(said, *_muted())))


def _part(manuscript: Manuscript, part: Part) -> None:
    if part.title:
        aside = [run(f" – {part.aside}", *_small())] if part.aside else []
        manuscript.add(paragraph("NoteQuestion", run(part.title), *aside))
    left = [Line("", part.more)] if part.more else []
    manuscript.add(*(_bullet(line) for line in (*part.lines, *left)))


def _bullet(line: Line) -> Element:
    aside = f" ({line.aside})" if line.text and line.aside else line.aside
    said = [run(line.text)] if line.text else []
    return paragraph("NoteBullet", *said, *([run(aside, *_small())] if aside else []))


def _grid(manuscript: Manuscript, grid: Grid, *, shares: tuple[int, ...]) -> None:
    manuscript.add(paragraph("NoteHeading", run(grid.title)))
    if grid.lead:
        manuscript.add(paragraph("NoteText", run(grid.lead)))
    manuscript.add(
        table(
            grid.header,
            grid.rows,
            shares=shares,
            width=manuscript.width,
            description=grid.title,
            figures=grid.figures,
        )
    )


def _muted() -> tuple[Element, ...]:
    return (w("rStyle", val="Muted"),)


def _small() -> tuple[Element, ...]:
    return (w("rStyle", val="TableCount"), w("b", val=0), w("bCs", val=0))
