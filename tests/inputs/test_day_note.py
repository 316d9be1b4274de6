"""«Dagsnotatet»: what it holds, what it never repeats, and that it has room on its two pages."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openxml_audit import OpenXmlValidator

from conference.actions.rehearsal import make_rehearsal
from conference.models import Ministry, ParticipantCount, SessionMinistry
from conference.phases import Phase
from inputs.actions import clarifications, clearance, dispositions, headings, heard
from inputs.actions.demo import seed_demo
from inputs.actions.reasons import reason_for
from inputs.models import Input, InputSource, Point
from inputs.report.day_note.fitting import _TWO_PAGES, fitted, height, shortened
from inputs.report.day_note.model import DayNote, Grid, Line, Part, Section
from inputs.report.day_note.reading import read_day_note
from inputs.report.docx.day_note import render_day_note
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.office import HAS_OFFICE, pages_of

pytestmark = pytest.mark.django_db

MAIN, UNCLEAR, PROMISES, CARE = range(4)
A_MOBILE = "Ring meg på 912 34 567 om dette."


@pytest.fixture
def conference(question):
    conference = question.session.conference
    conference.language = "en"  # so that tests can read what it says
    conference.save()
    return conference


def lines(section: Section) -> list[tuple[str, str]]:
    return [(line.text, line.aside) for part in section.parts for line in part.lines]


def said_at(question, text, tables, by, heading=None):
    """A point that rests on inputs of so many tables."""
    conference = question.session.conference
    places = [
        conference.tables.filter(number=n).first() or TableFactory(conference=conference, number=n)
        for n in range(1, tables + 1)
    ]
    first, *more = [make_input(question, f"{text} {place.number}", table=place) for place in places]
    [point] = dispositions.accept([first], by=by, place=lambda _entry: heading)
    if more:
        dispositions.attach(point, more, by=by)
    Point.objects.filter(pk=point.pk).update(text=text)
    return point


def test_what_the_editors_chose_goes_before_what_most_tables_said(conference, question, editor):
    point = said_at(question, "Sagt av tre", 3, editor)
    said_at(question, "Sagt av en", 1, editor)
    [part] = read_day_note(conference).sections[MAIN].parts
    assert (part.title, part.aside) == (f"1.1 {question.text}", "said at most tables")
    assert part.lines == (Line("Sagt av tre", "3 tables"), Line("Sagt av en", "1 table"))
    heard.choose(question, point, text="Slik sa redaktøren det", by=editor)
    [part] = read_day_note(conference).sections[MAIN].parts
    assert (part.lines, part.aside) == ((Line("Slik sa redaktøren det"),), "chosen by the editors")


def test_a_line_whose_ground_is_gone_is_not_heard(conference, question, editor):
    entry = make_input(question, "Et innspill")
    heard.choose(question, entry, text="Dette hører vi", by=editor)
    dispositions.set_aside([entry], reason=reason_for(conference, "unclear"), by=editor)
    [part] = read_day_note(conference).sections[MAIN].parts
    assert (part.lines, part.aside) == ((), "nothing was written")


def test_where_no_point_was_said_at_several_tables_one_comes_from_each_heading(conference, question, editor):
    first, second = (headings.make(question, title, by=editor) for title in ("Arbeid", "Skole"))
    for text, heading in (("A1", first), ("A2", first), ("S1", second)):
        said_at(question, text, 1, editor, heading)
    [part] = read_day_note(conference).sections[MAIN].parts
    assert ([line.text for line in part.lines], part.aside) == (["A1", "S1", "A2"], "one from each heading")


def test_a_question_that_nobody_has_edited_says_how_much_waits(conference, question):
    make_input(question)
    [part] = read_day_note(conference).sections[MAIN].parts
    assert (part.lines, part.aside) == ((), "1 input waits")


def test_the_numbers_add_up_also_for_what_was_filed_elsewhere_or_nowhere(conference, question, editor):
    ParticipantCount.objects.create(conference=conference, category="organisation", attended=60)
    ParticipantCount.objects.create(conference=conference, category="civil_service", attended=20, position=1)
    other = QuestionFactory(session=SessionFactory(conference=conference, number=2, title="To"))
    table = TableFactory(conference=conference, number=1)
    used, aside, _left, moved = (make_input(question, f"Innspill {n}", table=table) for n in range(4))
    make_input(None, "Uplassert", session=other.session)
    Input.objects.filter(pk=moved.pk).update(filed_under=other)
    dispositions.accept([used], by=editor)
    dispositions.set_aside([aside], reason=reason_for(conference, "unclear"), by=editor)
    numbers = read_day_note(conference).numbers
    assert numbers.rows == (
        (f"1. {question.session.title}", "1", "3", "1"),
        ("2. To", "0", "2", "0"),
        ("In all", "1", "5", "1"),
    )
    assert numbers.lead == (
        "80 participants (organisations and councils 60, the civil service 20) · 5 inputs · 1 used · "
        "1 set aside with a reason · 3 not sorted yet"
    )


def test_what_is_unclear_says_why_and_where_until_it_is_decided(conference, question, editor):
    point = said_at(question, "Kurs på kveldstid", 1, editor)
    clarifications.ask(point, why="To bord mener det motsatte.", alternative="", by=editor)
    note = read_day_note(conference)
    assert lines(note.sections[UNCLEAR]) == [("To bord mener det motsatte: «Kurs på kveldstid»", "1.1")]
    assert ("Clear up 1 point", "The editorial meeting", "to be decided") in note.steps.rows


def test_promises_from_the_stage_stand_until_somebody_sets_them_aside(conference, question, editor):
    promise = make_input(question, "Dette tar jeg med meg.", source=InputSource.REPLY)
    make_input(None, "Svar til alle.", session=question.session, source=InputSource.REPLY)
    assert lines(read_day_note(conference).sections[PROMISES]) == [
        ("Dette tar jeg med meg.", "1.1"),
        ("Svar til alle.", "Session 1"),
    ]
    dispositions.set_aside([promise], reason=reason_for(conference, "off_topic"), by=editor)
    assert lines(read_day_note(conference).sections[PROMISES]) == [("Svar til alle.", "Session 1")]


def test_personal_data_are_counted_and_never_repeated_wherever_they_stand(conference, question, editor):
    point = said_at(question, "Uskyldig", 2, editor)
    private = said_at(question, A_MOBILE, 1, editor)
    Input.objects.filter(uses__point=private).update(text=A_MOBILE)
    make_input(None, A_MOBILE, session=question.session, source=InputSource.REPLY)
    clarifications.ask(point, why="Uklart", alternative=A_MOBILE, by=editor)
    heard.choose(question, private, text=A_MOBILE, by=editor)
    aside = make_input(question, "Hets")
    dispositions.set_aside([aside], reason=reason_for(conference, "hateful"), by=editor)
    note = read_day_note(conference)
    assert lines(note.sections[CARE]) == [
        ("2 inputs may hold personal data", "1, 1.1"),
        ("1 point may hold personal data, and is not repeated here", "1.1"),
        ("1 input set aside", "Hateful or discriminating"),
    ]
    kept = "Not repeated here: it may hold personal data."
    assert [lines(note.sections[n])[0][0] for n in (UNCLEAR, PROMISES)] == [kept, kept]
    assert "912 34" not in repr(note)
    assert "Hets" not in repr(note)


def test_the_next_steps_have_the_dates_that_are_known(conference, question, editor):
    conference.tidying_deadline = datetime(2099, 3, 13, 11, 0, tzinfo=UTC)
    conference.save()
    make_input(question)
    said_at(question, "Et punkt", 1, editor)
    assert [row[0] for row in read_day_note(conference).steps.rows] == [
        "Tidy up the minutes", "Sort 1 input", "Send the points for clearance", "Publish the report",
    ]  # fmt: skip
    ministry = Ministry.objects.create(conference=conference, code="EKS", name="Eksempeldepartementet")
    SessionMinistry.objects.create(session=question.session, ministry=ministry)
    sent = clearance.send(
        conference, [question.session], to=ministry.name, deadline=date(2099, 4, 1), letter="Les.", by=editor
    )
    rows = read_day_note(conference).steps.rows
    assert rows[0] == ("Tidy up the minutes", "The tables", "13 March 2099 at 12.00")
    assert rows[2] == ("Answer to «For clearance 1»", "Eksempeldepartementet", "1 April 2099")
    clearance.close(sent, by=editor)
    conference.sessions.update(phase=Phase.DELIVERED)
    assert [row[0] for row in read_day_note(conference).steps.rows] == ["Sort 1 input", "Publish the report"]


# --- the two pages ---


def note_of(questions: int, points: int, text: str) -> DayNote:
    conference = ConferenceFactory.build(title=text[:200], series=None)
    frame = read_day_note(ConferenceFactory()).frame
    parts = tuple(
        Part(f"1.{n} {text}", (Line(text, "7 tables"),) * points, "said at most tables") for n in range(questions)
    )
    sections = (
        Section("Main points", parts),
        *(Section("Section", (Part("", (Line(text, "1.1"),) * points),), text[:90]) for _ in range(3)),
    )
    rows = tuple((text, "10", "20", "30") for _ in range(questions))
    numbers = Grid("In numbers", text[:150], ("Session", "Tables", "Inputs", "Points"), rows, figures=3)
    steps = Grid(
        "Next steps", "", ("What", "Who", "When"), tuple((text[:60], text[:40], text[:30]) for _ in range(points))
    )
    about = (conference.title, "Place", "Preliminary")
    return DayNote(frame, "Note", about, numbers, sections, steps, "and %d more")


@pytest.mark.parametrize("text", ["Kort.", "Et helt vanlig punkt om norskopplæring på kveldstid. " * 8, "漢字" * 400])
@pytest.mark.parametrize(("questions", "points"), [(1, 1), (9, 40), (90, 40)])
def test_a_note_of_any_size_is_fitted(questions, points, text):
    assert height(fitted(note_of(questions, points, text))) <= _TWO_PAGES


@pytest.mark.parametrize("text", ["Kort.", "Et helt vanlig punkt om norskopplæring på kveldstid. " * 4, "漢字" * 90])
@pytest.mark.parametrize(("questions", "points"), [(3, 9), (9, 40), (90, 40)])
def test_the_estimate_is_never_too_low(questions, points, text, tmp_path):
    """The fullest note that is let through, as LibreOffice lays it out, where that is installed."""
    note = fitted(note_of(questions, points, text))
    assert not HAS_OFFICE or pages_of(render_day_note(note), tmp_path) <= 2


def test_the_demonstration_s_note_has_room_on_two_pages(tmp_path):
    note = read_day_note(seed_demo("for denne ene testen").conference)
    assert height(note) <= _TWO_PAGES
    assert not HAS_OFFICE or pages_of(render_day_note(note), tmp_path) <= 2


def test_what_is_left_out_is_counted_and_what_has_room_is_whole():
    small = note_of(2, 3, "Et punkt.")
    assert fitted(small).sections == small.sections
    [first, *_rest] = fitted(note_of(40, 40, "Et helt vanlig punkt om norskopplæring på kveldstid.")).sections
    assert first.parts[0].more == f"and {40 - len(first.parts[0].lines)} more"
    assert first.more == f"and {40 - len(first.parts)} more"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Kort nok.", "Kort nok."),
        ("to\nlinjer  her", "to linjer her"),
        ("et lite stykke, som er for langt", "et lite stykke …"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffah …"),
    ],
)
def test_a_text_is_shortened_between_two_words(text, short):
    assert shortened(text, 21) == short


# --- the file and the page ---


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_was_said_the_file_is_one_that_word_opens(text, tmp_path: Path):
    target = tmp_path / "note.docx"
    target.write_bytes(render_day_note(fitted(note_of(2, 2, text))))
    assert [str(error) for error in OpenXmlValidator().validate(target).errors] == []


def test_one_click_gives_the_word_file_and_the_page_says_the_same(conference, question, editor, at_desk):
    said_at(question, "Norsk på jobben", 2, editor)
    page = at_desk.get(reverse("day_note", args=[conference.slug]))
    file = at_desk.get(reverse("day_note_file", args=[conference.slug]))
    assert file["Content-Disposition"] == 'attachment; filename="dialog-dagsnotat-2026-03-12.docx"'
    document = Document(BytesIO(file.content))
    words = [one.text for one in document.paragraphs]
    assert words[0] == f"Note of the day: {conference.title}"
    for line in ("Norsk på jobben (2 tables)", "Nothing is noted from the stage."):
        assert line in words
    shown = " ".join(page.content.decode().split())
    assert 'Norsk på jobben <span class="quiet">(2 tables)</span>' in shown
    assert reverse("day_note_file", args=[conference.slug]) in shown


def test_the_same_moment_gives_the_same_bytes(conference):
    at = timezone.now()
    first, second = (render_day_note(read_day_note(conference, at=at)) for _ in range(2))
    assert first == second


def test_a_rehearsal_says_so_at_the_top_of_each_page(conference, editor):
    rehearsal = make_rehearsal(conference, day=date(2026, 3, 1), tables=1, with_people=False, by=editor)
    [section] = Document(BytesIO(render_day_note(read_day_note(rehearsal)))).sections
    marks = [part.paragraphs[0].text for part in (section.first_page_header, section.header)]
    assert all("Rehearsal – never to be published" in mark for mark in marks)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(number, conference, question, editor, at_desk):
    for n in range(number):
        other = QuestionFactory(session=SessionFactory(conference=conference, number=50 + n))
        point = said_at(other, f"Et punkt {n}", 2, editor)
        clarifications.ask(point, why="Uklart", alternative="", by=editor)
        make_input(other, "Svar", source=InputSource.REPLY)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(reverse("day_note", args=[conference.slug])).status_code == 200
    assert len(captured) == 25
