"""All files of a version, made from one model at one moment. The same report gives the same bytes."""

from inputs.models import FileKind
from inputs.report import data, docx, html, markdown, pdf
from inputs.report.archive import public_data
from inputs.report.model import Report


def frozen_files(report: Report, template: docx.Template | None = None) -> dict[FileKind, bytes]:
    """The public files by format, and the article that the public page shows. `template` is Word's.

    Raises PdfError.
    """
    return {
        FileKind.PDF: pdf.render(report).content,
        FileKind.PDF_ARCHIVE: pdf.render(report, attached=public_data(report)).content,
        FileKind.DOCX: docx.render(report, template),
        FileKind.HTML: html.render(report).encode(),
        FileKind.MD: markdown.render(report).encode(),
        FileKind.JSON: data.dumps(report).encode(),
        FileKind.PAGE: html.render_body(report).encode(),
    }
