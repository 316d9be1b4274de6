"""«Rediger» in Chromium: written in like a document, with the keyboard alone; two at once; nothing typed is lost."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conference.models import Question, Role
from inputs.actions import dispositions, headings, points
from inputs.integrity import check
from inputs.models import Point
from tests.browser.axe import violations
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    UserFactory,
    make_input,
)
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/konferanse/dialog/bolk/1/sporsmal/1/rediger/"
SAID = ["Flere kurs på kveldstid. Barnepass mens de pågår.", "Kurs på jobb.", "Deltagere får lønn fra NAV"]


@pytest.fixture
def question(transactional_db) -> Question:
    session = SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1, title="Språk")
    question = QuestionFactory(session=session, number=1, text="Hva skal til for at flere lærer norsk?")
    by = UserFactory(name="Eli Eksempel")
    heading = headings.make(question, "Kurs", by=by)
    inputs = [make_input(question, text, table=TableFactory(conference=session.conference)) for text in SAID]
    dispositions.accept(inputs, by=by, place=lambda _entry: heading)
    return question


@pytest.fixture
def window(browser, live_server, question):
    """Opens the page for an editor, on a machine of their own."""
    contexts: list[BrowserContext] = []

    def open_window(name: str = "Rita Redaktør", **more: object) -> Page:
        member = MembershipFactory(
            conference=question.session.conference, role=Role.EDITOR, user=UserFactory(name=name)
        )
        context = browser.new_context(locale="nb-NO", **more)
        contexts.append(context)
        session = logged_in(member.user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}{HERE}")
        return page

    yield open_window
    for context in contexts:
        context.close()


def texts() -> list[str]:
    return list(Point.objects.standing().order_by("position", "pk").values_list("text", flat=True))


def lines(page: Page):
    return page.locator(".edit-line textarea")


def told(page: Page):
    return page.locator("#edit-told")


def put_cursor(page: Page, line: int, place: int) -> None:
    lines(page).nth(line).focus()
    lines(page).nth(line).evaluate("(box, place) => box.setSelectionRange(place, place)", place)


def faults(page: Page) -> list[object]:
    results = violations(page)
    return [(one["id"], one["nodes"][0]["target"]) for one in results]


def test_a_report_is_written_with_the_keyboard_alone(window, question):
    page = window()
    expect(page.get_by_role("button", name="Lagre").first).to_be_hidden()  # the script has taken over

    put_cursor(page, 0, len("Flere kurs på kveldstid."))
    page.keyboard.press("Enter")
    expect(lines(page)).to_have_count(4)
    expect(lines(page).nth(1)).to_be_focused()
    expect(told(page)).to_contain_text("2 punkter")
    assert texts() == ["Flere kurs på kveldstid.", "Barnepass mens de pågår.", *SAID[1:]]

    page.keyboard.type("Og ")
    page.keyboard.press("ArrowUp")
    expect(told(page)).to_contain_text("Lagret")
    expect(lines(page).nth(0)).to_be_focused()
    assert texts()[1] == "Og Barnepass mens de pågår."

    put_cursor(page, 2, 0)
    page.keyboard.press("Backspace")
    expect(lines(page)).to_have_count(3)
    expect(lines(page).nth(1)).to_be_focused()
    assert texts()[1] == "Og Barnepass mens de pågår. Kurs på jobb."

    page.keyboard.press("Alt+ArrowUp")
    expect(told(page)).to_contain_text("nummer 1 av 3")
    expect(lines(page).nth(0)).to_be_focused()
    page.keyboard.type("X")
    page.keyboard.press("Escape")
    expect(lines(page).nth(0)).to_have_value("Og Barnepass mens de pågår. Kurs på jobb.")
    assert texts()[0] == "Og Barnepass mens de pågår. Kurs på jobb."

    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator(".edit-keys")).to_be_visible()
    for _act in range(4):
        page.locator("h1").click()
        before = page.locator("#undo-last").get_attribute("value")
        page.keyboard.press("Control+z")
        expect(page.locator(f"#undo-last[value='{before}']")).to_have_count(0)
    expect(lines(page)).to_have_count(3)
    assert texts() == SAID
    assert check(question.session.conference) == []


def test_two_who_write_in_one_line_see_both_texts_and_whose_they_are(window, question):
    one, other = window(), window("Odd Annen")
    lines(other).nth(1).fill("Kurs på arbeidsplassen.")
    other.keyboard.press("ArrowDown")
    expect(told(other)).to_contain_text("Lagret")

    lines(one).nth(1).fill("Kurs i arbeidstida.")
    one.keyboard.press("ArrowDown")
    conflict = one.locator(".edit-conflict")
    expect(conflict).to_contain_text("Kurs på arbeidsplassen.")
    expect(conflict).to_contain_text("Odd Annen")
    expect(lines(one).nth(1)).to_have_value("Kurs i arbeidstida.")
    assert texts()[1] == "Kurs på arbeidsplassen."

    conflict.get_by_role("button", name="Behold min").click()
    expect(told(one)).to_contain_text("Lagret")
    assert texts()[1] == "Kurs i arbeidstida."

    lines(other).nth(1).fill("Noe annet igjen.")
    other.keyboard.press("ArrowDown")
    other.get_by_role("link", name="Ta deres").click()
    expect(lines(other).nth(1)).to_have_value("Kurs i arbeidstida.")
    expect(other.locator(".edit-conflict")).to_have_count(0)
    assert texts()[1] == "Kurs i arbeidstida."


def test_what_was_typed_is_offered_again_after_a_crash_and_a_failed_save_keeps_the_text(window, question):
    page = window()
    page.context.set_offline(True)
    put_cursor(page, 2, len(SAID[2]))
    page.keyboard.type(" Og mer.")
    lines(page).nth(0).focus()
    expect(page.locator(".edit-state").nth(2)).to_contain_text("Ikke lagret")
    # The tab dies; what it had on the device it had.
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator(".edit-draft")).to_contain_text("Og mer.")
    # Undecided, it outlives what is written beside it.
    lines(again).nth(2).fill("Deltakere får lønn.")
    lines(again).nth(0).focus()
    expect(told(again)).to_contain_text("Lagret")
    expect(again.locator(".edit-draft")).to_contain_text("Og mer.")
    again.reload()
    again.get_by_role("button", name="Hent den tilbake").click()
    expect(lines(again).nth(2)).to_have_value(f"{SAID[2]} Og mer.")

    again.context.set_offline(True)
    lines(again).nth(0).focus()
    expect(again.locator(".edit-state").nth(2)).to_contain_text("Ikke lagret")
    expect(lines(again).nth(2)).to_have_value(f"{SAID[2]} Og mer.")
    again.context.set_offline(False)
    lines(again).nth(2).focus()
    lines(again).nth(1).focus()
    expect(told(again)).to_contain_text("Lagret")
    assert texts()[2] == f"{SAID[2]} Og mer."
    assert again.evaluate("Object.keys(localStorage).length") == 0


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_page_is_for_everybody(width, scheme, window, question):
    points.reword(Point.objects.all()[1], text="Kurs på arbeidsplassen.", version=1, by=UserFactory())
    page = window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for summary in page.locator(".edit-document summary").all():
        summary.click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    point = Point.objects.first()
    places = [f"punkt/{point.key}/", f"bruk-ogsa/{point.sources.get().input.key}/"]
    for place in places:
        page.goto(page.url.split("/sporsmal/1/")[0] + f"/sporsmal/1/{place}")
        for summary in page.locator("summary").all():
            summary.click()
        assert (faults(page), page.evaluate("document.documentElement.scrollWidth")) == ([], width)


def test_what_is_left_out_is_told_as_one_types(window, question):
    page = window()
    page.goto(page.url.removesuffix("rediger/"))
    for box in page.locator("input[name=point]").all()[:2]:
        box.check()
    page.locator(".bar summary").click()
    page.get_by_role("button", name="Slå sammen avkryssede").click()
    expect(page.locator("#lost")).to_contain_text("Alle ordene")
    page.get_by_label("Tekst i rapporten").fill("Flere kurs på jobb.")
    expect(page.locator("#lost")).to_contain_text("Barnepass")
    assert faults(page) == []
    page.get_by_role("button", name="Begynn med denne").first.click()
    expect(page.get_by_label("Tekst i rapporten")).to_have_value(SAID[0])
    page.get_by_role("button", name="Hent tilbake").click()
    expect(page.get_by_label("Tekst i rapporten")).to_have_value("Flere kurs på jobb.")
    page.get_by_role("button", name="Slå sammen", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("2 punkter")
    assert texts() == ["Flere kurs på jobb.", SAID[2]]


def test_a_line_is_reworded_divided_and_joined_without_javascript(window, question):
    page = window(java_script_enabled=False)
    lines(page).nth(0).fill("Flere kurs\nBarnepass")
    page.locator(".edit-line").nth(0).get_by_text("Mer", exact=False).first.click()
    page.locator(".edit-line").nth(0).get_by_role("button", name="Del").click()
    assert texts() == ["Flere kurs", "Barnepass", *SAID[1:]]
    lines(page).nth(1).fill("og barnepass")
    page.locator(".edit-line").nth(1).get_by_text("Mer", exact=False).first.click()
    page.locator(".edit-line").nth(1).get_by_role("button", name="over").click()
    assert texts() == ["Flere kurs og barnepass", *SAID[1:]]
    lines(page).nth(2).fill("Deltakere får lønn.")
    page.get_by_role("button", name="Lagre").nth(3).click()
    assert texts()[2] == "Deltakere får lønn."
