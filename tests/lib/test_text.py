import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnik.lib.text import clean_line, clean_text, fold, sort_key

calmly = settings(deadline=None)  # how long an example takes is the machine's affair

# Any characters, lone surrogates and NUL among them, and often those that cleaning is about.
TEXTS = st.one_of(
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=40),
    st.text("ab \n\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=30),
    st.text("a\u0301\u030aåÅe \t\n\r\u00a0\u2003\u2028\u2029\x85\x00\x0b\x0c\x1f\ufeff\ud800\ue000", max_size=30),
)


def test_text_is_stored_in_composed_form() -> None:
    assert clean_text("A\u030asa spiste cafe\u0301") == "\u00c5sa spiste caf\u00e9"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_every_line_end_becomes_the_same_one(end: str) -> None:
    assert clean_text(f"først{end}{end}så") == "først\n\nså"


@pytest.mark.parametrize(
    "unwanted",
    [
        "\u202d",
        "\u202e",
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x9f",
        "\ud83d",
        "\ufdd0",
        "\uffff",
        "\ue000",
        "\U000f0000",
    ],
)
def test_what_cannot_be_stored_everywhere_is_left_out(unwanted: str) -> None:
    assert clean_text(f"ly{unwanted}s") == "lys"


def test_emoji_tabs_and_other_scripts_are_kept() -> None:
    text = "Bra 👩‍👧!\tمرحبا ሰላም ŋ"
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("\u2067اسم", "\u2067اسم\u2069"),  # what is opened is closed
        ("\u202bاسم\u202c og", "\u202bاسم\u202c og"),
        ("\u2067\u202aa\u2069b", "\u2067\u202aa\u202c\u2069b"),  # inner ones first
        ("a\u2069b\u202c", "ab"),  # an end of nothing
        ("\u2066a\nb\u2069", "\u2066a\u2069\nb"),  # line by line
        ("مرحبا\u200f!", "مرحبا\u200f!"),  # marks turn nothing
        ("\u202egnp.exe\u202c", "gnp.exe"),
    ],
)
def test_a_text_turns_the_direction_of_nothing_beside_it(written: str, stored: str) -> None:
    assert clean_text(written) == stored


@pytest.mark.parametrize("unseen", ["\u200b", "\u2067\u2069", " \u200d\ufe0f \n", "\ufeff", "\u3164", "\U000e0020"])
def test_a_text_of_which_nothing_is_seen_is_empty(unseen: str) -> None:
    assert clean_text(unseen) == ""
    assert clean_text(f"{unseen}a") == clean_text(f"{unseen}a".strip())


def test_blanks_go_at_the_ends_of_lines_and_of_the_text_and_stay_within() -> None:
    assert clean_text("\n\n  a  b \u00a0\t\n  c \n\n") == "a  b\n  c"


def test_a_line_is_cleaned_and_put_on_one_line() -> None:
    assert clean_line("  Et\u2028navn\u00a0 med\r\n linje\x00skift ") == "Et navn med linjeskift"


@calmly
@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@calmly
@given(TEXTS)
def test_clean_text_is_composed_and_can_be_written_anywhere(text: str) -> None:
    clean = clean_text(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert {c for c in clean if unicodedata.category(c) in {"Cc", "Cs", "Co"}} <= {"\n", "\t"}


@calmly
@given(st.text("abcæøåéčŋđ ABCÆØÅÉČŊĐ-", max_size=20))
def test_upper_and_lower_case_are_found_by_each_other(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


def test_folding_does_not_mind_how_letters_were_put_together() -> None:
    assert fold("\u00d8STBY") == fold("østby") == "østby"
    assert fold("A\u030aS") == fold("ås") == "ås"
    assert fold("CAFE\u0301") == "café"
    assert fold("Weißstraße") == fold("WEISSSTRASSE")


def test_accents_count_in_a_search() -> None:
    assert fold("kor") != fold("kór")
    assert fold("bok") != fold("bøk")


@calmly
@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_ae_oe_and_aa_come_last_in_that_order() -> None:
    names = ["Ås", "Østby", "Ærfugl", "Zoo", "Aas", "Berg", "åre", "ærlig", "øre"]
    assert sorted(names, key=sort_key) == ["Aas", "Berg", "Zoo", "Ærfugl", "ærlig", "øre", "Østby", "åre", "Ås"]


def test_the_norwegian_letters_come_last_within_a_word_too() -> None:
    assert sorted(["båt", "bær", "bøk", "bzz", "ba"], key=sort_key) == ["ba", "bzz", "bær", "bøk", "båt"]


def test_swedish_letters_stand_with_their_norwegian_sisters() -> None:
    assert (sort_key("Ängel"), sort_key("Ömer")) == (sort_key("Ængel"), sort_key("Ømer"))


def test_accents_and_case_are_set_aside_and_sami_letters_sort_by_their_base() -> None:
    assert sort_key("É-ČŠŽÁĐŊŦ") == "e-cszadnt"


def test_letters_put_together_sort_as_one() -> None:
    assert sort_key("A\u030as") == sort_key("Ås")


def test_a_sort_key_has_at_most_two_hundred_characters() -> None:
    assert sort_key("å" * 300) == "{3" * 100
