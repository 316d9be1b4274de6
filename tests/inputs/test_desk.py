"""The desk of a question: what stands there, for whom, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inputs.actions import dispositions, entry, headings, points
from inputs.actions.reasons import reason_for
from inputs.desk import PAGE, Numbers, Sieve, read_desk
from inputs.models import Input, MinutesSheet, SetAsideReason
from tests.factories import NoteTakerFactory, QuestionFactory, SessionFactory, TableFactory, make_input
from tests.inputs.desk import address

pytestmark = pytest.mark.django_db


def test_the_counts_add_up_and_tell_what_the_session_has_left(question, editor):
    used, aside, _left, _left_too = (make_input(question, text) for text in "abcd")
    dispositions.accept([used], by=editor)
    dispositions.set_aside([aside], reason=reason_for(question.session.conference, "unclear"), by=editor)
    make_input(None, "Hører til et sted", session=question.session)
    writer = NoteTakerFactory(table__conference=question.session.conference)
    MinutesSheet.objects.create(session=question.session, note_taker=writer, text="Udelt", received_at=timezone.now())

    assert read_desk(question).numbers == Numbers(inputs=4, used=1, set_aside=1, unhandled=2, unplaced=1, undivided=1)


def test_an_input_stands_where_it_was_filed_and_not_where_it_was_said(question, editor):
    other = QuestionFactory(session=question.session, number=2)
    moved = make_input(question, "Flyttet")
    entry.file_under(moved, other, by=editor)

    assert (read_desk(question).unhandled, read_desk(other).unhandled) == ((), (moved,))


def test_what_counts_under_a_question_or_under_none_is_found_by_its_index(question):
    """Where the condition is not written as the index is, a desk looks through the inputs of all conferences."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows it would rather read through
    arrived = Input.objects.counted_under(question).unhandled().in_order_of_arrival()
    lost = Input.objects.filter(session=question.session, set_aside=None).without_question().in_order_of_arrival()
    assert "input_counted_under" in arrived.explain()
    assert "input_unplaced" in lost.explain()


def test_the_report_stands_in_order_with_the_tables_behind_each_point(question, editor):
    conference = question.session.conference
    other = headings.make(question, "Annet", by=editor, is_other=True)
    named = headings.make(question, "Kurs", by=editor)
    entries = [
        make_input(question, text, table=TableFactory(conference=conference, number=n))
        for n, text in [(4, "En"), (2, "To"), (9, "Tre"), (7, "Fire")]
    ]
    [last] = dispositions.accept([entries[0]], by=editor, place=lambda _entry: other)
    [first] = dispositions.accept([entries[1]], by=editor, place=lambda _entry: named)
    [bare] = dispositions.accept([entries[2]], by=editor)
    dispositions.attach(first, [entries[3]], by=editor)

    report = [(row.heading, [(one.point, one.tables) for one in row.points]) for row in read_desk(question).headings]
    assert report == [(named, [(first, (2, 7))]), (other, [(last, (4,))]), (None, [(bare, (9,))])]


def test_the_inputs_come_a_page_at_a_time_by_arrival(question):
    entries = [make_input(question, f"Innspill {n}") for n in range(PAGE + 2)]

    first = read_desk(question)
    second = read_desk(question, Sieve(after=first.next_after))
    assert (list(first.unhandled), list(second.unhandled)) == (entries[:PAGE], entries[PAGE:])
    assert second.next_after is None


def test_a_page_that_begins_after_nonsense_begins_at_the_start(question, at_desk):
    left = make_input(question)
    for after in ["tull", "00000000-0000-0000-0000-000000000000", ""]:
        assert at_desk.get(address("desk", question), {"after": after}).context["desk"].unhandled == (left,)


def test_an_editor_sees_words_tables_and_forms(question, at_desk, editor):
    table = TableFactory(conference=question.session.conference, number=4)
    make_input(question, "Me treng <b>rom</b>.", table=table, language="nn", kind="measure", priority=True)

    page = at_desk.get(address("desk", question)).content.decode()
    assert "Me treng &lt;b&gt;rom&lt;/b&gt;." in page
    for expected in ["Table 4", 'lang="nn"', "measure", "Marked as important", address("desk_accept", question)]:
        assert expected in page


def test_a_reader_and_another_sessions_editor_see_the_same_without_forms(question, reader, other_editor, editor):
    kept, aside = make_input(question, "Brukt"), make_input(question, "Uklart")
    dispositions.accept([kept], by=editor)
    dispositions.set_aside([aside], reason=reason_for(question.session.conference, "unclear"), by=editor)
    make_input(question, "Gjenstår")
    make_input(None, "Uplassert", session=question.session)

    for client in (reader, other_editor):
        page = client.get(address("desk", question)).content.decode()
        main = page[page.index("<main") :]
        assert all(word in main for word in ["Brukt", "Uklart", "Gjenstår", "Uplassert"])
        assert ('name="input"' in main, 'form="sort"' in main, 'method="post"' in main) == (False, False, False)


def test_the_desk_is_not_there_for_a_stranger_nor_a_question_that_does_not_exist(question, stranger, at_desk):
    assert stranger.get(address("desk", question)).status_code == 404
    question.number = 77
    assert at_desk.get(address("desk", question)).status_code == 404


def test_the_desk_leads_to_its_neighbours_across_sessions(question, at_desk):
    second = QuestionFactory(session=question.session, number=2)
    third = QuestionFactory(session=SessionFactory(conference=question.session.conference, number=2), number=1)
    answers = [at_desk.get(address("desk", one)).context for one in (question, second, third)]
    assert [(one["previous"], one["next"]) for one in answers] == [
        (None, second),
        (question, third),
        (second, None),
    ]


def test_the_conference_page_leads_to_the_desk(question, at_desk):
    page = at_desk.get(f"/konferanse/{question.session.conference.slug}/").content.decode()
    assert f'href="{address("desk", question)}"' in page


def test_looking_at_the_desk_makes_no_reasons_and_offers_the_usual_ones_but_the_tables_own(question, at_desk):
    reasons = dict(at_desk.get(address("desk", question)).context["reasons"])
    assert ("unclear" in reasons, "withdrawn" in reasons) == (True, False)
    assert not SetAsideReason.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_for_one_row_and_for_three(number, question, at_desk):
    by, conference = at_desk.user, question.session.conference
    reason = reason_for(conference, "unclear")
    for n in range(number):
        table = TableFactory(conference=conference)
        heading = headings.make(question, f"Overskrift {n}", by=by)
        kept, said_too, aside, _left = (make_input(question, f"{word} {n}", table=table) for word in "abcd")
        [point] = dispositions.accept([kept], by=by, place=lambda _entry, under=heading: under)
        dispositions.attach(point, [said_too], by=by)
        points.reword(point, text=f"Omskrevet {n}", version=1, by=by)
        dispositions.set_aside([aside], reason=reason, by=by)
        make_input(None, f"Uplassert {n}", session=question.session, table=table)
        QuestionFactory(session=question.session, number=n + 2)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(address("desk", question)).status_code == 200
    assert len(captured) == 23


SIEVES = [
    ({}, ["En om buss", "To om tog", "Tre om båt"]),
    ({"table": "4"}, ["En om buss"]),
    ({"kind": "measure"}, ["To om tog"]),
    ({"star": "1"}, ["Tre om båt"]),
    ({"q": "OM b"}, ["En om buss", "Tre om båt"]),
    ({"q": "om", "table": "4", "star": "1"}, []),
    ({"table": "x", "kind": "x", "star": "", "q": "\0"}, ["En om buss", "To om tog", "Tre om båt"]),
    ({"table": "9" * 40}, ["En om buss", "To om tog", "Tre om båt"]),
]


@pytest.mark.parametrize(("asked", "texts"), SIEVES)
def test_what_remains_can_be_narrowed_by_words_table_kind_and_star(asked, texts, question, at_desk):
    table = TableFactory(conference=question.session.conference, number=4)
    make_input(question, "En om buss", table=table)
    make_input(question, "To om tog", kind="measure")
    make_input(question, "Tre om båt", priority=True)
    response = at_desk.get(address("desk", question), asked)
    assert [line["text"] for _key, line in response.context["lines"]] == texts


def test_earlier_titles_complete_a_name_and_those_of_strangers_do_not(question, at_desk, editor):
    here = headings.make(question, "Først", by=editor)
    headings.rename(here, "Siden", by=editor)
    headings.remove(headings.make(question, "Borte", by=editor), by=editor)
    headings.make_pile(question, by=editor)
    headings.make(QuestionFactory(session=question.session, number=2), "Nabo", by=editor)
    headings.make(QuestionFactory(session=SessionFactory()), "Fremmed", by=editor)
    assert at_desk.get(address("desk", question)).context["titles"] == ["Borte", "Først", "Nabo", "Siden"]
