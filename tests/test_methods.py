"""Role x URL x method: whoever may not post is told so and changes nothing; no page knows other methods."""

import pytest
from django.urls import reverse

from conference.models import Role
from tests.matrix import ARGUMENTS, MATRIX
from tests.matrix.posting import may_post
from tests.matrix.roles import ROLES
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db

#: Outside, not allowed, or a method that the page does not know; 302 leads to the log-in.
REFUSALS = {302, 401, 403, 404, 405}
#: Django's own views: they read PUT as they read POST, and find nothing in it.
DJANGOS_OWN = {"password_change", "invitation", "admin:index"}


@pytest.mark.parametrize("name", MATRIX)
def test_who_may_post_what(name, browsers):
    where, allowed = reverse(name, kwargs=ARGUMENTS.get(name)), may_post(name)
    before = snapshot()
    for role in [role for role in ROLES if role not in allowed]:
        answer = browsers[role].post(where)
        assert answer.status_code in REFUSALS, role
        if answer.status_code == 302 and name != "admin:index":
            assert "logg-inn" in answer["Location"], role
    assert snapshot() == before
    for role in allowed:
        answer = browsers[role].post(where)
        assert answer.status_code < 500, role
        assert answer.status_code not in {401, 403, 405}, role


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, "table", "stranger"])
def test_a_refused_role_meets_404_outside_and_403_within(role, browsers):
    setup = browsers[role].post(reverse("setup_ministry_new", args=["dialog"])).status_code
    desk = browsers[role].post(reverse("desk_accept", args=["dialog", 1, 1])).status_code
    outside = role in {"table", "stranger"}
    assert setup == (404 if outside else 403)
    assert desk == (404 if outside else 403 if role == Role.READER else 422)


@pytest.mark.parametrize("name", MATRIX)
def test_no_page_knows_put_patch_or_delete(name, browsers):
    where = reverse(name, kwargs=ARGUMENTS.get(name))
    before = snapshot()
    for method in ("put", "patch", "delete"):
        answer = getattr(browsers["superuser"], method)(where)
        assert answer.status_code in REFUSALS or name in DJANGOS_OWN, method
    assert snapshot() == before
