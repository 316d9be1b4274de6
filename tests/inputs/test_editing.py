"""«Rediger»: each act answers with the document as it then is, keeps what was typed, and loses no source."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from inputs.actions import dispositions, entry, headings, points
from inputs.editing import Level, read_document
from inputs.integrity import check
from inputs.models import Heading, Point, SourceKind
from tests.factories import HeadingFactory, QuestionFactory, TableFactory, make_input
from tests.htmx import normal
from tests.inputs.desk import address, picture, said

pytestmark = pytest.mark.django_db

#: As edit.js asks: what changed, and not the whole page.
PART = {"HX-Request": "true", "HX-Target": "document"}


@pytest.fixture
def heading(question):
    return HeadingFactory(question=question, title="Kurs", position=1)


@pytest.fixture
def three(question, heading, editor):
    """Three points under one heading, each from a table of its own."""
    inputs = [
        make_input(question, text, table=TableFactory(conference=question.session.conference))
        for text in ("Flere kurs på kveldstid", "Kurs på jobb", "Barnepass")
    ]
    return dispositions.accept(inputs, by=editor, place=lambda _entry: heading)


def texts():
    return list(Point.objects.standing().order_by("position", "pk").values_list("text", flat=True))


def lines(question):
    return [line for section in read_document(question) for line in section.lines]


# --- the page ---


def test_editors_write_in_the_document_and_readers_read_it(question, three, at_desk, reader):
    page = at_desk.get(address("desk_edit", question)).content.decode()
    assert page.count("<textarea") == 3
    page = reader.get(address("desk_edit", question)).content.decode()
    assert ("Barnepass" in page, "<textarea" in page, '<form class="edit' in page) == (True, False, False)


def test_each_line_says_how_far_it_is_from_what_was_said(question, three, editor):
    one, two, _three = three
    points.reword(two, text="Kurs på arbeidsplassen", version=1, by=editor)
    dispositions.attach(one, [make_input(question, "Kurs om kvelden")], by=editor)
    points.write(question, text="Fra redaksjonen", reason="Sagt i plenum", by=editor)
    assert [(line.level, line.original) for line in lines(question)] == [
        (Level.UNTOUCHED, "Flere kurs på kveldstid"),
        (Level.LIGHT, "Kurs på jobb"),
        (Level.UNTOUCHED, "Barnepass"),
        (Level.OWN, "Fra redaksjonen"),
    ]
    points.merge(points.plan_merge(Point.objects.standing().filter(pk__in=[one.pk, two.pk])), by=editor)
    assert lines(question)[0].level == Level.COMBINED
    assert [piece.kind for piece in lines(question)[1].changes] == []


def test_the_original_words_are_those_that_were_read_also_when_the_table_has_changed_them(question, three, editor):
    source = three[0].sources.get()
    entry.rewrite(source.input, text="Noe helt annet", revision=1, by=editor)
    assert lines(question)[0].original == "Flere kurs på kveldstid"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_point_and_for_three(number, question, heading, at_desk, editor):
    for n in range(number):
        inputs = [make_input(question, f"Innspill {n} {m}") for m in range(2)]
        [point] = dispositions.accept(inputs[:1], by=editor, place=lambda _entry: heading)
        dispositions.attach(point, inputs[1:], by=editor)
        points.reword(point, text=f"Punkt {n}", version=1, by=at_desk.user)
    with CaptureQueriesContext(connection) as page:
        assert at_desk.get(address("desk_edit", question)).status_code == 200
    assert len(page) == 15


# --- a line ---


def test_a_line_is_saved_and_answered_alone(question, three, at_desk):
    data = {"text": "Kurs om kvelden", "version": 1}
    answer = at_desk.post(address("edit_reword", question, three[0].key), data, headers=PART)
    page = answer.content.decode()
    assert (answer.status_code, page.count("<textarea"), f'id="line-{three[0].key}"' in page) == (200, 1, True)
    assert "Saved" in page
    assert texts()[0] == "Kurs om kvelden"


def test_without_javascript_one_comes_back_to_the_line(question, three, at_desk):
    data = {"text": "Kurs om kvelden", "version": 1}
    answer = at_desk.post(address("edit_reword", question, three[0].key), data)
    assert answer["Location"] == f"{address('desk_edit', question)}#line-{three[0].key}"


@pytest.mark.parametrize("headers", [{}, PART])
def test_who_was_slower_chooses_between_both_texts_at_the_line(headers, question, three, at_desk, editor):
    points.reword(three[0], text="Deres ord", version=1, by=editor)
    before = picture()
    answer = at_desk.post(
        address("edit_reword", question, three[0].key), {"text": "Mine ord", "version": 1}, headers=headers
    )
    page = answer.content.decode()
    assert (answer.status_code, picture()) == (409, before)
    assert all(
        text in page for text in ["Deres ord", "Eli Eksempel", "Mine ord</textarea>", "Keep mine", "Take theirs"]
    )
    assert page.count('data-typed="yes"') == 1


@pytest.mark.parametrize("headers", [{}, PART])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("edit_reword", {"text": " \x00 ", "version": 1}),
        ("edit_reword", {"text": "x" * 10_001, "version": 1}),
        ("edit_reword", {"text": "Ord", "version": "en"}),
        ("edit_reword", {"text": "Ord"}),
        ("edit_split", {"text": "Bare en linje", "version": 1}),
        ("edit_split", {"text": "Ord", "part": ["En", " "], "version": 1}),
        ("edit_split", {"text": "Ord", "part": ["En", "x" * 10_001], "version": 1}),
        ("edit_split", {"text": "En\nTo"}),
        ("edit_join", {"text": "Ord", "version": 2}),
        ("edit_join", {"text": "", "version": 1, "above_version": 1}),
    ],
)
def test_what_cannot_be_saved_is_told_of_at_the_line_and_kept(name, data, headers, question, three, at_desk):
    before = picture()
    data = data | {"above": three[0].key}
    answer = at_desk.post(address(name, question, three[1].key), data, headers=headers)
    assert (answer.status_code, picture()) == (422, before)
    page = answer.content.decode()
    assert page.count('data-typed="yes"') == 1
    assert f"{data['text'].strip(' ').replace(chr(0), chr(0))[:20]}" in page


def test_a_text_for_a_point_that_is_gone_is_kept_to_be_copied(question, three, at_desk, editor):
    points.merge(points.plan_merge(three[:2]), by=editor)
    before = picture()
    data = {"text": "Mine ord", "version": 1}
    answer = at_desk.post(address("edit_reword", question, three[1].key), data, headers=PART)
    page = answer.content.decode()
    assert (answer.status_code, picture()) == (409, before)
    assert "Mine ord" in page[page.index('id="gone-text"') :]
    assert f'href="#line-{three[0].key}"' in page


# --- split, join, order ---


def test_enter_splits_where_the_cursor_is_and_the_new_line_comes_next(question, three, at_desk):
    data = {"text": "", "part": ["Flere kurs", "på kveldstid"], "version": 1}
    data["text"] = "Flere kurs på kveldstid"
    answer = at_desk.post(address("edit_split", question, three[0].key), data, headers=PART)
    assert answer.status_code == 200
    assert texts() == ["Flere kurs", "på kveldstid", "Kurs på jobb", "Barnepass"]
    sources = [(line.row.tables, line.row.sources[0].kind) for line in lines(question)[:2]]
    assert sources == [
        (lines(question)[0].row.tables, SourceKind.KEPT),
        (lines(question)[0].row.tables, SourceKind.SPLIT),
    ]
    assert check(question.session.conference) == []

    # Once more: the newest part stands between the two, and undo puts all as it was.
    data = {"text": "Flere\nkurs", "version": 2}
    at_desk.post(address("edit_split", question, three[0].key), data)
    assert texts() == ["Flere", "kurs", "på kveldstid", "Kurs på jobb", "Barnepass"]
    for expected in (4, 3):
        page = at_desk.get(address("desk_edit", question))
        at_desk.post(address("edit_undo", question), {"act": page.context["deed"].event.act}, headers=PART)
        assert len(texts()) == expected
    assert texts() == ["Flere kurs på kveldstid", "Kurs på jobb", "Barnepass"]
    assert check(question.session.conference) == []


def test_backspace_joins_with_the_line_above_and_keeps_all_the_sources(question, three, at_desk):
    data = {"text": "og kurs på jobb", "version": 1, "above": three[0].key, "above_version": 1}
    answer = at_desk.post(address("edit_join", question, three[1].key), data, headers=PART)
    assert answer.status_code == 200
    assert texts() == ["Flere kurs på kveldstid og kurs på jobb", "Barnepass"]
    assert [source.kind for source in lines(question)[0].row.sources] == [SourceKind.KEPT, SourceKind.MERGED]
    assert check(question.session.conference) == []


def test_a_join_with_a_line_that_is_not_above_any_more_or_was_changed_is_refused(question, three, at_desk, editor):
    before = picture()
    good = {"text": "Kurs på jobb", "version": 1, "above": three[0].key, "above_version": 1}
    for change in ({"above": three[2].key}, {"above": three[1].key}, {"above_version": 7}, {"version": 7}):
        answer = at_desk.post(address("edit_join", question, three[1].key), good | change)
        assert (answer.status_code, picture()) == (409, before), change
        assert "Kurs på jobb</textarea>" in answer.content.decode()
    points.reword(three[0], text="x" * 9_990, version=1, by=editor)
    before = picture()
    answer = at_desk.post(address("edit_join", question, three[1].key), good | {"above_version": 2})
    assert (answer.status_code, picture()) == (409, before)


def test_a_line_moves_by_a_step(question, three, at_desk):
    data = {"text": "Barnepass", "version": 1, "direction": "up"}
    answer = at_desk.post(address("edit_order", question, three[2].key), data, headers=PART)
    assert (answer.status_code, "number 2 of 3" in answer.content.decode()) == (200, True)
    assert texts() == ["Flere kurs på kveldstid", "Barnepass", "Kurs på jobb"]
    assert at_desk.post(address("edit_order", question, three[2].key), {"direction": "away"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("edit_reword", {"text": "Andre ord", "version": 1}),
        ("edit_split", {"text": "", "part": ["Kurs", "på jobb"], "version": 1}),
        ("edit_join", {"text": "og på jobb", "version": 1, "above_version": 1}),
        ("edit_order", {"direction": "down"}),
    ],
)
def test_what_an_act_answers_put_into_the_page_is_the_page_loaded_anew(name, data, question, three, at_desk):
    before = at_desk.get(address("desk_edit", question)).content.decode()
    data = data | {"text": data.get("text") or "Kurs på jobb", "above": three[0].key}
    answer = at_desk.post(address(name, question, three[1].key), data, headers=PART)
    assert answer.status_code == 200
    after = at_desk.get(address("desk_edit", question)).content.decode()
    assert installed(before, answer.content.decode()) == installed(after, "") != installed(before, "")


def installed(page, answer):
    """The page after edit.js has put the parts of the answer in place of those that have their ids."""
    tree = html.document_fromstring(page)
    for part in html.fragments_fromstring(answer.strip()) if answer else []:
        part.tail = None
        [old] = tree.xpath(f"//*[@id='{part.get('id')}']")
        old.getparent().replace(old, part)
    for said_there in tree.xpath("//*[@data-said]"):
        said_there.attrib.pop("data-said")
    # The line below knows the version of the one above it from when it was read; edit.js asks that one itself.
    for version in tree.xpath("//input[@name='above_version']"):
        version.set("value", "")
    return normal(html.tostring(tree, encoding="unicode"))


# --- headings, undo ---


def test_a_heading_is_named_in_place_and_whoever_was_slower_is_told(question, heading, three, at_desk, editor):
    where = address("edit_rename", question, heading.key)
    assert at_desk.post(where, {"title": "Kurs og mat", "was": "Kurs"}, headers=PART).status_code == 200
    for data, status in [
        ({"title": "Mitt navn", "was": "Kurs"}, 422),
        ({"title": "", "was": "Kurs og mat"}, 422),
        ({"title": "x" * 201, "was": "Kurs og mat"}, 422),
        ({"title": "Uten"}, 422),
    ]:
        answer = at_desk.post(where, data, headers=PART)
        assert answer.status_code == status, data
        assert f'value="{data["title"]}"' in answer.content.decode()
    assert Heading.objects.get().title == "Kurs og mat"
    HeadingFactory(question=question, title="Tatt", position=2)
    assert at_desk.post(where, {"title": "Tatt", "was": "Kurs og mat"}).status_code == 409


def test_the_last_act_is_undone_from_the_document(question, three, at_desk):
    at_desk.post(address("edit_reword", question, three[0].key), {"text": "Andre ord", "version": 1})
    act = at_desk.get(address("desk_edit", question)).context["deed"].event.act
    answer = at_desk.post(address("edit_undo", question), {"act": act}, follow=True)
    assert (said(answer)[-1], texts()[0]) == ("Undone.", "Flere kurs på kveldstid")
    before = picture()
    assert at_desk.post(address("edit_undo", question), {"act": act}, headers=PART).status_code == 409
    assert at_desk.post(address("edit_undo", question), {"act": uuid.uuid4()}).status_code == 404
    assert at_desk.post(address("edit_undo", question), {"act": "nonsense"}).status_code == 404
    assert picture() == before


# --- who, and what is not theirs ---

OF_LINE = ["edit_reword", "edit_split", "edit_join", "edit_order"]


def test_only_editors_of_the_session_may(question, heading, three, reader, other_editor, stranger):
    before = picture()
    acts = [address(name, question, three[1].key) for name in OF_LINE]
    acts += [address("edit_rename", question, heading.key), address("edit_undo", question)]
    for client, status in ((reader, 403), (other_editor, 403), (stranger, 404)):
        assert {client.post(where).status_code for where in acts} == {status}
    assert picture() == before


def test_nothing_of_another_question_is_reached(question, three, at_desk, editor):
    other = QuestionFactory(session=question.session, number=7)
    [theirs] = dispositions.accept([make_input(other, "Deres")], by=editor)
    their_heading = headings.make(other, "Deres", by=editor)
    before = picture()
    data = {
        "text": "Ord",
        "part": ["a", "b"],
        "version": 1,
        "direction": "up",
        "above": three[0].key,
        "above_version": 1,
    }
    for name in OF_LINE:
        assert at_desk.post(address(name, question, theirs.key), data).status_code == 404
    for above in (theirs.key, uuid.uuid4(), "nonsense", ""):
        assert at_desk.post(address("edit_join", question, three[1].key), data | {"above": above}).status_code == 404
    where = address("edit_rename", question, their_heading.key)
    assert at_desk.post(where, {"title": "Mitt", "was": "Deres"}).status_code == 404
    assert picture() == before
