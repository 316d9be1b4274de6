"""«Kopier som ren HTML»: a chapter of the report, for a ministry's publishing system."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from conference.models import ChapterText, Role
from tests.factories import MembershipFactory
from tests.inputs.desk import logged_in
from tests.inputs.publishing import finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(editor):
    conference = finished("dialog", "Flere <b>kurs</b> & busser", by=editor)
    ChapterText.objects.create(conference=conference, slot="summary", text="Kort *sagt*.")
    return logged_in(MembershipFactory(conference=conference, role=Role.READER).user)


def where(slot):
    return reverse("report_copy", args=["dialog", slot])


def test_the_chapter_can_be_selected_as_source_and_stands_as_it_reads(reader):
    page = html.document_fromstring(reader.get(where("summary")).content.decode())
    [source] = page.xpath("//textarea[@readonly]")
    assert source.text.strip() == "<h2>Sammendrag</h2>\n<p>Kort <em>sagt</em>.</p>"
    assert page.xpath("//div[contains(@class, 'preview-plain')]/p/em/text()") == ["sagt"]
    assert len(page.xpath("//button[@data-copy='source'][@hidden]")) == 1  # a script shows it


def test_every_chapter_is_reached_by_its_anchor_and_what_was_written_is_text(reader):
    page = html.document_fromstring(reader.get(where("inputs")).content.decode())
    assert "<li>Flere &lt;b&gt;kurs&lt;/b&gt; &amp; busser</li>" in page.xpath("//textarea")[0].text
    assert (
        page.xpath("//div[contains(@class, 'preview-plain')]//li")[0].text_content() == "Flere <b>kurs</b> & busser"
    )
    links = page.xpath("//details//a[contains(@href, '/kopier/')]/@href")
    assert len(links) > 3
    assert {reader.get(link).status_code for link in links} == {200}
    assert set(links) <= set(
        html.document_fromstring(reader.get(reverse("report", args=["dialog"])).content.decode()).xpath("//a/@href")
    )


def test_a_chapter_that_is_empty_or_unknown_is_none(reader):
    assert reader.get(where("thanks")).status_code == 404
    assert reader.get(where("kap-99")).status_code == 404


def test_the_chapters_own_page_leads_there_when_it_says_something(reader, editor):
    chief = logged_in(MembershipFactory(conference=ChapterText.objects.get().conference, role=Role.EDITOR).user)
    assert where("summary") in chief.get(reverse("report_chapter", args=["dialog", "summary"])).content.decode()
    assert "/kopier/" not in chief.get(reverse("report_chapter", args=["dialog", "thanks"])).content.decode()


def test_it_costs_no_more_than_the_report(reader):
    with CaptureQueriesContext(connection) as captured:
        reader.get(where("inputs"))
    assert len(captured) <= 22
