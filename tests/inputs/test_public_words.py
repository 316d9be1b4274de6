"""Whatever stands in a field that everybody reads: it comes back as it was written, and does nothing."""

import re

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from lxml import html

from conference.forms.public import VideoForm
from conference.models import Conference, ProgrammeItem, PublicPage, Question, Session, SubQuestion, VideoLink
from inputs.models import Publication
from inputs.public.pages import all_pages
from inputs.public.reading import find_site
from rnik.lib.markup import from_plain
from rnik.lib.text import clean_line
from tests.factories import make_publication, make_version
from tests.inputs.publishing import finished, opened
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.reading_back import Words, read_html, with_words
from tests.inputs.report.test_any_words import POOLS

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(editor):
    """All is switched on; of two publications one is withdrawn."""
    conference = finished(by=editor)
    conference.programme.create(starts_at="09:00", title="Velkommen", speaker_name="Kari", speaker_title="ordfører")
    SubQuestion.objects.create(question=Question.objects.get(), letter="a", text="på kvelden")
    VideoLink.objects.create(conference=conference, title="Dagen", url="https://video.example.org/1")
    opened(conference, editor, shows_programme=True, shows_questions=True, shows_videos=True)
    make_publication(make_version(conference))
    make_publication(
        make_version(conference), said="Et punkt manglet.", reason="Feil.", withdrawn_at="2026-01-01T12:00Z",
        withdrawn_by=editor,
    )  # fmt: skip
    return conference


SHORTEST = 150  # characters that the shortest of the fields holds; a form lets no more through


def write(words):
    """Other words in every field of the one conference."""

    def line():
        words.used[-1] = written = clean_line(words.next(several_lines=False)[:SHORTEST])
        return written

    Conference.objects.update(title=line(), theme=line(), venue=line(), address=line())
    Session.objects.update(title=line())
    Question.objects.update(text=words.next(several_lines=True))
    SubQuestion.objects.update(text=line())
    ProgrammeItem.objects.update(title=line(), speaker_name=line(), speaker_title=line())
    VideoLink.objects.update(title=line())
    # An address of e-mail becomes a link: tested below.
    contact = line().replace("@", "")
    words.used[-1] = contact
    PublicPage.objects.update(
        publisher=line(), contact=contact, privacy=from_plain(line()), accessibility=from_plain(line())
    )
    for publication in Publication.objects.exclude(said=""):
        Publication.objects.filter(pk=publication.pk).update(said=line(), reason=line())


def read(slug="dialog"):
    return {
        page.address: read_html(page.html(find_site(slug), assets="static/")) for page in all_pages(find_site(slug))
    }


@pytest.fixture
def plain(conference):
    """The pages while tokens stand in all fields."""
    write(Words())
    return read()


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(pool=POOLS)
@example(pool=list(HOSTILE))
def test_the_pages_show_every_text_as_it_was_written(plain, pool):
    words = Words(pool)
    write(words)
    assert read() == with_words(plain, words.used)
    assert len(plain) == 17


def links(address):
    page = next(page for page in all_pages(find_site("dialog")) if page.address == address)
    return html.document_fromstring(page.html(find_site("dialog"))).xpath("//main//a/@href")


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example"]
)
def test_a_link_of_ones_own_text_leads_to_the_web_or_to_a_mailbox(conference, target):
    PublicPage.objects.update(privacy=f"[les mer]({target}) og [her](https://example.org/a?b=1&c=2)")
    assert [link for link in links("personvern/") if not link.startswith("../personvern/")] == [
        "https://example.org/a?b=1&c=2"
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)//@x", 'a"onclick="x"@b.no', "<b>@b.no"])
def test_a_contact_is_a_mailbox_and_nothing_else(conference, address):
    PublicPage.objects.update(contact=address)
    page = html.document_fromstring(next(iter(all_pages(find_site("dialog")))).html(find_site("dialog")))
    [link] = page.xpath("//footer//p//a")
    assert dict(link.attrib) == {"href": f"mailto:{address}"}
    assert (link.text_content(), len(link)) == (address, 0)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/"])
def test_a_video_lies_on_the_web(conference, address):
    with pytest.raises(IntegrityError, match="video_is_on_the_web"), transaction.atomic():
        VideoLink.objects.update(url=address)
    form = VideoForm(
        {"title": "Dagen", "url": address, "language": "nb"},
        instance=VideoLink(conference=conference),
        conference=conference,
    )
    assert list(form.errors) == ["url"]


def test_an_address_of_a_video_stays_within_its_attribute(conference):
    VideoLink.objects.update(url='https://example.org/"><script>alert(1)</script>')
    assert links("video/") == ['https://example.org/"><script>alert(1)</script>']


def test_no_page_holds_a_script_or_a_handler(conference):
    write(Words(HOSTILE))
    for page in all_pages(find_site("dialog")):
        found = html.document_fromstring(page.html(find_site("dialog")))
        assert found.xpath("//script | //iframe | //object | //img | //base | //form") == []
        assert [name for node in found.iter("*") for name in node.attrib if re.match("on|style$", name)] == []
