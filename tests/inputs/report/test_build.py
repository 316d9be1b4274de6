"""From stored rows to the report's model: numbers, order, language, what the public may see, and what it costs."""

from datetime import time

import pytest

from conference.models import (
    ChapterText,
    Introducer,
    Ministry,
    ProgrammeItem,
    RespondentGroup,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)
from inputs.actions import dispositions, headings
from inputs.queries import Place
from inputs.report.build import NotFinished, build_report
from inputs.report.model import Figure, QuestionInputs, Slot
from tests.factories import HeadingFactory, QuestionFactory, SessionFactory, TableFactory, make_input

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(question):
    """Session 1 with one question; everything else is added by the test that needs it."""
    return question.session.conference


def outline(report):
    return [(chapter.number, chapter.title) for chapter in report.all_chapters()]


def text(conference, slot, words="Noen ord.", **values):
    return ChapterText.objects.create(conference=conference, slot=slot, text=words, **values)


def accepted(question, words, title, editor, **facts):
    heading = headings.make(question, title, by=editor, is_other=title == "Annet")
    [point] = dispositions.accept([make_input(question, words, **facts)], by=editor, place=lambda _entry: heading)
    return point


def inputs_of(report):
    [block] = [b for c in report.all_chapters() for b in c.blocks if isinstance(b, QuestionInputs)]
    return block


def test_the_chapters_stand_in_the_2024_order_with_computed_numbers(conference):
    for slot in ("structure", "evaluation", "video", "anchoring", "dialogue", "background", "purpose", "summary"):
        text(conference, slot)
    text(conference, "thanks", title="Takk fra ordføreren")
    ProgrammeItem.objects.create(conference=conference, starts_at=time(9), title="Åpning", text="Kjære alle.")
    QuestionFactory(session=SessionFactory(conference=conference, number=2, title="Jobb"))
    conference.sessions.update(topic="Om temaet.", introduction="Noen innledet.")
    session = conference.sessions.get(number=1).title
    assert outline(build_report(conference)) == [
        ("", "Sammendrag"), ("", "Takk fra ordføreren"), ("1", "Konferanseprogram"), ("2", "Tale"),
        ("2.1", "Åpning"), ("3", "Konferansen"), ("3.1", "Formål"), ("3.2", "Bakgrunn"), ("3.3", "Fokus på dialog"),
        ("3.4", "Forankring"), ("3.5", "Videoopptak"), ("3.6", "Evaluering"),
        ("4", "Faglige diskusjoner og innspill"), ("4.1", "Oppbygning"),
        ("4.2", session), ("4.2.1", "Tema"), ("4.2.2", "Innledere"), ("4.2.3", "Spørsmål"), ("4.2.4", "Innspill"),
        ("4.3", "Jobb"), ("4.3.1", "Tema"), ("4.3.2", "Innledere"), ("4.3.3", "Spørsmål"), ("4.3.4", "Innspill"),
    ]  # fmt: skip


def test_a_chapter_without_text_is_left_out_and_the_others_close_ranks(conference):
    text(conference, "background")
    found = outline(build_report(conference))
    assert [number for number, _title in found] == ["1", "1.1", "2", "2.1", "2.1.1", "2.1.2"]
    assert [title for _number, title in found[-2:]] == ["Spørsmål", "Innspill"]


def test_points_stand_under_their_headings_with_annet_last(conference, question, editor):
    accepted(question, "Først sagt", "Annet", editor)
    accepted(question, "Om kurs", "Kurs", editor)
    accepted(question, "Mer om kurs", "Kurs", editor)
    block = inputs_of(build_report(conference))
    assert block.label == f"Spørsmål 1: {question.text}"
    assert [(h.title, h.is_other, [p.text for p in h.points]) for h in block.headings] == [
        ("Kurs", False, ["Om kurs", "Mer om kurs"]),
        ("Annet", True, ["Først sagt"]),
    ]


def test_an_empty_heading_is_not_shown_and_an_empty_question_says_so(conference, question):
    HeadingFactory(question=question)
    block = inputs_of(build_report(conference))
    assert (block.headings, block.empty_note) == ((), "Ingen innspill.")


def test_an_unfinished_report_is_refused_and_says_what_is_left_and_where(conference, question, editor):
    make_input(question)
    make_input(session=question.session)
    dispositions.accept([make_input(question)], by=editor)
    with pytest.raises(NotFinished) as refusal:
        build_report(conference)
    assert [(left.code, left.count, left.places) for left in refusal.value.obstacles] == [
        ("unhandled", 1, (Place(1, 1),)),
        ("without_question", 1, (Place(1),)),
        ("without_heading", 1, (Place(1, 1),)),
    ]
    assert [str(place) for place in (Place(1, 1), Place(1))] == ["1.1", "1"]


def test_a_draft_shows_points_that_have_no_heading_yet(conference, question, editor):
    dispositions.accept([make_input(question, "Uten plass")], by=editor)
    report = build_report(conference, draft=True)
    [heading] = inputs_of(report).headings
    assert (report.draft, heading.title, heading.is_missing, [p.text for p in heading.points]) == (
        True, "Uten overskrift", True, ["Uten plass"],
    )  # fmt: skip


def test_a_pile_without_a_name_stands_in_the_way_and_a_draft_counts_them(conference, question, editor):
    first, second, _empty = (headings.make_pile(question, by=editor) for _pile in range(3))
    for pile in (second, first):
        dispositions.accept([make_input(question)], by=editor, place=lambda _entry, under=pile: under)
    with pytest.raises(NotFinished) as refusal:
        build_report(conference)
    assert [(left.code, left.count, left.places) for left in refusal.value.obstacles] == [
        ("unnamed", 2, (Place(1, 1),))
    ]
    shown = inputs_of(build_report(conference, draft=True)).headings
    assert [(one.title, one.is_missing) for one in shown] == [
        ("Bunke uten navn 1", True),
        ("Bunke uten navn 2", True),
    ]


def test_the_public_edition_knows_nothing_of_tables_and_the_internal_all(conference, question, editor):
    text(conference, "purpose")
    tables = [TableFactory(conference=conference, number=number) for number in (4, 9)]
    point = accepted(question, "Om kurs", "Kurs", editor, table=tables[0], external_id="n1")
    dispositions.attach(point, [make_input(question, table=tables[1], external_id="n2")], by=editor)
    dispositions.attach(point, [make_input(question, table=tables[1], external_id="n3")], by=editor)

    [public] = build_report(conference).points()
    assert (public.id, public.tables, public.sources, public.addressees) == (point.key.hex, None, (), ())
    report = build_report(conference, internal=True)
    [internal] = report.points()
    assert (internal.tables, [(s.input, s.table, s.kind) for s in internal.sources]) == (
        2, [("n1", 4, "kept"), ("n2", 9, "same"), ("n3", 9, "same")],
    )  # fmt: skip
    keys = {b.key for c in report.all_chapters() for b in c.blocks if hasattr(b, "key")}
    assert keys == {ChapterText.objects.get().key.hex}
    assert {b.key for c in build_report(conference).all_chapters() for b in c.blocks if hasattr(b, "key")} == {""}


def test_removed_points_are_gone(conference, question, editor):
    point = accepted(question, "Om kurs", "Kurs", editor)
    accepted(question, "Om mat", "Mat", editor)
    dispositions.remove_point(point, by=editor)
    assert [p.text for p in build_report(conference, draft=True).points()] == ["Om mat"]


def test_ministries_speak_the_reports_language(conference):
    ministry = Ministry.objects.create(
        conference=conference, code="AID", name="Eksempeldepartementet", name_nn="Dømedepartementet"
    )
    Introducer.objects.create(session=conference.sessions.get(), name="Ada", title="statsråd", ministry=ministry)
    conference.language = "nn"
    conference.save()
    report = build_report(conference)
    [introducers] = [c for c in report.all_chapters() if c.slot == Slot.INTRODUCERS]
    assert introducers.blocks[0].introducers[0].ministry_name == "Dømedepartementet"
    assert (introducers.title, report.language_tag) == ("Innleiarar", "nn-NO")


@pytest.fixture
def surveyed(conference):
    """The arithmetic of 2024 with invented words: 36 of 37 answered, and the shares add up to 101."""
    survey = Survey.objects.create(conference=conference, recipients=91)
    for position, (group, number) in enumerate([("organisation", 37), ("civil_service", 11)]):
        RespondentGroup.objects.create(survey=survey, group=group, respondents=number, position=position)
    question = SurveyQuestion.objects.create(survey=survey, base="organisation", text="Ble du hørt?")
    for position, count in enumerate([15, 14, 2, 4, 1]):
        SurveyAnswer.objects.create(question=question, position=position, label=f"Svar {position + 1}", count=count)
    return conference


def test_the_survey_is_computed_from_counts_and_keeps_its_base(surveyed):
    [figure] = [b for c in build_report(surveyed).all_chapters() for b in c.blocks if isinstance(b, Figure)]
    assert (figure.label, figure.title) == ("Figur 1.1.1", "Ble du hørt?")
    assert [(bar.count, bar.percent) for bar in figure.bars] == [(15, 42), (14, 39), (2, 6), (4, 11), (1, 3)]
    assert figure.notes == (
        "Grunnlag: organisasjoner og råd, n = 36.",
        "8 av 10 (29 av 36) svarte «Svar 1» eller «Svar 2».",
        "1 av 37 svarte ikke på dette spørsmålet.",
        "Prosentene summerer ikke til 100 på grunn av avrunding.",
        "48 av 91 svarte på undersøkelsen (53 %).",
    )
    assert figure.alt == (
        "Liggende søylediagram. Ble du hørt? Svar 1: 42 prosent; Svar 2: 39 prosent; Svar 3: 6 prosent; "
        "Svar 4: 11 prosent; Svar 5: 3 prosent."
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_report_costs_the_same_number_of_queries_whatever_its_size(
    number, conference, question, editor, django_assert_num_queries
):
    for n in range(number):
        session = SessionFactory(conference=conference, number=10 + n)
        one = QuestionFactory(session=session, number=1)
        accepted(one, f"Om kurs {n}", "Kurs", editor, table=TableFactory(conference=conference))
        ProgrammeItem.objects.create(conference=conference, starts_at=time(9), title="Tale", text="Kjære alle.")
    conference.refresh_from_db()
    with django_assert_num_queries(20):
        build_report(conference, internal=True)
