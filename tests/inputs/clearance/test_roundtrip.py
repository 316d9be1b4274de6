"""Files that LibreOffice has changed and saved; `make roundtrip` makes them anew."""

from pathlib import Path

import pytest
from docx.oxml.ns import qn

from inputs.clearance.marks import mark_name
from tests.inputs.clearance.sample import HEADING, MARK, POINTS, SENT, TEXTS, Word, read, short

FOLDER = Path(__file__).parent / "libreoffice"
CHANGES = [
    ("wording", HEADING - 1000, "Kurs for voksne"),
    ("wording", 0, "Gi mange plass på kurs om kvelden."),
    ("wording", 1, "Kveldskurs må ha barnepass i samme bygg. 😀 שלום <b>"),
    ("split", 5, "Praksisplasser må\nfølges opp av en fagperson."),
    ("joined", 6, TEXTS[6] + TEXTS[7]),
    ("joined", 7, TEXTS[6] + TEXTS[7]),
    ("moved", 13, TEXTS[13]),
    ("added", None, "Et nytt punkt fra departementet."),
]


def saved(way: str) -> bytes:
    return (FOLDER / f"{way}.docx").read_bytes()


def test_bookmarks_survive_and_nothing_is_invented():
    word = Word(saved("commented"))
    names = {b.get(qn("w:name")) for b in word.body.iter(qn("w:bookmarkStart"))}
    assert {mark_name(MARK, number) for number in POINTS} <= names
    [finding] = read(saved("commented"))
    assert (str(finding.proposed), finding.number) == ("remark", POINTS[9])
    assert finding.remarks == ("Kari Saksbehandler: Stemmer dette?",)


def test_what_was_changed_with_tracking_is_recognised_or_listed():
    assert sorted(short(saved("tracked")), key=str) == sorted(
        [*CHANGES, ("removal", 2, ""), ("removal", 3, "")], key=str
    )
    assert {name for one in read(saved("tracked")) for name in one.authors} == {"Unknown Author"}


def test_what_was_changed_without_is_recognised_or_listed():
    assert sorted(short(saved("plain")), key=str) == sorted(
        [*CHANGES, ("missing", 2, ""), ("emptied", 3, "")], key=str
    )


@pytest.mark.parametrize("way", ["commented", "tracked", "plain"])
def test_the_next_one_can_go_on_in_a_file_that_libreoffice_saved(way):
    """Word and LibreOffice take turns: what is changed afterwards is found beside what was there."""
    word = Word(saved(way))
    word.write(word.point(10), "Frivillige trenger noen å snakke med.")
    word.comment(word.point(11), "Bra.", author="Ola Leser")
    more = short(word.saved())
    before = short(saved(way))
    assert [one for one in more if one not in before] == [
        ("wording", 10, "Frivillige trenger noen å snakke med."),
        ("remark", 11, SENT[POINTS[11] - 1].text),
    ]
    assert [one for one in before if one not in more] == []
