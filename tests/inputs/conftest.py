"""People at the desk: an editor, a reader, an editor of another session, a stranger."""

import pytest
from django.test import Client

from conference.models import Conference, Question, Role
from tests.factories import MembershipFactory, SessionFactory, UserFactory
from tests.inputs.desk import logged_in


@pytest.fixture
def conference(question: Question) -> Conference:
    return question.session.conference


@pytest.fixture
def at_desk(conference: Conference) -> Client:
    """An editor of all sessions, in English so that tests can read the page."""
    member = MembershipFactory(conference=conference, user=UserFactory(name="Rita Redaktør"))
    client = logged_in(member.user)
    client.cookies["django_language"] = "en"
    client.user = member.user  # type: ignore[attr-defined]
    return client


@pytest.fixture
def reader(conference: Conference) -> Client:
    return logged_in(MembershipFactory(conference=conference, role=Role.READER).user)


@pytest.fixture
def other_editor(conference: Conference) -> Client:
    """An editor who is limited to another session."""
    member = MembershipFactory(conference=conference, role=Role.EDITOR)
    member.sessions.add(SessionFactory(conference=conference, number=90))
    return logged_in(member.user)


@pytest.fixture
def stranger() -> Client:
    return logged_in(MembershipFactory().user)
