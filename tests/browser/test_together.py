"""Two editors at one question in Chromium: each sees what the other does, and neither is disturbed by it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conference.models import Question, Role
from inputs.actions import dispositions, entry, headings, points
from inputs.integrity import check
from inputs.models import Input, Point, PointHold
from tests.browser.axe import violations
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    UserFactory,
    make_input,
)
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/konferanse/dialog/bolk/1/sporsmal/1/"
LIVE = 10_000  # others' acts are asked for every other second; the machine may be slow


@pytest.fixture
def question(transactional_db) -> Question:
    session = SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1, title="Språk")
    question = QuestionFactory(session=session, number=1, text="Hva skal til for at flere lærer norsk?")
    by = UserFactory(name="Eli Eksempel")
    heading = headings.make(question, "Kurs", by=by)
    headings.make(question, "Møteplasser", by=by)
    said = [make_input(question, text) for text in ("Kurs på kveldstid.", "Kurs på jobb.", "Barnepass under kurset.")]
    dispositions.accept(said, by=by, place=lambda _entry: heading)
    for text in ("Åpne biblioteket", "Flere kafeer", "Gratis svømming"):
        make_input(question, text)
    return question


@pytest.fixture
def window(browser, live_server, question):
    """Opens a page for an editor, on a machine of their own."""
    contexts: list[BrowserContext] = []

    def open_window(name: str, path: str = "", **more: object) -> Page:
        user = UserFactory(name=name)
        MembershipFactory(conference=question.session.conference, role=Role.EDITOR, user=user)
        context = browser.new_context(locale="nb-NO", **more)
        contexts.append(context)
        session = logged_in(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(f"{live_server.url}{DESK}{path}")
        return page

    yield open_window
    for context in contexts:
        context.close()


def note(page: Page, text: str):
    return page.locator("#notes .note", has_text=text)


def point(page: Page, text: str):
    return page.locator(".point", has_text=text)


def faults(page: Page) -> list[object]:
    results = violations(page)
    return [(one["id"], one["nodes"][0]["target"]) for one in results]


def test_what_others_do_arrives_while_one_types_and_ticks(window, question):
    anne, kari = window("Anne Åsen"), window("Kari Nordmann")
    expect(anne.locator("#here")).to_contain_text("Kari Nordmann", timeout=LIVE)
    expect(kari.locator("#here")).to_contain_text("Anne Åsen", timeout=LIVE)

    # Anne is in the middle of a word, with two notes ticked.
    for text in ("Flere kafeer", "Gratis svømming"):
        note(anne, text).get_by_role("checkbox").check()
    anne.locator("#new-title").focus()
    anne.keyboard.type("Frit")
    anne.evaluate("document.getElementById('new-title').setSelectionRange(2, 2)")

    # Kari uses one of them under a heading, and a table sends a note.
    note(kari, "Gratis svømming").get_by_role("checkbox").check()
    choose_heading(kari, "Møteplasser")
    kari.locator("#act-accept").click()
    by = question.points.first().revisions.get().by
    entry.receive([entry.Note(session=question.session, question=question, text="Rett fra bordet")], by=by)
    expect(point(anne, "Gratis svømming")).to_be_visible(timeout=LIVE)
    expect(note(anne, "Rett fra bordet")).to_be_visible(timeout=LIVE)
    expect(note(anne, "Gratis svømming")).to_have_count(0)
    expect(note(anne, "Rett fra bordet")).to_have_attribute("data-fresh", "")
    expect(note(anne, "Flere kafeer").get_by_role("checkbox")).to_be_checked()
    expect(anne.locator("#new-title")).to_be_focused()
    anne.keyboard.type("X")
    expect(anne.locator("#new-title")).to_have_value("FrXit")
    assert faults(anne) == []

    # And the other way: what Anne does, Kari hears of.
    note(anne, "Flere kafeer").get_by_role("checkbox").focus()
    anne.keyboard.press("n")
    expect(point(kari, "Flere kafeer")).to_be_visible(timeout=LIVE)
    expect(kari.locator("#heard")).to_contain_text("Anne Åsen", timeout=LIVE)
    assert check(question.session.conference) == []


def test_one_who_has_ticked_what_another_takes_is_told(window, question):
    anne, kari = window("Anne Åsen"), window("Kari Nordmann")
    note(anne, "Flere kafeer").get_by_role("checkbox").check()
    note(kari, "Flere kafeer").get_by_role("checkbox").check()
    kari.locator("#act-accept").click()
    expect(anne.locator("#heard")).to_contain_text("Kari Nordmann brukte 1 innspill", timeout=LIVE)
    expect(anne.locator("#heard")).to_contain_text("Noe du hadde krysset av")


def test_a_line_one_is_in_keeps_its_text_and_others_change_in_place(window, question):
    anne, kari = window("Anne Åsen", "rediger/"), window("Kari Nordmann", "rediger/")
    mine, theirs = anne.locator(".edit-line textarea"), kari.locator(".edit-line textarea")
    mine.nth(0).focus()
    anne.keyboard.press("End")
    anne.keyboard.type(" Gjerne gratis.")

    theirs.nth(1).fill("Kurs i arbeidstiden.")
    theirs.nth(1).blur()
    expect(mine.nth(1)).to_have_value("Kurs i arbeidstiden.", timeout=LIVE)
    theirs.nth(0).fill("Kurs om kvelden.")
    theirs.nth(0).blur()
    sign = anne.locator(".edit-changed")
    expect(sign).to_contain_text("Kari Nordmann har endret dette", timeout=LIVE)
    expect(mine.nth(0)).to_be_focused()
    expect(mine.nth(0)).to_have_value("Kurs på kveldstid. Gjerne gratis.")
    sign.get_by_role("button", name="Se").click()
    expect(sign).to_contain_text("Kurs om kvelden.")

    # Saving it meets the other's text: both are there to choose from.
    mine.nth(0).focus()
    mine.nth(1).focus()
    expect(anne.locator(".edit-conflict")).to_contain_text("Kurs om kvelden.")
    assert Point.objects.order_by("pk").first().text == "Kurs om kvelden."


def test_a_line_left_twice_before_the_answer_does_not_take_the_others_text_away(window, question):
    """The first answer is a conflict: the second save waits for a choice and does not go with the newer version."""
    anne = window("Anne Åsen", "rediger/")
    first, second = anne.locator(".edit-line textarea").nth(0), anne.locator(".edit-line textarea").nth(1)
    points.reword(Point.objects.order_by("pk")[0], text="Kurs om kvelden.", version=1, by=UserFactory())
    held = []
    anne.route("**/tekst/", lambda route: route.continue_() if held else held.append(route))
    first.fill("Kurs på kveldstid. Gjerne gratis.")
    second.focus()
    first.focus()
    second.focus()
    expect(anne.locator(".edit-line").nth(0).locator(".edit-state")).not_to_be_empty()
    held[0].continue_()
    expect(anne.locator(".edit-conflict")).to_contain_text("Kurs om kvelden.")
    second.fill("Kurs på jobben.")  # goes after whatever waits for line one
    first.focus()
    expect(anne.locator(".edit-line").nth(1).locator(".edit-state")).to_contain_text("Lagret")
    assert [point.text for point in Point.objects.order_by("pk")[:2]] == ["Kurs om kvelden.", "Kurs på jobben."]


def choose_heading(page, title):
    """In the bar, where each heading has the number of its pile."""
    page.locator("#bar-heading").select_option(
        page.locator("#bar-heading option", has_text=title).get_attribute("value")
    )


def open_merge(page: Page, *texts: str) -> None:
    for text in texts:
        point(page, text).get_by_role("checkbox").first.check()
    page.locator("#bar details > summary").click()
    page.locator("#act-merge").click()
    expect(page.locator("textarea#text")).to_be_visible()


def test_an_open_merge_holds_its_points_until_it_is_left_or_taken_over(window, question):
    anne, kari = window("Anne Åsen"), window("Kari Nordmann")
    open_merge(kari, "Kurs på kveldstid.", "Kurs på jobb.")
    expect(point(anne, "Kurs på jobb.")).to_contain_text("Kari Nordmann slår sammen dette punktet nå", timeout=LIVE)

    # An act on it is refused with that sentence; another point is free.
    point(anne, "Kurs på jobb.").get_by_role("checkbox").first.check()
    choose_heading(anne, "Møteplasser")
    anne.locator("#act-move").click()
    expect(anne.locator("#desk-said")).to_contain_text(
        "Kari Nordmann slår sammen dette punktet nå, så ingenting ble endret"
    )

    # A new input, and a new source, appear beside the text and never in it.
    kari.locator("textarea#text").fill("Kurs på kveldstid og på jobb.")
    by = question.points.first().revisions.get().by
    entry.receive([entry.Note(session=question.session, question=question, text="Rett fra bordet")], by=by)
    dispositions.attach(Point.objects.get(text="Kurs på jobb."), [Input.objects.get(text="Flere kafeer")], by=by)
    expect(kari.locator("#merge-told")).to_contain_text("Rett fra bordet", timeout=LIVE)
    expect(kari.locator("#merge-told")).to_contain_text("Flere kafeer", timeout=LIVE)
    expect(kari.locator("textarea#text")).to_have_value("Kurs på kveldstid og på jobb.")
    assert faults(kari) == []

    # Anne takes over one of them and moves it. Kari's text is still hers when she merges.
    point(anne, "Kurs på jobb.").get_by_role("button", name="Ta over").click()
    expect(anne.locator("#desk-said")).to_contain_text("Punktet er ledig igjen.")
    point(anne, "Kurs på jobb.").get_by_role("checkbox").first.check()
    choose_heading(anne, "Møteplasser")
    anne.locator("#act-move").click()
    expect(anne.locator("#desk-said")).to_contain_text("1 punkt")
    kari.get_by_role("button", name="Slå sammen", exact=True).click()
    expect(kari.get_by_role("alert").filter(has_text="endret mens du leste")).to_be_visible()
    expect(kari.locator("textarea#text")).to_have_value("Kurs på kveldstid og på jobb.")

    # Leaving lets go.
    kari.goto(kari.url.split("/sla-sammen")[0] + "/")
    expect(point(anne, "Kurs på kveldstid.")).not_to_contain_text("slår sammen", timeout=LIVE)
    assert PointHold.objects.count() == 0
    assert check(question.session.conference) == []


def test_a_comment_is_seen_at_the_line_and_answered(window, question):
    anne = window("Anne Åsen")
    found = Point.objects.get(text="Kurs på jobb.")
    kari = window("Kari Nordmann", f"punkt/{found.key}/")
    form = kari.locator("form[action*=kommentar]").last
    form.get_by_label("Kommentar").fill("Er dette to ting?")
    form.get_by_label("Til").select_option(label="Anne Åsen")
    form.get_by_role("button", name="Kommenter").click()
    expect(kari.locator("#content")).to_contain_text("Er dette to ting?")
    link = point(anne, "Kurs på jobb.").get_by_role("link", name="1 kommentar")
    expect(link).to_be_visible(timeout=LIVE)
    anne.goto(anne.url.split("/bolk/")[0] + "/mitt/")
    assert faults(anne) == []
    anne.get_by_role("link", name="Er dette to ting?").click()
    anne.get_by_text("Svar", exact=False).locator("xpath=ancestor-or-self::summary").first.click()
    anne.get_by_label("Svaret ditt").fill("Nei, ett.")
    anne.get_by_role("button", name="Send svaret").click()
    expect(anne.locator("#content")).to_contain_text("Nei, ett.")
    anne.get_by_role("button", name="Løst").click()
    expect(anne.locator("#content")).to_contain_text("løst av Anne Åsen")
    assert faults(anne) == []


def test_without_contact_what_stands_stays_and_a_note_says_so(window, question):
    anne = window("Anne Åsen")
    anne.route("**/nytt/**", lambda route: route.abort())
    expect(anne.locator("#here-lost")).to_be_visible(timeout=LIVE)
    expect(note(anne, "Flere kafeer")).to_be_visible()
    anne.unroute("**/nytt/**")
    expect(anne.locator("#here-lost")).to_be_hidden(timeout=LIVE)
