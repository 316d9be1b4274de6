import pytest

from conference.importers.json_file import Document, load, place, places
from conference.importers.problems import ImportFault
from tests.conference.importers.conftest import lines

TEXT = """{
 "a": 1, "b": [
  "one",
  {"c": "a \\"quoted\\": {word}",
   "d" : [[], {}]},
  null
 ]
}"""


def test_every_key_and_element_has_its_line() -> None:
    assert list(places(TEXT)) == [
        (("a",), 2),
        (("b",), 2),
        (("b", 0), 3),
        (("b", 1), 4),
        (("b", 1, "c"), 4),
        (("b", 1, "d"), 5),
        (("b", 1, "d", 0), 5),
        (("b", 1, "d", 1), 5),
        (("b", 2), 6),
    ]


def test_a_place_is_written_as_in_code() -> None:
    assert place(("sessions", 2, "questions", 1, "text")) == "sessions[2].questions[1].text"


def test_faults_are_told_at_the_line_of_their_place_or_of_what_surrounds_it() -> None:
    document = load(TEXT.encode(), "a.json")
    document.add(("b", 2), "null")
    document.add(("b", 1, "missing", 4), "not there")
    document.add((), "the whole")
    with pytest.raises(ImportFault) as raised:
        document.check()
    assert lines(raised) == ["a.json:1: the whole", "a.json:4: b[1].missing[4]: not there", "a.json:6: b[2]: null"]


def test_a_document_without_faults_passes() -> None:
    document = load(TEXT.encode(), "a.json")
    document.check()
    assert document == Document(
        "a.json", TEXT, {"a": 1, "b": ["one", {"c": 'a "quoted": {word}', "d": [[], {}]}, None]}
    )


def test_a_syntax_error_is_told_with_line_and_column() -> None:
    with pytest.raises(ImportFault) as raised:
        load(b'{\n "a": 1\n "b": 2\n}', "a.json")
    assert lines(raised) == ['a.json:3: not JSON at column 2, near ""b": 2 }"']


def test_a_file_cut_off_anywhere_is_told() -> None:
    for end in range(1, len(TEXT)):
        with pytest.raises(ImportFault, match=r"a\.json:\d: (the file ends too early|not JSON)"):
            load(TEXT[:end].encode(), "a.json")


def test_half_a_file_ends_too_early_in_its_last_line() -> None:
    with pytest.raises(ImportFault, match=r"a\.json:3: the file ends too early"):
        load(b'{\n "a": [\n "one', "a.json")


def test_a_key_given_twice_is_told_where_it_stands_again() -> None:
    document = load(b'{\n "a": {"x": 1},\n "b": [{"c": 1,\n "c": 2}],\n "a": {"x": 2}\n}', "a.json")
    with pytest.raises(ImportFault) as raised:
        document.check()
    assert lines(raised) == [
        "a.json:4: b[0].c: the same key twice, expected once",
        "a.json:5: a: the same key twice, expected once",
    ]


def test_deep_nesting_is_refused_at_its_line() -> None:
    with pytest.raises(ImportFault) as raised:
        load(b"[\n" * 100_000, "a.json")
    assert lines(raised) == ["a.json:101: nested more than 100 levels deep"]


@pytest.mark.parametrize("value", [b"NaN", b"-Infinity", b"1" * 5000])
def test_numbers_that_are_none_are_refused(value: bytes) -> None:
    with pytest.raises(ImportFault, match=r"a\.json:1: not JSON: "):
        load(b'{"a": ' + value + b"}", "a.json")


@pytest.mark.parametrize("data", [b'{"a": "one\ntwo"}', b'{"a": "\x01"}'])
def test_raw_control_characters_in_a_text_are_refused(data: bytes) -> None:
    with pytest.raises(ImportFault, match=r"a\.json:1: not JSON at column 11|a\.json:1: not JSON at column 8"):
        load(data, "a.json")
