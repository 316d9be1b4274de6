"""Fixtures that everything shares."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection

from conference.models import Question, User
from conference.models.rehearsals import lift_protection
from inputs.models import versions
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, UserFactory

# A busy machine is not a failing test.
hypothesis.settings.register_profile("rnik", deadline=None)
hypothesis.settings.load_profile("rnik")

# Playwright keeps an event loop in the thread in which Django's ORM is used.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


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


@pytest.fixture
def editor(db: None) -> User:
    return UserFactory(name="Eli Eksempel")


@pytest.fixture
def question(db: None) -> Question:
    """Session 1, question 1 of a conference."""
    return QuestionFactory(session=SessionFactory(conference=ConferenceFactory(slug="dialog"), number=1), number=1)
