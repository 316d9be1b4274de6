"""Finding and acting with the keyboard: what is ticked stays in sight, a large act is confirmed, and undone."""

import pytest
from playwright.sync_api import Page, expect

from conference.models import Membership, Role
from inputs.actions.demo import seed_demo
from inputs.models import Input
from tests.browser.axe import violations
from tests.inputs.desk import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_list(transactional_db, page: Page, context, live_server) -> Page:
    seed_demo("for denne ene testen")
    member = Membership.objects.get(role=Role.CHIEF_EDITOR)
    client = logged_in(member.user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page.goto(f"{live_server.url}/konferanse/dialog-2026/innspill/?status=unhandled")
    return page


def test_all_that_is_found_is_marked_after_a_question_and_undone(at_list):
    page, before = at_list, list(Input.objects.order_by("pk").values_list("kind", flat=True))
    page.locator(".note input").first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".found > .bar")).to_be_in_viewport()
    page.locator("#all").check()
    page.locator("#act_kind").select_option("both")
    page.locator("button[value=mark_kind]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Stemmer dette?")
    assert violations(page) == []
    assert list(Input.objects.order_by("pk").values_list("kind", flat=True)) == before
    page.get_by_role("button", name="Ja, gjør det").click()
    expect(page.locator("#messages")).to_contain_text("er merket")
    assert set(Input.objects.unhandled().values_list("kind", flat=True)) == {"both"}
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#messages")).to_contain_text("Angret.", timeout=60_000)
    assert list(Input.objects.order_by("pk").values_list("kind", flat=True)) == before
