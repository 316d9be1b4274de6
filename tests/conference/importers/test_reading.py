import pytest

from conference.importers.problems import ImportFault
from conference.importers.reading import decode
from tests.conference.importers.conftest import lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    assert decode("språk 😀 ሰላም مرحبا".encode(encoding), "a.csv") == "språk 😀 ሰላም مرحبا"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_utf16_is_told_what_to_do(encoding: str) -> None:
    with pytest.raises(ImportFault, match=r"a\.csv:1: .*expected UTF-8: save it as UTF-8"):
        decode("id,text\n1,å".encode(encoding), "a.csv")


def test_latin1_is_told_with_its_line() -> None:
    with pytest.raises(ImportFault) as raised:
        decode("id\nab\nspråk".encode("latin-1"), "a.csv")
    assert lines(raised) == [
        "a.csv:3: byte 0xe5 is not UTF-8 (Latin-1?), expected UTF-8: save the file as UTF-8",
    ]


def test_nul_is_told_with_its_line() -> None:
    with pytest.raises(ImportFault, match=r"a\.csv:2: a NUL character"):
        decode(b"id\na\x00b", "a.csv")


def test_an_office_document_is_not_text() -> None:
    with pytest.raises(ImportFault, match=r"a\.json:1: this is an office document"):
        decode(b"PK\x03\x04rest", "a.json")


def test_an_empty_file_is_told() -> None:
    with pytest.raises(ImportFault, match="the file is empty"):
        decode(b"", "a.csv")


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert decode(b"x" * 1024, "a.csv", limit=1024) == "x" * 1024
    with pytest.raises(ImportFault) as raised:
        decode(b"x" * (3 * 1024 * 1024), "a.csv", limit=2 * 1024 * 1024)
    assert lines(raised) == ["a.csv:1: the file is 3.0 MB, expected at most 2 MB"]
