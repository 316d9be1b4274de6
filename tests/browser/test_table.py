"""The table's screen in Chromium: with JavaScript nothing typed is lost, and without it the forms work as forms."""

import json

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from conference.actions.codes import issue_codes
from conference.models import AccessCode, NoteTaker, User
from inputs.actions import entry
from inputs.models import Input
from tests.browser.axe import violations
from tests.browser.conftest import becomes, own_connection
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory, make_input

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

API = "**/bord/api/**"
NOTES = "**/bord/api/innspill/*/"


@pytest.fixture
def code(transactional_db) -> str:
    session = SessionFactory(conference=ConferenceFactory(), number=1, phase="open")
    for number in (1, 2):
        QuestionFactory(session=session, number=number)
    table = TableFactory(conference=session.conference, number=7)
    [issued] = issue_codes(session.conference, by=User.objects.system())
    table.note_takers.update(name="AN")
    return issued.code


def log_in(page: Page, live_server, code: str) -> Page:
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    page.get_by_role("button", name="Åpne bordet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bord 7")
    expect(page.get_by_text("Taster")).to_be_visible()  # the script has taken over
    return page


@pytest.fixture
def opened(page: Page, live_server, code) -> Page:
    return log_in(page, live_server, code)


def box(page: Page, number: int | str = 1):
    return page.locator(f"#new-{number}")


def write(page: Page, text: str, number: int | str = 1) -> None:
    box(page, number).fill(text)
    box(page, number).press("Enter")


def state(page: Page):
    return page.locator("#table-state")


def stored() -> list[str]:
    return list(Input.objects.order_by("pk").values_list("text", flat=True))


def kept(page: Page) -> int:
    """How many notes are on the device."""
    return page.evaluate("Outbox.notes().then((notes) => notes.length)")


def drafts(page: Page) -> list[str]:
    return page.evaluate("Outbox.drafts().then((drafts) => drafts.map(({ text }) => text))")


def test_the_link_of_the_sheet_fills_in_the_code_and_leaves_it_out_of_the_address(page, live_server, code, console):
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    expect(page.get_by_label("Bordets kode")).to_have_value(code)
    assert page.url == f"{live_server.url}/bord/logg-inn/"


def test_a_note_is_written_changed_withdrawn_and_taken_back_without_javascript(browser: Browser, live_server, code):
    page = browser.new_context(java_script_enabled=False, locale="nb-NO").new_page()
    page.goto(f"{live_server.url}/bord/logg-inn/")
    page.get_by_label("Bordets kode").fill(code)
    page.get_by_role("button", name="Åpne bordet").click()
    for text in ("Flere møteplasser", "Flere kurs"):
        page.get_by_label("Et nytt innspill").first.fill(text)
        page.get_by_role("button", name="Lagre innspillet").first.click()
    page.get_by_role("button", name="Flytt opp: Flere kurs").click()
    expect(page.locator(".note-words")).to_have_text(["Flere kurs", "Flere møteplasser"])
    page.get_by_text("Endre").first.click()
    page.get_by_label("Innspillet", exact=True).first.fill("Flere og bedre kurs")
    page.get_by_role("button", name="Lagre endringen").first.click()
    expect(page.locator(".note-words").first).to_have_text("Flere og bedre kurs")
    page.get_by_text("Endre").first.click()
    page.get_by_role("button", name="Trekk innspillet").first.click()
    expect(page.locator(".note-withdrawn")).to_have_count(1)
    page.get_by_role("button", name="Angre").click()
    expect(page.locator(".note-withdrawn")).to_have_count(0)
    assert stored() == ["Flere møteplasser", "Flere og bedre kurs"]


def test_the_keyboard_alone_writes_marks_and_moves_between_the_questions(opened, console):
    page = opened
    box(page).focus()
    page.keyboard.press("Alt+2")
    expect(box(page, 2)).to_be_focused()
    page.keyboard.press("Alt+s")
    page.keyboard.press("Alt+k")
    page.keyboard.press("Alt+k")
    page.keyboard.type("Flere")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("kurs")
    page.keyboard.press("Enter")
    expect(page.locator("#notes-2 .note-words")).to_have_text("Flere\nkurs")
    expect(page.locator("#notes-2 .note-facts")).to_contain_text("AN")
    expect(state(page)).to_contain_text("Alt er lagret")
    expect(box(page, 2)).to_be_focused()
    expect(box(page, 2)).to_have_value("")
    page.keyboard.press("Alt+0")
    expect(box(page, "")).to_be_focused()
    assert list(Input.objects.values_list("question__number", "text", "kind", "priority")) == [
        (2, "Flere\nkurs", "measure", True)
    ]
    assert kept(page) == 0


def test_pasted_lines_become_a_note_each_when_one_says_so(opened, console):
    page = opened
    box(page).focus()
    page.evaluate(
        """() => {
          const box = document.getElementById("new-1");
          box.value = "En\\n\\n To\\nTre";
          box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
        }"""
    )
    page.get_by_role("button", name="Lag 3 innspill").click()
    expect(page.locator("#notes-1 .note-words")).to_have_text(["En", "To", "Tre"])
    assert stored() == ["En", "To", "Tre"]


def test_ten_quick_clicks_store_one_note(opened, console):
    page = opened
    box(page).fill("Flere kurs")
    page.evaluate(
        "for (let n = 0; n < 10; n += 1) document.querySelector('form[data-new] button[type=submit]').click()"
    )
    expect(page.locator("#notes-1 .note-words")).to_have_text(["Flere kurs"])
    assert stored() == ["Flere kurs"]


SLOW_DISK = """() => {
    for (const name of ["keep", "revise"]) {
      const at_once = Outbox[name];
      Outbox[name] = async (...given) => {
        await new Promise((resolve) => document.addEventListener("disk", resolve, { once: true }));
        return at_once(...given);
      };
    }
}"""


def test_who_types_faster_than_the_disk_gets_the_notes_that_were_entered(opened, console):
    """The words, the star and the kind of a note are those of the moment of Enter."""
    page = opened
    page.evaluate(SLOW_DISK)
    box(page).focus()
    for keys in (
        ["Alt+u", "Ja", "Enter"],
        ["Ja, men", "Enter", "Enter"],
        [" ikke nå", "Alt+m"],
        ["Alt+t", "Kurs", "Control+Enter"],
    ):
        for key in keys:
            if "+" in key or key == "Enter":
                page.keyboard.press(key)
            else:
                page.keyboard.type(key)
    page.keyboard.press("Alt+b")
    page.keyboard.type("Halvt")
    assert kept(page) == 0
    expect(box(page)).to_have_value("JaJa, men ikke nåKursHalvt")
    page.wait_for_function(
        "() => document.dispatchEvent(new Event('disk')) && document.getElementById('new-1').value === 'Halvt'"
    )
    expect(page.locator("#notes-1 .note-words, #waiting-1 .note-words")).to_have_text(
        ["Ja", "Ja, men\nikke nå", "Kurs"]
    )
    expect(page.locator("form:has(#new-1) [name=kind]")).to_have_value("both")
    expect(state(page)).to_contain_text("Alt er lagret")
    notes = Input.objects.order_by("pk").values_list("text", "kind", "priority")
    assert list(notes) == [("Ja", "challenge", False), ("Ja, men\nikke nå", "", False), ("Kurs", "measure", True)]


def test_without_the_server_all_waits_on_the_device_survives_a_reload_and_is_sent_once(opened, live_server):
    page = opened
    page.route(API, lambda route: route.abort())
    write(page, "Skrevet uten nett")
    write(page, "Og ett til")
    box(page, 2).fill("Et utkast")
    expect(state(page)).to_have_text("2 venter på nett. Trygt på denne enheten – skriv videre.")
    expect(page.locator("#waiting-1 .note-words")).to_have_text(["Skrevet uten nett", "Og ett til"])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Last ned usendte notater").click()
    assert waiting.value.suggested_filename == "usendte-notater-bord-7.txt"
    assert waiting.value.path().read_text() == "1.1\nSkrevet uten nett\n\n1.1\nOg ett til\n"

    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()  # the page is there, the interface is not
    assert asked == ["beforeunload"]
    expect(state(page)).to_contain_text("2 venter på nett")
    expect(box(page, 2)).to_have_value("Et utkast")
    assert (stored(), kept(page)) == ([], 2)

    second = page.context.new_page()  # two tabs send the same
    page.unroute(API)
    second.goto(f"{live_server.url}/bord/")
    expect(second.locator("#notes-1 .note-words")).to_have_text(["Skrevet uten nett", "Og ett til"])
    expect(page.locator("#notes-1 .note-words")).to_have_text(["Skrevet uten nett", "Og ett til"])
    expect(page.locator("#waiting-1 li")).to_have_count(0)
    expect(state(page)).to_contain_text("Alt er lagret")
    assert (stored(), kept(page)) == (["Skrevet uten nett", "Og ett til"], 0)


def test_a_change_that_is_half_written_stands_in_its_form_again_until_it_is_stored(opened, live_server):
    write(opened, "Flere kurs")
    expect(opened.locator("#notes-1 .note-words")).to_have_text("Flere kurs")
    note = Input.objects.get()
    opened.get_by_text("Endre").first.click()
    field = opened.locator(f"#t-{note.key}")
    field.press("End")
    field.press_sequentially(" om kvelden")
    becomes(lambda: drafts(opened), ["Flere kurs om kvelden"])
    opened.close()

    page = opened.context.new_page()
    page.goto(f"{live_server.url}/bord/")
    field = page.locator(f"#t-{note.key}")
    expect(field).to_have_value("Flere kurs om kvelden")
    page.get_by_role("button", name="Lagre endringen").first.click()
    expect(page.locator("#notes-1 .note-words")).to_have_text("Flere kurs om kvelden")
    expect(state(page)).to_contain_text("Alt er lagret")
    becomes(lambda: drafts(page), [])
    assert stored() == ["Flere kurs om kvelden"]


FULL_DEVICE = """() => {
    IDBObjectStore.prototype.add = IDBObjectStore.prototype.put = () => {
      throw new DOMException("No room", "QuotaExceededError");
    };
}"""


def test_a_device_without_room_says_so_and_the_form_stores_as_forms_do(opened):
    page = opened
    page.evaluate(FULL_DEVICE)
    page.route(API, lambda route: route.abort())
    write(page, "Flere kurs")
    expect(page.locator("#table-no-storage")).to_be_visible()
    expect(box(page)).to_have_value("Flere kurs")
    assert stored() == []
    page.unroute(API)
    box(page).press("Enter")
    expect(page.locator("#notes-1 .note-words")).to_have_text("Flere kurs")
    assert stored() == ["Flere kurs"]


def test_only_the_servers_own_receipt_counts_and_an_answer_that_is_lost_costs_no_double(opened):
    page = opened
    answers = []

    def lose(route: Route) -> None:
        answers.append(len(answers))
        if len(answers) == 1:  # stored, and the answer lost on its way
            route.fetch()
            route.abort()
        elif len(answers) == 2:  # a hotel's log-in page
            route.fulfill(status=200, content_type="text/html", body="<h1>Velkommen</h1>")
        else:
            route.continue_()

    page.route(NOTES, lose)
    write(page, "Flere kurs")
    expect(state(page)).to_contain_text("1 venter på nett")
    expect(state(page)).to_contain_text("Alt er lagret", timeout=10_000)
    assert (len(answers), stored(), kept(page)) == (3, ["Flere kurs"], 0)


def test_what_is_refused_stays_with_both_texts_until_one_has_decided(opened):
    page = opened

    def change_then_replay(route: Route) -> None:
        """The first answer is lost; before the second try somebody else at the table changes the note."""
        with own_connection():
            if Input.objects.exists():
                route.continue_()
                return
            route.fetch()
            one = Input.objects.get()
            entry.change(one, {"text": "Den andres ord"}, revision=1, by=one.received_by)
            route.abort()

    page.route(NOTES, change_then_replay)
    write(page, "Mine ord")
    refused = page.locator("#waiting-1 li")
    expect(refused).to_contain_text("Det er allerede lagret med andre ord.", timeout=10_000)
    expect(refused.locator(".note-words")).to_have_text(["Mine ord", "Den andres ord"])
    expect(state(page)).to_contain_text("1 ble ikke tatt imot")
    refused.get_by_role("button", name="Skriv om").click()
    expect(refused).to_have_count(0)
    expect(box(page)).to_have_value("Mine ord")
    assert kept(page) == 0

    page.unroute(NOTES)
    write(page, "x" * 10_001)
    expect(refused).to_contain_text("Det er for langt", timeout=10_000)
    page.reload()
    expect(refused).to_contain_text("Det er for langt")
    assert stored() == ["Den andres ord"]


def test_when_the_log_in_has_ended_the_text_waits_for_that_table_and_no_other(opened, live_server):
    page = opened
    AccessCode.objects.update(revoked_at=AccessCode.objects.get().issued_at, revoked_by=User.objects.system())
    write(page, "Skrevet etterpå")
    expect(page.locator("#table-logged-out")).to_contain_text("Logg inn for å sende")
    expect(page.locator("#logged-out")).to_be_hidden()
    expect(page.locator("#waiting-1 .note-words")).to_have_text("Skrevet etterpå")

    other = TableFactory(conference=NoteTaker.objects.get().table.conference, number=8)
    codes = {one.table.number: one.code for one in issue_codes(other.conference, by=User.objects.system())}
    page.get_by_role("link", name="Logg inn for å sende").first.click()
    page.get_by_label("Bordets kode").fill(codes[8])
    page.get_by_role("button", name="Åpne bordet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bord 8")
    expect(page.locator("#table-others")).to_contain_text("på denne enheten: 1.")
    write(page, "Bord 8 sitt")
    expect(page.locator("#notes-1 .note-words")).to_have_text("Bord 8 sitt")
    assert stored() == ["Bord 8 sitt"]

    log_in(page, live_server, codes[7])
    expect(page.locator("#notes-1 .note-words")).to_have_text("Skrevet etterpå")
    assert list(Input.objects.order_by("pk").values_list("text", "table__number")) == [
        ("Bord 8 sitt", 8),
        ("Skrevet etterpå", 7),
    ]


def test_another_writers_line_comes_within_seconds_and_disturbs_nobody_who_types(opened, console):
    page = opened
    page.set_viewport_size({"width": 390, "height": 500})
    box(page, 2).focus()
    page.keyboard.type("Jeg skriver")
    before = box(page, 2).bounding_box()
    table = NoteTaker.objects.get().table
    writer = NoteTaker.objects.create(table=table, name="BO", user=None)
    make_input(
        table.conference.sessions.get().questions.get(number=1), "Fra den andre", table=table, note_taker=writer
    )
    expect(page.locator("#notes-1")).to_contain_text("Fra den andre", timeout=6_000)
    expect(page.locator("#notes-1 .note-facts")).to_contain_text("BO")
    expect(box(page, 2)).to_be_focused()
    expect(box(page, 2)).to_have_value("Jeg skriver")
    assert abs(box(page, 2).bounding_box()["y"] - before["y"]) < 2

    page.get_by_text("Endre").first.click()
    page.get_by_label("Innspillet", exact=True).fill("Endret")
    page.get_by_role("button", name="Lagre endringen").click()
    expect(page.locator("#notes-1 .note-text .note-words").first).to_have_text("Endret")
    expect(box(page, 2)).to_have_value("Jeg skriver")
    expect(page.get_by_text("Taster")).to_be_visible()


def test_without_storage_on_the_device_the_page_says_so_and_the_form_works(page, live_server, code):
    page.add_init_script("Object.defineProperty(self, 'indexedDB', { value: undefined })")
    page.goto(f"{live_server.url}/bord/logg-inn/#{code}")
    page.get_by_role("button", name="Åpne bordet").click()
    expect(page.locator("#table-no-storage")).to_be_visible()
    write(page, "Uten lager")
    expect(page.locator("#notes-1 .note-words")).to_have_text("Uten lager")
    assert stored() == ["Uten lager"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_overflows(opened, scheme):
    page = opened
    page.emulate_media(color_scheme=scheme)
    write(page, "Arbeidsinkluderingstilskuddsordningsforvaltningsansvar" * 3)
    expect(page.locator("#notes-1 li")).to_have_count(1)
    conflict = {"error": "conflict", "text": "Den andres ord"}
    page.route(NOTES, lambda route: route.fulfill(status=409, json=conflict))
    write(page, "Mine ord", 2)
    expect(page.locator("#waiting-2 li")).to_have_count(1)
    page.get_by_text("Endre").first.click()
    page.get_by_text("Taster").click()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        results = violations(page)
        assert json.dumps([(one["id"], one["nodes"][0]["target"]) for one in results]) == "[]"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
