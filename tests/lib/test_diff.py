"""Word diff: nothing is lost on either side, and what is shown as changed has changed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rnik.lib.diff import MAX_WORDS, Piece, compare


def test_a_word_that_was_put_in_and_one_that_was_exchanged():
    assert compare("Vi vil ha rom.", "Vi vil ha flere møterom.") == (
        Piece("same", "Vi vil ha "),
        Piece("removed", "rom"),
        Piece("added", "flere møterom"),
        Piece("same", "."),
    )


def test_the_same_text_is_one_piece_and_nothing_is_none():
    assert (compare("Likt.", "Likt."), compare("", "")) == ((Piece("same", "Likt."),), ())


def test_two_long_texts_are_shown_whole():
    old, new = "ord " * MAX_WORDS, "ny"
    assert compare(old, new) == (Piece("removed", old), Piece("added", new))


@given(st.text("abÅ \n.,-", max_size=40), st.text("abÅ \n.,-", max_size=40))
def test_both_texts_can_be_read_out_of_the_pieces(old, new):
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert all(one.kind != "same" or two.kind != "same" for one, two in pairwise(pieces))
