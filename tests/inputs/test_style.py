"""Hints about style: what each is about, and when it is silent."""

import pytest

from inputs.style import read


def found(*texts, before=()):
    """The code of each hint and the words it is about, text by text."""
    hints = read(texts, before=before)
    return [
        [(hint.code, text[hint.start : hint.end]) for hint in own] for own, text in zip(hints, texts, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Flere  kurs", [("double_space", "  ")]),
        ("  Flere kurs  ", []),
        ("Deltagerne får lønn", [("deltager", "Deltagerne")]),
        ("For kursdeltagere", [("deltager", "kursdeltagere")]),
        ("Deltakere deltar", []),
        ("Kurs hos NAV og i NAV", [("abbreviation", "NAV")]),
        ("Arbeids- og velferdsetaten (NAV) og NAV-kontoret", []),
        ("NAV og UDI", [("abbreviation", "NAV"), ("abbreviation", "UDI")]),
        ("VIKTIG MED KURS", []),
        ("A og ABCDEFG", []),
        ("", []),
    ],
)
def test_one_text(text, expected):
    assert found(text) == [expected]


def test_an_abbreviation_is_told_of_once_and_not_at_all_where_it_was_explained_before():
    assert found("Kurs hos NAV", "Mer NAV") == [[("abbreviation", "NAV")], []]
    assert found("Kurs hos NAV", before=["Arbeids- og velferdsetaten (NAV)"]) == [[]]
    assert found("Kurs hos NAV", "Etaten (NAV)") == [[("abbreviation", "NAV")], []]
    assert found("Etaten (NAV)", "Kurs hos NAV") == [[], []]


def test_a_full_stop_is_missed_where_most_have_it():
    assert found("Kurs.", "Mat!", "Lønn") == [[], [], [("full_stop", "")]]
    assert found("Kurs.", "Mat", "Lønn") == [[], [], []]
    assert found("«Kurs.»", "Mat.", "Lønn") == [[], [], [("full_stop", "")]]
    assert found("Kurs.", "Mat") == [[], []]
