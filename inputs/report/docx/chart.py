"""The survey's bar chart: drawn by Word, with its numbers in a workbook inside, so that it can be edited."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Template
from zipfile import ZIP_DEFLATED, ZipFile

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from inputs.report.cells import cell_text
from inputs.report.docx.look import ACCENT, FONT, HAIRLINE, INK
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.xml import safe, w
from inputs.report.model import Figure
from rnik.lib.zips import without_clock

_TWIP, _MM = 635, 36_000  # in EMU, the drawing's unit
_TALLEST = 200 * _MM  # what is taller than a page would be cut
_CHART = Template(Path(__file__).with_name("chart.xml").read_text(encoding="utf-8"))
_INLINE = Path(__file__).with_name("inline.xml").read_text(encoding="utf-8")


def drawing(manuscript: Manuscript, figure: Figure, *, language: str, made_at: datetime) -> Element:
    """The run that shows the chart, as wide as the text. The chart and its workbook become parts of the file."""
    number = manuscript.new_id()
    package = manuscript.part.package
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, _workbook(figure, made_at), package
    )
    chart = XmlPart(
        PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, _chart(figure, language), package
    )
    (data,) = chart.element.iter(qn("c:externalData"))
    data.set(qn("r:id"), chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))

    inline = parse_xml(_INLINE)
    (extent,) = inline.iter(qn("wp:extent"))
    extent.set("cx", str(manuscript.width * _TWIP))
    extent.set("cy", str(min(len(figure.bars) * 9 * _MM + 8 * _MM, _TALLEST)))
    (properties,) = inline.iter(qn("wp:docPr"))
    properties.set("id", str(number))
    properties.set("name", safe(figure.label))
    properties.set("descr", safe(figure.alt))
    (shown,) = inline.iter(qn("c:chart"))
    shown.set(qn("r:id"), manuscript.part.relate_to(chart, RELATIONSHIP_TYPE.CHART))
    return w("r", w("drawing", inline))


def _chart(figure: Figure, language: str) -> Element:
    """The chart with the figure's words and numbers: Word shows these until someone edits the workbook."""
    last = max(len(figure.bars), 1) + 1
    xml = _CHART.substitute(accent=ACCENT, ink=INK, hairline=HAIRLINE, font=FONT, language=language, last=last)
    root = parse_xml(xml)
    name, labels = root.iter(qn("c:strCache"))
    (values,) = root.iter(qn("c:numCache"))
    _fill(name, [figure.header[2]])
    _fill(labels, [bar.label for bar in figure.bars])
    _fill(values, [str(bar.percent) for bar in figure.bars])
    return root


def _fill(cache: Element, texts: list[str]) -> None:
    cache.append(_c("ptCount", val=len(texts)))
    for index, text in enumerate(texts):
        value = _c("v")
        value.text = safe(text)
        point = _c("pt", idx=index)
        point.append(value)
        cache.append(point)


def _c(tag: str, **attributes: int) -> Element:
    element: Element = OxmlElement(f"c:{tag}")
    for name, value in attributes.items():
        element.set(name, str(value))
    return element


def _workbook(figure: Figure, made_at: datetime) -> bytes:
    """The figure's numbers as Excel opens them. A label that looks like a formula stays a text."""
    book = Workbook()
    book.properties.creator = ""
    book.properties.created = book.properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    sheet = book.worksheets[0]
    sheet.title = "Data"  # as chart.xml calls it
    answer, count, percent = figure.header
    for column, word in enumerate((answer, percent, count), 1):
        sheet.cell(1, column, cell_text(safe(word))).data_type = "s"
    for row, bar in enumerate(figure.bars, 2):
        sheet.cell(row, 1, cell_text(safe(bar.label))).data_type = "s"
        sheet.cell(row, 2, bar.percent)
        sheet.cell(row, 3, bar.count)
    stream = BytesIO()
    # Workbook.save() does the same, but writes the time of day into the file first.
    ExcelWriter(book, ZipFile(stream, "w", ZIP_DEFLATED)).save()
    return without_clock(stream.getvalue())
