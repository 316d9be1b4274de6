"""From a conference to a file in one step: what the command, the downloads and the benchmarks call."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from conference.models import Conference
from inputs.report import archive, data, docx, html, markdown, pdf, xlsx
from inputs.report.archive import Edition
from inputs.report.build import NotFinished, build_report
from inputs.report.ledger import read_ledger
from inputs.report.model import Report
from inputs.report.selection import session_of
from inputs.report.templates import template_of

#: Points that fit in one paged document or package; larger ones are made a session at a time.
MOST_POINTS = 10_000


class Format(StrEnum):
    """The formats a report comes in. Each value is also the file's ending, but for `pdf-archive`: see `ending`."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    MD = "md"
    JSON = "json"
    XLSX = "xlsx"
    PDF_ARCHIVE = "pdf-archive"
    ZIP = "zip"

    @property
    def ending(self) -> str:
        return "pdf" if self == Format.PDF_ARCHIVE else self.value


MEDIA_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.MD: "text/markdown; charset=utf-8",
    Format.JSON: "application/json",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF_ARCHIVE: "application/pdf",
    Format.ZIP: "application/zip",
}
ALWAYS_INTERNAL = frozenset({Format.XLSX, Format.ZIP})
#: Made in pages or many parts: their time and memory grow with the report.
LIMITED = frozenset({Format.DOCX, Format.PDF, Format.PDF_ARCHIVE, Format.ZIP})
#: What is all of the conference or nothing.
WHOLE_ONLY = frozenset({Format.XLSX, Format.ZIP})


class TooLarge(Exception):
    """More points than one file holds. The way out is a file for each session."""

    def __init__(self, points: int) -> None:
        self.points = points
        super().__init__(f"{points} points are more than the {MOST_POINTS} that fit in one file")


@dataclass(frozen=True)
class Exported:
    """A finished file. `replaced` lists (text, characters) that the format cannot show and □ stands for."""

    content: bytes
    points: int
    replaced: tuple[tuple[str, str], ...] = ()


def export(
    conference: Conference,
    kind: Format,
    *,
    draft: bool = False,
    internal: bool = False,
    session: int | None = None,
    edition: Edition = Edition.OPEN,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Exported:
    """The conference's report as a file, or one session of it. `edition` is the archive package's.

    Raises NotFinished while something is not accounted for, unless `draft`; TooLarge; and PdfError.
    """
    if kind == Format.ZIP:
        package = archive.read(conference, edition, draft=draft)
        _refuse_large(package.report)
        return Exported(archive.render(package, progress), _points(package.report))
    internal = internal or kind in ALWAYS_INTERNAL
    report = build_report(conference, draft=draft, internal=internal)
    if session is not None and kind not in WHOLE_ONLY:
        report = session_of(report, session)
    if kind in LIMITED:
        _refuse_large(report)
    points = _points(report)
    match kind:
        case Format.XLSX:
            return Exported(xlsx.render(read_ledger(conference), report.generated_at), points)
        case Format.PDF:
            return _pdf(pdf.render(report), points)
        case Format.PDF_ARCHIVE:
            public = report
            if internal:
                public = build_report(conference, draft=draft, at=report.generated_at)
                public = public if session is None else session_of(public, session)
            return _pdf(pdf.render(report, attached=archive.public_data(public)), points)
        case Format.DOCX:
            return Exported(docx.render(report, template_of(conference)), points)
        case _:
            return Exported(_rendered(report, kind), points)


def _refuse_large(report: Report) -> None:
    if (points := _points(report)) > MOST_POINTS:
        raise TooLarge(points)


def _points(report: Report) -> int:
    return sum(1 for _point in report.points())


def _pdf(rendered: pdf.RenderedPdf, points: int) -> Exported:
    replaced = tuple((one.text, one.characters) for one in rendered.replaced)
    return Exported(rendered.content, points, replaced)


def _rendered(report: Report, kind: Format) -> bytes:
    text = {Format.HTML: html.render, Format.MD: markdown.render, Format.JSON: data.dumps}[kind](report)
    return text.encode()


__all__ = [
    "ALWAYS_INTERNAL",
    "LIMITED",
    "MEDIA_TYPES",
    "MOST_POINTS",
    "WHOLE_ONLY",
    "Edition",
    "Exported",
    "Format",
    "NotFinished",
    "TooLarge",
    "export",
]
