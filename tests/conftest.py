"""Fixtures that everything shares."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
import pytest_django
from django.db import connection, transaction
from django.test import Client

from conference.models import Question, User
from conference.models.rehearsals import lift_protection
from inputs.models import versions
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, UserFactory
from tests.matrix.roles import ROLES
from tests.matrix.site import log_in_as, make_site

# A busy machine is not a failing test.
hypothesis.settings.register_profile("rnik", deadline=None)
hypothesis.settings.load_profile("rnik")

# Playwright keeps an event loop in the thread in which Django's ORM is used.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--with-database", action="store_true", help="only tests that ask a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database is not run on a second one."""
    if config.getoption("--with-database"):
        without = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


@pytest.fixture(autouse=True)
def _history_may_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """SQLite flushes with DELETE, which the append-only triggers refuse; the flush itself puts them back."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if connection.vendor == "sqlite" and (
        "transactional_db" in request.fixturenames
        or "live_server" in request.fixturenames
        or (marker and marker.kwargs.get("transaction"))
    ):
        with connection.cursor() as cursor:
            for act in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS event_is_append_only_on_{act}")
        lift_protection()
        versions.lift_protection()


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """What is stored from here on stays for all tests of the module, each of which takes back its own.

    For modules that ask one conference the same of every page: making it costs more than asking.
    """
    with django_db_blocker.unblock():
        rows = transaction.atomic()
        rows.__enter__()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        rows.__exit__(None, None, None)


@pytest.fixture(scope="module")
def logged_in_as(kept_rows: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> dict[str, str]:
    """The conference of the matrix, and by role the cookie of somebody who is logged in."""
    with django_db_blocker.unblock():
        session = SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1)
        conference = make_site(QuestionFactory(session=session, number=1), UserFactory(name="Eli Eksempel"))
        cookies = {role: log_in_as(role, conference).cookies.get("sessionid") for role in ROLES}
    return {role: cookie.value if cookie else "" for role, cookie in cookies.items()}


@pytest.fixture
def browsers(db: None, logged_in_as: dict[str, str]) -> dict[str, Client]:
    """A browser for each role."""
    browsers = {role: Client() for role in logged_in_as}
    for role, cookie in logged_in_as.items():
        if cookie:
            browsers[role].cookies["sessionid"] = cookie
    return browsers


@pytest.fixture
def editor(db: None) -> User:
    return UserFactory(name="Eli Eksempel")


@pytest.fixture
def question(db: None) -> Question:
    """Session 1, question 1 of a conference."""
    return QuestionFactory(session=SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1), number=1)
