"""Running minutes taken apart: what becomes a piece, what is a mark, and that nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inputs.dividing import Piece, carried, join, propose, split, take
from rnik.lib.text import clean_text

QUESTIONS = {1: "Hva er de største barrierene for å bruke norsk?", 2: "Hva kan vi alle bidra med?", 3: "Og ellers?"}


def told(text, pieces):
    return [(text[one.start : one.end], one.question, one.kind) for one in pieces]


def proposed(text):
    return told(text, propose(text, QUESTIONS))


def test_each_paragraph_is_a_piece_and_its_lines_stay_together():
    assert proposed("En linje\nog en til\n\nTo\n \n\nTre") == [
        ("En linje\nog en til", None, ""),
        ("To", None, ""),
        ("Tre", None, ""),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "Spørsmål 2",
        "spørsmål 2:",
        "Spm 2:",
        "SPM. 2",
        "Spørsmål nr. 2",
        "Question 2",
        "Q2:",
        "# Spørsmål 2",
        "Spm 2)",
    ],
)
def test_a_line_that_names_a_question_moves_what_follows_there(mark):
    assert proposed(f"Før\n{mark}\nEn\n\nTo") == [("Før", None, ""), ("En", 2, ""), ("To", 2, "")]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("Utfordringer:", "challenge"), ("Utfordringar", "challenge"), ("Challenges:", "challenge"),
        ("Barrierer", "challenge"), ("Tiltak:", "measure"), ("TILTAK", "measure"), ("Measures:", "measure"),
        ("Løysingar:", "measure"), ("Forslag til tiltak:", "measure"), ("**Tiltak:**", "measure"),
        ("Utfordringer og tiltak:", "both"), ("Challenges and measures", "both"),
    ],
)  # fmt: skip
def test_a_line_that_names_a_kind_sets_it_for_what_follows(mark, kind):
    assert proposed(f"{mark}\nEn\n\nTo") == [("En", None, kind), ("To", None, kind)]


def test_a_new_question_is_about_no_kind_yet_and_uplassert_about_no_question():
    text = "Spørsmål 1\nTiltak:\nEn\nSpørsmål 2\nTo\nUplassert:\nTre"
    assert proposed(text) == [("En", 1, "measure"), ("To", 2, ""), ("Tre", None, "")]


def test_words_may_follow_on_the_marks_own_line():
    text = "Spm 2: Utfordring: Mange er slitne\nom kvelden\nTiltak: Flere kurs"
    assert proposed(text) == [("Mange er slitne\nom kvelden", 2, "challenge"), ("Flere kurs", 2, "measure")]


@pytest.mark.parametrize("line", ["Spørsmål 2 Hva kan vi alle bidra med?", "Spørsmål 2: hva kan vi alle"])
def test_the_question_itself_written_off_is_part_of_the_mark(line):
    assert proposed(f"{line}\nEn") == [("En", 2, "")]


@pytest.mark.parametrize(
    "line", ["Spørsmål 9", "Spørsmål 2 ble litt rart", "Tiltak som virker", "Problemet er tid", "Q", "2. desember"]
)
def test_what_only_looks_like_a_mark_is_words(line):
    assert proposed(line) == [(line, None, "")]


def test_each_line_of_a_list_is_a_piece_without_its_bullet():
    text = "Vi sa:\n- En\n  fortsatt\n• To\n1. Tre\n2. Fire\n–5 grader"
    assert [words for words, *_ in proposed(text)] == [
        "Vi sa:",
        "En\n  fortsatt",
        "To",
        "1. Tre",
        "2. Fire\n–5 grader",
    ]


def test_two_pieces_are_joined_and_come_apart_again_where_the_marks_are():
    text = "Spørsmål 1\nEn\n\nTiltak:\nTo"
    one, other = propose(text, QUESTIONS)
    whole = join(one, other)
    assert told(text, [whole]) == [("En\n\nTiltak:\nTo", 1, "")]
    assert split(text, whole, QUESTIONS) == [one, other]


def test_a_piece_without_blank_lines_comes_apart_line_by_line_and_a_line_not_at_all():
    text = "En\nTo\nTre"
    [whole] = propose(text, QUESTIONS)
    lines = split(text, whole, QUESTIONS)
    assert [words for words, *_ in told(text, lines)] == ["En", "To", "Tre"]
    assert split(text, lines[0], QUESTIONS) == [lines[0]]


def test_a_piece_is_split_at_the_cursor():
    text = "Flere kurs. Flere møter.\nTiltak: Mer tid"
    whole = Piece(0, len(text), 2, "")
    assert told(text, split(text, whole, QUESTIONS, at=11)) == [
        ("Flere kurs.", 2, ""),
        ("Flere møter.\nTiltak: Mer tid", 2, ""),
    ]
    assert told(text, split(text, whole, QUESTIONS, at=24))[1] == ("Mer tid", 2, "measure")
    for nowhere in (0, len(text), 10_000):
        assert split(text, whole, QUESTIONS, at=nowhere) == [whole]


def taken(text, *left):
    pieces = propose(text, QUESTIONS)
    chosen = [Piece(one.start, one.end, one.question, one.kind, leave=n in left) for n, one in enumerate(pieces)]
    result = take(text, chosen, QUESTIONS)
    return [text[a:b] for a, b in result.spans], result.rest


def test_when_all_is_moved_nothing_is_left_and_the_marks_follow_their_pieces():
    text = "Spørsmål 1\nTiltak:\n- En\n- To\n\nSpørsmål 2\nTre\n\nSpørsmål 3"
    assert taken(text) == (["Spørsmål 1\nTiltak:\n- En", "- To", "Spørsmål 2\nTre\n\nSpørsmål 3"], "")


def test_words_that_stay_keep_the_marks_that_they_need():
    text = "Spørsmål 1\nEn\n\nTiltak:\nTo\n\nTre\n\nSpørsmål 2\nFire"
    assert taken(text, 2) == (["En", "To", "Spørsmål 2\nFire"], "Spørsmål 1\n\nTiltak:\n\nTre")
    assert taken(text, 0) == (["Tiltak:\nTo", "Tre", "Spørsmål 2\nFire"], "Spørsmål 1\nEn")
    assert taken(text, 0, 1, 2, 3) == ([], text)


def test_what_no_piece_covers_is_left():
    text = "En\n\nTo\n\nTre"
    assert take(text, propose(text, QUESTIONS)[1:2], QUESTIONS).rest == "En\n\nTre"


def test_choices_are_carried_to_a_text_that_has_changed():
    old, new = "En\n\nTo\n\nTre\n\nFire", "Ny først\n\nEn\n\nTo igjen\n\nFire"
    pieces = [Piece(one.start, one.end, 3, "measure", leave=True) for one in propose(old, QUESTIONS)]
    found = carried(pieces, old, new, QUESTIONS)
    assert [(new[one.start : one.end], one.question, one.leave) for one in found] == [
        ("Ny først", None, False),
        ("En", 3, True),
        ("To", 3, True),
        ("igjen", None, False),
        ("Fire", 3, True),
    ]


# --- nothing is lost --------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        "", "", " ", "Spørsmål 1", "Spm 2:", "Spørsmål 9", "Utfordringer:", "Tiltak: Flere kurs", "Uplassert", "- En",
        "-", "1. To", "Vi sa at det tar tid", "🧡 عربي", "Spørsmål 2: Tiltak:", QUESTIONS[2], "• ",
        "Question 1: so what", "a",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES | st.text(max_size=12), max_size=24).map("\n".join).map(clean_text)


def without_blanks(text):
    return "".join(text.split())


@given(text=TEXTS, data=st.data())
def test_the_text_is_what_is_moved_and_what_is_left(text, data):
    pieces = propose(text, QUESTIONS)
    for _act in range(data.draw(st.integers(0, 3))):
        if not pieces:
            break
        n = data.draw(st.integers(0, len(pieces) - 1))
        if n and data.draw(st.booleans()):
            pieces[n - 1 : n + 1] = [join(pieces[n - 1], pieces[n])]
        else:
            at = data.draw(st.none() | st.integers(pieces[n].start, pieces[n].end))
            pieces[n : n + 1] = split(text, pieces[n], QUESTIONS, at=at)
    chosen = [Piece(one.start, one.end, one.question, one.kind, data.draw(st.booleans())) for one in pieces]
    result = take(text, chosen, QUESTIONS)

    moved = [one for one in chosen if not one.leave]
    assert len(result.spans) == len(moved)
    assert all(a <= one.start < one.end <= b for (a, b), one in zip(result.spans, moved, strict=True))
    edges = [0, *(edge for span in result.spans for edge in span), len(text)]
    assert edges == sorted(edges)
    left = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert without_blanks(left) == without_blanks(result.rest)
    assert clean_text(result.rest) == result.rest
    if len(moved) == len(chosen):
        assert result.rest == "" or not moved


@given(text=TEXTS, data=st.data())
def test_what_is_left_is_proposed_again_as_it_was(text, data):
    pieces = propose(text, QUESTIONS)
    chosen = [Piece(one.start, one.end, one.question, one.kind, data.draw(st.booleans())) for one in pieces]
    rest = take(text, chosen, QUESTIONS).rest
    assert proposed(rest) == told(text, [one for one in chosen if one.leave])


@given(old=TEXTS, new=TEXTS)
def test_carried_choices_cover_the_new_text_in_order(old, new):
    found = carried(propose(old, QUESTIONS), old, new, QUESTIONS)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(new[one.start : one.end].strip() for one in found)
    covered = without_blanks("".join(new[one.start : one.end] for one in found))
    wanted = without_blanks("".join(words for words, *_ in proposed(new)))
    assert len(covered) >= len(wanted)
