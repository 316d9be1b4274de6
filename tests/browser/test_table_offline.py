"""The table's screen when the network fails, in Chromium with its service worker: nothing is lost, nothing is double.

Between browser and server is a line that can be cut (flaky_line.py).
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from conference.actions.codes import issue_codes
from conference.models import AccessCode, NoteTaker, Session, User
from inputs.actions import entry
from inputs.models import Input, MinutesSheet
from tests.browser.axe import violations
from tests.browser.flaky_line import LOST, NOT_FOUND, PORTAL, UNAVAILABLE, Line
from tests.browser.test_table import box, kept, state, stored, write
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory, make_input

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WAITING = "venter på nett"
STORED = "Alt er lagret"


@pytest.fixture
def line(live_server) -> Iterator[Line]:
    line = Line(int(live_server.url.rsplit(":", 1)[1]))
    yield line
    line.close()


@pytest.fixture
def code(transactional_db) -> str:
    conference = ConferenceFactory()
    for number, phase in ((1, "open"), (2, "planned")):
        session = SessionFactory(conference=conference, number=number, phase=phase)
        for question in (1, 2):
            QuestionFactory(session=session, number=question, text=f"Hva med sak {number}.{question}?")
    table = TableFactory(conference=conference, number=7)
    [issued] = issue_codes(conference, by=User.objects.system())
    table.note_takers.update(name="AN")
    return issued.code


@pytest.fixture
def start(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object], tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Starts the device's browser; what it keeps is there again at the next start."""
    running: list[BrowserContext] = []

    def launch() -> BrowserContext:
        for context in running:
            context.close()
        running[:] = [
            browser_type.launch_persistent_context(tmp_path / "profile", locale="nb-NO", **browser_type_launch_args)
        ]
        return running[0]

    yield launch
    for context in running:
        context.close()


def log_in(page: Page, line: Line, code: str) -> None:
    page.goto(f"{line.url}/bord/logg-inn/#{code}")
    page.get_by_role("button", name="Åpne bordet").click()
    expect(page.get_by_text("Taster")).to_be_visible()


def is_ready(page: Page) -> None:
    """The worker is there, and three pages are kept: this one, the other session's, and the other way of writing."""
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.ready;
          while ((await Outbox.all("pages")).length < 3) await new Promise((resolve) => setTimeout(resolve, 50));
        }"""
    )


@pytest.fixture
def page(start, line, code) -> Page:
    """A table at work, ready for the network to fail."""
    page = start().pages[0]
    log_in(page, line, code)
    is_ready(page)
    return page


def reload(page: Page) -> None:
    page.once("dialog", lambda dialog: dialog.accept())  # «is it all right to leave?»
    page.reload()


def shell(page: Page):
    return page.locator("#table-shell")


def words(page: Page, number: int | str = 1) -> list[str]:
    return page.locator(f"#q-{number} li.note .note-text > .note-words").all_inner_texts()


def row(page: Page, text: str):
    return page.locator("li.note", has=page.locator(f".note-words:text-is({json.dumps(text, ensure_ascii=False)})"))


def open_form(page: Page, text: str):
    row(page, text).locator("summary").click()
    return row(page, text)


def notes() -> list[tuple[object, ...]]:
    return list(Input.objects.order_by("pk").values_list("question__number", "text", "kind", "priority"))


# --- written without the server -------------------------------------------------------------------------------


def test_lines_written_with_the_server_down_survive_reload_and_restart_and_arrive_once(page, start, line):
    write(page, "Lagret før")
    expect(state(page)).to_contain_text(STORED)
    expect(page.locator("#notes-1 .note-words")).to_have_text(["Lagret før"])
    line.cut()
    write(page, "Uten server")
    write(page, "Og ett til")
    box(page, 2).fill("Et utkast")
    expect(state(page)).to_contain_text(f"2 {WAITING}")

    reload(page)
    expect(shell(page)).to_contain_text("Ingen kontakt med serveren")
    expect(state(page)).to_contain_text(f"2 {WAITING}")
    assert words(page) == ["Lagret før", "Uten server", "Og ett til"]
    expect(box(page, 2)).to_have_value("Et utkast")
    write(page, "Skrevet i skallet")
    expect(state(page)).to_contain_text(f"3 {WAITING}")

    page = start().pages[0]
    page.goto(f"{line.url}/bord/")
    expect(state(page)).to_contain_text(f"3 {WAITING}")
    assert words(page) == ["Lagret før", "Uten server", "Og ett til", "Skrevet i skallet"]
    expect(box(page, 2)).to_have_value("Et utkast")
    page.get_by_role("link", name="Bolk 2").click()
    expect(page.get_by_text("Hva med sak 2.1?").first).to_be_visible()
    write(page, "Til neste bolk", 2)
    expect(state(page)).to_contain_text(f"4 {WAITING}")

    second = page.context.new_page()
    second.goto(f"{line.url}/bord/?bolk=1")
    expect(state(second)).to_contain_text(f"4 {WAITING}")
    line.mend()
    for tab in (page, second):
        expect(state(tab)).to_contain_text(STORED, timeout=40_000)
        expect(shell(tab)).to_be_hidden()
    assert stored() == ["Lagret før", "Uten server", "Og ett til", "Skrevet i skallet", "Til neste bolk"]
    assert list(Input.objects.filter(text="Til neste bolk").values_list("session__number", "question__number")) == [
        (2, 2)
    ]
    assert kept(page) == 0
    second.reload()
    expect(shell(second)).to_have_count(0)
    expect(second.locator("#notes-1 .note-words")).to_have_text(
        ["Lagret før", "Uten server", "Og ett til", "Skrevet i skallet"]
    )
    expect(box(second, 2)).to_have_value("Et utkast")


@pytest.mark.parametrize(
    "answer", [UNAVAILABLE, PORTAL, NOT_FOUND, LOST], ids=["503", "portal", "portal that knows it not", "lost"]
)
def test_an_answer_that_is_none_is_no_receipt_and_costs_no_double(answer, page, line):
    asked: list[str] = []

    def bend(request: str, real: bytes) -> bytes:
        """What is sent reaches the server; what comes back, twice, is something else."""
        if not request.startswith("PUT"):
            return real
        asked.append(request)
        return answer if len(asked) < 3 else real

    line.bend = bend
    write(page, "Flere kurs")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    expect(state(page)).to_contain_text(STORED, timeout=15_000)
    assert (len(asked), stored(), kept(page)) == (3, ["Flere kurs"], 0)


def test_a_note_that_is_changed_while_its_answer_is_lost_is_no_conflict_with_itself(page, line):
    line.bend = lambda request, real: LOST if request.startswith("PUT") else real
    write(page, "Fler kurs")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    assert stored() == ["Fler kurs"]
    open_form(page, "Fler kurs").get_by_label("Innspillet", exact=True).fill("Flere kurs")
    page.keyboard.press("Enter")
    expect(page.locator("#q-1 li .note-text > .note-words")).to_have_text(["Flere kurs"])
    line.bend = None
    expect(state(page)).to_contain_text(STORED, timeout=40_000)
    assert [(one.text, one.revision) for one in Input.objects.all()] == [("Flere kurs", 2)]
    assert kept(page) == 0


def test_what_was_acknowledged_just_before_the_server_went_is_still_seen_after_a_reload(page, line):
    line.bend = lambda request, real: UNAVAILABLE if request.startswith("GET /bord/?") else real
    write(page, "Så vidt lagret")
    expect(state(page)).to_contain_text(STORED)
    assert kept(page) == 0
    line.cut()
    page.reload()
    expect(shell(page)).to_be_visible()
    expect(page.locator("#q-1 li .note-text > .note-words")).to_have_text(["Så vidt lagret"])
    expect(state(page)).to_contain_text(STORED)


@pytest.mark.parametrize("answer", [UNAVAILABLE, LOST], ids=["503", "lost"])
def test_the_shell_opens_when_the_server_answers_with_an_error(answer, page, line):
    line.bend = lambda _request, _answer: answer
    page.reload()
    expect(shell(page)).to_contain_text("Ingen kontakt med serveren")
    expect(page.get_by_text("Hva med sak 1.1?").first).to_be_visible()


def test_the_log_in_ends_while_offline_the_text_waits_and_goes_after_a_new_log_in(page, line):
    line.cut()
    write(page, "Skrevet uten nett")
    reload(page)
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    AccessCode.objects.update(revoked_at=AccessCode.objects.get().issued_at, revoked_by=User.objects.system())
    line.mend()
    expect(page.locator("#table-logged-out")).to_contain_text("Logg inn for å sende", timeout=40_000)
    assert (stored(), kept(page)) == ([], 1)
    [issued] = issue_codes(NoteTaker.objects.get().table.conference, by=User.objects.system())
    page.get_by_role("link", name="Logg inn for å sende").first.click()
    page.get_by_label("Bordets kode").fill(issued.code)
    page.get_by_role("button", name="Åpne bordet").click()
    expect(state(page)).to_contain_text(STORED)
    assert (stored(), kept(page)) == (["Skrevet uten nett"], 0)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_a_day_wrong_harms_nothing(days, page, line):
    page.add_init_script(
        f"""(() => {{
          const Real = Date;
          const off = {days} * 86_400_000;
          self.Date = class extends Real {{
            constructor(...given) {{ given.length ? super(...given) : super(Real.now() + off); }}
            static now() {{ return Real.now() + off; }}
          }};
        }})();"""
    )
    page.reload()
    line.cut()
    write(page, "Først")
    write(page, "Så")
    open_form(page, "Først").get_by_label("Innspillet", exact=True).fill("Aller først")
    row(page, "Først").get_by_role("button", name="Lagre endringen").click()
    expect(state(page)).to_contain_text(f"2 {WAITING}")
    line.mend()
    expect(state(page)).to_contain_text(STORED, timeout=40_000)
    assert stored() == ["Aller først", "Så"]
    assert list(Input.objects.values_list("late", flat=True)) == [False, False]


def test_running_text_goes_on_in_the_shell_and_arrives_once(page, line):
    page.get_by_role("link", name="Fritekst").click()
    text = page.get_by_label("Fritekst")
    text.press_sequentially("Flere kurs")
    text.blur()
    expect(state(page)).to_contain_text(STORED)
    line.cut()
    text.press_sequentially(" og mer tid")
    expect(state(page)).to_contain_text(WAITING, timeout=15_000)
    reload(page)
    expect(shell(page)).to_be_visible()
    expect(text).to_have_value("Flere kurs og mer tid")
    text.press("Control+End")
    text.press_sequentially(" i skallet")
    text.blur()
    page.get_by_role("link", name="Linje for linje").click()
    write(page, "En linje også")
    expect(state(page)).to_contain_text(WAITING)
    line.mend()
    expect(state(page)).to_contain_text(STORED, timeout=40_000)
    assert list(MinutesSheet.objects.values_list("text", flat=True)) == ["Flere kurs og mer tid i skallet"]
    assert stored() == ["En linje også"]


# --- done with notes that stand, without the server ------------------------------------------------------------


def test_what_is_done_with_stored_notes_while_offline_survives_a_reload_and_is_done_once(page, line):
    for text in ("En", "To", "Tre", "Fire", "Fem"):
        write(page, text)
    expect(page.locator("#notes-1 li")).to_have_count(5)
    expect(state(page)).to_contain_text(STORED)
    line.cut()
    open_form(page, "En").get_by_label("Innspillet", exact=True).fill("En endret")
    row(page, "En").get_by_label("Type").select_option("measure")
    row(page, "En").get_by_label("Viktig").check()
    row(page, "En").get_by_role("button", name="Lagre endringen").click()
    open_form(page, "To").get_by_role("button", name="Trekk innspillet").click()
    open_form(page, "Fire").get_by_role("button", name="Slå sammen med forrige").click()
    row(page, "Fem").get_by_role("button", name="Flytt opp: Fem").click()
    row(page, "Fem").get_by_role("button", name="Flytt opp: Fem").click()
    expect(page.locator("#q-1 li:not(.note-withdrawn) .note-words")).to_have_text(["En endret", "Fem", "Tre\nFire"])
    expect(state(page)).to_contain_text(WAITING)
    reload(page)
    expect(shell(page)).to_be_visible()
    expect(page.locator("#q-1 li:not(.note-withdrawn) .note-words")).to_have_text(["En endret", "Fem", "Tre\nFire"])
    assert stored() == ["En", "To", "Tre", "Fire", "Fem"]

    lost: list[str] = []

    def bend(request: str, real: bytes) -> bytes:
        """Each change is stored, and its first answer lost."""
        method, address, _version = request.split()
        if method not in {"PUT", "DELETE"} or address in lost:
            return real
        lost.append(address)
        return LOST

    line.bend = bend
    line.mend()
    expect(state(page)).to_contain_text(STORED, timeout=90_000)
    expect(page.locator("#notes-1 li:not(.note-withdrawn) .note-words")).to_have_text(
        ["En endret", "Fem", "Tre\nFire"]
    )
    assert kept(page) == 0
    assert [(one.text, one.revision, entry.is_withdrawn(one)) for one in Input.objects.order_by("pk")] == [
        ("En endret", 2, False),
        ("To", 1, True),
        ("Tre\nFire", 2, False),
        ("Fire", 1, True),
        ("Fem", 1, False),
    ]
    assert (Input.objects.get(text="En endret").kind, Input.objects.get(text="En endret").priority) == (
        "measure",
        True,
    )


def change_by_other(text: str, to: str) -> None:
    one = Input.objects.get(text=text)
    entry.change(one, {"text": to}, revision=one.revision, by=one.received_by)


@pytest.fixture
def conflict(page, line):
    """Both have rewritten the same note, and mine comes second."""
    write(page, "Felles")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    line.cut()
    open_form(page, "Felles").get_by_label("Innspillet", exact=True).fill("Mine ord")
    row(page, "Felles").get_by_role("button", name="Lagre endringen").click()
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    change_by_other("Felles", "Deres ord")
    line.mend()
    refused = page.locator("[data-refused]:not(template)")
    expect(refused.locator(".note-words")).to_have_text(["Mine ord", "Deres ord"], timeout=40_000)
    expect(state(page)).to_contain_text("1 ble ikke tatt imot")
    expect(page.locator("#notes-1 .note-words")).to_have_text(["Deres ord"])
    return refused


@pytest.mark.parametrize(("decision", "text"), [("Behold min", "Mine ord"), ("Ta deres", "Deres ord")])
def test_two_who_changed_the_same_note_see_both_texts_and_one_decides(decision, text, conflict, page):
    conflict.get_by_role("button", name=decision).click()
    expect(conflict).to_have_count(0)
    expect(state(page)).to_contain_text(STORED)
    expect(page.locator("#notes-1 .note-words")).to_have_text([text])
    assert (stored(), kept(page)) == ([text], 0)


def test_two_who_changed_the_same_note_can_write_it_anew(conflict, page):
    conflict.get_by_role("button", name="Skriv om").click()
    field = page.locator("#notes-1").get_by_label("Innspillet", exact=True)
    expect(field).to_have_value("Mine ord")
    field.fill("Begges ord")
    field.press("Enter")
    expect(conflict).to_have_count(0)
    expect(state(page)).to_contain_text(STORED)
    assert (stored(), kept(page)) == (["Begges ord"], 0)


def test_a_star_and_another_writers_words_do_not_meet_so_both_stand(page, line):
    write(page, "Felles")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    line.cut()
    row(page, "Felles").locator("summary").focus()
    page.keyboard.press("Alt+s")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    change_by_other("Felles", "Deres ord")
    line.mend()
    expect(state(page)).to_contain_text(STORED, timeout=40_000)
    assert notes() == [(1, "Deres ord", "", True)]


def test_a_withdrawal_asks_when_somebody_has_written_it_anew_meanwhile(page, line):
    write(page, "Felles")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    line.cut()
    open_form(page, "Felles").get_by_role("button", name="Trekk innspillet").click()
    change_by_other("Felles", "Deres ord")
    line.mend()
    refused = page.locator("#waiting-1 [data-refused]")
    expect(refused).to_contain_text("Du trakk det tilbake, og noen har endret det imens.", timeout=40_000)
    assert entry.is_withdrawn(Input.objects.get()) is False
    refused.get_by_role("button", name="Behold min").click()
    expect(page.locator("#notes-1 .note-withdrawn")).to_have_count(1)
    expect(state(page)).to_contain_text(STORED)
    assert entry.is_withdrawn(Input.objects.get()) is True


# --- quick ----------------------------------------------------------------------------------------------------


def test_keys_merge_move_and_undo(page):
    write(page, "En")
    write(page, "To")
    expect(page.locator("#q-1 li")).to_have_count(2)
    box(page).focus()
    page.keyboard.press("Alt+m")
    expect(page.locator("#q-1 li:not(.note-withdrawn) .note-words")).to_have_text(["En\nTo"])
    page.keyboard.press("Alt+z")
    expect(page.locator("#q-1 li:not(.note-withdrawn) .note-words")).to_have_text(["En", "To"])
    page.keyboard.type("Tre")
    page.keyboard.press("Alt+m")
    expect(page.locator("#q-1 li:not(.note-withdrawn) .note-words")).to_have_text(["En", "To\nTre"])
    expect(box(page)).to_have_value("")
    page.keyboard.press("Alt+Shift+Digit2")
    expect(page.locator("#q-2 li .note-words")).to_have_text(["To\nTre"])
    page.keyboard.type("Feil sted")
    page.keyboard.press("Alt+Shift+Digit2")
    expect(box(page, 2)).to_be_focused()
    expect(box(page, 2)).to_have_value("Feil sted")
    page.keyboard.press("Enter")
    expect(state(page)).to_contain_text(STORED)
    expect(page.locator("#notes-2 li .note-words")).to_have_text(["To\nTre", "Feil sted"])
    assert [one[:2] for one in notes()] == [(1, "En"), (2, "To\nTre"), (2, "Feil sted")]


def test_the_last_acts_are_undone_one_by_one_and_a_new_note_goes_back_into_the_box(page):
    undo = page.locator("#table-undo")
    write(page, "Flere kurs")
    expect(undo).to_have_text("Angre: nytt innspill")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    open_form(page, "Flere kurs").get_by_role("button", name="Trekk innspillet").click()
    expect(page.locator("#notes-1 .note-withdrawn")).to_have_count(1)
    expect(state(page)).to_contain_text(STORED)
    expect(undo).to_have_text("Angre: at innspillet ble trukket")
    undo.click()
    expect(page.locator("#notes-1 .note-withdrawn")).to_have_count(0)
    expect(undo).to_have_text("Angre: nytt innspill")
    box(page).focus()
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value("Flere kurs")
    expect(undo).to_be_hidden()
    expect(state(page)).to_contain_text(STORED)
    expect(page.locator("#notes-1 .note-withdrawn")).to_have_count(1)
    assert [(one.text, entry.is_withdrawn(one)) for one in Input.objects.all()] == [("Flere kurs", True)]


def test_a_new_note_that_is_undone_before_it_was_sent_never_leaves_the_device(page, line):
    line.cut()
    write(page, "Ikke dette")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    page.keyboard.press("Alt+z")
    expect(page.locator("#q-1 li")).to_have_count(0)
    expect(box(page)).to_have_value("Ikke dette")
    assert kept(page) == 0


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_what_is_pasted_from_word_loses_its_bullets_and_hard_blanks(page):
    box(page).focus()
    paste(
        page,
        "•\tFlere\u00a0kurs\r\n\uf0b7\tMer prak\u00adsis\r\no\tUnder\r\n1.\tNummer\r\n\r\n\r\n2030 er målet\t nå",
    )
    expect(box(page)).to_have_value("Flere kurs\nMer praksis\nUnder\nNummer\n\n2030 er målet nå")
    page.get_by_role("button", name="Lag 5 innspill").click()
    expect(page.locator("#notes-1 li")).to_have_count(5)
    assert stored() == ["Flere kurs", "Mer praksis", "Under", "Nummer", "2030 er målet nå"]


def test_a_long_note_is_hinted_at_and_stored_all_the_same(page):
    hint = page.locator("#q-1 .note-long")
    box(page).fill("x" * 500)
    expect(hint).to_be_hidden()
    box(page).press("End")
    page.keyboard.type("y")
    expect(hint).to_contain_text("én tanke i hvert")
    page.keyboard.press("Enter")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    expect(hint).to_be_hidden()


def test_personal_data_are_warned_of_and_one_rewrites_or_keeps_them(page):
    write(page, "Ring 912 34 567 om kurs")
    warning = page.locator("#notes-1 .note-personal")
    expect(warning).to_contain_text("Dette kan være et telefonnummer.")
    warning.get_by_role("button", name="Behold").click()
    expect(warning).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Taster")).to_be_visible()
    expect(warning).to_have_count(0)
    write(page, "Skriv til nina@eksempel.no")
    warning.get_by_role("button", name="Skriv om").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Skriv til skolen")
    page.keyboard.press("Enter")
    expect(warning).to_have_count(0)
    expect(state(page)).to_contain_text(STORED)
    assert stored() == ["Ring 912 34 567 om kurs", "Skriv til skolen"]


# --- what stays on the device ----------------------------------------------------------------------------------


def test_logging_out_with_unsent_text_warns_and_takes_what_can_be_read_off_the_device(page, line):
    write(page, "Lagret før")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    line.bend = lambda request, real: UNAVAILABLE if "/bord/api/" in request else real
    write(page, "Usendt")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    dialog = page.get_by_role("dialog", name="Ikke alt er sendt ennå")
    page.get_by_role("button", name="Logg ut").click()
    dialog.get_by_role("button", name="Bli her og vent").click()
    expect(box(page)).to_be_visible()
    page.get_by_role("button", name="Logg ut").click()
    dialog.get_by_role("button", name="Logg ut likevel").click()
    expect(page.get_by_label("Bordets kode")).to_be_visible()

    line.cut()
    page.goto(f"{line.url}/bord/")
    expect(shell(page)).to_contain_text("denne enheten har ingen bordside")
    expect(shell(page)).to_contain_text("logger inn her: 1")
    assert "Usendt" not in page.content()
    assert "Lagret før" not in page.content()


def test_acknowledged_text_leaves_the_device_after_its_hours_and_unsent_text_stays(page, line):
    write(page, "Lagret før")
    expect(page.locator("#notes-1 li")).to_have_count(1)
    line.cut()
    write(page, "Usendt")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    page.add_init_script("{ const now = Date.now; Date.now = () => now() + 5 * 3_600_000; }")
    reload(page)
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    reload(page)
    expect(page.get_by_text("Hva med sak 1.1?").first).to_be_visible()
    expect(page.locator("#q-1 li .note-text > .note-words")).to_have_text(["Usendt"])
    everything = page.evaluate("Promise.all(['pages', 'settled'].map(Outbox.all)).then(JSON.stringify)")
    assert "Lagret før" not in everything


def test_the_kept_shell_names_nobody(page):
    kept_html = page.evaluate(
        """async () => {
          const [name] = (await caches.keys());
          const cache = await caches.open(name);
          const texts = (await cache.keys()).filter(({ url }) => url.endsWith("/skall/"));
          return (await cache.match(texts[0], { ignoreVary: true })).text();
        }"""
    )
    assert 'id="table-shell"' in kept_html
    assert "csrfmiddlewaretoken" not in kept_html
    assert [word for word in ("AN", "Bord 7", "sak 1.1") if word in kept_html] == []


def test_without_a_worker_the_page_says_so_and_still_keeps_what_is_written(start, line, code):
    page = start().pages[0]
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })")
    log_in(page, line, code)
    expect(page.locator("#table-no-worker")).to_contain_text("Uten sikker adresse")
    line.cut()
    write(page, "Likevel")
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    assert kept(page) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_shell_and_nothing_overflows(scheme, page, line):
    page.emulate_media(color_scheme=scheme)
    session = Session.objects.get(number=1)
    table = NoteTaker.objects.get().table
    make_input(session.questions.get(number=1), "Ring 912 34 567", table=table)
    page.reload()
    expect(page.locator("#notes-1 .note-personal")).to_be_visible()
    write(page, "Arbeidsinkluderingstilskuddsordningsforvaltningsansvar" * 3)
    expect(page.locator("#notes-1 li")).to_have_count(2)
    line.cut()
    write(page, "Uten nett", 2)
    reload(page)
    expect(state(page)).to_contain_text(f"1 {WAITING}")
    open_form(page, "Uten nett")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        results = violations(page)
        assert json.dumps([(one["id"], one["nodes"][0]["target"]) for one in results]) == "[]"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
