"""Pages in general: what they cost, and what they say. Who may see them: test_matrix.py."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Conference, User
from inputs.actions import dispositions
from inputs.models import Input
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    make_input,
    make_made_file,
    make_publication,
    make_sheet,
    make_version,
)
from tests.matrix import ARGUMENTS, MATRIX
from tests.matrix.site import BACKEND, log_in_as, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(question, editor):
    """A conference with one point and one note left over."""
    return make_site(question, editor)


@pytest.fixture
def as_role(conference):
    return lambda role: log_in_as(role, conference)


@pytest.mark.parametrize(
    "name", [name for name in MATRIX if name.startswith(("conference", "report", "desk", "point"))]
)
def test_a_deactivated_member_is_out(name, client, conference):
    member = MembershipFactory(conference=conference)
    client.force_login(member.user, BACKEND)
    User.objects.filter(pk=member.user.pk).update(is_active=False)
    assert client.get(reverse(name, kwargs=ARGUMENTS[name])).status_code == 302


@pytest.mark.parametrize("name", ["home", "conference", "report", "report_download", "desk", "point"])
def test_private_pages_are_never_cached(name, as_role):
    response = as_role("editor").get(reverse(name, kwargs=ARGUMENTS.get(name)))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("home", 4),
        ("conference", 21),
        ("report", 25),
        ("sheets", 8),
        ("sheet", 9),
        ("versions", 5),
        ("outline", 14),
        ("files", 6),
    ],
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
        make_made_file(conference, session=50 + n)
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


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "md", "json", "xlsx", "pdf-archive"])
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
