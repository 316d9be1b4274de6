"""Following every link, as every role: no page is missing, none fails, and looking changes nothing."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import resolve
from lxml import html

from conference.actions.codes import issue_codes
from conference.models import Conference, Membership, Role, User
from inputs.actions.demo import seed_demo
from tests.factories import MembershipFactory, UserFactory
from tests.inputs.desk import logged_in
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db

PER_VIEW = 3  # pages of one kind that are looked at
ROLES = ["anonymous", "stranger", "table", *Role.values, "superuser"]


@pytest.fixture
def conference() -> Conference:
    seed_demo("for denne ene testen")
    return Conference.objects.get()


def visitor(role: str, conference: Conference) -> Client:
    if role == "anonymous":
        return Client()
    if role == "stranger":
        return logged_in(MembershipFactory().user)
    if role == "superuser":
        return logged_in(UserFactory(is_superuser=True, is_staff=True))
    if role == "table":
        issued = issue_codes(conference, by=User.objects.system())[0]
        client = Client()
        client.post("/bord/logg-inn/", {"code": issued.code})
        return client
    return logged_in(Membership.objects.get(conference=conference, role=role).user)


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere_and_looking_changes_nothing(role, conference):
    client = visitor(role, conference)
    before = snapshot()
    start = ["/", "/bord/", f"/konferanse/{conference.slug}/"]
    answers = crawl(client, start)
    followed = {address: status for address, status in answers.items() if address not in start}
    # Who is logged in already is led on from the log-in page, which each page offers when the log-in has ended.
    assert {address: status for address, status in followed.items() if status != 200} in ({}, {"/logg-inn/": 302})
    assert {answers[address] for address in start} <= {200, 302, 404}
    assert followed or role == "anonymous"
    assert snapshot() == before


def crawl(client: Client, start: list[str]) -> dict[str, int]:
    """Address -> status of every page that links lead to; a few of each kind, the back office left out."""
    answers: dict[str, int] = {}
    seen: Counter[str] = Counter()
    waiting = list(start)
    while waiting:
        address = waiting.pop(0)
        name = resolve(address.split("?")[0]).view_name
        if address in answers or name.startswith("admin:") or seen[name] >= PER_VIEW:
            continue
        seen[name] += 1
        response = client.get(address)
        answers[address] = response.status_code
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            waiting += links(response.content.decode(), address)
    return answers


def links(page: str, address: str) -> list[str]:
    """Where the page's own links lead within the site."""
    tree = html.document_fromstring(page)
    tree.make_links_absolute(f"http://testserver{address}")
    found = dict.fromkeys(str(link).partition("#")[0] for link in tree.xpath("//a/@href"))
    return [link.removeprefix("http://testserver") for link in found if link.startswith("http://testserver/")]
