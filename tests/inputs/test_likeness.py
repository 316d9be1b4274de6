"""Inputs that look alike: suggested, said to be the same or not, and read by the model."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from conference.models import Event
from inputs.actions import dispositions, entry, likeness
from inputs.actions.faults import OtherConference
from inputs.actions.redaction import passage_of, redact
from inputs.actions.undo import undo
from inputs.integrity import check
from inputs.models import Input, InputVector, NotSame, Point
from inputs.similarity import semantic
from inputs.suggestions import Engine, alike, alike_to, in_order_of_likeness, suggest
from tests.factories import NoteTakerFactory, QuestionFactory, TableFactory, make_input
from tests.inputs.desk import address, said

pytestmark = pytest.mark.django_db

SNOW, SNOW_TOO = "Rydd snøen på gangveiene om vinteren", "Kommunen bør rydde snø fra gangveien om vinteren"
CHOIR = "Koret trenger et øvingslokale på torsdager"


@pytest.fixture(params=list(Engine))
def engine(request, monkeypatch):
    """Both engines, where the page shows the same. The model comes with the development packages."""
    monkeypatch.setattr(semantic, "is_available", lambda: request.param is Engine.SEMANTIC)
    return request.param


@pytest.fixture
def by_letters(monkeypatch):
    monkeypatch.setattr(semantic, "is_available", lambda: False)


@pytest.fixture
def tables(conference):
    return [TableFactory(conference=conference, number=number) for number in (2, 9)]


@pytest.fixture
def notes(question, tables):
    """Snow, twice and from two tables, and a choir."""
    return [
        make_input(question, SNOW, table=tables[0]),
        make_input(question, SNOW_TOO, table=tables[1]),
        make_input(question, CHOIR, table=tables[0]),
    ]


def found(one, question):
    return [each.input for each in alike_to(one, question)]


def undo_last(by):
    undo(Event.objects.order_by("pk").last().act, by=by)


def test_what_is_alike_is_found_and_nothing_else(engine, notes, question):
    snow, too, choir = notes
    assert (found(snow, question), found(too, question), found(choir, question)) == ([too], [snow], [])


def test_two_notes_of_one_writer_are_no_duplicates_but_two_writers_at_a_table_may_say_the_same(
    engine, question, tables
):
    writers = [NoteTakerFactory(table=tables[0]) for _ in range(2)]
    own, again = (make_input(question, text, table=tables[0], note_taker=writers[0]) for text in (SNOW, SNOW_TOO))
    other = make_input(question, SNOW_TOO, table=tables[0], note_taker=writers[1])
    assert found(own, question) == [other]
    assert found(again, question) == [other]


def test_a_writers_own_notes_do_not_take_the_place_of_others(question, tables, conference):
    own = [make_input(question, SNOW, table=tables[0]) for _ in range(7)]
    other = make_input(question, SNOW_TOO, table=tables[1])
    by_input = {one.input: one.candidates for one in suggest(conference)}
    assert [one.id for one in by_input[own[0]]] == [str(other.pk)]
    assert len(by_input[other]) == 5


def test_five_at_most(engine, question, tables):
    one = make_input(question, SNOW)
    for _ in range(7):
        make_input(question, SNOW_TOO)
    assert len(found(one, question)) == 5


def test_what_stands_in_the_same_point_or_is_set_aside_is_not_suggested(engine, notes, question, editor):
    snow, too, _choir = notes
    [point] = dispositions.accept([too], by=editor)
    assert [one.points for one in alike_to(snow, question)] == [(point,)]
    dispositions.attach(point, [snow], by=editor)
    assert found(snow, question) == []


def test_not_the_same_is_remembered_until_one_of_them_is_edited(engine, notes, question, editor, conference):
    snow, too, _choir = notes
    likeness.keep_apart(too, snow, by=editor)
    assert (found(snow, question), found(too, question)) == ([], [])
    assert [one.candidates for one in suggest(conference)] == [(), (), ()]
    entry.rewrite(too, text=SNOW_TOO + " og høsten", revision=1, by=editor)
    assert found(snow, question) == [too]
    too.refresh_from_db()
    likeness.keep_apart(snow, too, by=editor)
    assert found(snow, question) == []
    assert NotSame.objects.open().count() == 1


def test_saying_it_twice_changes_nothing_and_undo_and_redo_do(notes, question, editor, conference):
    snow, too, _choir = notes
    likeness.keep_apart(snow, too, by=editor)
    events = Event.objects.count()
    likeness.keep_apart(too, snow, by=editor)
    assert Event.objects.count() == events
    undo_last(editor)
    assert NotSame.objects.open().count() == 0
    undo_last(editor)
    assert NotSame.objects.holding().count() == 1
    assert check(conference) == []


def test_an_input_is_the_same_as_itself_and_not_comparable_with_another_conferences(notes, editor):
    for other in (notes[0], make_input(QuestionFactory())):
        with pytest.raises(OtherConference):
            likeness.keep_apart(notes[0], other, by=editor)


def test_that_two_are_not_the_same_stands_in_nobodys_way(notes, editor):
    dispositions.accept([notes[0]], by=editor)
    accepted = Event.objects.order_by("pk").last().act
    likeness.keep_apart(notes[0], notes[1], by=editor)
    undo(accepted, by=editor)
    assert Point.objects.standing().count() == 0


# --- the page ---


def page(client, one, question):
    return client.get(address("desk_alike", question, one.key))


def test_the_page_shows_both_in_full_with_their_tables_and_what_they_share(by_letters, at_desk, notes, question):
    html = page(at_desk, notes[0], question).content.decode()
    assert "<mark>gangveiene</mark>" in html
    assert "<mark>gangveien</mark>" in html
    assert CHOIR not in html
    assert "Perhaps the same point" in html or "Very alike" in html
    assert "by words and parts of words" in html


def test_the_page_says_when_no_word_is_shared_and_which_engine_is_in_use(at_desk, notes, question, monkeypatch):
    monkeypatch.setattr(semantic, "is_available", lambda: True)
    one = make_input(question, "Buss oftere om kvelden")
    other = make_input(question, "Flere avganger etter arbeidstid")
    for each in (one, other):
        InputVector.objects.create(
            input=each,
            model=semantic.MODEL,
            fingerprint=semantic.fingerprint(each.text),
            vector=next(semantic.embed(["det samme"])),
        )
    html = page(at_desk, one, question).content.decode()
    assert "by a small language model on this server" in html
    # The same vector is strong; a little less is called by what is not shared.
    assert "Very alike" in html


def test_a_reader_sees_and_cannot_act(by_letters, reader, notes, question):
    html = page(reader, notes[0], question).content.decode()
    assert "bør rydde" in html
    assert "ikke-samme" not in html


def test_asked_with_htmx_the_candidates_come_alone(by_letters, at_desk, notes, question):
    where = address("desk_alike", question, notes[0].key)
    part = at_desk.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in at_desk.get(where).content.decode().replace("\r", "") or "pair" in part


def same(client, one, other, question, *points):
    return client.post(
        address("desk_alike_same", question, one.key),
        {"other": other.key, "point": [point.key for point in points]},
        follow=True,
    )


def sources(point):
    return set(point.sources.open().values_list("input", flat=True))


def test_same_point_of_two_that_remain_makes_one_point_in_one_act(at_desk, notes, question):
    snow, too, _choir = notes
    same(at_desk, snow, too, question)
    point = Point.objects.get()
    assert (point.text, sources(point)) == (SNOW_TOO, {snow.pk, too.pk})
    undo_last(at_desk.user)
    assert [one.disposition for one in Input.objects.all()] == ["unhandled"] * 3


def test_same_point_attaches_to_the_point_that_is_there_on_either_side(at_desk, notes, question):
    snow, too, choir = notes
    [point] = dispositions.accept([too], by=at_desk.user)
    same(at_desk, snow, too, question, point)
    same(at_desk, snow, choir, question)
    assert sources(point) == {snow.pk, too.pk, choir.pk}
    assert Point.objects.count() == 1


def test_a_second_click_and_a_colleague_who_was_faster_change_nothing(at_desk, notes, question):
    snow, too, _choir = notes
    [point] = dispositions.accept([too], by=at_desk.user)
    for _ in range(2):
        same(at_desk, snow, too, question, point)
    assert sources(point) == {snow.pk, too.pk}
    source = point.sources.open().get(input=too)
    dispositions.detach(source, by=at_desk.user)
    answer = same(at_desk, notes[2], too, question, point)
    assert "removed or set aside" in said(answer)[0]
    assert sources(point) == {snow.pk}


def test_two_points_are_offered_for_merging_and_not_same_stays_on_the_page(by_letters, at_desk, notes, question):
    snow, too, _choir = notes
    dispositions.accept([snow, too], by=at_desk.user)
    assert "Merge the texts" in page(at_desk, snow, question).content.decode()
    answer = at_desk.post(address("desk_alike_not_same", question, snow.key), {"other": too.key}, follow=True)
    assert answer.redirect_chain == [(address("desk_alike", question, snow.key), 302)]
    assert "Nothing under this question resembles it" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_however_much_is_alike(
    number, by_letters, at_desk, question, tables, django_assert_max_num_queries
):
    one = make_input(question, SNOW)
    made = [make_input(question, SNOW_TOO, table=tables[1]) for _ in range(number)]
    dispositions.accept(made, by=at_desk.user)
    with django_assert_max_num_queries(25) as captured:
        page(at_desk, one, question)
    COUNTED.append(len(captured))
    assert len(set(COUNTED)) == 1


COUNTED: list[int] = []


# --- lists ---


def test_a_list_says_from_which_tables_those_come_that_are_like(engine, notes, question):
    snow, too, choir = notes
    make_input(question, SNOW_TOO)
    likely = alike(question, notes)
    assert (likely[snow.pk].tables, likely[snow.pk].others) == ((9,), 1)
    assert likely[too.pk].tables == (2,)
    assert choir.pk not in likely


def test_what_is_remembered_follows_the_texts_the_dispositions_and_the_decisions(engine, notes, question, editor):
    snow, too, _choir = notes
    assert alike(question, [snow])[snow.pk].tables == (9,)
    likeness.keep_apart(snow, too, by=editor)
    assert alike(question, [snow]) == {}
    entry.rewrite(too, text=CHOIR, revision=1, by=editor)
    assert alike(question, [snow]) == {}


def test_those_that_are_alike_lie_side_by_side(engine, question):
    texts = [SNOW, CHOIR, "Noe helt annet", SNOW_TOO, CHOIR + " kveld"]
    entries = [make_input(question, text) for text in texts]
    order = [entries.index(one) for one in in_order_of_likeness(entries)]
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert abs(order.index(0) - order.index(3)) == abs(order.index(1) - order.index(4)) == 1
    assert in_order_of_likeness(entries) == [entries[place] for place in order]


# --- vectors ---


def test_each_text_is_read_once_and_again_when_it_changes(notes, conference, editor):
    assert [likeness.store_vectors(conference) for _ in range(2)] == [3, 0]
    entry.rewrite(notes[0], text=CHOIR, revision=1, by=editor)
    assert likeness.store_vectors(conference) == 1
    vectors = {one.input_id: bytes(one.vector) for one in InputVector.objects.all()}
    assert (len(vectors), vectors[notes[0].pk]) == (3, vectors[notes[2].pk])


def test_another_model_reads_all_anew(notes, conference):
    likeness.store_vectors(conference)
    InputVector.objects.update(model="an older one")
    assert likeness.store_vectors(conference) == 3
    assert set(InputVector.objects.values_list("model", flat=True)) == {semantic.MODEL}


def test_a_redaction_takes_the_vector_that_was_made_of_the_words(notes, conference, editor):
    likeness.store_vectors(conference)
    redact(passage_of("snøen", conference), [notes[0]], ground="navn", by=editor)
    assert not InputVector.objects.filter(input=notes[0]).exists()
    assert InputVector.objects.count() == 2


def test_reading_a_page_stores_no_vector(at_desk, notes, question, monkeypatch):
    monkeypatch.setattr(semantic, "is_available", lambda: True)
    page(at_desk, notes[0], question)
    assert InputVector.objects.count() == 0


def test_a_text_without_words_is_like_nothing_and_nul_hides_nothing():
    blank, one, hidden = semantic.embed([" \n", "snø", "snø\0 og mer"])
    assert blank == b""
    assert len(one) == len(hidden) == 384 * 4
    assert one != hidden
    assert semantic.Vectors({"blank": blank}).scores(one) == {}
    assert semantic.Vectors({"one": one}).scores(blank) == {}


# --- commands ---


@pytest.mark.parametrize("by", list(Engine))
def test_the_command_suggests_with_either_engine(by, notes, conference, capsys):
    call_command("suggest_duplicates", conference.slug, engine=by)
    answer = json.loads(capsys.readouterr().out)
    assert answer["engine"] == by
    assert [[one["input"] for one in row["candidates"]] for row in answer["suggestions"]] == [
        [notes[1].public_id],
        [notes[0].public_id],
        [],
    ]


def test_the_commands_say_what_is_missing_where_the_model_cannot_run(conference, monkeypatch, capsys):
    monkeypatch.setattr(semantic, "is_available", lambda: False)
    for name, options in (("suggest_duplicates", {"engine": "semantic"}), ("embed_inputs", {})):
        with pytest.raises((CommandError, SystemExit)):
            call_command(name, conference.slug, **options)


def test_the_inputs_are_read_from_the_command_line(notes, conference, capsys):
    call_command("embed_inputs", conference.slug)
    assert capsys.readouterr().out == "3 inputs read\n"
    assert reverse("desk_alike", args=[conference.slug, 1, 1, notes[0].key])
