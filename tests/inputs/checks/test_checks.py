"""Each check on the smallest edition that has it, and on one that has not."""

from datetime import date

import pytest
from django.utils.translation import override

from inputs import checks
from inputs.checks.finding import NEEDS_SECOND, TO_BE_ACCEPTED, TO_BE_MENDED, Code, Kind
from inputs.checks.numerals import place_of, value_of
from tests.inputs.checks.editions import (
    asked,
    came,
    chapter,
    codes,
    edition,
    heading,
    item,
    marked,
    person,
    prose,
    question,
    said,
    session,
    survey,
)

KARI, OLA = ("Kari Nordmann", "statssekretær"), ("Ola Dunk", "avdelingsdirektør")
ONE = "en representant fra politisk ledelse"
HALF = asked(16, 20)  # of 36


def evaluation(text, **more):
    return prose(text, "evaluation", survey=survey(80, HALF, **more))


def in_session(**facts):
    return edition(sessions=(session(**facts),))


def under(*headings):
    return edition(sessions=(session(question(*headings)),))


def planned(*items):
    return edition(programme=items)


#: Code -> an edition that has it, and the nearest one that has not.
CASES = {
    # personal
    "national_id": (said("Hun har 01019010046."), said("Saken har 01019010047.")),
    "phone": (said("Ring 412 34 567."), said("Det bor 412 personer der.")),
    "email": (prose("Skriv til post@example.org."), prose("Skriv til oss.")),
    "named": (
        edition(sessions=(session(question(heading("Kurs", "Vi sa det til Kari Nordmann.")), introducers=[KARI]),)),
        edition(sessions=(session(question(heading("Kurs", "Vi sa det til Kari.")), introducers=[KARI]),)),
    ),
    "maybe_named": (said("Dette fortalte Per Hansen ved bordet."), said("Per sa det. Hansen også.")),
    "small_group": (said("Vi snakket med en somalisk kvinneforening."), said("Vi snakket med en forening.")),
    # numbers
    "participants": (edition(participants=(came(70, limit=60),)), edition(participants=(came(60, limit=60),))),
    "participants_said": (
        prose("Det kom 90 deltakere.", participants=(came(80),)),
        prose("Det kom 80 deltakere.", participants=(came(60), came(20, "embetsverk"))),
    ),
    "limit_said": (
        prose("En øvre grense på 70 deltakere.", capacity=80, participants=(came(70),)),
        prose("En øvre grense på 80.", capacity=80, participants=(came(70),)),
    ),
    "sessions_said": (
        prose("Dagen hadde tre faglige deler.", sessions=(session(),)),
        prose("Dagen hadde 1 faglige deler.", sessions=(session(),)),
    ),
    "recipients": (
        edition(participants=(came(80),), survey=survey(91)),
        edition(participants=(came(80),), survey=survey(91, explanation="Arrangørene fikk den også.")),
    ),
    "recipients_by_group": (
        edition(survey=survey(60, groups=(("organisation", 36, None),))),
        edition(survey=survey(60)),
    ),
    "respondents": (edition(survey=survey(30)), edition(survey=survey(60))),
    "answers": (edition(survey=survey(60, asked(20, 17))), edition(survey=survey(60, asked(20, 16)))),
    "small_cell": (edition(survey=survey(60, asked(20, 2))), edition(survey=survey(60, asked(20, 3, 0)))),
    "scale_ends": (
        edition(survey=survey(60, asked(9, 9, is_scale=True, labels=["1", "10"]))),
        edition(survey=survey(60, asked(9, 9, is_scale=True, labels=["1 svært misfornøyd", "10 svært fornøyd"]))),
    ),
    "share_said": (evaluation("Svarprosenten var 54 prosent."), evaluation("Svarprosenten var 45 prosent.")),
    "base_missing": (evaluation("4 av 10 svarte nei."), evaluation("4 av 10 organisasjoner svarte nei.")),
    "vague": (evaluation("Enkelte var misfornøyde."), evaluation("16 var misfornøyde.")),
    "scale_without_counts": (
        evaluation("De var fornøyde på en skala fra 1 til 10."),
        evaluation("De var fornøyde."),
    ),
    # people
    "introducers_said": (
        prose("Arbeid ble innledet av Nordmann.", "summary", sessions=(session(introducers=[KARI, OLA]),)),
        prose("Arbeid ble innledet av Nordmann og Dunk.", "summary", sessions=(session(introducers=[KARI, OLA]),)),
    ),
    "no_introducer": (
        edition(sessions=(session(introducers=[KARI]), session(number=2))),
        edition(sessions=(session(introducers=[KARI]), session(number=2, introducers=[OLA]))),
    ),
    "speaker": (
        edition(
            sessions=(session(introducers=[KARI]),),
            programme=(item("09:00", session=1, speaker=person("Ola Dunk")),),
        ),
        edition(
            sessions=(session(introducers=[KARI]),),
            programme=(item("09:00", session=1, speaker=person("Kari Nordmann")),),
        ),
    ),
    "one_representative": (
        prose(f"Alle ble innledet av {ONE}.", sessions=(session(introducers=[KARI, OLA]),)),
        prose(f"Alle ble innledet av {ONE}.", sessions=(session(introducers=[KARI]),)),
    ),
    "titles": (
        edition(sessions=(session(introducers=[KARI]),), signer=person("Kari Nordmann", "minister")),
        edition(sessions=(session(introducers=[KARI]),), signer=person("Kari Nordmann", "Statssekretær")),
    ),
    "title_said": (
        prose("Møtet ble åpnet av minister Kari Nordmann.", sessions=(session(introducers=[KARI]),)),
        prose("Statssekretær Nordmann åpnet møtet.", sessions=(session(introducers=[KARI]),)),
    ),
    "session_title": (in_session(programme_title="Om arbeid"), in_session(programme_title="Arbeid")),
    "ministry_said": (
        prose("Arbeids og velferdsdepartementet svarte.", ministries=("Arbeids- og velferdsdepartementet",)),
        prose("Arbeids- og velferdsministeren svarte.", ministries=("Arbeids- og velferdsdepartementet",)),
    ),
    # day
    "weekday": (prose("Møtet var onsdag 12. mars."), prose("Møtet var torsdag 12. mars 2026.")),
    "no_such_day": (prose("Fristen er 31. juni."), prose("Fristen er 30. juni.")),
    "year": (edition(title="Dialogmøtet 2025"), edition(title="Dialogmøtet 2026")),
    "ordinal": (
        prose("Konferansen ble holdt for tiende gang.", number=11),
        prose("Konferansen ble holdt for ellevte gang. For første gang fikk vi sol.", number=11),
    ),
    "same_time": (planned(item("09:00"), item("09:00", "Kaffe")), planned(item("09:00"), item("09:15", "Kaffe"))),
    "time_order": (planned(item("10:00"), item("09:00", "Kaffe")), planned(item("09:00"), item("10:00", "Kaffe"))),
    "closing": (
        planned(item("16:00", "Avslutning", "closing"), item("16:30", "Lunsj", "meal")),
        planned(item("16:00", "Avslutning", "closing"), item("16:30", "Middag", "social")),
    ),
    # outline
    "without_heading": (
        edition(sessions=(session(question(bare=("Et punkt.",))),)),
        said("Et punkt."),
    ),
    "unnamed": (under(heading("", "Et punkt.")), said("Et punkt.")),
    "without_points": (edition(sessions=(session(question()),)), said("Et punkt.")),
    "silent_tables": (
        edition(sessions=(session(question(heading("Kurs", "Et punkt."), silent=(4,))),)),
        said("Et punkt."),
    ),
    "one_point": (
        under(heading("Kurs", "En.", "To."), heading("Skole", "Tre.")),
        under(heading("Kurs", "En.")),
    ),
    "empty_heading": (under(heading("Kurs")), said("Et punkt.")),
    "large_other": (
        under(heading("Kurs", "1.", "2.", "3."), heading("Annet", "4.", "5.", is_other=True)),
        under(heading("Kurs", "1.", "2.", "3.", "4."), heading("Annet", "5.", is_other=True)),
    ),
    "same_heading": (
        under(heading("Kurs", "1.", "2."), heading("kurs:", "3.", "4.")),
        under(heading("Kurs", "1.", "2."), heading("Skole", "3.", "4.")),
    ),
    "same_point": (said("Mer kurs.", "mer kurs"), said("Mer kurs.", "Mer skole.")),
    # chapters
    "empty_chapter": (edition(chapters=(chapter(""),)), prose("Skrevet.")),
    "draft_chapter": (edition(chapters=(chapter("Skrevet.", is_ready=False),)), prose("Skrevet.")),
    "session_part": (in_session(), in_session(introduction="Det ble sagt mye.")),
    "placeholder": (prose("Møtet var i [kontroller: sted]."), prose("Møtet var i [Oslo](https://example.org).")),
    "bad_link": (prose("Se [siden](ftp://example.org)."), prose("Se [siden](https://example.org).")),
    "bare_link": (prose("Se www.example.org."), prose("Se [www.example.org](https://www.example.org).")),
    # the rest
    "abbreviation": (said("Spør BUA."), said("Spør barn og unges arena (BUA). BUA svarer.")),
    "double_space": (prose("To  ord."), prose("To ord.")),
    "full_stop": (said("En.", "To.", "Tre"), said("En", "To", "Tre")),
    "deltager": (prose("Hver deltager svarte."), prose("Hver deltaker svarte.")),
    "slip": (said("Vi må ha tillitt."), said("Vi må ha tillit.")),
    "twice": (prose("Vi vil vil ha det."), prose("Vi vil ha det det er verdt.")),
    "space_before": (prose("Vi vil , og kan."), prose("Vi vil, og kan.")),
    "long_point": (said("ord " * 81), said("ord " * 80)),
    "heading_stop": (under(heading("Kurs:", "En.")), said("En.")),
}


@pytest.mark.parametrize("code", CASES)
def test_a_check_finds_what_it_is_for_and_no_more(code):
    has, has_not = CASES[code]
    assert codes(has).count(code) == 1
    assert code not in codes(has_not)


def test_every_code_has_its_two_editions():
    assert set(CASES) == {code.value for code in Code}


def test_every_kind_has_codes_and_what_stands_in_the_way_is_personal_or_must_be_mended():
    assert {code.kind for code in Code} == set(Kind)
    assert {code.kind for code in TO_BE_ACCEPTED} == {Kind.PERSONAL, Kind.SMALL_GROUP}
    assert NEEDS_SECOND <= TO_BE_ACCEPTED
    assert not TO_BE_ACCEPTED & TO_BE_MENDED


@pytest.mark.parametrize("code", CASES)
def test_a_finding_is_named_once_without_words_and_bound_to_what_was_read(code):
    has, _has_not = CASES[code]
    found = checks.run(has)
    keys = [finding.key for finding in found]
    assert len(keys) == len(set(keys))
    [finding] = [one for one in found if one.code == code]
    assert (len(finding.reading), finding.says != "") == (64, True)
    assert finding.read
    assert [finding.text[start:end] for start, end in finding.marks if start > end or end > len(finding.text)] == []


def test_what_is_found_in_a_text_is_marked_in_it():
    assert marked(said("Ring 412 34 567 eller 917 65 432."), "phone") == ["412 34 567", "917 65 432"]
    assert marked(said("Hør med en liten ukrainsk forening."), "small_group") == ["en liten ukrainsk forening"]
    told = evaluation("54 prosent svarte, og 9 av 10 organisasjoner.")
    assert marked(told, "share_said") == ["54 prosent", "9 av 10"]
    assert marked(prose("Møtet var onsdag 12. mars."), "weekday") == ["onsdag 12. mars"]


@pytest.mark.parametrize(
    "text",
    [
        "en norsk organisasjon",
        "den muslimske befolkningen",
        "mange somaliske familier",
        "en politisk gruppe",
        "tre kurdiske retter",
    ],
)
def test_many_and_all_are_no_small_group(text):
    assert "small_group" not in codes(said(text))


@pytest.mark.parametrize(
    "text", ["to eritreiske mødre", "den eneste afghanske familien", "ein kurdisk foreining", "one Syrian family"]
)
def test_few_are(text):
    assert "small_group" in codes(said(text))


def test_an_abbreviation_is_told_of_once_in_the_whole_report():
    both = edition(
        chapters=(chapter("NAV var med."),),
        sessions=(session(question(heading("Kurs", "NAV igjen.", "Spør BUA."))),),
    )
    assert marked(both, "abbreviation") == ["NAV", "BUA"]


def test_an_english_report_is_not_read_for_norwegian_slips():
    text = "Books, pens etc."
    assert ("slip" in codes(prose(text)), "slip" in codes(prose(text, is_norwegian=False))) == (True, False)


def test_the_same_count_as_limit_and_as_came_is_said():
    one = prose("En øvre grense på 80 deltakere.", capacity=80, participants=(came(80),))
    with override("en"):
        [found] = [finding for finding in checks.run(one) if finding.code == Code.LIMIT_SAID]
    assert found.says == "As many came as the upper limit is. Say which of the two is meant, everywhere."


def test_a_post_is_the_same_in_whatever_preposition():
    leader = item("09:00", "Tale", speaker=person("Liv Lie", "leder av Fjord innvandrerråd"))
    one = edition(programme=(leader,), chapters=(chapter("Så talte leder i Fjord Innvandrerråd."),))
    assert marked(one, "title_said") == ["leder i Fjord Innvandrerråd"]


def test_more_came_in_all_than_the_upper_limit():
    over = edition(capacity=80, participants=(came(60), came(30, "embetsverk")))
    [found] = [finding for finding in checks.run(over) if finding.code == Code.PARTICIPANTS]
    assert found.place.thing == "facts"


def test_an_edition_with_nothing_in_it_is_checked_too():
    assert codes(edition()) == []
    assert date(2026, 3, 12).weekday() == 3  # a Thursday, as the tests above suppose


@pytest.mark.parametrize(("word", "value"), [("tre", 3), ("12", 12), ("Elleve", 11), ("flere", None)])
def test_a_number_is_read_in_words_and_figures(word, value):
    assert value_of(word) == value


@pytest.mark.parametrize(("word", "place"), [("ellevte", 11), ("11.", 11), ("sjuande", 7), ("siste", None)])
def test_so_is_a_place_in_a_row(word, place):
    assert place_of(word) == place
