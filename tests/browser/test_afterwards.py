"""After the conference, in Chromium: a chapter on the clipboard, earlier years on the desk, what became of it all."""

from datetime import date

import pytest
from playwright.sync_api import expect

from conference.models import Conference, Membership, Role
from tests.browser.test_every_page import faults
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, SessionFactory, make_matter
from tests.inputs.desk import logged_in
from tests.inputs.publishing import a_point, finished, opened, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def as_editor(page, live_server, editor):
    """A browser in which an editor of this year's conference, and of an earlier one, is logged in."""
    conference = finished("dialog", "Flere <b>kurs</b>", by=editor)
    earlier = ConferenceFactory(slug="dialog-2024", date=date(2024, 3, 12))
    question = QuestionFactory(session=SessionFactory(conference=earlier, number=1), number=1, text="Den gang?")
    question.points.create(text="Flere kurs den gang", search_text="flere kurs den gang")
    question.points.create(text="Bedre busser", search_text="bedre busser")
    user = MembershipFactory(conference=conference, role=Role.EDITOR).user
    MembershipFactory(conference=earlier, user=user, role=Role.READER)
    cookie = logged_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return page


def test_a_chapter_is_copied_as_a_text_with_headings_and_as_its_source(as_editor, live_server, console):
    as_editor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    as_editor.goto(f"{live_server.url}/konferanse/dialog/rapport/kopier/inputs/")
    as_editor.get_by_role("button", name="Kopier kapitlet").click()
    expect(as_editor.get_by_role("button", name="Kopiert")).to_be_visible()
    read = """async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
    }"""
    plain, rich = as_editor.evaluate(read)
    assert plain == as_editor.locator("#source").input_value().strip()
    assert "<h2>Innspill</h2>" in rich
    assert "<li>Flere &lt;b&gt;kurs&lt;/b&gt;</li>" in rich
    assert console == []


def test_earlier_years_are_opened_and_searched_without_leaving_the_desk(as_editor, live_server, console):
    as_editor.goto(f"{live_server.url}/konferanse/dialog/bolk/1/sporsmal/1/")
    as_editor.get_by_text("Hva som ble sagt tidligere år").click()
    found = as_editor.locator("#earlier")
    expect(found.get_by_role("listitem")).to_have_text(["Flere kurs den gang", "Bedre busser"])
    found.get_by_label("Ord").fill("buss")
    found.get_by_label("Ord").press("Enter")
    expect(found.get_by_role("listitem")).to_have_text(["Bedre busser"])
    assert as_editor.url.endswith("/bolk/1/sporsmal/1/")
    assert console == []


def test_the_pages_are_sound(as_editor, live_server, editor):
    conference = Conference.objects.get(slug="dialog")
    Membership.objects.filter(conference=conference).update(role=Role.CHIEF_EDITOR)
    published(conference, editor)
    opened(conference, editor, shows_matters=True)
    matter = make_matter(a_point(conference), link="https://example.org/kurs", text="Kursene er i gang.")
    here = f"{live_server.url}/konferanse/dialog/"
    told = "dere-sa-vi-gjorde/"
    pages = [told, f"{told}velg/", f"{told}{matter.key}/", f"{told}ny/{matter.point.key}/", "tidligere/?q=kurs"]
    pages += ["bolk/1/sporsmal/1/tidligere/", "rapport/kopier/inputs/"]
    found = {name: faults(as_editor, here + name) for name in pages}
    found["public"] = faults(as_editor, f"{live_server.url}/offentlig/dialog/{told}")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
