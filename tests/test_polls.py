"""What is asked every few seconds: an answer without news costs two queries, and goes to nobody but who may look."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from conference import polls
from conference.actions.history import Change, record, revision
from conference.models import Membership, Role
from tests.factories import MembershipFactory, UserFactory
from tests.inputs.desk import logged_in
from tests.worlds import make_world

pytestmark = pytest.mark.django_db

TABLES = {"table_api_notes"}
PAGES = {"heard", "room", "screen", "desk_live"}  # each follows one conference
TEMPLATES = {"heard.html", "room.html", "screen.html", "_here.html"}
UNTIL_IT_IS_MADE = {"files.html"}  # asks only while a file is being made, and whoever waits for it


def patterns(resolver=None):
    for one in (resolver or get_resolver()).url_patterns:
        yield from patterns(one) if hasattr(one, "url_patterns") else [one]


FOLLOWING = {one.name: one.callback for one in patterns() if hasattr(one.callback, "idle")}


@pytest.fixture(autouse=True)
def still(monkeypatch):
    monkeypatch.setattr(polls, "clock", lambda: 0)


@pytest.fixture
def world(db):
    return make_world("dialog", 1)


def mark(name, world):
    """What the page itself would send with its next question."""
    return FOLLOWING[name].idle.__self__.mark(world.conference)


def where(name, world, slug=None):
    more = [world.number, world.number] if name == "desk_live" else []
    return reverse(name, args=[slug or world.conference.slug, *more])


def ask(name, world, client, since):
    return client.get(where(name, world), {"since": since})


def test_whatever_asks_again_and_again_is_counted_here():
    asking = re.compile(r"data-live=|hx-trigger=\"[^\"]*every ")
    templates = [one for one in Path("templates").rglob("*.html") if one.name not in UNTIL_IT_IS_MADE]
    assert {one.name for one in templates if asking.search(one.read_text(encoding="utf-8"))} == TEMPLATES
    assert set(FOLLOWING) == PAGES


@pytest.mark.parametrize("name", sorted(PAGES | TABLES))
def test_nothing_new_costs_two_queries_with_the_log_in(name, world):
    if name in TABLES:
        client = world.device()
        address, since = reverse(name), client.get(reverse("table_api_state")).json()["revision"]
    else:
        client = world.client()
        address, since = where(name, world), mark(name, world)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, {"since": since})
    assert (response.status_code, response.content, len(captured)) == (204, b"", 2)
    assert "no-store" in response["Cache-Control"]


def people(world):
    """Everybody who may ask, by what they are."""
    roles = {role: MembershipFactory(conference=world.conference, role=role).user for role in Role}
    elsewhere = MembershipFactory(role=Role.ADMINISTRATOR).user
    everywhere = UserFactory(is_superuser=True)
    clients = {
        **{str(role): logged_in(user) for role, user in roles.items()},
        "elsewhere": logged_in(elsewhere),
        "superuser": logged_in(everywhere),
        "nobody": Client(),
        "table": world.device(),
    }
    for what in ("shut out", "other password", "no longer a member"):
        user = MembershipFactory(conference=world.conference, role=Role.ADMINISTRATOR).user
        clients[what] = logged_in(user)
        if what == "shut out":
            get_user_model().objects.filter(pk=user.pk).update(is_active=False)
        elif what == "other password":
            user.set_password("et helt annet passord")
            user.save()
        else:
            Membership.objects.filter(user=user).delete()
    return clients


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_short_way_lets_in_whom_the_page_lets_in_and_nobody_else(name, world):
    for who, client in people(world).items():
        since = mark(name, world)
        page, poll = (ask(name, world, client, each).status_code for each in ("", since))
        assert poll == (204 if page == 200 else page), who


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_short_way_counts_what_the_page_counts(name, world):
    client, follows = world.client(), FOLLOWING[name].idle.__self__
    for scope in ("all", "heard", "screen", "session:1", "table:1", "seen:1", "question:1"):
        before = mark(name, world)
        by, conference = world.administrator, world.conference
        record(verb="tested", by=by, conference=conference, scope=scope, changes=[Change(conference)])
        is_news = mark(name, world) != before
        assert (ask(name, world, client, before).status_code == 200) == is_news, scope
        assert ask(name, world, client, mark(name, world)).status_code == 204
    assert follows.mark(world.conference) == f"{revision(world.conference, *follows.scopes)}.0"


@pytest.mark.parametrize("since", ["", "0", "1" * 30, "-1", "en", "٣", "\x00", "1.2.3"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_names_no_mark_or_another_sees_the_page(name, since, world):
    assert ask(name, world, world.client(), since).status_code == 200


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_conference_and_no_reading_are_answered_as_ever(name, world):
    since, client = mark(name, world), world.client()
    assert client.get(where(name, world, "ingen"), {"since": since}).status_code == 404
    address = f"{where(name, world)}?since={since}"
    assert client.post(address).status_code == 405
