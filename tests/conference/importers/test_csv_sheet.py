import pytest

from conference.importers import csv_sheet
from conference.importers.problems import ImportFault
from conference.importers.sheet_rows import Sheet, SheetRow
from tests.conference.importers.conftest import lines


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_comma_and_semicolon_are_told_apart(separator: str, encoding: str) -> None:
    text = 'id;text\n1;"one; two, three"\n'.replace("id;text\n1;", f"id{separator}text\n1{separator}")
    assert csv_sheet.read(text.encode(encoding), "a.csv") == Sheet(
        (SheetRow(1, ("id", "text")), SheetRow(2, ("1", "one; two, three"))), separator
    )


def test_a_row_is_known_by_the_line_where_it_begins() -> None:
    data = b'\r\nid,text\r\n1,"two\r\nlines, ""quoted"""\r\n,,\r\n\r\n2,x,,\r\n'
    assert csv_sheet.read(data, "a.csv") == Sheet(
        (
            SheetRow(2, ("id", "text")),
            SheetRow(3, ("1", 'two\r\nlines, "quoted"')),
            SheetRow(7, ("2", "x")),
        ),
        ",",
    )


def test_a_file_that_ends_inside_of_quotes_is_told_where_they_open() -> None:
    with pytest.raises(ImportFault) as raised:
        csv_sheet.read(b'id,text\n1,one\n2,"two\nand\nmore', "a.csv")
    assert lines(raised) == [
        "a.csv:3: a quotation mark opens here and never closes, expected its end (file cut off?)",
    ]


def test_a_file_that_ends_inside_of_a_row_is_told() -> None:
    with pytest.raises(ImportFault) as raised:
        csv_sheet.read(b"id,session,text\n1,1,one\n2,1", "a.csv")
    assert lines(raised) == ["a.csv:3: the file ends in a row with 2 cells, expected 3 (cut off?)"]


def test_a_short_row_that_ends_its_line_is_taken_as_it_is() -> None:
    assert csv_sheet.read(b"id,text,kind\n1,one\n", "a.csv").rows[1] == SheetRow(2, ("1", "one"))


def test_a_complete_last_row_needs_no_line_end() -> None:
    assert csv_sheet.read(b"id,text\n1,one", "a.csv").rows[1] == SheetRow(2, ("1", "one"))


def test_text_after_a_closing_quotation_mark_is_told() -> None:
    with pytest.raises(ImportFault, match=r"a\.csv:2: text after a closing quotation mark"):
        csv_sheet.read(b'id,text\n1,"one" two\n', "a.csv")


def test_a_quote_that_swallows_the_file_is_told() -> None:
    with pytest.raises(ImportFault, match=r"a\.csv:2: a cell that does not end"):
        csv_sheet.read(b'id,text\n1,"' + b"x" * 200_000 + b'"\n', "a.csv")


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_sheet, "MAX_ROWS", 2)
    assert len(csv_sheet.read(b"id\n1\n2\n", "a.csv").rows) == 3
    with pytest.raises(ImportFault) as raised:
        csv_sheet.read(b"id\n1\n2\n3\n", "a.csv")
    assert lines(raised) == ["a.csv:4: expected at most 2 rows"]


def test_a_file_of_blank_lines_has_no_rows() -> None:
    assert csv_sheet.read(b"\n , \n\n", "a.csv") == Sheet((), ",")
