"""The ledger as a workbook: every input, point and source, and no text is ever a formula."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from inputs.actions import dispositions
from inputs.report.export import Format, export
from tests.factories import SetAsideReasonFactory, make_input

pytestmark = pytest.mark.django_db
TEXTS = ['=HYPERLINK("http://x")', "#N/A", "+1", "-1", "@SUM(A1)", "<b>", "Flere kurs"]


@pytest.fixture
def book(question, editor):
    """One input a text, all used but the last, which is set aside."""
    entries = [make_input(question, text, external_id=f"n{n}") for n, text in enumerate(TEXTS)]
    dispositions.accept(entries[:-1], by=editor)
    reason = SetAsideReasonFactory(conference=entries[0].conference, label="Uklart")
    dispositions.set_aside(entries[-1:], reason=reason, by=editor, comment="spurt bordet")
    return load_workbook(BytesIO(export(question.session.conference, Format.XLSX, draft=True).content))


def rows(sheet):
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_every_input_stands_with_what_became_of_it(book):
    found = [(r["id"], r["text"], r["disposition"], r["reason"], r["comment"]) for r in rows(book.worksheets[0])]
    assert found == [(f"n{n}", text, "used", None, None) for n, text in enumerate(TEXTS[:-1])] + [
        ("n6", "Flere kurs", "set_aside", "Uklart", "spurt bordet")
    ]


def test_points_and_sources_name_each_other(book):
    points, sources = rows(book.worksheets[1]), rows(book.worksheets[2])
    assert [point["text"] for point in points] == TEXTS[:-1]
    assert [(s["point"], s["input"], s["kind"]) for s in sources] == [
        (point["id"], f"n{n}", "kept") for n, point in enumerate(points)
    ]


def test_no_text_is_a_formula_or_an_error(book):
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value in TEXTS]
    assert len(cells) == len(TEXTS) * 2 - 1
    assert {cell.data_type for cell in cells} == {"s"}
