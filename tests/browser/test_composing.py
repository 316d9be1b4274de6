"""A chapter's box in a real browser: what is pasted from Word keeps its meaning alone; facts come with a press."""

import pytest
from playwright.sync_api import Page, expect

from conference.actions.texts import Wording, save_text
from conference.models import Conference, Membership, Role, TextSlot
from inputs.actions.demo import seed_demo
from tests.browser.test_every_page import faults
from tests.factories import MembershipFactory, make_contribution
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=NO-BOK>
<h2>Kjære alle&nbsp;sammen</h2>
<p class=MsoNormal><span style='font-size:12pt'>Velkommen til <b>Oslo</b><i>, byen
  med *</i>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Norsk\u00adkurs</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Arbeid</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Først</p>
<p class=MsoNormal><a href="https://example.org/a_b">Les mer</a> og <a href="javascript:alert(1)">ikke her</a>.</p>
<script>alert(1)</script></body></html>"""
AS_MARKUP = """## Kjære alle sammen

Velkommen til **Oslo***, byen med \\**.

- Norskkurs
- Arbeid

1. Først

[Les mer](https://example.org/a_b) og ikke her."""
FROM_THE_WEB = """<b style="font-weight:normal"><ul><li>Ett</li><li><p><strong>To </strong>til</p></li></ul>
<ol><li>A</li><li>B</li></ol><div>Slutt<br>her</div></b>"""
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "uten form");
  const box = document.querySelector(selector);
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def chapter(page: Page, live_server, client, question, console) -> Page:
    """The summary of a conference, as its editor writes it."""
    conference = question.session.conference
    client.force_login(
        MembershipFactory(conference=conference, role=Role.EDITOR).user,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/konferanse/{conference.slug}/rapport/kapittel/summary/")
    return page


@pytest.mark.parametrize(
    ("html", "markup"),
    [(FROM_WORD, AS_MARKUP), (FROM_THE_WEB, "- Ett\n- **To** til\n\n1. A\n2. B\n\nSlutt\n\nher")],
    ids=["Word", "web"],
)
def test_what_is_pasted_becomes_the_small_markup(chapter: Page, html: str, markup: str) -> None:
    chapter.evaluate(PASTE, ["#id_text", html])
    expect(chapter.locator("#id_text")).to_have_value(markup)


def test_a_fact_is_put_in_where_the_cursor_is(chapter: Page) -> None:
    box = chapter.locator("#id_text")
    box.fill("Det var  bord.")
    box.evaluate("box => box.setSelectionRange(8, 8)")
    chapter.get_by_text("Sett inn tall og fakta").click()
    chapter.locator("[data-insert='{antall bord}']").click()
    expect(box).to_have_value("Det var {antall bord} bord.")


def test_a_proposal_is_laid_beside_and_taken_with_what_was_typed(chapter: Page) -> None:
    chapter.locator("#id_text").fill("Mitt eget.")
    chapter.get_by_role("button", name="Foreslå et sammendrag fra dataene").click()
    expect(chapter.locator(".offered")).to_be_visible()
    expect(chapter.locator("#id_text")).to_have_value("Mitt eget.")
    chapter.get_by_role("button", name="Sett det under teksten min").click()
    expect(chapter.locator(".offered")).to_have_count(0)
    assert chapter.locator("#id_text").input_value().startswith("Mitt eget.\n\n{konferansens tittel}")


def test_the_pages_of_composing_are_sound(page: Page, live_server, transactional_db) -> None:
    seed_demo("for denne ene testen")
    conference = Conference.objects.get()
    editor = Membership.objects.get(conference=conference, role=Role.CHIEF_EDITOR).user
    make_contribution(conference)
    save_text(conference, TextSlot.SUMMARY, Wording("I {kontroller: 2024} kom {antall deltakere}."), by=editor)
    cookie = logged_in(editor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    here = f"{live_server.url}/konferanse/{conference.slug}"
    pages = ["dagsnotat/", "rapport/disposisjon/", "rapport/disposisjon/summary/", "rapport/kapittel/summary/"]
    found = {name: faults(page, f"{here}/{name}") for name in pages}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
