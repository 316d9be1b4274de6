"""Whatever is written in any field, in every format: it renders, every text comes back, and none becomes a mark."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from inputs.report import clean_html, data, docx, html, markdown, pdf, xlsx
from inputs.report.docx.clearance import Cover, render_clearance
from inputs.report.ledger import InputRow, Ledger, PointRow, SourceRow
from inputs.report.model import Report
from inputs.report.pdf import fonts
from rnik.lib.text import clean_line, clean_text
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.pdf_reading import faults, tags, text_of
from tests.inputs.report.reading_back import (
    Words,
    filled,
    read_docx,
    read_html,
    read_json,
    read_markdown,
    read_xlsx,
    with_words,
)
from tests.inputs.report.sample import sample_report

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

# Any characters there are, and more often those that mean something to a format or turn the direction of a line.
SIGNS = st.sampled_from([*"<>&\"'*_`~#[]()!|\\/=+-@:.1)a ", "\n", "\t", "\u2067", "\u202b", "\u2069", "\u200f", "é"])
PIECES = st.sampled_from(
    [*HOSTILE, "javascript:alert(1)", "https://a.no/x_y_", "a@b.no", "&lt;", "]]>", "<!--", "${x}"]
)
CHARACTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WRITTEN = (
    st.lists(st.one_of(SIGNS, PIECES, CHARACTERS), min_size=1, max_size=8)
    .map(lambda parts: re.sub(r"\n\s*\n", "\n", clean_text("".join(parts)))[:200])
    .map(clean_text)
    .filter(clean_line)
)
POOLS = st.lists(WRITTEN, min_size=3, max_size=9)
seldom = settings(max_examples=25, suppress_health_check=list(HealthCheck))
few = settings(seldom, max_examples=6, phases=[Phase.explicit, Phase.generate])


@dataclass(frozen=True)
class Everything:
    """What the renderers are given: the report, the cover of a clearance, the rows of a workbook."""

    report: Report
    cover: Cover
    rows: tuple[InputRow, PointRow, SourceRow]


SAMPLE = Everything(
    sample_report(internal=True, draft=True),
    Cover("Til klarering", (("Til", "Departementet"),), "Kjære leser"),
    (
        InputRow("i-1", 1, 1, "", 1, "table", "nb", "", False, "kommune", "sagt", NOW, NOW, False, "used", "r", "k"),
        PointRow("p-1", 1, 1, "Kurs", "sagt", 1, 1, "kommune", "uten kilde"),
        SourceRow("p-1", "i-1", "kept", 1, NOW, "Eli", None, ""),
    ),
)


def _clearance(all_of_it: Everything) -> bytes:
    return render_clearance(all_of_it.report, all_of_it.cover, sessions={1}, mark="0" * 16)[0]


def _chapters(all_of_it: Everything) -> str:
    return "".join(map(clean_html.render_chapter, all_of_it.report.chapters))


def _workbook(all_of_it: Everything) -> bytes:
    entry, point, source = all_of_it.rows
    title = all_of_it.report.facts.title
    return xlsx.render(Ledger(title, "", iter([entry]), iter([point]), iter([source])), NOW)


FORMATS: dict[str, tuple[Callable[[Everything], Any], Callable[[Any], Any]]] = {
    "html": (lambda given: html.render(given.report), read_html),
    "page": (lambda given: html.render_body(given.report), read_html),
    "chapters": (_chapters, read_html),
    "md": (lambda given: markdown.render(given.report), read_markdown),
    "json": (lambda given: data.dumps(given.report), read_json),
    "docx": (lambda given: docx.render(given.report), read_docx),
    "clearance": (_clearance, read_docx),
    "xlsx": (_workbook, read_xlsx),
}


@pytest.mark.parametrize("name", FORMATS)
@seldom
@given(pool=POOLS)
@example(pool=list(HOSTILE))
def test_every_text_comes_back_and_none_is_a_mark(name: str, pool: list[str]) -> None:
    render, read = FORMATS[name]
    words = Words(pool)
    written = render(filled(SAMPLE, words))
    assert read(written) == with_words(read(render(filled(SAMPLE, Words()))), words.used)


def structure(made: bytes) -> list[str]:
    """The tags from the contents on: what stands before tells whether any sign became a box."""
    found = [tag for tag, _alt in tags(made)]
    return found[found.index("/TOC") :]


@pytest.fixture(scope="module")
def plain_structure() -> list[str]:
    return structure(pdf.render(filled(SAMPLE.report, Words())).content)


@few
@given(pool=POOLS)
@example(pool=list(HOSTILE))
def test_a_pdf_shows_every_point_or_a_box_for_what_no_font_has(plain_structure: list[str], pool: list[str]) -> None:
    report = filled(SAMPLE.report, Words(pool))
    made = pdf.render(report).content
    seen = signs(text_of(made, "-raw"))
    for point in report.points():
        assert not signs(fonts.readable(point.text)[0]) - seen, point.text
    # What Typst took for markup would have become another structure.
    assert structure(made) == plain_structure
    assert faults(made, "ua1") == []


def signs(text: str) -> Counter[str]:
    """How often each sign is drawn. Not in which order: pdftotext writes lines from right to left in its own way."""
    drawn = (sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] not in "CZM")
    return Counter(drawn)
