"""What a new text leaves out, the weightiest first; and which words rest on one source alone."""

import pytest

from inputs.lost_words import Lost, lost, marked, rests_on


@pytest.mark.parametrize(
    ("sources", "text", "expected"),
    [
        (["Vi trenger flere kurs"], "Flere kurs trengs", Lost()),
        (["Kommunen må ikke kutte i kursene"], "Kommunene må kutte i kurset", Lost(negations=("ikke",))),
        (["Kommunen må ikkje kutte"], "Kommunen må ikke kutte", Lost()),
        (["Bare kvinner", "Kun menn"], "Kvinner og menn", Lost(negations=("Bare",))),
        (["Berre kvinner"], "Bare kvinner", Lost()),
        (["No må kommunen kutte i ei sak"], "Kommunen kutter i sak", Lost()),
        (["20 prosent, 3,5 timer, 10.30"], "Prosent og timer 10.30", Lost(numbers=("20", "3,5"))),
        (["Kurs på Sunnmøre og hos NAV"], "Kurs", Lost(names=("Sunnmøre", "NAV"))),
        (["Kurs i Oslo"], "Oslos kurs", Lost()),
        (["Sunnmøre er langt unna. Kurs på Sunnmøre"], "Kurs langt unna", Lost(names=("Sunnmøre",))),
        (["Barnepass mens kurset pågår"], "Kurs", Lost(words=("Barnepass", "pågår"))),
        (["Skulane", "Kurs"], "Kurs i skolene", Lost()),
        ([], "Kurs", Lost()),
        (["Kurs"], "", Lost(words=("Kurs",))),
        (["Kurs", "kursene", "Kurset"], "Mat", Lost(words=("Kurs",))),
    ],
)
def test_what_is_lost(sources, text, expected):
    found = lost(sources, text)
    assert (found, bool(found)) == (expected, expected != Lost())


def test_a_word_of_the_text_rests_on_the_one_source_that_has_it():
    text = "Kommunen bør gi 20 kurs på kveldstid, ikke i Oslo"
    found = rests_on(text, "20 kurs, ikke mer, i kommunens regi", ["Kurs i Oslo", "På kveldstid"])
    assert [word.text for word in found] == ["Kommunen", "20", "ikke"]
    assert all(text[word.start : word.end] == word.text for word in found)
    pieces = marked(text, found)
    assert "".join(piece for piece, _is_found in pieces) == text
    assert [piece for piece, is_found in pieces if is_found] == ["Kommunen", "20", "ikke"]


def test_ten_pages_are_compared_to_the_last_word():
    long = " ".join(f"ord{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}tall" for n in range(676))
    assert lost([long, "Sist"], long) == Lost(words=("Sist",))
    assert len(lost([long], "").words) > 600
