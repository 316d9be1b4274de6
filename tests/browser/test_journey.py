"""A conference from nothing to its report, in Chromium: one who sets up, two tables, two editors.

Once with JavaScript and once without. What is asserted is what the people see, and at the end what is stored.
"""

import io
import zipfile
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from conference.models import Conference, User
from inputs.integrity import check
from inputs.models import Input, Point
from inputs.queries import obstacles

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "for denne ene testen"
SLUG = "naermiljo"


@dataclass
class Visitor:
    """Somebody with a browser of their own."""

    page: Page
    site: str

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"#content [name={name}]:not([type=hidden])").first
            if field.evaluate("it => it.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, name: str, *, within: str = "#content") -> None:
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def log_in(self, email: str) -> None:
        self.go("/logg-inn/")
        self.fill(username=email, password=PASSWORD)
        self.press("Logg inn")
        self.sees("Mine konferanser")

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def told(self, text: str) -> None:
        """What the last act said."""
        said = self.page.locator("#messages, #desk-said").filter(has_text=text)
        expect(said.first).to_be_visible()

    def unfold(self, name: str) -> None:
        """Open what is folded under that name, if it is not open."""
        fold = self.page.locator("details", has=self.page.locator("summary", has_text=name)).first
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()

    def tick(self, text: str) -> None:
        """The input or point with these words."""
        self.page.get_by_role("checkbox", name=text, exact=True).check()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def people(request, browser: Browser, live_server, transactional_db):
    """Makes a visitor; each has a browser context, as on a machine of their own."""
    contexts = []

    def visitor() -> Visitor:
        context = browser.new_context(locale="nb-NO", java_script_enabled=request.param, accept_downloads=True)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return Visitor(page, live_server.url)

    yield visitor
    for context in contexts:
        context.close()


def set_up(admin: Visitor) -> list[str]:
    """From an empty database to two tables with codes; returns the codes."""
    User.objects.create_superuser("anna@example.no", PASSWORD, name="Anna Administrator")
    admin.log_in("anna@example.no")
    admin.follow("Lag en konferanse")
    admin.fill(title="Dialogmøte om nærmiljø", date="2026-11-23", slug=SLUG)
    admin.press("Lag konferansen")
    admin.told("Dialogmøte om nærmiljø")
    admin.go(f"/konferanse/{SLUG}/oppsett/bolker/ny/")
    admin.fill(title="Møteplasser")
    admin.press("Lagre")
    admin.sees("1. Møteplasser")
    for text in ("Hva mangler i nabolaget?", "Hva kan vi gjøre sammen?"):
        admin.page.locator("a[href$='/sporsmal/ny/']").click()
        admin.fill(text=text)
        admin.press("Lagre")
        admin.sees(text)
    admin.page.locator("#phase-open").click()
    admin.sees("Fase: åpen")
    admin.go(f"/konferanse/{SLUG}/oppsett/bord/")
    admin.fill(number="2")
    admin.press("Lag bord")
    admin.told("2 bord er laget.")
    admin.follow("Lag koder til bordene")
    admin.press("Lag koder til de 2 bordene som mangler")
    expect(admin.page.locator(".sheet-code")).to_have_count(2)
    return admin.page.locator(".sheet-code").all_inner_texts()


def invite(admin: Visitor, editor: Visitor, name: str, email: str) -> None:
    """The administrator makes the link; the editor opens it and chooses a password."""
    admin.go(f"/konferanse/{SLUG}/oppsett/personer/")
    admin.page.locator("a[href$='/personer/ny/']").click()
    admin.fill(email=email, name=name)
    admin.page.locator("[name=role][value=editor]").check()
    admin.press("Inviter")
    link = admin.page.locator("[data-invitation]").inner_text().strip()
    editor.page.goto(link)
    editor.fill(new_password1=PASSWORD, new_password2=PASSWORD)
    editor.press("Lagre passordet og logg inn")
    editor.sees("Mine konferanser")


def write(table: Visitor, question: int, text: str) -> None:
    section = table.page.locator(f"#q-{question}")
    section.locator("form[data-new] textarea").fill(text)
    section.get_by_role("button", name="Lagre innspillet").click()
    expect(table.page.locator(f"#notes-{question}")).to_contain_text(text)


def take_notes(tables: list[Visitor], codes: list[str]) -> None:
    for table, code in zip(tables, codes, strict=True):
        table.go("/bord/logg-inn/")
        table.fill(code=code.lower())
        table.press("Åpne bordet")
        table.sees("Hva mangler i nabolaget?")
    first, second = tables
    write(first, 1, "Vi mangler en benk ved butikken.")
    write(first, 1, "Ola Nordmann i nummer sju sier at lyset er borte.")
    write(first, 1, "Feil bord, glem denne.")
    write(second, 1, "Ingen steder å sitte ved butikken.")
    write(second, 1, "Det trengs flere bord i parken.")
    write(second, 1, "Jeg skulle gjerne hatt kaffe.")
    write(second, 2, "Vi kan lage en felles dugnad.")
    mistake = first.page.locator(".note", has_text="Feil bord, glem denne.")
    mistake.locator("summary").click()
    mistake.get_by_role("button", name="Trekk innspillet").click()
    expect(first.page.locator(".note-withdrawn")).to_contain_text("Feil bord, glem denne.")


def edit(one: Visitor, two: Visitor) -> None:
    """Everything an editor does, and two who meet at one point."""
    desk = f"/konferanse/{SLUG}/bolk/1/sporsmal/1/"
    one.go(desk)
    one.tick("Vi mangler en benk ved butikken.")
    one.fill(new_heading="Møteplasser ute")
    one.press("Bruk i rapporten")
    one.told("1 innspill er nå et punkt i rapporten.")

    one.tick("Ingen steder å sitte ved butikken.")
    one.page.locator(".point").get_by_role("checkbox").check()
    one.press("Samme poeng")
    one.told("1 kilde til")
    one.page.locator(".deed button").first.click()
    one.told("Angret.")

    one.tick("Ingen steder å sitte ved butikken.")
    one.page.locator("#bar-heading").select_option(label="1 Møteplasser ute")
    one.press("Bruk i rapporten")
    expect(one.page.locator(".point")).to_have_count(2)
    for box in one.page.locator(".point").get_by_role("checkbox").all():
        box.check()
    one.unfold("Legg til side, flytt")
    one.press("Slå sammen avkryssede punkter")
    one.fill(text="Det mangler benker ved butikken.")
    one.press("Slå sammen")
    one.told("2 punkter er nå ett")
    expect(one.page.locator(".point")).to_have_count(1)
    one.page.locator(".deed button").first.click()
    one.told("Angret.")
    expect(one.page.locator(".point")).to_have_count(2)

    one.tick("Jeg skulle gjerne hatt kaffe.")
    one.unfold("Legg til side, flytt")
    one.page.locator("#bar-reason").select_option("unclear")
    one.press("Legg til side")
    one.told("1 innspill er lagt til side.")
    one.unfold("Lagt til side (")
    one.page.locator(".note-aside", has_text="kaffe").get_by_role("button").click()
    one.told("tilbake")
    one.tick("Jeg skulle gjerne hatt kaffe.")
    one.unfold("Legg til side, flytt")
    one.page.locator("#bar-reason").select_option("unclear")
    one.press("Legg til side")

    for visitor in (one, two):
        visitor.go(desk)
        visitor.page.locator(".point", has_text="Vi mangler en benk").get_by_role("link", name="Rediger").click()
    one.page.locator("#text").fill("Det mangler en benk ved butikken.")
    one.press("Lagre")
    one.told("Punktet er omformulert.")
    two.page.locator("#text").fill("En benk ved butikken er etterlyst.")
    two.press("Lagre")
    two.sees("Det mangler en benk ved butikken.")
    expect(two.page.locator("#text")).to_have_value("En benk ved butikken er etterlyst.")
    two.press("Lagre min tekst")
    two.told("Punktet er omformulert.")


def redact(editor: Visitor) -> None:
    editor.go(f"/konferanse/{SLUG}/innspill/")
    editor.page.get_by_role("link", name="Ola Nordmann i nummer sju").first.click()
    editor.page.locator("a[href*='/sladd/']").first.click()
    editor.fill(words="Ola Nordmann i nummer sju", ground="Navn på en person")
    editor.press("Vis hva som forsvinner")
    editor.sees("kan ikke angres")
    editor.press("Sladd ordene for godt")
    editor.told("tekst")


def finish(editor: Visitor) -> None:
    for question in (1, 2):
        editor.go(f"/konferanse/{SLUG}/bolk/1/sporsmal/{question}/")
        for box in editor.page.locator("#notes").get_by_role("checkbox").all():
            box.check()
        editor.fill(new_heading="Gjøre sammen")
        editor.press("Bruk i rapporten")
        editor.told("i rapporten")


def download_all(editor: Visitor) -> dict[str, bytes]:
    editor.go(f"/konferanse/{SLUG}/rapport/")
    editor.sees("Klar til å publiseres")
    files = {}
    for kind in ("html", "docx", "pdf", "md", "json", "xlsx"):
        with editor.page.expect_download() as waiting:
            editor.page.locator(f".downloads a[href*='/last-ned/{kind}/']").first.click()
        files[kind] = waiting.value.path().read_bytes()
        assert waiting.value.suggested_filename.endswith(f".{kind}")
    return files


def test_from_an_empty_database_to_the_finished_report(people):
    admin, one, two, *tables = [people() for _person in range(5)]
    codes = set_up(admin)
    invite(admin, one, "Eli Redaktør", "eli@example.no")
    invite(admin, two, "Tor Redaktør", "tor@example.no")
    take_notes(tables, codes)
    edit(one, two)
    redact(one)
    finish(two)

    files = download_all(two)
    text = files["md"].decode()
    assert "En benk ved butikken er etterlyst." in text
    assert "Vi kan lage en felles dugnad." in text
    assert "kaffe" not in text
    assert "Feil bord" not in text
    assert not any(b"Ola Nordmann" in content for content in files.values())
    assert files["pdf"].startswith(b"%PDF")
    word = zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml").decode()
    assert "En benk ved butikken er etterlyst." in word
    assert "Ola Nordmann" not in word

    conference = Conference.objects.get()
    assert (check(conference), obstacles(conference)) == ([], ())
    assert sorted(entry.disposition for entry in Input.objects.all()) == ["set_aside"] * 2 + ["used"] * 5
    assert Point.objects.standing().count() == 5
