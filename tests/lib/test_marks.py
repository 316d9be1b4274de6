"""Signs in braces: facts that are put in, and what is to be checked."""

import pytest

from rnik.lib.marks import confirmed, facts_in, inserted, to_check
from rnik.lib.markup import Paragraph, Text, parse
from rnik.lib.pasted import tidy

VALUES = {"antall deltakere": "80", "tema": "*Alle* [med](https://x.no)", "ukjent": ""}


def test_a_fact_becomes_its_value_and_what_is_not_known_stands():
    assert inserted("{antall deltakere} kom, { antall deltakere }.", VALUES) == "80 kom, 80."
    assert (
        inserted("{ukjent} og {noe annet} og {kontroller: 80}", VALUES)
        == "{ukjent} og {noe annet} og {kontroller: 80}"
    )


def test_a_value_is_text_whatever_it_looks_like():
    shown = parse(inserted("Tema: {tema}", VALUES))
    assert shown == (Paragraph((Text("Tema: *Alle* [med](https://x.no)"),)),)


@pytest.mark.parametrize("text", ["{", "}", "{}", "{\n}", "a { b", "{" + "a" * 121 + "}"])
def test_other_braces_are_text(text):
    assert (facts_in(text), to_check(text), inserted(text, VALUES)) == ([], [], text)


def test_what_is_to_be_checked_is_no_fact_and_stays_when_it_is_confirmed():
    text = "I {kontroller: 2024} kom {antall deltakere} til {check:Oslo}."
    assert to_check(text) == ["2024", "Oslo"]
    assert facts_in(text) == ["antall deltakere"]
    assert confirmed(text) == "I 2024 kom {antall deltakere} til Oslo."


@pytest.mark.parametrize(
    ("pasted", "tidied"),
    [
        ("•\tEtt\n·  To\n\uf0b7 Tre", "- Ett\n- To\n- Tre"),
        ("o\tUnder\n–\tStrek", "- Under\n- Strek"),
        ("1)\tFørst\n2.\tSå", "1. Først\n2. Så"),
        ("o store verden – o ve", "o store verden – o ve"),
        ("sam\u00adarbeid\u200b og\u00a0så\tvidere   nå", "samarbeid og så videre nå"),
        ("- alt\n1. som\n## før", "- alt\n1. som\n## før"),
        ("§ 3 og 5 · 4", "§ 3 og 5 · 4"),
    ],
)
def test_what_came_along_with_a_pasted_text_is_tidied(pasted, tidied):
    assert tidy(pasted) == tidied
    assert tidy(tidied) == tidied
