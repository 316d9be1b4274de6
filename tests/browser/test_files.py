"""Files made on the side: followed without touching what one types, and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from conference.models import Role, User
from inputs.actions import files
from inputs.models import MadeFile, MadeState
from tests.browser.axe import violations
from tests.factories import MembershipFactory, UserFactory, make_made_file
from tests.inputs.desk import logged_in
from tests.inputs.publishing import finished

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chief(transactional_db, monkeypatch) -> User:
    monkeypatch.setattr(files, "begin", lambda _asked: None)  # the tests say themselves how far it is
    return MembershipFactory(conference=finished(by=UserFactory()), role=Role.CHIEF_EDITOR).user


def cookies(chief: User, site: str) -> list[dict[str, str]]:
    return [{"name": "sessionid", "value": logged_in(chief).cookies["sessionid"].value, "url": site}]


def test_a_file_is_followed_from_the_click_to_the_download(chief, page: Page, context, live_server, console):
    context.add_cookies(cookies(chief, live_server.url))
    page.goto(live_server.url + reverse("report", args=["dialog"]))
    page.get_by_role("link", name="zip").click()
    expect(page.locator("#id_kind")).to_have_value("zip.open")
    page.get_by_role("button", name="Lag filen").click()
    expect(page.locator("#made-files")).to_contain_text("Blir laget.")

    page.locator("#id_kind").select_option("zip.closed")
    MadeFile.objects.update(done=3, total=8)
    expect(page.locator("#made-files progress")).to_have_attribute("value", "3")
    assert violations(page) == []

    files.finish(MadeFile.objects.get(), b"PK", is_draft=False)
    link = page.locator("#made-files").get_by_role("link", name="Arkivpakke, åpen utgave")
    expect(link).to_be_visible()
    expect(page.locator("#files-said")).to_have_text("Ingen fil blir laget lenger.")
    expect(page.locator("#id_kind")).to_have_value("zip.closed")  # what was chosen meanwhile
    assert page.locator("[data-poll]").count() == 0  # and it asks no more
    with page.expect_download() as downloading:
        link.click()
    assert downloading.value.suggested_filename == "dialog-arkiv-apen.zip"
    assert MadeFile.objects.get().state == MadeState.DONE


def test_without_scripts_the_page_asks_anew_by_itself(chief, browser: Browser, live_server):
    conference = chief.memberships.get().conference
    asked = make_made_file(conference, state="making")
    with browser.new_context(java_script_enabled=False, locale="nb-NO") as plain:
        plain.add_cookies(cookies(chief, live_server.url))
        page = plain.new_page()
        page.goto(live_server.url + reverse("files", args=["dialog"]))
        expect(page.locator("#made-files")).to_contain_text("Blir laget.")
        files.finish(asked, b"%PDF-", is_draft=False)
        expect(page.locator("#made-files").get_by_role("link", name="PDF, for alle")).to_be_visible(timeout=60_000)
