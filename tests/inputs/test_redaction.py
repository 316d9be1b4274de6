"""Words taken out for good are gone from every table; that it was done, by whom and why, is kept."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conference.importers import inputs_file
from conference.models import Event
from inputs.actions import dispositions, entry, headings, points, redaction
from inputs.actions.importing import import_notes, plan_import
from inputs.actions.reasons import reason_for
from inputs.actions.undo import undo
from inputs.integrity import check
from inputs.models import Input, MinutesRevision, MinutesSheet, Point, Redaction
from inputs.passages import MASK, Passage
from tests.factories import (
    MembershipFactory,
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_contribution,
    make_input,
)
from tests.inputs.desk import address, logged_in, picture, said

pytestmark = pytest.mark.django_db

NAME = "Ola Oppdiktet"
SAID = f"Vi meiner at {NAME} har rett."


def everything_stored():
    """Every value of every column of every table in the database, as it is stored."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield from (str(value) for value in row)


def stored(words):
    return sum(words.casefold() in value.casefold() for value in everything_stored())


def where(kind, target):
    return reverse("redact", args=["dialog", kind, target.key])


@pytest.fixture
def used(question, editor):
    """An input that was reworded, used in two points, and holds the name in every column that can."""
    made = make_input(
        question,
        f"{SAID} Spør {NAME.upper()}.",
        table=TableFactory(conference=question.session.conference, number=3),
        suggested_heading=f"Om {NAME}",
        addressees=(NAME,),
        external_id="n-1",
    )
    made = entry.rewrite(made, text=SAID, revision=1, by=editor)
    reason = reason_for(question.session.conference, "unclear")
    dispositions.set_aside([made], reason=reason, by=editor, comment=f"Hvem er {NAME}?")
    dispositions.bring_back([made], by=editor)
    [point] = dispositions.accept([made], by=editor)
    points.reword(point, text="Ein person har rett.", version=1, by=editor)
    return Input.objects.get(pk=made.pk)


def test_nothing_is_left_of_the_words_in_any_table(question, used, at_desk):
    conference = question.session.conference
    point = Point.objects.get()
    heading = headings.make(question, f"Om {NAME}", by=at_desk.user)
    headings.rename(heading, "Om folk", by=at_desk.user)
    sheet = MinutesSheet.objects.create(
        session=question.session,
        note_taker=NoteTakerFactory(table=used.table),
        text=f"Så sa {NAME}  noe.",
        received_at=timezone.now(),
    )
    MinutesRevision.objects.create(sheet=sheet, number=1, text=sheet.text, by=at_desk.user, at=timezone.now())
    make_contribution(conference, to=f"Kontoret til {NAME}", text=f"Spør {NAME}.")
    assert stored(NAME) > 8

    data = {"words": NAME, "ground": "Personopplysning", "confirm": "1"}
    also = [f"point:{point.key}", f"minutessheet:{sheet.key}", f"heading:{heading.key}"]
    response = at_desk.post(where("innspill", used), data | {"also": also}, follow=True)
    assert said(response) == ["The words are taken out of 4 texts."]

    assert stored(NAME) == 0
    used.refresh_from_db()
    assert used.text == "Vi meiner at [sladdet] har rett."
    assert list(used.revisions.order_by("number").values_list("text", flat=True)) == [
        "Vi meiner at [sladdet] har rett. Spør [sladdet].",
        "Vi meiner at [sladdet] har rett.",
    ]
    assert (used.suggested_heading, used.addressees) == ("Om [sladdet]", ["[sladdet]"])
    assert check(conference) == []
    assert list(Redaction.objects.order_by().values_list("ground", "by").distinct()) == [
        ("Personopplysning", at_desk.user.pk)
    ]
    assert Event.objects.filter(verb="redact").values("act").distinct().count() == 1


def test_the_preview_counts_offers_what_is_joined_and_changes_nothing(question, used, at_desk):
    stranger = make_input(question, f"Et annet bord sier {NAME} og.")
    point = Point.objects.get()
    before = picture()
    response = at_desk.post(where("innspill", used), {"words": NAME.lower(), "ground": "Person"})
    assert (response.status_code, picture(), Redaction.objects.count()) == (200, before, 0)
    places = [(one.target, one.now, one.besides, one.is_near) for one, _part in response.context["places"]]
    assert places == [(used, 1, 5, False), (point, 0, 1, True), (stranger, 1, 0, False)]
    assert response.content.decode().count("checked") == 1
    assert "This cannot be undone." in response.content.decode()


def test_only_what_is_ticked_goes_besides_the_text_itself(question, used, at_desk):
    other = make_input(question, f"Et annet bord sier {NAME} og.")
    at_desk.post(where("innspill", used), {"words": NAME, "ground": "Person", "confirm": "1"})
    other.refresh_from_db()
    assert NAME in other.text
    assert list(Redaction.objects.values_list("input", "point")) == [(used.pk, None)]


def test_a_point_and_its_wordings_are_redacted_and_who_is_writing_is_told(question, used, at_desk, editor):
    point = Point.objects.get()
    points.reword(point, text=f"{NAME} har rett.", version=2, by=editor)
    at_desk.post(where("punkt", point), {"words": NAME, "ground": "Person", "confirm": "1"})
    assert list(point.revisions.order_by("number").values_list("text", flat=True)) == [
        "Vi meiner at [sladdet] har rett.",
        "Ein person har rett.",
        "[sladdet] har rett.",
    ]
    answer = at_desk.post(address("point_reword", question, point.key), {"text": "x", "version": "3"})
    assert answer.status_code == 409
    page = at_desk.get(address("point", question, point.key)).content.decode()
    assert "Words were taken out for good" in page


def test_an_earlier_act_can_still_be_undone_and_does_not_bring_the_words_back(question, used, at_desk, editor):
    point = Point.objects.get()
    act = Event.objects.get(verb="reword").act
    at_desk.post(
        where("innspill", used),
        {"words": NAME, "ground": "Person", "confirm": "1", "also": [f"point:{point.key}"]},
    )
    undo(act, by=editor)
    assert (Point.objects.get().text, stored(NAME)) == ("Vi meiner at [sladdet] har rett.", 0)


def test_a_part_that_was_divided_out_of_a_sheet_is_still_found_in_it(question, editor):
    text = f"Innleiing. {NAME} sa ja. Slutt her."
    sheet = MinutesSheet.objects.create(
        session=question.session, note_taker=NoteTakerFactory(), text=text, received_at=timezone.now()
    )
    MinutesRevision.objects.create(sheet=sheet, number=1, text=text, by=editor, at=timezone.now())
    part = make_input(question, "Slutt her.")
    start = text.index("Slutt")
    Input.objects.filter(pk=part.pk).update(sheet=sheet, sheet_revision=1, span_start=start, span_end=len(text))

    redaction.redact(Passage(NAME, label="[sladdet]"), [sheet], ground="Person", by=editor)
    part.refresh_from_db()
    assert sheet.revisions.get().text[part.span_start : part.span_end] == "Slutt her."


def test_the_same_file_again_neither_fails_nor_brings_the_words_back(question, at_desk):
    conference = question.session.conference
    TableFactory(conference=conference, number=3)
    file = f"id,session,question,table,text\nn-1,1,1,3,{SAID}\nn-2,1,1,3,Noe annet\n".encode()
    rows = inputs_file.read(file, "notes.csv")
    import_notes(plan_import(conference, rows, file="notes.csv"), by=at_desk.user)
    at_desk.post(
        where("innspill", Input.objects.get(external_id="n-1")),
        {"words": NAME, "ground": "Person", "confirm": "1"},
    )
    plan = plan_import(conference, rows, file="notes.csv")
    assert (plan.notes, plan.known) == ((), 2)
    assert stored(NAME) == 0


WRONG = [
    ("words", {"words": "står ikke her"}),
    ("words", {"words": " "}),
    ("words", {"words": "a"}),
    ("words", {"words": "x" * 10_001}),
    ("ground", {"ground": ""}),
    ("ground", {"ground": "x" * 301}),
    ("ground", {"ground": f"Navnet {NAME}"}),
]


@pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
@pytest.mark.parametrize(("field", "wrong"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_goes(field, wrong, confirm, question, used, at_desk):
    before = picture()
    data = {"words": NAME, "ground": "Person"} | wrong | confirm
    response = at_desk.post(where("innspill", used), data)
    form = response.context["form"]
    assert (response.status_code, list(form.errors), picture()) == (422, [field], before)
    assert [form[name].value() for name in ("words", "ground")] == [data["words"], data["ground"]]
    assert str(form.errors[field][0]) in response.content.decode().replace("&#x27;", "'")


def test_a_second_click_says_that_the_words_are_gone(question, used, at_desk):
    data = {"words": NAME, "ground": "Person", "confirm": "1"}
    answers = [at_desk.post(where("innspill", used), data).status_code for _click in range(2)]
    assert (answers, Redaction.objects.count()) == ([302, 422], 1)


def test_who_may_not_edit_meets_403_and_who_may_not_see_404(question, used, reader, other_editor, stranger):
    before = picture()
    data = {"words": NAME, "ground": "Person", "confirm": "1"}
    for kind, target in [("innspill", used), ("punkt", Point.objects.get())]:
        for client, status in [(reader, 403), (other_editor, 403), (stranger, 404)]:
            assert client.post(where(kind, target), data).status_code == status
            assert client.get(where(kind, target)).status_code == status
    assert (picture(), Redaction.objects.count()) == (before, 0)


def test_texts_of_another_conference_are_neither_found_nor_touched(question, used, at_desk):
    theirs = make_input(QuestionFactory(session=SessionFactory()), SAID)
    data = {"words": NAME, "ground": "Person", "confirm": "1", "also": [f"input:{theirs.key}", "tull", "input:1"]}
    assert at_desk.post(where("innspill", theirs), data).status_code == 404
    assert at_desk.post(where("tull", used), data).status_code == 404
    assert at_desk.get(reverse("redact", args=["dialog", "punkt", uuid.uuid4()])).status_code == 404
    at_desk.post(where("innspill", used), data)
    theirs.refresh_from_db()
    assert theirs.text == SAID


def test_an_editor_of_one_session_is_told_of_the_others_and_touches_only_their_own(question, used, conference):
    elsewhere = make_input(QuestionFactory(session=SessionFactory(conference=conference, number=8)), SAID)
    member = MembershipFactory(conference=conference)
    member.sessions.add(question.session)
    client = logged_in(member.user)
    data = {"words": NAME, "ground": "Person", "also": [f"input:{elsewhere.key}"]}
    assert client.post(where("innspill", used), data).context["others"] == 1
    client.post(where("innspill", used), data | {"confirm": "1"})
    elsewhere.refresh_from_db()
    assert elsewhere.text == SAID


def test_a_text_that_does_not_hold_the_words_any_more_stops_the_whole_act(question, used, editor):
    other = make_input(question, "Uten navn")
    before = picture()
    with pytest.raises(redaction.NotThere):
        redaction.redact(Passage(NAME, label="[sladdet]"), [used, other], ground="Person", by=editor)
    assert (picture(), Redaction.objects.count()) == (before, 0)


def test_words_are_found_across_case_and_blanks_and_no_text_grows():
    passage = Passage("Ola  Oppdiktet", label="[sladdet]")
    assert passage.without("ola\nOPPDIKTET kom") == "[sladdet] kom"
    assert Passage("Ola", label="[sladdet]").without("Ola.") == f"{MASK}."
    assert passage.without(["Ola Oppdiktet", "ingen"]) == ["[sladdet]", "ingen"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_preview_costs_the_same_for_one_place_and_for_three(number, question, used, at_desk):
    for n in range(number):
        other = make_input(question, f"{n} {SAID}", table=used.table)
        dispositions.accept([other], by=at_desk.user)
    with CaptureQueriesContext(connection) as captured:
        response = at_desk.post(where("innspill", used), {"words": NAME, "ground": "Person"})
    assert len(response.context["places"]) == 2 + 2 * number
    assert len(captured) == 31
    assert response.context["number"] == 6
