"""The file that is sent for clearance: what it is and until when, then the questions with their points.

Every paragraph behind the cover has a hidden bookmark, and is told to the caller as it was written, so that the file
can be read back and compared.
"""

from collections.abc import Set
from dataclasses import dataclass, replace

from inputs.clearance.marks import Part, mark_name
from inputs.report.docx.look import ACCENT
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.package import empty_document, packed
from inputs.report.docx.pages import set_up_pages
from inputs.report.docx.styles import heading_style
from inputs.report.docx.xml import Element, paragraph, run, safe, w
from inputs.report.model import QuestionInputs, Report
from rnik.lib.text import clean_text


@dataclass(frozen=True)
class Cover:
    """The words of the first page, in the report's language. `facts` is (label, value): to whom, sent, deadline."""

    title: str
    facts: tuple[tuple[str, str], ...]
    letter: str


@dataclass(frozen=True)
class Line:
    """A paragraph of the file. `question` is (session, question); `point` is the id in the report model."""

    number: int
    part: Part
    text: str
    question: tuple[int, int] | None = None
    point: str = ""


def render_clearance(
    report: Report, cover: Cover, *, sessions: Set[int], mark: str
) -> tuple[bytes, tuple[Line, ...]]:
    """The file with the points of those sessions, and its paragraphs in order. `mark` is 16 hex digits.

    Takes the public edition: what the tables are and how many is nobody's to clear.
    """
    marked = replace(report.phrases, draft=" · ".join([report.phrases.draft] * report.draft + [cover.title]))
    shown = replace(report, draft=True, phrases=marked)
    document = empty_document(shown)
    set_up_pages(document, shown)
    writer = _Writer(Manuscript(document), mark)
    _write_cover(writer, report, cover)
    for chapter in report.all_chapters():
        blocks = [block for block in chapter.blocks if isinstance(block, QuestionInputs) and block.headings]
        if blocks and chapter.session is not None and chapter.session in sessions:
            _write_session(writer, report, chapter.session, blocks)
    return packed(document), tuple(writer.lines)


def _write_cover(writer: "_Writer", report: Report, cover: Cover) -> None:
    writer.cover("Caption", cover.title)
    writer.cover("Title", report.facts.title)
    if report.subtitle:
        writer.cover("Subtitle", report.subtitle)
    for label, value in cover.facts:
        writer.cover("FrontMatter", f"{label}: {value}")
    for place, part in enumerate(cover.letter.split("\n\n")):
        writer.cover("Normal", part, *([w("spacing", before=480)] if place == 0 else []))


def _write_session(writer: "_Writer", report: Report, session: int, blocks: list[QuestionInputs]) -> None:
    title = next(one.title for one in report.sessions if one.number == session)
    first = session, blocks[0].question.number
    writer.write(heading_style(1, numbered=False), Part.SESSION, title, first)
    for block in blocks:
        question = session, block.question.number
        writer.write(heading_style(2, numbered=False), Part.QUESTION, block.label, question)
        for heading in block.headings:
            writer.write(heading_style(3, numbered=False), Part.HEADING, heading.title, question)
            for point in heading.points:
                writer.write("ListBullet", Part.POINT, point.text, question, point=point.id)


class _Writer:
    """Writes paragraphs and remembers them, each under its number."""

    def __init__(self, manuscript: Manuscript, mark: str) -> None:
        self.manuscript = manuscript
        self.mark = mark
        self.lines: list[Line] = []

    def cover(self, style: str, text: str, *properties: Element) -> None:
        looks = (w("b"), w("color", val=ACCENT)) if style == "Caption" else ()
        self.manuscript.add(paragraph(style, run(text, *looks), properties=properties))
        self._remember(Part.COVER, text, None, "")

    def write(self, style: str, part: Part, text: str, question: tuple[int, int], *, point: str = "") -> None:
        made = paragraph(style, run(text))
        self._remember(part, text, question, point)
        self.manuscript.bookmark(mark_name(self.mark, self.lines[-1].number), [made])
        self.manuscript.add(made)

    def _remember(self, part: Part, text: str, question: tuple[int, int] | None, point: str) -> None:
        self.lines.append(Line(len(self.lines) + 1, part, clean_text(safe(text)), question, point))
