"""The table's running text by forms alone: stored, never lost, divided piece by piece, and what is left stays."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conference.models import NoteTaker, Session, Table
from inputs.actions.sheets import take_in
from inputs.integrity import check
from inputs.models import Input, MinutesSheet, SheetSource
from tests import htmx
from tests.inputs.test_table_page import Screen, conference, screen, screens  # noqa: F401 fixtures

pytestmark = pytest.mark.django_db

SHEET = "/bord/?bolk=1&maate=fritekst"
TEXT = "Spørsmål 1\nTiltak:\n- Flere kurs\n- Mer tid\n\nUplassert:\nNoe annet\nog mer"


@pytest.fixture
def written(screen):  # noqa: F811
    """A table that has stored its running text."""
    screen.go(SHEET)
    store(screen, TEXT)
    return screen


def store(screen, text, form=None, **values):  # noqa: F811
    return screen.send(form if form is not None else screen.form("/bord/ark/"), text=text, **values)


def box(screen):  # noqa: F811
    return screen.form("/bord/ark/").fields["text"].strip()


def pieces(screen):  # noqa: F811
    """What the division page shows: each piece's words, question and kind."""
    return [
        (
            item.xpath(".//textarea")[0].text.strip("\n"),
            item.xpath(".//select[@name='question']/option[@selected]/@value") or [""],
            item.xpath(".//select[@name='kind']/option[@selected]/@value") or [""],
        )
        for item in screen.page.find_class("piece")
    ]


def words(screen):  # noqa: F811
    return [text for text, *_ in pieces(screen)]


def press(screen, name, value="yes", **more):  # noqa: F811
    """Press a button of the division page, with everything that stands in its form."""
    form = screen.page.find_class("pieces")[0]
    data = {}
    for field, held in form.form_values():
        data.setdefault(field, []).append(held)
    response = screen.client.post(form.get("action"), data | more | {name: value})
    if response.status_code == 302:
        screen.go(response["Location"])
    else:
        screen._show(response)
    return response


def divide(screen):  # noqa: F811
    key = MinutesSheet.objects.get().key
    return screen.go(reverse("table_sheet_divide", args=[key]))


def test_the_way_is_chosen_by_a_link_and_remembered_by_the_device(screen):  # noqa: F811
    assert screen.page.xpath("//nav[@class='table-ways']//a[@aria-current]")[0].text == "Line by line"
    screen.go(SHEET)
    assert screen.sections() == {}
    screen.go()
    assert screen.page.xpath("//nav[@class='table-ways']//a[@aria-current]")[0].text == "Running text"
    assert len(screen.page.xpath("//textarea[@id='sheet-text']")) == 1
    screen.go("/bord/?som=linjer")
    assert screen.sections() != {}
    screen.go()
    assert screen.sections() == {}
    screen.go("/bord/?maate=linjer")
    screen.go("/bord/?maate=tull")
    assert list(screen.sections()) == ["1", "2", ""]


def test_the_text_is_stored_and_comes_back(written):
    sheet = MinutesSheet.objects.get()
    assert (sheet.text, sheet.revision, box(written)) == (TEXT, 1, TEXT)
    assert "received" in written.page.get_element_by_id("table-state").text_content()
    store(written, TEXT + "\n\nMer")
    store(written, "")
    sheet.refresh_from_db()
    assert (sheet.text, sheet.revision, sheet.revisions.count()) == ("", 3, 3)


def test_a_double_click_makes_one_sheet(screen):  # noqa: F811
    screen.go(SHEET)
    form = screen.form("/bord/ark/")
    assert [store(screen, "En", form).status_code for _click in range(2)] == [302, 302]
    assert list(MinutesSheet.objects.values_list("text", "revision")) == [("En", 1)]


def test_a_stale_form_shows_both_texts_and_goes_through_when_it_is_sent_again(written):
    stale = written.form("/bord/ark/")
    store(written, "Den andre fanens")
    assert store(written, "Mine ord", stale).status_code == 409
    assert (MinutesSheet.objects.get().text, box(written)) == ("Den andre fanens", "Mine ord")
    assert written.page.find_class("sheet-words")[0].text == "Den andre fanens"
    store(written, box(written))
    assert MinutesSheet.objects.get().text == "Mine ord"


def test_two_devices_that_begin_meet_as_a_conflict_and_not_as_two_sheets(screen):  # noqa: F811
    screen.go(SHEET)
    first = screen.form("/bord/ark/")
    screen.go(SHEET)
    store(screen, "En")
    assert store(screen, "To", first).status_code == 409
    store(screen, box(screen))
    assert [sheet.text for sheet in MinutesSheet.objects.all()] == ["To"]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"text": "x" * 200_001}, 400),
        ({"text": " "}, 400),
        ({"key": "tull"}, 400),
        ({"revision": "-1"}, 400),
        ({"session": "99"}, 404),
        ({"session": "x"}, 404),
    ],
)
def test_what_cannot_be_stored_is_told_and_kept(values, status, screen):  # noqa: F811
    screen.go(SHEET)
    response = screen.send(screen.form("/bord/ark/"), **{"text": "Mine ord"} | values)
    assert (response.status_code, MinutesSheet.objects.count()) == (status, 0)
    if status == 400:
        assert box(screen) == values.get("text", "Mine ord").strip()
        assert screen.alert()


def test_after_the_deadline_a_new_text_is_received_and_a_stored_one_stays(written):
    form = written.form("/bord/ark/")
    Session.objects.update(writable_until=timezone.now() - timedelta(minutes=1))
    assert store(written, "For sent", form).status_code == 423
    assert (MinutesSheet.objects.get().text, box(written)) == (TEXT, "For sent")
    key = MinutesSheet.objects.get().key
    assert divide(written).status_code == 200
    assert (written.page.find_class("piece"), "time for changes" in written.alert()) == ([], True)
    data = {"revision": "1", "span": "0-2", "question": "", "kind": "", "divide": "yes"}
    assert written.client.post(reverse("table_sheet_divide", args=[key]), data).status_code == 423
    MinutesSheet.objects.all()[0].revisions.all().delete()
    MinutesSheet.objects.all().delete()
    written.go(SHEET)
    store(written, "Nytt og sent")
    assert MinutesSheet.objects.get().text == "Nytt og sent"
    assert Input.objects.count() == 0


def test_the_other_button_stores_and_goes_on_to_divide(screen):  # noqa: F811
    screen.go(SHEET)
    store(screen, TEXT, divide="")
    assert words(screen) == ["Flere kurs", "Mer tid", "Noe annet\nog mer"]


def test_each_piece_is_proposed_with_its_question_and_kind(written):
    divide(written)
    assert pieces(written) == [
        ("Flere kurs", ["1"], ["measure"]),
        ("Mer tid", ["1"], ["measure"]),
        ("Noe annet\nog mer", [""], [""]),
    ]


def test_what_is_confirmed_becomes_inputs_and_what_is_left_stays(written, conference):  # noqa: F811
    divide(written)
    name = written.page.xpath("//input[@name='span']/@value")[1]
    response = press(written, "divide", leave=[name])
    assert response["Location"] == SHEET
    assert list(Input.objects.values_list("text", "question__number", "kind", "table__number", "source")) == [
        ("Flere kurs", 1, "measure", 7, "table"),
        ("Noe annet\nog mer", None, "", 7, "table"),
    ]
    assert box(written) == "Spørsmål 1\nTiltak:\n\n- Mer tid"
    assert "2 inputs are made." in written.page.get_element_by_id("messages").text_content()
    written.go("/bord/?maate=linjer")
    assert written.sections()["1"] == ["Flere kurs"]
    assert check(conference) == []


def test_pieces_are_joined_split_and_chosen_for_before_anything_is_stored(written):
    divide(written)
    press(written, "join", "1")
    assert words(written) == ["Flere kurs\n- Mer tid", "Noe annet\nog mer"]
    press(written, "split", "0", question=["2", ""], kind=["both", ""])
    assert pieces(written)[:2] == [("Flere kurs", ["2"], ["both"]), ("Mer tid", ["2"], ["both"])]
    press(written, "split", "2")
    assert words(written)[2:] == ["Noe annet", "og mer"]
    press(written, "split", "2", cursor="3")
    assert words(written)[2:] == ["Noe", "annet", "og mer"]
    assert [box.get("id") for box in written.page.xpath("//textarea[@autofocus]")] == [f"piece-{TEXT.index('annet')}"]
    press(written, "split", "0", cursor="99999")
    for button, value in (("join", "0"), ("join", "77"), ("split", "x"), ("look", "")):
        press(written, button, value)
        assert len(words(written)) == 5
    assert (Input.objects.count(), MinutesSheet.objects.get().revision) == (0, 1)
    press(written, "divide")
    assert [entry.text for entry in Input.objects.order_by("pk")] == [
        "Flere kurs",
        "Mer tid",
        "Noe",
        "annet",
        "og mer",
    ]


def test_a_double_click_divides_once(written):
    divide(written)
    form = written.page.find_class("pieces")[0]
    data = {}
    for field, held in form.form_values():
        data.setdefault(field, []).append(held)
    answers = [written.client.post(form.get("action"), data | {"divide": "yes"}).status_code for _click in range(2)]
    assert (answers, Input.objects.count(), MinutesSheet.objects.get().revision) == ([302, 302], 3, 2)


def test_a_page_that_is_stale_keeps_what_was_chosen_and_divides_nothing(written):
    divide(written)
    old = written.page
    written.go(SHEET)
    store(written, "Helt nytt\n\n" + TEXT.replace("Mer tid", "Mye mer tid"))
    for button, value in (("divide", "yes"), ("join", "2")):
        written.page = old
        assert press(written, button, value, question=["2", "2", "2"], kind=["both"] * 3).status_code == 409
        assert pieces(written) == [
            ("Helt nytt", [""], [""]),
            ("Flere kurs", ["2"], ["both"]),
            ("Mye mer tid", ["1"], ["measure"]),
            ("Noe annet\nog mer", ["2"], ["both"]),
        ]
        assert "has been changed" in written.alert()
    assert Input.objects.count() == 0
    press(written, "divide")
    assert Input.objects.count() == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"span": ["0-5"]},
        {"span": ["0-2", "0-2", "0-2"]},
        {"span": ["0-2", "1-3", "9-99999"]},
        {"span": ["a-b", "", "1-"]},
        {"span": ["2-0", "4-6", "7-9"]},
        {"question": ["9", "", ""]},
        {"question": ["<b>", "", ""]},
        {"kind": ["joke", "", ""]},
        {"revision": ["77"]},
        {"revision": ["x"]},
        {"revision": []},
        {"span": [], "question": [], "kind": []},
    ],
)
def test_a_form_that_is_not_ours_divides_nothing(changes, written):
    divide(written)
    assert press(written, "divide", **changes).status_code == 422
    assert (len(words(written)), Input.objects.count()) == (3 if changes.get("span") != [] else 0, 0)


def test_what_is_too_long_for_one_input_is_split_first(written):
    store(written, "kort\n\n" + "x" * 6_000 + "\n" + "y" * 6_000)
    divide(written)
    assert press(written, "divide").status_code == 422
    assert len(written.page.xpath("//textarea[@aria-invalid]")) == 1
    press(written, "split", "1")
    assert press(written, "divide").status_code == 302
    assert (Input.objects.count(), MinutesSheet.objects.get().text) == (3, "")


def test_a_long_sheet_is_divided_two_hundred_pieces_at_a_time(written):
    store(written, "\n\n".join(f"Innspill {n}" for n in range(210)))
    divide(written)
    assert (len(words(written)), "10 pieces more" in written.page.text_content()) == (200, True)
    press(written, "divide")
    assert Input.objects.count() == 200
    divide(written)
    assert words(written)[0] == "Innspill 200"


def test_a_sheet_with_nothing_left_says_so(written):
    store(written, "")
    assert divide(written).status_code == 200
    assert "Nothing is left to divide." in written.page.text_content()


def test_what_an_editor_took_in_for_the_table_is_not_the_devices(written, editor, conference):  # noqa: F811
    session = conference.sessions.first()
    table = Table.objects.get(conference=conference, number=7)
    theirs = take_in(uuid.uuid4(), table=table, session=session, text="Fra Word", source=SheetSource.WORD, by=editor)
    assert written.client.get(reverse("table_sheet_divide", args=[theirs.key])).status_code == 404
    listed = written.client.get(reverse("table_api_sheets")).json()
    assert [one["text"] for one in listed] == [TEXT]


def test_the_interface_lists_the_writers_own_sheets_and_no_others(written, screens):  # noqa: F811
    sheet = MinutesSheet.objects.get()
    [listed] = written.client.get(reverse("table_api_sheets")).json()
    assert (listed["key"], listed["session"], listed["revision"], listed["text"]) == (str(sheet.key), 1, 1, TEXT)
    assert screens[1].client.get(reverse("table_api_sheets")).json() == []


def test_the_same_words_again_are_acknowledged_with_the_revision_they_have(written):
    sheet = MinutesSheet.objects.get()
    body = json.dumps({"session": 1, "text": TEXT + " \n", "revision": 2})
    where = reverse("table_api_sheet", args=[sheet.key])
    answer = written.client.put(where, body, content_type="application/json")
    assert (answer.status_code, answer.json()["key"], answer.json()["revision"]) == (200, str(sheet.key), 1)


def test_htmx_is_answered_what_the_page_would_show(written):
    where = reverse("table_sheet_divide", args=[MinutesSheet.objects.get().key])
    page = written.client.get(where).content.decode()
    part = htmx.post(written.client, where, {"revision": "0"}).content.decode()
    assert "<html" not in part
    swapped = htmx.swap(page, part)
    assert "has been changed" not in swapped
    assert NoteTaker.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_piece_and_for_three(number, written):
    store(written, "\n\n".join(f"Innspill {n}" for n in range(number)))
    where = reverse("table_sheet_divide", args=[MinutesSheet.objects.get().key])
    costs = []
    for address in (SHEET, where):
        with CaptureQueriesContext(connection) as captured:
            assert written.client.get(address).status_code == 200
        costs.append(len(captured))
    assert costs == [8, 6]
