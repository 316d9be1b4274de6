"""Words that were looked for are told apart in the text as it was written."""

import pytest

from rnik.lib.marking import marked
from rnik.lib.text import fold


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("Flere møter", [], [("Flere møter", False)]),
        ("Flere MØTER", ["møte"], [("Flere ", False), ("MØTE", True), ("R", False)]),
        ("aaa", ["a"], [("aaa", True)]),
        ("ab ba", ["ab", "b"], [("ab", True), (" ", False), ("b", True), ("a", False)]),
        ("Gate: Straße 4", ["strasse"], [("Gate: ", False), ("Straße", True), (" 4", False)]),
        ("100 % av (alle)", ["%", "(alle)"], [("100 ", False), ("%", True), (" av ", False), ("(alle)", True)]),
        ("", ["a"], []),
    ],
)
def test_words_are_marked_as_they_stand(text, words, pieces):
    assert marked(text, [fold(word) for word in words]) == pieces


def test_a_long_text_begins_shortly_before_the_first_word_that_was_looked_for():
    text = "x" * 500 + " målet " + "y" * 500
    pieces = marked(text, ["målet"], longest=100)
    assert [piece for piece in pieces if piece[1]] == [("målet", True)]
    assert (pieces[0], pieces[-1]) == (("…", False), ("…", False))
    assert sum(len(piece) for piece, _looked_for in pieces) <= 102
