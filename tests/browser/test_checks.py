"""The checks in Chromium: axe, a phone, the keyboard alone; accepting a finding, and a second person who agrees."""

import pytest
from playwright.sync_api import expect

from conference.models import Role
from inputs.models import Acceptance
from tests.browser.test_every_page import faults
from tests.factories import MembershipFactory, UserFactory
from tests.inputs.desk import logged_in
from tests.inputs.publishing import finished

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATH = "/konferanse/dialog/rapport/kontroll/"


@pytest.fixture
def conference(transactional_db):
    return finished("dialog", "Ring 412 34 567.", "En somalisk forening.", by=UserFactory())


def log_in(context, live_server, conference):
    member = MembershipFactory(conference=conference, role=Role.EDITOR)
    value = logged_in(member.user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])


def test_every_look_of_the_page_with_a_form_open(context, live_server, conference):
    log_in(context, live_server, conference)
    page = context.new_page()
    page.goto(live_server.url + PATH)
    page.locator(".check summary").first.click()
    assert faults(page, live_server.url + PATH) == []
    page.locator(".check summary").first.click()
    page.locator(".check form button").first.click()  # without a reason
    expect(page.locator("[aria-invalid]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_finding_is_accepted_without_the_page_being_loaded_and_a_second_person_agrees(
    context, browser, live_server, conference
):
    log_in(context, live_server, conference)
    page = context.new_page()
    page.goto(live_server.url + PATH)
    page.evaluate("window.stayed = true")
    group = page.locator("[id^=f-small-group]")
    group.locator("summary").click()
    group.get_by_role("textbox").fill("Foreningen er spurt")
    group.get_by_role("textbox").press("Enter")
    expect(group.locator("q")).to_have_text("Foreningen er spurt")
    assert page.evaluate("window.stayed")
    other = browser.new_context()
    log_in(other, live_server, conference)
    second = other.new_page()
    second.goto(live_server.url + PATH)
    second.locator("[id^=f-small-group] form[action$='/enig/'] button").click()
    expect(second.locator("#in-the-way ~ ul [id^=f-small-group]")).to_have_count(0)
    assert Acceptance.objects.get().second_by is not None
    other.close()
