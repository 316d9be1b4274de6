"""Role x URL: who may see it, and that nothing changes by looking. What is posted: test_methods.py."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from conference.models import Role
from tests.matrix import ARGUMENTS, MATRIX, WITHOUT_LOG_IN
from tests.matrix.roles import ROLES

pytestmark = pytest.mark.django_db


def names(patterns=None, prefix=""):
    """Every named address of ours; the back office counts as one."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "admin":
                yield "admin:index"
            else:
                yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


def test_every_address_is_in_the_matrix():
    assert set(names()) == set(MATRIX)
    assert {role for row in MATRIX.values() for role in row} == set(ROLES)
    assert set(Role.values) < set(ROLES)


@pytest.mark.parametrize("name", MATRIX)
def test_who_may_see_what_and_that_looking_changes_nothing(name, browsers):
    with CaptureQueriesContext(connection) as captured:
        answers = {role: browsers[role].get(reverse(name, kwargs=ARGUMENTS.get(name))) for role in ROLES}
    assert {role: answer.status_code for role, answer in answers.items()} == MATRIX[name]
    for role, answer in answers.items():
        assert_safe(answer, role)
    written = [one["sql"] for one in captured if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert [sql for sql in written if "session" not in sql.split("(")[0]] == []


def assert_safe(answer, role):
    """It carries the headers that keep a browser from doing what we never asked for."""
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy, role
    assert "unsafe" not in policy, role
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY"), role
    assert answer["Referrer-Policy"] == "same-origin", role


def test_only_the_listed_views_are_open_to_everybody():
    public = {
        name
        for name in MATRIX
        if not getattr(resolve(reverse(name, kwargs=ARGUMENTS.get(name))).func, "login_required", True)
    }
    # Django's admin guards itself, and marks its log-in page as open.
    assert public - {"admin:index"} == WITHOUT_LOG_IN


@pytest.mark.parametrize("name", MATRIX)
def test_posting_without_a_token_is_refused_everywhere(name, browsers):
    client = browsers["superuser"]
    client.handler.enforce_csrf_checks = True
    status = client.post(reverse(name, kwargs=ARGUMENTS.get(name))).status_code
    assert status in {403, 405}
