import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inputs.similarity import Candidate, Index, Label, Note, rank, shared

PARK = Note("park", "Kommunen bør rydde snø fra gangveien ved parken om vinteren")
SNOW = Note("snow", "Rydd snøen på gangveiene om vinteren, særlig ved parken")
CHOIR = Note("choir", "Koret trenger et øvingslokale på torsdager")
LIBRARY = Note("library", "Biblioteket kunne holdt åpent på lørdager")
NYNORSK = Note("nynorsk", "Elevane ved skulen ynskjer seg symjing")
BOKMAAL = Note("bokmaal", "Elevene ved skolen ønsker seg svømming")

calmly = settings(deadline=None)  # how long an example takes is the machine's affair

# Words that meet in several notes, and any other characters.
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(["snø", "Snøen", "gangvei", "gangveiene", "og", "ikkje", "kor", "7", "æøå"])).map(
        " ".join
    ),
)
NOTES = st.lists(TEXTS, max_size=12).map(lambda texts: [Note(f"n{n:02}", text) for n, text in enumerate(texts)])


def test_the_note_with_the_same_point_comes_first() -> None:
    assert rank([PARK, CHOIR, SNOW, LIBRARY])["park"][0].id == "snow"


def test_a_candidate_tells_how_alike_in_words_and_why() -> None:
    first, *others = rank([PARK, CHOIR, SNOW, LIBRARY])["park"]
    assert (first.label, first.shared) == (
        Label.STRONG,
        ("rydde", "snø", "gangveien", "parken", "vinteren", "rydd", "snøen", "gangveiene"),
    )
    assert [(other.label, other.shared) for other in others] == [(Label.WEAK, ()), (Label.WEAK, ())]


def test_the_same_text_is_as_alike_as_can_be() -> None:
    twins = [Note("a", CHOIR.text), Note("b", CHOIR.text.upper()), LIBRARY]
    words = ("koret", "øvingslokale", "torsdager")
    assert rank(twins)["a"][0] == Candidate("b", 1.0, Label.STRONG, words)


def test_the_score_is_the_cosine_of_letter_groups_weighed_by_how_often_and_how_rare() -> None:
    twice, rare = 1 + math.log(2), 1 + math.log(3 / 2)
    scores = rank([Note("a", "abc"), Note("b", "abc abc xyz")])
    # Both notes hold the six groups of « abc »; one of them twice, and six groups of « xyz » besides.
    assert scores["a"][0].score == round(twice / math.hypot(twice, rare), 6)


def test_letter_groups_are_of_three_to_five_letters_and_know_where_a_word_begins() -> None:
    rare = 1 + math.log(3 / 2)
    scores = rank([Note("a", "abcd"), Note("b", "xabcd")])
    # Shared: abc bcd «cd » abcd «bcd » «abcd »; three groups only in « abcd », six only in « xabcd ».
    assert scores["a"][0].score == round(6 / math.sqrt((6 + 3 * rare**2) * (6 + 6 * rare**2)), 6)


def test_a_slip_of_the_pen_and_a_split_compound_are_still_found() -> None:
    slip = Note("slip", "Koret trengr et øvings lokale på torsdagr")
    assert rank([CHOIR, LIBRARY, PARK, slip])["choir"][0].id == "slip"


def test_nynorsk_and_bokmaal_meet() -> None:
    best = rank([NYNORSK, PARK, LIBRARY, BOKMAAL])["nynorsk"][0]
    assert (best.id, best.label) == ("bokmaal", Label.STRONG)
    assert best.shared == ("elevane", "skulen", "elevene", "skolen")


def test_notes_of_different_questions_are_never_compared() -> None:
    elsewhere = Note("elsewhere", PARK.text, group="2.1")
    assert rank([PARK, elsewhere]) == {"park": [], "elsewhere": []}


def test_the_weights_come_from_the_question_s_own_notes() -> None:
    ten = [Note(f"x{n}", "torsdager og lørdager", group="2.1") for n in range(10)]
    alone, among_others = rank([PARK, SNOW]), rank([PARK, SNOW, *ten])
    assert among_others["park"] == alone["park"]


def test_at_most_five_are_suggested_and_equals_come_in_the_order_of_their_ids() -> None:
    notes = [Note(id_, "Bussen går for sjelden") for id_ in "gfedcba"]
    assert [candidate.id for candidate in rank(notes)["c"]] == ["a", "b", "d", "e", "f"]


def test_five_are_named_even_when_nothing_is_alike() -> None:
    notes = [PARK, *(Note(f"x{n}", "qwz") for n in range(6))]
    assert [(c.id, c.score, c.label) for c in rank(notes)["park"]] == [(f"x{n}", 0.0, Label.WEAK) for n in range(5)]


def test_a_question_with_one_note_or_none_has_no_suggestions() -> None:
    assert rank([PARK]) == {"park": []}
    assert rank([]) == {}
    assert Index([]).nearest(PARK) == []


def test_an_empty_note_is_like_nothing_not_even_another_empty_one() -> None:
    notes = [Note("empty", ""), Note("blank", " \n\u00a0"), PARK]
    assert rank(notes)["empty"] == [
        Candidate("blank", 0.0, Label.WEAK, ()),
        Candidate("park", 0.0, Label.WEAK, ()),
    ]


def test_notes_of_nothing_but_small_words_can_be_equal_without_sharing_a_word_worth_showing() -> None:
    notes = [Note("a", "det er ikke det"), Note("b", "Det er ikke det")]
    assert rank(notes)["a"] == [Candidate("b", 1.0, Label.STRONG, ())]


def test_two_notes_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two notes have the id 'park'"):
        rank([PARK, Note("park", "noe annet", group="2.1")])


def test_a_new_note_is_ranked_against_a_pool_it_is_not_in() -> None:
    best = Index([PARK, CHOIR, LIBRARY]).nearest(Note("new", "snørydding på gangveien ved parken"))[0]
    assert (best.id, best.label) == ("park", Label.STRONG)


def test_order_of_the_notes_changes_nothing() -> None:
    notes = [PARK, CHOIR, SNOW, LIBRARY, NYNORSK, BOKMAAL]
    assert rank(notes) == rank(notes[::-1])


@calmly
@given(NOTES)
def test_ranking_is_defined_for_any_text_and_the_same_from_both_sides(notes: list[Note]) -> None:
    ranked = rank(notes)
    scores = {(id_, candidate.id): candidate.score for id_, candidates in ranked.items() for candidate in candidates}
    assert list(ranked) == [note.id for note in notes]
    assert {len(candidates) for candidates in ranked.values()} <= {min(5, len(notes) - 1)}
    assert all(a != b and 0 <= score <= 1 for (a, b), score in scores.items())
    assert all(scores.get((b, a), score) == score for (a, b), score in scores.items())
    assert all(
        [candidate.score for candidate in candidates] == sorted((c.score for c in candidates), reverse=True)
        for candidates in ranked.values()
    )


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("Lys i løypa", "mer LYS ved stien", ("lys",)),
        ("svømmehall", "svømmehallen", ("svømmehall", "svømmehallen")),
        ("turlag", "turlaget", ("turlag", "turlaget")),
        ("bok", "boka", ("bok", "boka")),
        ("sykkelsti", "sykkelparkering", ("sykkelsti", "sykkelparkering")),
        ("skøyter", "skøyte", ("skøyter", "skøyte")),
        ("stier", "sykkelstien", ()),
        ("løype", "lysløypa", ("løype", "lysløypa")),
        ("læreplass", "lærlingplass", ("læreplass", "lærlingplass")),
        ("skulen", "skole", ("skulen", "skole")),
        ("bhg", "barnehagen", ("bhg", "barnehagen")),
        ("EU", "eu", ("eu",)),
        ("2024", "2024", ("2024",)),
        ("2024", "20240", ()),
        ("jobb", "jobbsøking", ("jobb", "jobbsøking")),
        ("snekker", "snekre", ("snekker", "snekre")),
        ("jobbsøking", "jobblyst", ()),
        ("stille", "bestille", ()),
        ("badeplass", "møteplass", ()),
        ("turkart", "turkort", ()),
        ("bygd", "bygg", ()),
        ("elever", "lever", ()),
        ("oppgave", "oppleve", ()),
        ("forening", "forventning", ()),
        ("lettare", "lettare", ()),
        ("etter det som er viktig", "viktig etter det", ()),
        ("we should have more of this", "they should have this", ()),
        ("", "løype", ()),
    ],
)
def test_shared_words(a: str, b: str, words: tuple[str, ...]) -> None:
    assert shared(a, b) == words


def test_shared_words_are_named_once_first_those_of_the_one_then_those_of_the_other() -> None:
    assert shared("Dans og korps, dans!", "korpset og dansen") == ("dans", "korps", "korpset", "dansen")


@calmly
@given(TEXTS, TEXTS)
def test_words_shared_one_way_are_shared_the_other_way(a: str, b: str) -> None:
    assert set(shared(a, b)) == set(shared(b, a))
