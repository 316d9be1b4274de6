"""The Word template's page in Chromium: axe, a phone, light and dark; upload, styles, remove and put back."""

import pytest
from playwright.sync_api import expect

from conference.models import Role
from inputs.models import ReportTemplate
from tests.browser.test_every_page import faults
from tests.factories import MembershipFactory, UserFactory
from tests.inputs.desk import logged_in
from tests.inputs.publishing import finished
from tests.inputs.report.ministries import own_names

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATH = "/konferanse/dialog/rapport/mal/"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_template_is_uploaded_looked_through_removed_and_put_back(context, live_server, transactional_db):
    conference = finished("dialog", "Flere kurs.", by=UserFactory())
    member = MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR)
    value = logged_in(member.user).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + PATH)
    assert faults(page, live_server.url + PATH) == []
    page.locator("input[type=file]").set_input_files({"name": "noe.docx", "mimeType": DOCX, "buffer": b"noe"})
    page.get_by_role("button", name="Bruk malen").click()
    expect(page.locator("[aria-invalid]")).to_be_visible()
    file = {"name": "Departementets-mal-for-rapporter-2026.docx", "mimeType": DOCX, "buffer": own_names()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Bruk malen").click()
    expect(page.get_by_label("Brødtekst")).to_have_value(ReportTemplate.objects.get().styles["Normal"])
    page.get_by_label("Merknad").select_option(label="EKS Bildetekst")
    page.get_by_role("button", name="Lagre stilene").click()
    expect(page.get_by_label("Merknad").locator("option:checked")).to_have_text("EKS Bildetekst")
    assert faults(page, live_server.url + PATH) == []
    page.get_by_role("button", name="Fjern malen").click()
    page.locator("summary", has_text="Fjernet").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_role("button", name="Hent tilbake").click()
    expect(page.get_by_role("heading", name="I bruk")).to_be_visible()
