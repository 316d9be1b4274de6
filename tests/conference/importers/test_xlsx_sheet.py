import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from conference.importers import xlsx_archive, xlsx_sheet
from conference.importers.problems import ImportFault
from conference.importers.reading import MEGABYTE
from conference.importers.sheet_rows import Sheet, SheetRow
from tests.conference.importers.conftest import lines

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


def workbook(*rows: list[object], then: Callable[[Worksheet], None] = lambda _sheet: None) -> bytes:
    """An XLSX with these rows, and with what `then` does to its sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    then(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes | str) -> bytes:
    """The archive with one of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def told(data: bytes) -> list[str]:
    with pytest.raises(ImportFault) as raised:
        xlsx_sheet.read(data, "a.xlsx")
    return [line.removeprefix("a.xlsx:") for line in lines(raised)]


def test_values_become_text() -> None:
    row = [
        1,
        1.0,
        2.5,
        True,
        False,
        None,
        "å\nø_x000D_",
        datetime(2024, 5, 22, 9, 30),  # noqa: DTZ001 Excel knows no time zones
        date(2024, 5, 22),
        clock(9, 30),
    ]
    assert xlsx_sheet.read(workbook(row), "a.xlsx") == Sheet(
        (
            SheetRow(
                1,
                (
                    "1",
                    "1",
                    "2.5",
                    "true",
                    "false",
                    "",
                    "å\nø",
                    "2024-05-22T09:30:00",
                    "2024-05-22T00:00:00",
                    "09:30:00",
                ),
            ),
        )
    )


def test_a_whole_number_is_whole_however_it_is_stored() -> None:
    data = with_part(workbook(["id"]), SHEET, f"{HEAD}<row><c><v>1.0</v></c><c><v>2E1</v></c></row>{TAIL}")
    assert xlsx_sheet.read(data, "a.xlsx").rows == (SheetRow(1, ("1", "20")),)


def test_text_that_looks_like_a_formula_is_text() -> None:
    def as_text(sheet: Worksheet) -> None:
        sheet["A1"].data_type = "s"

    rows = xlsx_sheet.read(
        workbook(['=HYPERLINK("https://example.org")', "+1", "-1", "@x"], then=as_text), "a.xlsx"
    ).rows
    assert rows == (SheetRow(1, ('=HYPERLINK("https://example.org")', "+1", "-1", "@x")),)


def test_rows_are_known_by_their_number_and_empty_ones_left_out() -> None:
    def far_down(sheet: Worksheet) -> None:
        sheet["B7"] = "x"

    assert xlsx_sheet.read(workbook(["id"], [], [" "], then=far_down), "a.xlsx") == Sheet(
        (SheetRow(1, ("id",)), SheetRow(7, ("", "x")))
    )


def test_the_first_visible_sheet_is_read() -> None:
    def hidden_behind(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("Notes").append(["seen"])

    assert xlsx_sheet.read(workbook(["hidden"], then=hidden_behind), "a.xlsx").rows == (SheetRow(1, ("seen",)),)


def test_formulas_and_error_values_are_told_by_cell() -> None:
    assert told(workbook(["id", "text"], [1, "=A2&B2"], ["#N/A", 2])) == [
        "2: a formula in cell B2, expected values: copy, then paste values",
        "3: an error value in cell A3, expected a text or a number",
    ]


def test_merged_cells_over_rows_of_data_are_told_by_range() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("A9:B9")

    assert told(workbook(["id"], [1, "x"], [2, "y"], [3], then=merge)) == [
        "3: the cells B3:B4 are merged, expected one row for each input: unmerge them"
    ]


def test_a_value_far_to_the_right_is_told_and_an_empty_cell_is_not() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["BM2"] = "x"
        sheet["BM3"].number_format = "0.00"

    assert told(workbook(["id"], [1], then=far)) == ["2: a value in cell BM2, expected none beyond column BL"]


def test_cells_without_reference_are_counted() -> None:
    cells = "<c><v>1</v></c>" * 65
    data = with_part(workbook(["id"]), SHEET, f"{HEAD}<row>{cells}</row>{TAIL}")
    assert told(data) == ["1: a value in cell BM1, expected none beyond column BL"]


@pytest.mark.parametrize(
    "sheet",
    [
        f"{HEAD}{'<row/>' * 5}{TAIL}",
        HEAD + '<row r="1"/>' * 5 + TAIL,
        f'{HEAD}<row r="99999999999"><c><v>1</v></c></row>{TAIL}',
        f"{HEAD}<row>{'<c/>' * 16_385}</row>{TAIL}",
    ],
)
def test_more_rows_or_cells_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch, sheet: str) -> None:
    monkeypatch.setattr(xlsx_sheet, "MAX_ROWS", 3)
    assert told(with_part(workbook(["id"]), SHEET, sheet)) == [
        "5: expected at most 3 rows: delete empty rows at the end"
    ]


def test_a_size_that_the_file_claims_for_itself_is_not_believed() -> None:
    claim = HEAD.replace("<sheetData>", '<dimension ref="A1:A1"/><sheetData>')
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    data = with_part(workbook(["id"]), SHEET, f"{claim}{row}{row}{TAIL}")
    assert xlsx_sheet.read(data, "a.xlsx").rows == (SheetRow(1, ("1", "2")), SheetRow(2, ("1", "2")))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, HEAD),
        (SHEET, f"{HEAD}<row r='1'><c t='s'><v>7</v></c></row>{TAIL}"),
        (SHEET, f'<!DOCTYPE x [<!ENTITY a "aaaa">]>{HEAD}<row><c><v>&a;</v></c></row>{TAIL}'),
        ("xl/workbook.xml", "<nothing/>"),
        ("[Content_Types].xml", "not XML"),
    ],
)
def test_a_damaged_workbook_is_told(part: str, content: str) -> None:
    assert told(with_part(workbook(["id"], [1]), part, content)) == [
        "1: a damaged workbook, expected one that Excel can open"
    ]


@pytest.mark.parametrize("end", [30, 1000, -30])
def test_half_a_workbook_is_told(end: int) -> None:
    assert told(workbook(["id"], [1])[:end]) == ["1: a damaged file, expected an Excel workbook (cut off?)"]


def test_a_workbook_with_macros_is_refused() -> None:
    assert told(with_part(workbook(["id"]), "xl/vbaProject.bin", b"macro")) == [
        "1: a workbook with macros, expected .xlsx: save it as an Excel workbook without macros"
    ]


def test_another_archive_is_not_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert told(out.getvalue()) == ["1: an archive without a workbook, expected an Excel workbook"]
    assert told(b"PK\x05\x06" + b"\x00" * 18) == ["1: an archive without a workbook, expected an Excel workbook"]


def bomb(size: int, parts: int, noise: int) -> bytes:
    """A workbook with parts of `size` zeros, each packed to a thousandth, and `noise` bytes that cannot be packed."""
    out = io.BytesIO(workbook(["id"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"xl/media/{number}.bin", b"\x00" * size)
        archive.writestr("xl/media/noise.bin", random.Random(1).randbytes(noise))
    return out.getvalue()


@pytest.mark.parametrize(
    ("megabytes", "parts", "noise"), [(101, 1, 2), (11, 1, 0), (0, 1001, 0)], ids=["size", "ratio", "parts"]
)
def test_a_zip_bomb_is_refused_without_unpacking(megabytes: int, parts: int, noise: int) -> None:
    data = bomb(megabytes * MEGABYTE, parts, noise * MEGABYTE)
    tracemalloc.start()
    assert told(data) == ["1: too large when unpacked, expected at most 100 MB"]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * MEGABYTE


def test_an_archive_that_lies_about_its_size_is_not_unpacked_further() -> None:
    sheet = f"{HEAD}{'<row/>' * 10_000}{TAIL}".encode()
    data = with_part(workbook(["id"]), SHEET, sheet)
    size, lie = len(sheet).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert data.count(size) == 2
    assert told(data.replace(size, lie)) == ["1: a damaged workbook, expected one that Excel can open"]


def test_a_large_file_is_refused_before_it_is_opened() -> None:
    assert told(b"PK\x03\x04" + b"\x00" * xlsx_archive.RATIO_FROM * 2) == [
        "1: the file is 20.0 MB, expected at most 20 MB"
    ]
