"""The responsible level: as the tables said it, apart from as the editor sets it; found, listed, undone."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from conference.models import Event, Ministry
from inputs.actions import dispositions, headings, points, undo
from inputs.actions.faults import NotAvailable, OtherConference
from inputs.actions.levels import Way, set_levels
from inputs.levels import code_of
from inputs.models import Point
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, make_input
from tests.inputs.desk import address, picture, said

pytestmark = pytest.mark.django_db

POINTS = "/konferanse/dialog/punkter/"


@pytest.fixture
def ministry(conference):
    return Ministry.objects.create(conference=conference, code="A D", name="Eksempeldepartementet")


@pytest.fixture
def three(question, editor):
    """Three points; the tables have said whom the first is for."""
    inputs = [make_input(question, "Første"), make_input(question, "Andre"), make_input(question, "Tredje")]
    inputs[0] = make_input(question, "Til kommunen", addressees=("Kommunen", "Østby"))
    heading = headings.make(question, "Under overskrift", by=editor)
    return dispositions.accept(inputs, by=editor, place=lambda _entry: heading)


def levels(point):
    return Point.objects.get(pk=point.pk).addressees


def test_levels_are_set_added_and_taken_away_in_the_order_of_the_list(three, ministry, editor):
    own = code_of(ministry)
    set_levels(three, [own, "state"], by=editor)
    assert levels(three[0]) == ["state", own]
    set_levels(three[:1], ["municipality"], by=editor, way=Way.ADD)
    set_levels(three[:2], ["state"], by=editor, way=Way.REMOVE)
    assert [levels(one) for one in three] == [["municipality", own], [own], ["state", own]]
    changed = set_levels(three, [own], by=editor)
    assert changed == [three[0], three[2]]  # the second stood so already
    assert Event.objects.filter(verb="set_levels").values("act").distinct().count() == 4


def test_unknown_levels_removed_points_and_other_conferences_are_refused(three, editor):
    theirs = Ministry.objects.create(conference=ConferenceFactory(), code="X", name="Deres")
    [other] = dispositions.accept([make_input(QuestionFactory(session=SessionFactory()))], by=editor)
    before = picture()
    for code in ("tull", code_of(theirs)):
        with pytest.raises(NotAvailable):
            set_levels(three, [code], by=editor)
    with pytest.raises(OtherConference):
        set_levels([three[0], other], ["state"], by=editor)
    assert (picture(), [levels(one) for one in three]) == (before, [[], [], []])
    dispositions.remove_point(three[2], by=editor)
    with pytest.raises(NotAvailable):
        set_levels(three, ["state"], by=editor)
    assert levels(three[0]) == []


def test_setting_levels_is_one_act_and_is_undone_also_after_a_rewording(three, editor):
    set_levels(three, ["state"], by=editor)
    set_levels(three[:2], ["county"], by=editor)
    act = Event.objects.filter(verb="set_levels").first().act
    points.reword(three[0], text="Andre ord", version=1, by=editor)
    undo.undo(act, by=editor)
    assert [levels(one) for one in three] == [["state"]] * 3
    first = Event.objects.filter(verb="set_levels").last().act
    undo.undo(first, by=editor)
    assert [levels(one) for one in three] == [[]] * 3


def test_a_later_level_stands_in_the_way_of_undoing_an_earlier_but_of_nothing_else(three, editor):
    set_levels(three[:1], ["state"], by=editor)
    first = Event.objects.get(verb="set_levels").act
    points.reword(three[0], text="Andre ord", version=1, by=editor)
    set_levels(three[:1], ["county"], by=editor)
    with pytest.raises(undo.Blocked):
        undo.undo(first, by=editor)
    undo.undo(Event.objects.get(verb="reword").act, by=editor)
    assert levels(three[0]) == ["county"]


def test_a_ministry_that_left_the_set_up_is_told_of_and_can_be_taken_away(three, ministry, editor, at_desk):
    set_levels(three[:1], [code_of(ministry), "state"], by=editor)
    ministry.delete()
    assert "a ministry that is removed" in at_desk.get(POINTS).content.decode()
    set_levels(three[:1], ["county"], by=editor, way=Way.ADD)
    set_levels(three[:1], ["county"], by=editor)
    assert levels(three[0]) == ["county"]


def test_the_page_of_a_point_tells_both_and_saves_what_is_ticked(question, three, ministry, at_desk):
    page = address("point", question, three[0].key)
    assert "The tables said: Kommunen, Østby" in at_desk.get(page).content.decode()
    where = address("point_levels", question, three[0].key)
    answer = at_desk.post(where, {"level": ["municipality", code_of(ministry)]}, follow=True)
    assert said(answer) == ["The responsible level is saved."]
    assert levels(three[0]) == ["municipality", code_of(ministry)]
    assert answer.content.decode().count("checked>") == 2
    at_desk.post(where, {})
    assert levels(three[0]) == []


def test_who_may_not_and_what_is_forged_changes_nothing(question, three, at_desk, reader, other_editor, stranger):
    theirs = Ministry.objects.create(conference=ConferenceFactory(), code="X", name="Deres")
    where = address("point_levels", question, three[0].key)
    assert [one.post(where, {"level": "state"}).status_code for one in (reader, other_editor, stranger)] == [
        403,
        403,
        404,
    ]
    assert at_desk.post(where, {"level": code_of(theirs)}).status_code == 404
    assert at_desk.post(where, {"level": ["state", "\x00"]}).status_code == 404
    dispositions.remove_point(three[0], by=at_desk.user)
    assert "Nothing was changed" in said(at_desk.post(where, {"level": "state"}, follow=True))[0]
    assert levels(three[0]) == []


def shown(client, **asked):
    return [point.text for point, _tables, _levels in client.get(POINTS, asked).context["rows"]]


def test_points_are_found_by_level_and_counted(three, ministry, at_desk, reader, editor):
    own = code_of(ministry)
    set_levels(three[:2], ["state", own], by=editor)
    for client in (at_desk, reader):
        assert shown(client, level="state") == ["Til kommunen", "Andre"] == shown(client, level=own)
        assert shown(client, level="none") == ["Tredje"]
        assert shown(client, level="county") == []
    form = at_desk.get(POINTS, {"level": "state"}).context["form"]
    counted = [str(label) for _value, label in form.fields["level"].choices]
    assert counted[0:3] == ["All", "the state (2)", "the county (0)"]
    assert counted[-2:] == ["Eksempeldepartementet (2)", "Not set (1)"]


def test_a_list_of_one_level_is_a_sound_word_file_of_its_points_alone(
    question, three, ministry, at_desk, editor, tmp_path
):
    set_levels(three[:1], [code_of(ministry)], by=editor)
    QuestionFactory(session=question.session, number=2)
    response = at_desk.get(f"{POINTS}last-ned/docx/", {"level": code_of(ministry)})
    assert response["Content-Disposition"] == 'attachment; filename="dialog-points-intern.docx"'
    file = tmp_path / "list.docx"
    file.write_bytes(response.content)
    assert [error.description for error in OpenXmlValidator().validate(str(file)).errors] == []
    written = "\n".join(paragraph.text for paragraph in Document(BytesIO(response.content)).paragraphs)
    for expected in ("Points that concern Eksempeldepartementet", "Til kommunen", "Under overskrift", question.text):
        assert expected in written, expected
    for other in ("Andre", "Tredje", "Programme"):
        assert other not in written, other


def test_a_list_is_a_workbook_with_what_the_tables_said_and_no_formula(question, three, at_desk, editor):
    set_levels(three[:1], ["municipality", "state"], by=editor)
    [formula] = dispositions.accept([make_input(question, "=1+1", addressees=("=2+2",))], by=editor)
    set_levels([formula], ["state"], by=editor)
    response = at_desk.get(f"{POINTS}last-ned/xlsx/", {"level": "state"})
    sheet = load_workbook(BytesIO(response.content)).active
    _head, *rows = sheet.iter_rows(values_only=True)
    assert [(row[3], row[4], row[5]) for row in rows] == [
        ("Til kommunen", "the state; the municipality", "Kommunen; Østby"),
        ("=1+1", "the state", "=2+2"),
    ]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)} == {
        "s"
    }


def test_there_are_no_other_kinds_of_list_and_strangers_get_none(three, at_desk, stranger):
    assert at_desk.get(reverse("points_file", args=["dialog", "pdf"])).status_code == 404
    assert stranger.get(f"{POINTS}last-ned/docx/").status_code == 404


def test_what_a_table_said_is_found_among_the_inputs(question, three, at_desk):
    make_input(question, "Også dit", addressees=("KOMMUNEN",))
    found = at_desk.get("/konferanse/dialog/innspill/", {"level": "kommunen"}).context["inputs"]
    assert [one.text for one in found] == ["Til kommunen", "Også dit"]
    assert at_desk.get("/konferanse/dialog/innspill/", {"level": "staten"}).status_code == 422
