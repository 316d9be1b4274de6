import io
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from conference.importers import inputs_file
from conference.importers.inputs_file import InputRow
from conference.importers.problems import ImportFault
from tests.conference.importers.conftest import lines

HEADINGS = "id,session,question,table,text"
OSLO = ZoneInfo("Europe/Oslo")
KNOWN = "id, session, question, table, text, subquestion, language, kind, heading, addressees, priority, written_at"


def read(*rows: str, headings: str = HEADINGS) -> tuple[InputRow, ...]:
    return inputs_file.read("\n".join([headings, *rows, ""]).encode(), "a.csv")


def told(*rows: str, headings: str = HEADINGS) -> list[str]:
    """The problems without the file's name."""
    with pytest.raises(ImportFault) as raised:
        read(*rows, headings=headings)
    return [line.removeprefix("a.csv:") for line in lines(raised)]


def xlsx(*rows: list[object]) -> bytes:
    """A workbook whose texts are texts, also those that begin with =."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_all_columns_of_a_csv_are_read() -> None:
    assert read(
        'a1,1,2,3,"Two\nlines",b,nn,both,Kurs,Kommunen; staten ;;Kommunen,ja,2024-05-22T10:15',
        "a2,2,,,Short,,,,,,,",
        headings=KNOWN,
    ) == (
        InputRow(
            line=2,
            id="a1",
            session=1,
            question=2,
            table=3,
            text="Two\nlines",
            subquestion="b",
            language="nn",
            kind="both",
            heading="Kurs",
            addressees=("Kommunen", "staten"),
            priority=True,
            written_at=datetime(2024, 5, 22, 10, 15, tzinfo=OSLO),
        ),
        InputRow(line=4, id="a2", session=2, question=None, table=None, text="Short"),
    )


def test_all_columns_of_a_workbook_are_read() -> None:
    data = xlsx(
        KNOWN.split(", "),
        [7, 1.0, 2.0, 3, "=1+1", "a", "en", "challenge", "Kurs", "staten", True, datetime(2024, 5, 22, 10, 15)],  # noqa: DTZ001 Excel knows no time zones
        ["a2", "2", None, None, "Two\nlines", None, None, None, None, None, False, "2024-05-22T10:15Z"],
    )
    assert inputs_file.read(data, "a.xlsx") == (
        InputRow(
            line=2,
            id="7",
            session=1,
            question=2,
            table=3,
            text="=1+1",
            subquestion="a",
            language="en",
            kind="challenge",
            heading="Kurs",
            addressees=("staten",),
            priority=True,
            written_at=datetime(2024, 5, 22, 10, 15, tzinfo=OSLO),
        ),
        InputRow(
            line=3,
            id="a2",
            session=2,
            question=None,
            table=None,
            text="Two\nlines",
            written_at=datetime(2024, 5, 22, 10, 15, tzinfo=UTC),
        ),
    )


def test_headings_may_stand_in_any_order_case_and_spacing() -> None:
    assert read("Hei,4,3,2,a1,1900-01-01", headings="Text, TABLE ,Question,Session,Id,Written  At") == (
        InputRow(2, "a1", 2, 3, 4, "Hei", written_at=datetime(1900, 1, 1, tzinfo=OSLO)),
    )


def test_headings_alone_are_no_notes() -> None:
    assert read() == ()


@pytest.mark.parametrize(
    ("headings", "problems"),
    [
        (f"{HEADINGS},colour", [f'1: unknown column "colour", expected some of: {KNOWN}']),
        ("id,session,question,text", ['1: the column "table" is missing']),
        (f"{HEADINGS},Text", ['1: the column "Text" twice, expected once']),
        ("id,session,question,,table,text", [f'1: unknown column "", expected some of: {KNOWN}']),
        (
            "id\tsession\tquestion\ttable\ttext",
            [f'1: unknown column "id session question table text", expected some of: {KNOWN}']
            + [f'1: the column "{name}" is missing' for name in HEADINGS.split(",")],
        ),
        ("", ["1: no rows, expected the columns id, session, question, table, text"]),
    ],
)
def test_wrong_columns_are_told_with_the_known_ones(headings: str, problems: list[str]) -> None:
    assert told(headings=headings) == problems


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",1,1,1,Hei", '2: id: "", expected an id that no other row has, so that the file can be read in again'),
        (f"{'x' * 101},1,1,1,Hei", f'2: id: "{"x" * 39}…", expected at most 100 characters'),
        ("a,,1,1,Hei", '2: session: "", expected the number of a session'),
        ("a,0,1,1,Hei", '2: session: "0", expected a whole number above 0'),
        ("a,1,first,1,Hei", '2: question: "first", expected a whole number above 0'),
        ("a,1,1.5,1,Hei", '2: question: "1.5", expected a whole number above 0'),
        ("a,1,1,-1,Hei", '2: table: "-1", expected a whole number above 0'),
        ("a,1,1,40000,Hei", '2: table: "40000", expected a whole number above 0'),
        ("a,1,1,٣,Hei", '2: table: "٣", expected a whole number above 0'),
        ("a,1,1,2024-05-22T00:00:00,Hei", '2: table: "2024-05-22T00:00:00", expected a whole number above 0'),
        ("a,1,1,1,", '2: text: "", expected what was said'),
        ('a,1,1,1,"\x01 \n"', '2: text: "", expected what was said'),
        (f"a,1,1,1,{'x' * 10_001}", f'2: text: "{"x" * 39}…", expected at most 10000 characters (here are 10001)'),
        ("a,1,1,1,Hei, du,kom", '2: 7 cells, expected 5: put text that holds "," between quotation marks (")'),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(row: str, problem: str) -> None:
    assert told(row) == [problem]


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("subquestion", "ab", "one letter"),
        ("subquestion", "1", "one letter"),
        ("language", "norsk!", "a short tag such as nb, nn, en or so-Latn"),
        ("language", "n", "a short tag such as nb, nn, en or so-Latn"),
        ("language", "nb-" + "abcdefgh-" * 2, "at most 20 characters"),
        ("kind", "question", "one of: challenge, measure, both"),
        ("heading", "x" * 201, "at most 200 characters"),
        ("addressees", "x" * 101, "names of at most 100 characters"),
        ("priority", "maybe", "one of: yes, ja, 1, true, no, nei, 0, false"),
        ("written_at", "22.05.2024", "a date and time such as 2024-05-22T10:15"),
        ("written_at", "0001-01-01", "a date and time such as 2024-05-22T10:15"),
        ("written_at", "2200-01-01", "a date and time such as 2024-05-22T10:15"),
    ],
)
def test_a_wrong_optional_cell_is_told_with_its_column(column: str, cell: str, expected: str) -> None:
    [problem, *_more] = told(f"a,1,1,1,Hei,{cell}", headings=f"{HEADINGS},{column}")
    assert problem.startswith(f"2: {column}: ")
    assert problem.endswith(f", expected {expected}")


def test_a_subquestion_needs_its_question() -> None:
    assert told("a,1,,1,Hei,b", headings=f"{HEADINGS},subquestion") == [
        '2: subquestion: "b", expected a question\'s number beside it'
    ]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("subquestion", "B)", "b"),
        ("language", "SO-Latn", "so-Latn"),
        ("kind", " Measure ", "measure"),
        ("priority", "YES", True),
        ("priority", "1", True),
        ("priority", "nei", False),
        ("priority", "", False),
        (
            "written_at",
            "2024-05-22 10:15:30+09:00",
            datetime(2024, 5, 22, 10, 15, 30, tzinfo=timezone(timedelta(hours=9))),
        ),
    ],
)
def test_an_optional_cell_may_be_written_in_several_ways(column: str, cell: str, value: object) -> None:
    [row] = read(f"a,1,1,1,Hei,{cell}", headings=f"{HEADINGS},{column}")
    assert getattr(row, column) == value


def test_the_same_id_twice_is_told_with_both_lines() -> None:
    assert told('a,1,1,1,"Hei\nhei"', "b,1,1,1,Hei", " a,1,1,2,Hå") == [
        '5: the id "a" stands already in line 2, expected each only once'
    ]


def test_text_of_exactly_10000_characters_after_cleaning_passes() -> None:
    [row] = read(f'a,1,1,1," {"x" * 10_000}\x01\x07 "')
    assert row.text == "x" * 10_000


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://example.org")',
        "+47 22 22 22 22",
        "-1",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "#import #read('/etc/passwd')",
        "</w:p>",
        "😀 👩‍👧",
        "مرحبا بكم",
        "ሰላም ለዓለም",
        "你好，世界",
    ],
)
def test_strange_and_hostile_text_comes_through_as_it_is(text: str) -> None:
    quoted = text.replace('"', '""')
    [from_csv] = read(f'a,1,1,1,"{quoted}"')
    [from_xlsx] = inputs_file.read(xlsx(HEADINGS.split(","), ["a", 1, 1, 1, text]), "a.xlsx")
    assert (from_csv.text, from_xlsx.text) == (text, text)


def test_control_characters_are_taken_out() -> None:
    [row] = read("a\x02,1,1,1,H\x07e\x1bi\u202f du\ufffe")
    assert (row.id, row.text) == ("a", "Hei\u202f du")


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert told("a,x,1,1,", 'b,1,1,1,"two\nlines"', "b,1,y,1,Hei") == [
        '2: session: "x", expected a whole number above 0',
        '2: text: "", expected what was said',
        '5: question: "y", expected a whole number above 0',
        '5: the id "b" stands already in line 3, expected each only once',
    ]


def test_many_problems_are_cut_off_with_their_number() -> None:
    problems = told(*(f"a{number},1,1,1," for number in range(250)))
    assert (len(problems), problems[-1]) == (201, "201: 50 more problems are not listed")


@pytest.mark.parametrize("name", ["notes.xlsx", "NOTES.XLSX", "notes.xlsm", "notes.xls"])
def test_a_csv_with_the_name_of_a_workbook_is_refused(name: str) -> None:
    with pytest.raises(ImportFault, match="named as an Excel workbook but is not one"):
        inputs_file.read(HEADINGS.encode(), name)


def test_a_workbook_is_known_by_its_content() -> None:
    data = xlsx(HEADINGS.split(","), ["a", 1, 1, 1, "Hei"])
    assert inputs_file.read(data, "notes.csv") == (InputRow(2, "a", 1, 1, 1, "Hei"),)


def test_an_old_or_locked_workbook_is_told_what_to_do() -> None:
    with pytest.raises(ImportFault, match=r"a\.xls:1: an old Excel file, or one with a password"):
        inputs_file.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls")


def test_a_cell_beyond_the_headings_of_a_workbook_is_told() -> None:
    with pytest.raises(ImportFault) as raised:
        inputs_file.read(xlsx(HEADINGS.split(","), ["a", 1, 1, 1, "Hei", "du"]), "a.xlsx")
    assert lines(raised) == ["a.xlsx:2: 6 cells, expected 5: a cell without a heading above it"]


def test_half_a_file_is_told() -> None:
    data = "\n".join([HEADINGS, *(f'a{number},1,1,1,"Hei, du"' for number in range(9)), ""]).encode()
    with pytest.raises(ImportFault, match=r"cut off\?"):
        inputs_file.read(data[: len(data) // 2], "a.csv")


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252"])
def test_another_encoding_is_told(encoding: str) -> None:
    with pytest.raises(ImportFault, match="expected UTF-8: save"):
        inputs_file.read(f"{HEADINGS}\na,1,1,1,språk\n".encode(encoding), "a.csv")


def test_an_empty_file_is_told() -> None:
    with pytest.raises(ImportFault, match=r"a\.csv:1: the file is empty"):
        inputs_file.read(b"", "a.csv")
