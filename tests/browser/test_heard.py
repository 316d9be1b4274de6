"""An editor chooses, the political leadership reads on a phone, the wall shows: side by side, in Chromium."""

import pikepdf
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conference.models import Conference, Membership, Role, Session
from inputs.actions import heard
from inputs.models import BigScreen, HeardLine
from tests.browser.axe import violations
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, SessionFactory, make_input
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, WALL = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}
POLLED = 8_000  # two polls and a slow machine


@pytest.fixture
def conference(transactional_db) -> Conference:
    session = SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1, title="Arbeid")
    for number in range(1, 4):
        question = QuestionFactory(session=session, number=number)
        for n in range(6):
            make_input(question, f"Vi trenger flere møteplasser, sier vi for {n + 1}. gang til spørsmål {number}")
    return session.conference


@pytest.fixture
def window(browser, live_server, conference):
    """Opens a window for somebody in a role, on a machine of their own."""
    contexts: list[BrowserContext] = []

    def open_window(role: str, path: str, size: dict[str, int]) -> Page:
        member = Membership.objects.filter(conference=conference, role=role).first()
        client = logged_in((member or MembershipFactory(conference=conference, role=role)).user)
        context = browser.new_context(locale="nb-NO", viewport=size)
        contexts.append(context)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/konferanse/dialog/{path}")
        return page

    yield open_window
    for context in contexts:
        context.close()


def take(page: Page, number: int) -> None:
    """Choose the input that holds that number."""
    page.get_by_role("button", name=f"{number}. gang").click()
    expect(page.locator("#messages")).to_contain_text("Linjen er tatt med")


def faults(page: Page) -> list[object]:
    results = violations(page)
    return [(one["id"], one["nodes"][0]["target"]) for one in results]


def test_a_line_goes_from_the_editor_to_the_phone_and_to_the_wall(window):
    phone = window(Role.READER, "dette-horer-vi/", PHONE)
    wall = window(Role.EDITOR, "storskjerm/", WALL)
    editor = window(Role.EDITOR, "bolk/1/sporsmal/1/dette-horer-vi/", {"width": 1280, "height": 900})
    control = window(Role.EDITOR, "storskjerm/styring/", PHONE)
    expect(phone.get_by_text("Ingenting er valgt ut ennå")).to_be_visible()

    take(editor, 3)
    line = phone.locator("#heard-lines li")
    expect(line).to_contain_text("3. gang", timeout=POLLED)
    expect(line).to_have_attribute("data-fresh", "yes")
    expect(phone.locator("#heard-lines-told")).to_contain_text("sist endret")

    editor.get_by_text("Rediger").click()
    editor.get_by_label("Det vi hører").fill("Flere møteplasser")
    editor.get_by_role("button", name="Lagre").click()
    expect(line).to_have_text("Flere møteplasser", timeout=POLLED)

    expect(wall.get_by_role("heading", level=1)).to_have_text("Storskjerm")
    control.reload()
    control.get_by_role("button", name="Flere møteplasser").click()
    expect(control.locator(".screen-now-text")).to_have_text("Flere møteplasser")
    expect(wall.get_by_role("heading", level=1)).to_have_text("Flere møteplasser", timeout=POLLED)

    editor.get_by_role("button", name="Fjern").click()
    expect(wall.get_by_role("heading", level=1)).to_have_text("Storskjerm", timeout=POLLED)
    expect(line).to_have_count(0, timeout=POLLED)


def test_without_net_the_last_picture_stays_and_the_reader_is_told(window, conference, editor):
    question = Session.objects.get().questions.first()
    line = heard.choose(question, question.inputs.first(), text="Flere kurs", by=editor)
    BigScreen.objects.create(conference=conference, line=line, changed_at=line.revisions.get().at, changed_by=editor)
    pages = window(Role.READER, "dette-horer-vi/", PHONE), window(Role.EDITOR, "storskjerm/", WALL)
    for page in pages:
        page.context.set_offline(True)
    phone, wall = pages
    expect(phone.get_by_text("Ingen forbindelse")).to_be_visible(timeout=POLLED)
    expect(phone.get_by_text("Flere kurs")).to_be_visible()
    expect(wall.get_by_role("heading", level=1)).to_have_text("Flere kurs")

    heard.reword(line, text="Mange flere kurs", version=1, by=editor)
    for page in pages:
        page.context.set_offline(False)
        expect(page.get_by_text("Mange flere kurs")).to_be_visible(timeout=POLLED)
    expect(phone.get_by_text("Ingen forbindelse")).to_be_hidden()


def test_who_is_logged_out_keeps_the_picture_and_sees_no_log_in_page_in_it(window, conference, editor):
    question = Session.objects.get().questions.first()
    heard.choose(question, question.inputs.first(), text="Flere kurs", by=editor)
    phone = window(Role.READER, "dette-horer-vi/", PHONE)
    phone.context.clear_cookies()
    expect(phone.get_by_text("Ingen forbindelse")).to_be_visible(timeout=POLLED)
    expect(phone.get_by_text("Flere kurs")).to_be_visible()


def test_choosing_and_steering_work_without_javascript(browser, live_server, conference):
    client = logged_in(MembershipFactory(conference=conference).user)
    context = browser.new_context(locale="nb-NO", java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/konferanse/dialog/bolk/1/sporsmal/2/dette-horer-vi/")
    for number in (1, 2):
        take(page, number)
    page.get_by_role("button", name="opp").last.click()
    page.get_by_role("button", name="Fjern").last.click()
    assert list(HeardLine.objects.standing().values_list("text", flat=True)) == [
        "Vi trenger flere møteplasser, sier vi for 2. gang til spørsmål 2"
    ]
    page.goto(f"{live_server.url}/konferanse/dialog/storskjerm/styring/")
    page.get_by_role("button", name="Neste").click()
    assert BigScreen.objects.get().question.number == 1
    context.close()


@pytest.mark.parametrize("length", [20, 90, 140, 230, 1000])
def test_the_wall_holds_whatever_stands_there_and_is_read_at_ten_metres(length, window, conference, editor):
    """The letters of a line are at least a thirtieth of the picture's height; nothing leaves the picture."""
    question = Session.objects.get().questions.first()
    question.text = ("Hva skal til for at flere kommer i arbeid? " * 30)[:length]
    question.save()
    BigScreen.objects.create(
        conference=conference, question=question, changed_at=question.revisions.get().at, changed_by=editor
    )
    wall = window(Role.EDITOR, "storskjerm/", WALL)
    assert faults(wall) == []
    high = wall.evaluate("parseFloat(getComputedStyle(document.querySelector('.picture-text')).fontSize)")
    assert (high >= WALL["height"] / 22, wall.evaluate("document.documentElement.scrollHeight")) == (
        True, WALL["height"],
    )  # fmt: skip
    assert wall.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    wall.set_viewport_size({"width": 320, "height": 600})
    assert wall.evaluate("document.documentElement.scrollWidth") == 320


def test_nine_questions_with_five_lines_each_fit_one_sheet(window, conference, editor, tmp_path):
    session = Session.objects.get()
    for number in range(4, 10):
        QuestionFactory(session=session, number=number, text="Hva skal til for at flere kommer i arbeid?")
    text = "Godkjenning av utdanning tar altfor lang tid for mange"
    for question in session.questions.all():
        for n in range(5):
            heard.choose(question, make_input(question, str(n)), text=f"{n} {text}", by=editor)
    paper = tmp_path / "heard.pdf"
    window(Role.EDITOR, "dette-horer-vi/", PHONE).pdf(path=paper, prefer_css_page_size=True)
    with pikepdf.open(paper) as read:
        assert len(read.pages) == 1
