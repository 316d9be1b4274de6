"""«Set up»: what everybody may see is a conscious choice; and the list of videos."""

import pytest
from django.urls import reverse

from conference.models import Event, PublicPage, Role, VideoLink
from tests.factories import ConferenceFactory, MembershipFactory
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def client(conference):
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    client.cookies["django_language"] = "en"
    return client


WHERE = "/konferanse/dialog/oppsett/offentlig-side/"


def save(client, **data):
    return client.post(WHERE, {"version": 0} | data, follow=True)


def test_nothing_is_public_before_somebody_switches_it_on(client):
    page = client.get(WHERE)
    form = page.context["form"]
    assert [name for name in form.fields if form[name].value()] == []
    assert "The page is closed." in page.content.decode()
    assert PublicPage.objects.count() == 0


def test_opening_and_closing_is_remembered_with_who(client):
    page = save(client, is_open="on", shows_programme="on", publisher="Eksempel")
    stored = PublicPage.objects.get()
    assert said(page) == ["It is saved. The page is open to everybody."]
    assert (stored.shows_programme, stored.shows_questions, stored.publisher) == (True, False, "Eksempel")
    assert stored.opened_by
    save(client, version=1)
    assert PublicPage.objects.get().opened_at is None
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["open_public_page", "close_public_page"]


def test_saving_an_open_page_keeps_who_opened_it(client, conference):
    save(client, is_open="on")
    first = PublicPage.objects.get()
    other = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    save(other, is_open="on", version=1, contact="x@example.org")
    stored = PublicPage.objects.get()
    assert (stored.opened_by, stored.opened_at, stored.contact) == (first.opened_by, first.opened_at, "x@example.org")


@pytest.mark.parametrize("version", [0, 7, ""])
def test_whoever_was_slower_is_shown_both(version, client):
    save(client, is_open="on", publisher="Hennes")
    page = save(client, version=version, publisher="Min")
    assert (page.status_code, PublicPage.objects.get().publisher) == (409, "Hennes")
    assert {"label": "Who is behind the pages", "theirs": "Hennes", "mine": "Min"} in page.context["both"]


@pytest.mark.parametrize("bad", [{"publisher": "x" * 201}, {"contact": "x" * 201}, {"privacy": "x" * 20_001}])
def test_what_is_too_long_is_refused_beside_its_field(bad, client):
    page = save(client, **bad)
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(bad))
    assert PublicPage.objects.count() == 0


def test_a_rehearsal_has_none_and_says_so(conference):
    copy = ConferenceFactory(slug="ovelse", title="ØVELSE", rehearsal_of=conference)
    client = logged_in(MembershipFactory(conference=copy, role=Role.ADMINISTRATOR).user)
    where = reverse("setup_public", args=["ovelse"])
    assert "En øvelse har ingen offentlig side." in client.get(where).content.decode()
    before = snapshot()
    assert client.post(where, {"version": 0, "is_open": "on"}).status_code == 403
    assert snapshot() == before


def test_a_video_is_added_with_its_captions(client):
    data = {"title": "Dagen", "url": "video.example.org/1", "language": "nn", "has_captions": "on"}
    client.post(reverse("setup_video_new", args=["dialog"]), data)
    stored = VideoLink.objects.get()
    assert (stored.url, stored.language, stored.has_captions) == ("https://video.example.org/1", "nn", True)
    assert "with captions" in client.get(reverse("setup_videos", args=["dialog"])).content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/x", "", "https://x.no/" + "x" * 500])
def test_a_video_must_lie_on_the_web(url, client):
    page = client.post(reverse("setup_video_new", args=["dialog"]), {"title": "Dagen", "url": url, "language": "nb"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["url"])
    assert VideoLink.objects.count() == 0
