"""Every page: who may see it, what it costs, and that nothing changes by looking."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from conference.models import AdvancePage, Conference, Event, Kind, PublicPage, Role, User
from inputs.actions import dispositions
from inputs.models import Input, Point
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    UserFactory,
    make_input,
    make_publication,
    make_sheet,
    make_version,
)
from tests.matrix import ARGUMENTS, MATRIX, WITHOUT_LOG_IN
from tests.matrix.advance import ADVANCE_KEY
from tests.matrix.checks import make_acceptance
from tests.matrix.clearance import make_clearance
from tests.matrix.roles import POINT_KEY, ROLES
from tests.matrix.setup import make_rows

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


@pytest.fixture
def conference(question, editor):
    """A conference with one point and one note left over."""
    [entry, _left] = make_input(question, "Et punkt"), make_input(question, "Et innspill")
    dispositions.accept([entry], by=editor)
    Point.objects.update(key=POINT_KEY)
    Input.objects.filter(pk=entry.pk).update(key=POINT_KEY)
    make_sheet(question.session, key=POINT_KEY)
    Event.objects.create(
        conference=question.session.conference, act=POINT_KEY, verb="file_under", by=editor, at=timezone.now(),
        target_type="input", target_id=entry.pk, before={"question": None},
    )  # fmt: skip
    make_rows(question.session.conference)
    make_clearance(question.session.conference, by=editor, key=POINT_KEY)
    AdvancePage.objects.create(
        conference=question.session.conference, key=ADVANCE_KEY, released_at=timezone.now(), released_by=editor
    )
    PublicPage.objects.create(
        conference=question.session.conference, opened_at=timezone.now(), opened_by=editor, shows_programme=True
    )
    make_publication(make_version(question.session.conference, key=POINT_KEY))
    make_version(question.session.conference)
    make_acceptance(question.session.conference, by=editor, key=POINT_KEY)
    return question.session.conference


@pytest.fixture
def as_role(conference):
    """A browser of its own, logged in as somebody in that role."""

    def log_in(role):
        client = Client()
        if role == "table":
            client.force_login(User.objects.create(username="bord-1", kind=Kind.TABLE), BACKEND)
        elif role == "superuser":
            client.force_login(UserFactory(is_superuser=True, is_staff=True), BACKEND)
        elif role == "stranger":
            client.force_login(MembershipFactory(conference=ConferenceFactory(slug="annen")).user, BACKEND)
        elif role != "anonymous":
            client.force_login(MembershipFactory(conference=conference, role=role).user, BACKEND)
        return client

    return log_in


BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_every_address_is_in_the_matrix():
    assert set(names()) == set(MATRIX)
    assert {role for row in MATRIX.values() for role in row} == set(ROLES)
    assert set(Role.values) < set(ROLES)


@pytest.mark.parametrize("name", MATRIX)
def test_who_may_see_what_and_that_looking_changes_nothing(name, as_role):
    """All roles in one test: what they look at takes longer to make than to look at."""
    browsers = {role: as_role(role) for role in ROLES}
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
    from django.urls import resolve

    public = {
        name
        for name in MATRIX
        if not getattr(resolve(reverse(name, kwargs=ARGUMENTS.get(name))).func, "login_required", True)
    }
    # Django's admin guards itself, and marks its log-in page as open.
    assert public - {"admin:index"} == WITHOUT_LOG_IN


@pytest.mark.parametrize(
    "name", [name for name in MATRIX if name.startswith(("conference", "report", "desk", "point"))]
)
def test_a_deactivated_member_is_out(name, client, conference):
    member = MembershipFactory(conference=conference)
    client.force_login(member.user, BACKEND)
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    assert client.get(reverse(name, kwargs=ARGUMENTS[name])).status_code == 302


@pytest.mark.parametrize("name", MATRIX)
def test_posting_without_a_token_is_refused_everywhere(name, conference):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_superuser=True, is_staff=True), BACKEND)
    status = client.post(reverse(name, kwargs=ARGUMENTS.get(name))).status_code
    assert status in {403, 405}


@pytest.mark.parametrize("name", ["home", "conference", "report", "report_download", "desk", "point"])
def test_private_pages_are_never_cached(name, as_role):
    response = as_role("editor").get(reverse(name, kwargs=ARGUMENTS.get(name)))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("home", 4), ("conference", 20), ("report", 25), ("sheets", 8), ("sheet", 9), ("versions", 5)],
)
def test_a_page_costs_the_same_for_one_row_and_for_three(number, name, queries, client, conference, editor):
    member = MembershipFactory(conference=conference)
    for n in range(number):
        MembershipFactory(user=member.user)
        question = QuestionFactory(session=SessionFactory(conference=conference, number=50 + n))
        dispositions.accept([make_input(question)], by=editor)
        make_input(question)
        make_sheet(question.session)
        make_publication(make_version(conference))
    client.force_login(member.user, BACKEND)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name, kwargs=ARGUMENTS.get(name))).status_code == 200
    assert len(captured) == queries


def test_my_conferences_are_mine_alone(client, conference):
    ConferenceFactory(title="En annens møte")
    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    page = client.get(reverse("home")).content.decode()
    assert conference.title in page
    assert "En annens møte" not in page


def test_the_conference_page_counts_what_the_database_counts(client, conference):
    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    numbers = client.get(reverse("conference", args=["dialog"])).context["numbers"]
    assert (numbers.inputs, numbers.used, numbers.unhandled) == (Input.objects.count(), 1, 1)


def test_a_download_of_an_unfinished_report_is_marked_as_a_draft(client, conference):
    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    response = client.get(reverse("report_download", args=["dialog", "md"]))
    assert response["Content-Disposition"] == 'attachment; filename="dialog-utkast.md"'
    assert "Utkast" in response.content.decode()


def test_the_internal_edition_is_asked_for_and_says_so(client, conference):
    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    address = reverse("report_download", args=["dialog", "json"])
    public, internal = client.get(address).json(), client.get(address, {"internal": "1"}).json()
    assert (public.get("internal"), internal["internal"]) == (None, True)
    assert client.get(address, {"internal": "1"})["Content-Disposition"].endswith('"dialog-utkast-intern.json"')


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "md", "json", "xlsx"])
def test_each_format_comes_with_its_own_media_type(kind, client, conference):
    from inputs.report.export import MEDIA_TYPES, Format

    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    response = client.get(reverse("report_download", args=["dialog", kind]))
    assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPES[Format(kind)])


def test_an_unknown_format_and_an_unknown_conference_are_not_there(client, conference):
    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    assert client.get(reverse("report_download", args=["dialog", "exe"])).status_code == 404
    assert client.get(reverse("report", args=["finnes-ikke"])).status_code == 404
    assert Conference.objects.count() == 1


def test_the_preview_is_the_same_body_as_the_export(client, conference):
    from inputs.report.html import render_body

    client.force_login(MembershipFactory(conference=conference).user, BACKEND)
    response = client.get(reverse("report", args=["dialog"]))
    assert render_body(response.context["report"]) in response.content.decode()


def test_healthz_says_when_the_database_does_not_answer(client, monkeypatch):
    from django.db import OperationalError

    from conference.views import health

    def broken():
        raise OperationalError

    monkeypatch.setattr(health.connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503
