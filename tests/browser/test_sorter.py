"""The desk by keyboard alone, in Chromium: read, pile, name last; and two who reach for the same note."""

import pytest
from playwright.sync_api import Page, expect

from conference.models import Role
from inputs.actions import dispositions, headings
from inputs.integrity import check
from inputs.models import Heading, Input, Point
from tests.browser.axe import violations
from tests.factories import MembershipFactory, QuestionFactory, TableFactory, make_input
from tests.inputs.desk import address, logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ANSWERED = 30_000  # fifteen acts on a slow machine
SUBJECTS = ("Språk", "Arbeid", "Bolig")


@pytest.fixture
def question(transactional_db):
    question = QuestionFactory()
    for n in range(20):
        make_input(question, f"{SUBJECTS[n % 3]}: innspill {n}")
    return question


@pytest.fixture
def editor(question):
    return MembershipFactory(
        conference=question.session.conference, role=Role.EDITOR, user__name="Rita Redaktør"
    ).user


@pytest.fixture
def desk(question, editor, page: Page, context, live_server, console) -> Page:
    cookie = logged_in(editor).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + address("desk", question))
    return page


def press(desk: Page, *keys: str) -> None:
    for key in keys:
        desk.keyboard.press(key)


def standing(desk: Page) -> str:
    """The words of the line that has focus."""
    return desk.evaluate("document.activeElement.closest('.note, .point').querySelector('label').textContent")


def remaining(desk: Page, number: int) -> None:
    expect(desk.locator("#notes > .note")).to_have_count(number, timeout=ANSWERED)
    expect(desk.locator("#desk-state")).to_contain_text(f"{number} gjenstår", timeout=ANSWERED)


def told(desk: Page, text: str) -> None:
    expect(desk.locator("#desk-said")).to_contain_text(text, timeout=ANSWERED)


def test_twenty_notes_are_sorted_into_three_piles_and_named_last_by_keyboard_alone(desk, question):
    press(desk, "j")
    assert standing(desk) == "Språk: innspill 0"
    for pile in range(1, 4):
        press(desk, "n")
        expect(desk.locator("[data-unnamed]")).to_have_count(pile)
    remaining(desk, 17)

    # The hands do not wait for the answers; two notes are left for last.
    for n in range(3, 18):
        assert standing(desk) == f"{SUBJECTS[n % 3]}: innspill {n}"
        press(desk, str(n % 3 + 1))
    remaining(desk, 2)
    told(desk, "1 innspill er nå et punkt i rapporten.")
    assert standing(desk) == "Språk: innspill 18"

    press(desk, "Shift+ArrowDown", "s")
    remaining(desk, 0)
    told(desk, "1 kilde til")
    press(desk, "u")
    remaining(desk, 2)
    told(desk, "Angret.")
    press(desk, "ArrowLeft", "a")
    expect(desk.locator("#reasons")).to_be_visible()
    press(desk, "6")
    remaining(desk, 1)
    told(desk, "1 innspill er lagt til side.")
    press(desk, "Control+z")
    remaining(desk, 2)
    press(desk, "k", "k", "x", "ArrowRight", "s")  # the same as the first point of the first pile
    remaining(desk, 1)
    assert standing(desk) == "Språk: innspill 0"
    press(desk, "ArrowLeft", "x", "3")
    remaining(desk, 0)

    press(desk, "e")
    for title in SUBJECTS:
        expect(desk.locator("[data-unnamed]")).to_have_count(3 - SUBJECTS.index(title))
        desk.keyboard.type(title)
        press(desk, "Enter")
    expect(desk.locator("[data-unnamed]")).to_have_count(0)

    assert [
        (heading.title, Point.objects.standing().filter(heading=heading).count())
        for heading in Heading.objects.standing()
    ] == [("Språk", 6), ("Arbeid", 6), ("Bolig", 7)]
    assert Point.objects.get(text="Språk: innspill 0").sources.open().count() == 2
    assert check(question.session.conference) == []


def test_points_move_between_piles_and_the_focus_goes_on(desk, question, editor):
    entries = list(Input.objects.order_by("pk")[:3])
    first = headings.make(question, "Først", by=editor)
    headings.make(question, "Så", by=editor)
    dispositions.accept(entries, by=editor, place=lambda _entry: first)
    desk.reload()
    press(desk, "ArrowRight", "Shift+ArrowDown", "2")
    told(desk, "2 punkter er flyttet.")
    assert standing(desk) == "Bolig: innspill 2"
    press(desk, "n")
    expect(desk.locator("[data-unnamed] .point")).to_have_count(1)
    places = Point.objects.order_by("pk").values_list("heading__title", flat=True)
    assert list(places) == ["Så", "Så", ""]


def test_a_note_that_somebody_else_has_taken_is_told_of_and_gone(desk, question):
    other = MembershipFactory(conference=question.session.conference, user__name="Tor Redaktør").user
    taken, *_rest = Input.objects.order_by("pk")
    dispositions.accept([taken], by=other)
    press(desk, "j", "Shift+ArrowDown", "n")
    told(desk, "Tor Redaktør brukte innspill i rapporten")
    remaining(desk, 19)
    expect(desk.locator("#heading-none .point")).to_have_count(1)
    assert Point.objects.count() == 1
    assert standing(desk) == "Bolig: innspill 2"


def test_letters_that_are_typed_in_a_field_are_no_acts(desk):
    press(desk, "/")
    desk.keyboard.type("nsau1")
    expect(desk.locator("#search")).to_have_value("nsau1")
    press(desk, "Enter")
    expect(desk.locator("#notes-none")).to_contain_text("Vis alle som gjenstår")
    assert Point.objects.count() == 0


def test_a_click_with_shift_ticks_all_between(desk):
    boxes = desk.locator("#notes input[type=checkbox]")
    boxes.nth(2).check()
    boxes.nth(6).click(modifiers=["Shift"])
    expect(desk.locator("#notes input:checked")).to_have_count(5)
    press(desk, "Escape")
    expect(desk.locator("#notes input:checked")).to_have_count(0)


def test_when_the_net_fails_the_notes_stay_and_it_is_said(desk, context, console):
    context.set_offline(True)
    press(desk, "j", "n")
    expect(desk.locator("#request-failed")).to_be_visible()
    expect(desk.locator("[data-going]")).to_have_count(0)
    context.set_offline(False)
    console.clear()  # the browser's own complaint of the net
    press(desk, "ArrowUp", "n")
    remaining(desk, 19)
    expect(desk.locator("#request-failed")).to_be_hidden()


# --- what is like a note, and the other way to work ---

BUS = ("Bussen går for sjelden om kvelden", "Kveldsbussen går for sjelden")


@pytest.fixture
def alike(question, desk):
    """Two notes that are alike, last in the list."""
    entries = [make_input(question, text, table=TableFactory(conference=question.session.conference)) for text in BUS]
    desk.reload()
    expect(desk.locator("#notes [data-alike]")).to_have_count(20 + 2)
    return entries


def tick_of(entry: Input) -> str:
    return f"#tick-{entry.key}"


def test_what_is_like_a_note_is_seen_in_place_and_decided_by_keys(desk, question, alike):
    first, second = alike
    press(desk, "End", "l")
    pair = desk.locator("#alike-here .pair").first
    expect(pair).to_be_focused()
    expect(pair).to_contain_text(BUS[0])
    assert violations(desk) == []
    press(desk, "Escape")
    expect(desk.locator("#alike-here")).to_be_hidden()
    expect(desk.locator(tick_of(second))).to_be_focused()

    press(desk, "l", "1", "i")
    expect(desk.locator("#alike-here")).to_contain_text("Ingenting under dette spørsmålet ligner.")
    expect(desk.locator(f"#note-{second.key} [data-alike]")).to_have_count(0)
    press(desk, "Escape", "u")
    told(desk, "Angret.")
    press(desk, "l")
    expect(pair).to_be_focused()
    press(desk, "s")
    remaining(desk, 20)
    assert [(one.text, one.sources.open().count()) for one in Point.objects.standing()] == [(first.text, 2)]
    assert standing(desk) == "Arbeid: innspill 19"


def test_one_goes_on_from_the_note_though_it_was_replaced_under_its_candidates(desk, alike):
    _first, second = alike
    press(desk, "End", "l")
    expect(desk.locator("#alike-here .pair").first).to_be_focused()
    replace = "(id) => { const note = document.getElementById(id); note.replaceWith(note.cloneNode(true)); }"
    desk.evaluate(replace, f"note-{second.key}")  # as news of the note do
    press(desk, "s")
    remaining(desk, 20)
    assert standing(desk) == "Arbeid: innspill 19"


def test_the_order_by_likeness_is_a_key_and_stays_while_one_works(desk, alike):
    press(desk, "o")
    desk.wait_for_url("**order=likhet")
    expect(desk.locator("#sieve-order")).to_be_checked()
    before = desk.locator("#notes > .note label").all_text_contents()
    assert abs(before.index(BUS[0]) - before.index(BUS[1])) == 1
    press(desk, "j", "j", "n")
    remaining(desk, 21)
    assert desk.locator("#notes > .note label").all_text_contents() == [before[0], *before[2:]]
    press(desk, "u")
    remaining(desk, 22)
    assert desk.locator("#notes > .note label").all_text_contents() == before


def test_ticked_notes_become_one_point_in_a_pile_and_ten_piles_are_within_reach(desk, question, editor):
    for _pile in range(11):
        headings.make_pile(question, by=editor)
    desk.reload()
    press(desk, "j", "Shift+ArrowDown", "Shift+Digit2")
    remaining(desk, 18)
    press(desk, "0", "1", "1", "Enter")
    remaining(desk, 17)
    assert standing(desk) == "Språk: innspill 3"
    points = Point.objects.order_by("pk")
    second, eleventh = Heading.objects.standing()[1], Heading.objects.standing()[10]
    assert [(one.heading, one.sources.open().count()) for one in points] == [(second, 2), (eleventh, 1)]


def test_a_point_moves_a_step_by_a_key_and_keeps_the_focus(desk, question, editor):
    dispositions.accept(list(Input.objects.order_by("pk")[:3]), by=editor)
    desk.reload()
    press(desk, "ArrowRight", "Alt+ArrowDown")
    told(desk, "2 av 3")
    assert standing(desk) == "Språk: innspill 0"
    assert desk.locator(".point label").all_text_contents()[1] == "Språk: innspill 0"


def test_g_leads_from_sort_to_edit_and_back(desk, question, editor):
    dispositions.accept(list(Input.objects.order_by("pk")[:1]), by=editor)
    desk.reload()
    press(desk, "g")
    desk.wait_for_url("**/rediger/**")
    expect(desk.locator(".edit-line textarea")).to_be_focused()
    press(desk, "End", "g")
    expect(desk.locator(".edit-line textarea")).to_have_value("Språk: innspill 0g")
    press(desk, "Escape", "Escape", "g")
    desk.wait_for_url(lambda url: url.endswith(address("desk", question)))


def test_what_was_said_for_a_point_is_opened_where_it_stands_and_follows_what_is_done(desk, question, editor):
    first, second, third = Input.objects.order_by("pk")[:3]
    [point] = dispositions.accept([first], by=editor)
    dispositions.attach(point, [second], by=editor)
    desk.reload()
    way = desk.locator(f"#sources-{point.key}")
    way.focus()
    desk.keyboard.press("Enter")
    expect(way.locator("summary")).to_be_focused()
    expect(way.locator("li")).to_have_count(2)
    expect(way).to_contain_text(second.text)
    desk.locator(f"#tick-{third.key}").check()
    desk.locator(f"#tick-{point.key}").check()
    press(desk, "s")
    expect(way.locator("li")).to_have_count(3)
    assert violations(desk) == []
