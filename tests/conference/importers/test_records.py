import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

import pytest

from conference.importers import json_file
from conference.importers.problems import ImportFault
from conference.importers.records import Record, root
from tests.conference.importers.conftest import lines


def read(values: object, reader: Callable[[Record], object]) -> object:
    """What `reader` makes of `values` as a JSON file."""
    return root(json_file.load(json.dumps(values).encode(), "a.json"), reader)


def told(values: object, reader: Callable[[Record], object]) -> list[str]:
    """The problems that `reader` finds, without the file and the line (which is always 1)."""
    with pytest.raises(ImportFault) as raised:
        read(values, reader)
    return [line.removeprefix("a.json:1: ") for line in lines(raised)]


@dataclass(frozen=True)
class Thing:
    name: str


def thing(row: Record) -> Thing:
    return Thing(row.line("name", required=True))


@pytest.mark.parametrize(
    ("value", "reader", "expected"),
    [
        (" two\n  words\x00 ", lambda row: row.line("key"), "two words"),
        (" two \nlines ", lambda row: row.text("key"), "two\nlines"),
        (None, lambda row: row.line("key"), ""),
        ("nn", lambda row: row.word("key", ["nb", "nn"], "nb"), "nn"),
        (None, lambda row: row.word("key", ["nb", "nn"], "nb"), "nb"),
        (0, lambda row: row.number("key"), 0),
        (None, lambda row: row.number("key"), None),
        (True, lambda row: row.flag("key"), True),
        (None, lambda row: row.flag("key"), False),
        ("2024-02-29", lambda row: row.day("key"), date(2024, 2, 29)),
        ("", lambda row: row.day("key"), None),
        ("09:05", lambda row: row.clock("key"), time(9, 5)),
        (["one", " ", "two\r\nlines"], lambda row: row.paragraphs("key"), ("one", "two\nlines")),
        (["B", " A "], lambda row: row.names("key", ["A", "B"]), ("B", "A")),
        ([2, 1], lambda row: row.names("key", [1, 2, 3]), (2, 1)),
        ({"name": "x"}, lambda row: row.one("key", thing), Thing("x")),
        (None, lambda row: row.one("key", thing), None),
        (
            [{"name": "x"}, {"name": "y"}],
            lambda row: row.each("key", thing, distinct="name"),
            (Thing("x"), Thing("y")),
        ),
        (["x", {"name": "y"}], lambda row: row.each("key", thing, shorthand="name"), (Thing("x"), Thing("y"))),
        ({}, lambda row: row.holds("key", dict), True),
    ],
)
def test_a_value_of_the_promised_type_is_read(
    value: object, reader: Callable[[Record], object], expected: object
) -> None:
    def ignoring(row: Record) -> object:
        row.ignore("key")
        return reader(row)

    assert read({"key": value}, ignoring) == expected


@pytest.mark.parametrize(
    ("value", "reader", "problem"),
    [
        (7, lambda row: row.line("key"), 'key: "7", expected a text'),
        (None, lambda row: row.line("key", required=True), "key: missing, expected a value"),
        (" \x00", lambda row: row.line("key", required=True), "key: empty, expected a text"),
        ("x" * 201, lambda row: row.line("key"), "key: 201 characters, expected at most 200"),
        ("da", lambda row: row.word("key", ["nb", "nn"]), 'key: "da", expected one of: nb, nn'),
        ("3", lambda row: row.number("key"), 'key: "3", expected a whole number from 0 to 32767'),
        (3.0, lambda row: row.number("key"), 'key: "3.0", expected a whole number from 0 to 32767'),
        (True, lambda row: row.number("key"), "key: true or false, expected a whole number from 0 to 32767"),
        (-1, lambda row: row.number("key"), 'key: "-1", expected a whole number from 0 to 32767'),
        (40_000, lambda row: row.number("key"), 'key: "40000", expected a whole number from 0 to 32767'),
        (0, lambda row: row.number("key", least=1, most=5), 'key: "0", expected a whole number from 1 to 5'),
        (1, lambda row: row.flag("key"), 'key: "1", expected true or false'),
        ("2023-02-29", lambda row: row.day("key"), 'key: "2023-02-29", expected a date such as 2024-05-22'),
        ("20240522", lambda row: row.day("key"), 'key: "20240522", expected a date such as 2024-05-22'),
        ("24:00", lambda row: row.clock("key"), 'key: "24:00", expected a time such as 09:30'),
        ("9.30", lambda row: row.clock("key"), 'key: "9.30", expected a time such as 09:30'),
        ("one", lambda row: row.paragraphs("key"), 'key: "one", expected a list'),
        (["one", 2], lambda row: row.paragraphs("key"), 'key[1]: "2", expected a paragraph of text'),
        (["x" * 100_001], lambda row: row.paragraphs("key"), "key[0]: 100001 characters, expected at most 100000"),
        (["A", "A"], lambda row: row.names("key", ["A"]), 'key[1]: "A", expected each only once'),
        (["A", "C"], lambda row: row.names("key", ["A", "B"]), 'key[1]: "C", expected one of: A, B'),
        ([True], lambda row: row.names("key", [1, 2]), "key[0]: true or false, expected one of: 1, 2"),
        ([{}], lambda row: row.names("key", ["A"]), "key[0]: an object, expected one of: A"),
        ([[]], lambda row: row.names("key", []), "key[0]: a list, expected one of: —"),
        ([], lambda row: row.one("key", thing), "key: a list, expected an object"),
        (None, lambda row: row.one("key", thing, required=True), "key: missing, expected a value"),
        ([None], lambda row: row.each("key", thing), "key[0]: null, expected an object"),
        ({"name": "x"}, lambda row: row.each("key", thing), "key: an object, expected a list"),
        (
            [{"name": "x", "size": 3}],
            lambda row: row.each("key", thing),
            "key[0].size: unknown key, expected one of: name",
        ),
        (
            [{"name": "x"}, {"name": " x"}],
            lambda row: row.each("key", thing, distinct="name"),
            'key[1].name: "x", expected each only once (also at key[0])',
        ),
    ],
)
def test_another_value_is_told_with_its_place(
    value: object, reader: Callable[[Record], object], problem: str
) -> None:
    assert told({"key": value}, reader) == [problem]


def test_keys_that_nobody_asked_for_are_told_with_the_known_ones() -> None:
    def reader(row: Record) -> object:
        return row.line("title"), row.line("date")

    assert told({"titel": "x", "date": ""}, reader) == ["titel: unknown key, expected one of: date, title"]


def test_all_faults_of_a_file_are_told_together() -> None:
    def reader(row: Record) -> object:
        return row.line("title", required=True), row.number("edition"), row.each("things", thing)

    assert told({"edition": "x", "things": [{"name": ""}, 1], "colour": 1}, reader) == [
        "title: missing, expected a value",
        'edition: "x", expected a whole number from 0 to 32767',
        "things[0].name: empty, expected a text",
        'things[1]: "1", expected an object',
        "colour: unknown key, expected one of: edition, things, title",
    ]


@pytest.mark.parametrize(("values", "found"), [([], "a list"), ("x", '"x"'), (None, "null"), (True, "true or false")])
def test_a_file_that_holds_no_object_is_told(values: object, found: str) -> None:
    assert told(values, thing) == [f"the file holds {found}, expected an object"]
