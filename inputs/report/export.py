"""From a conference to a file in one step: what the command, the downloads and the benchmarks call."""

from dataclasses import dataclass
from enum import StrEnum

from conference.models import Conference
from inputs.report import data, docx, html, markdown, pdf, xlsx
from inputs.report.build import NotFinished, build_report
from inputs.report.ledger import read_ledger
from inputs.report.model import Report


class Format(StrEnum):
    """The formats a report comes in; each value is also the file's ending."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    MD = "md"
    JSON = "json"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.MD: "text/markdown; charset=utf-8",
    Format.JSON: "application/json",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ALWAYS_INTERNAL = frozenset({Format.XLSX})


@dataclass(frozen=True)
class Exported:
    """A finished file. `replaced` lists (text, characters) that the format cannot show and □ stands for."""

    content: bytes
    points: int
    replaced: tuple[tuple[str, str], ...] = ()


def export(conference: Conference, kind: Format, *, draft: bool = False, internal: bool = False) -> Exported:
    """The conference's report as a file. Raises NotFinished while something is not accounted for, unless `draft`."""
    report = build_report(conference, draft=draft, internal=internal or kind in ALWAYS_INTERNAL)
    points = sum(1 for _point in report.points())
    match kind:
        case Format.XLSX:
            return Exported(xlsx.render(read_ledger(conference), report.generated_at), points)
        case Format.PDF:
            rendered = pdf.render(report)
            replaced = tuple((one.text, one.characters) for one in rendered.replaced)
            return Exported(rendered.content, points, replaced)
        case _:
            return Exported(_rendered(report, kind), points)


def _rendered(report: Report, kind: Format) -> bytes:
    if kind == Format.DOCX:
        return docx.render(report)
    text = {Format.HTML: html.render, Format.MD: markdown.render, Format.JSON: data.dumps}[kind](report)
    return text.encode()


__all__ = ["ALWAYS_INTERNAL", "MEDIA_TYPES", "Exported", "Format", "NotFinished", "export"]
