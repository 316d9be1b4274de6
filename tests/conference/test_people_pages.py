"""Administrators invite, change and let go; nobody takes over an account that serves others."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.actions.people import may_make_link
from conference.models import Conference, Event, Kind, Membership, Role, User
from tests.factories import ConferenceFactory, MembershipFactory, SessionFactory, UserFactory
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db

PASSWORD = "for denne ene testen"


@pytest.fixture
def conference(db) -> Conference:
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def administrator(conference) -> Client:
    member = MembershipFactory(conference=conference, role=Role.ADMINISTRATOR)
    client = logged_in(member.user)
    client.user = member.user  # type: ignore[attr-defined]
    client.cookies["django_language"] = "en"
    return client


def page(name, *more):
    return reverse(name, args=["dialog", *more])


def invited(email="ny@example.no", **more):
    return {"email": email, "name": "Nina Ny", "role": "editor"} | more


def link_in(response) -> str:
    found = re.search(r"data-invitation>http://testserver(/[^<]+)<", response.content.decode())
    assert found, "no link on the page"
    return found[1]


def test_who_is_new_gets_a_link_chooses_a_password_and_is_in(conference, administrator):
    session = SessionFactory(conference=conference)
    response = administrator.post(page("setup_person_new"), invited("Ny@Example.no", sessions=[session.pk]))
    member = Membership.objects.get(user__email="ny@example.no")
    assert (member.role, list(member.sessions.all()), member.user.has_usable_password()) == (
        Role.EDITOR, [session], False,
    )  # fmt: skip
    newcomer, link = Client(), link_in(response)
    shown = newcomer.get(link, follow=True)
    assert (shown.status_code, link in shown.redirect_chain[-1][0]) == (200, False)
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    newcomer.post(shown.redirect_chain[-1][0], chosen)
    assert newcomer.get(reverse("conference", args=["dialog"])).status_code == 200
    assert User.objects.get(email="ny@example.no").check_password(PASSWORD)
    assert [event.after for event in Event.objects.filter(verb="invite")] == [
        {"user": member.user_id, "role": "editor"}
    ]


def test_a_used_link_and_a_made_up_one_say_what_to_do(administrator):
    link = link_in(administrator.post(page("setup_person_new"), invited()))
    newcomer = Client()
    where = newcomer.get(link).url
    newcomer.post(where, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    for address in (link, "/invitasjon/MTIz/oppdiktet/", "/invitasjon/tull/tull/", "/invitasjon/_____/a-b/"):
        response = Client(headers={"Accept-Language": "en"}).get(address)
        assert (response.status_code, "does not work any more" in response.content.decode()) == (200, True)


def test_a_link_ends_after_seven_days(administrator, settings):
    link = link_in(administrator.post(page("setup_person_new"), invited()))
    assert settings.PASSWORD_RESET_TIMEOUT == 7 * 24 * 60 * 60
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(link).status_code == 200  # the page that says so, and no redirect to the form


@pytest.mark.parametrize(
    ("passwords", "field"), [((PASSWORD, "noe annet"), "new_password2"), (("kort", "kort"), "new_password2")]
)
def test_a_password_that_does_not_do_is_told_beside_the_field(administrator, passwords, field):
    newcomer = Client()
    where = newcomer.get(link_in(administrator.post(page("setup_person_new"), invited()))).url
    response = newcomer.post(where, dict(zip(("new_password1", "new_password2"), passwords, strict=True)))
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.get(email="ny@example.no").has_usable_password()


def test_who_has_an_account_comes_in_without_a_link_and_keeps_the_password(conference, administrator):
    known = UserFactory(email="kjent@example.no", username="kjent@example.no", name="Kari Kjent")
    known.set_password(PASSWORD)
    known.save()
    response = administrator.post(page("setup_person_new"), invited("Kjent@example.no"), follow=True)
    assert said(response) == ["Kari Kjent has an account and can log in to this conference now."]
    assert "data-invitation" not in response.content.decode()
    known.refresh_from_db()
    assert (known.name, known.check_password(PASSWORD)) == ("Kari Kjent", True)


def test_who_waits_for_another_conference_s_link_gets_none_from_this_one(conference, administrator):
    waiting = User.objects.create_user("venter@example.no", name="Vera Venter")
    MembershipFactory(user=waiting)
    response = administrator.post(page("setup_person_new"), invited("venter@example.no"), follow=True)
    assert "data-invitation" not in response.content.decode()
    assert Membership.objects.filter(user=waiting, conference=conference).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "ikke en adresse"}, "email"),
        ({"email": "a" * 250 + "@example.no"}, "email"),
        ({"name": " "}, "name"),
        ({"name": "a" * 151}, "name"),
        ({"role": "superuser"}, "role"),
        ({"sessions": ["999999"]}, "sessions"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_still_stands(administrator, wrong, field):
    before = snapshot()
    response = administrator.post(page("setup_person_new"), invited() | wrong)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["email"].value() == (invited() | wrong)["email"]
    assert snapshot() == before


def test_somebody_who_is_here_already_is_not_invited_twice(administrator):
    administrator.post(page("setup_person_new"), invited())
    again = administrator.post(page("setup_person_new"), invited())
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["email"])
    assert User.objects.filter(email="ny@example.no").count() == 1


def test_a_table_s_account_and_a_closed_one_are_not_let_in(administrator):
    User.objects.create(username="bord@example.no", kind=Kind.TABLE)
    UserFactory(email="lukket@example.no", username="lukket@example.no", is_active=False)
    closed = administrator.post(page("setup_person_new"), invited("lukket@example.no"))
    assert list(closed.context["form"].errors) == ["email"]


def test_a_role_and_its_sessions_are_changed_and_only_an_editor_is_limited(conference, administrator):
    session = SessionFactory(conference=conference)
    member = MembershipFactory(conference=conference, role=Role.READER)
    administrator.post(page("setup_person", member.pk), {"role": "editor", "sessions": [session.pk]})
    assert (Membership.objects.get(pk=member.pk).role, list(member.sessions.all())) == (Role.EDITOR, [session])
    administrator.post(page("setup_person", member.pk), {"role": "chief_editor", "sessions": [session.pk]})
    assert (Membership.objects.get(pk=member.pk).role, list(member.sessions.all())) == (Role.CHIEF_EDITOR, [])


def test_access_is_taken_away_at_once_and_given_back(conference, administrator):
    session = SessionFactory(conference=conference)
    member = MembershipFactory(conference=conference)
    member.sessions.add(session)
    client = logged_in(member.user)
    response = administrator.post(page("setup_person_remove", member.pk), follow=True)
    assert "Removed last:" in response.content.decode()
    assert client.get(reverse("conference", args=["dialog"])).status_code == 404
    assert administrator.post(page("setup_person_remove", member.pk)).status_code == 302  # the second click
    administrator.post(page("setup_put_back"))
    assert client.get(reverse("conference", args=["dialog"])).status_code == 200
    assert list(Membership.objects.get(user=member.user).sessions.all()) == [session]


def test_the_last_administrator_stays(conference, administrator):
    member = Membership.objects.get(user=administrator.user)
    closed = MembershipFactory(conference=conference, role=Role.ADMINISTRATOR)
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    gone = administrator.post(page("setup_person_remove", member.pk), follow=True)
    sentence = "Somebody must administer the conference. Make another person administrator first."
    assert said(gone) == [sentence]
    demoted = administrator.post(page("setup_person", member.pk), {"role": "reader"})
    assert demoted.context["form"].errors["role"] == [sentence]
    assert Membership.objects.get(pk=member.pk).role == Role.ADMINISTRATOR


# --- links: whoever makes one could use it ---


def test_a_link_is_made_for_those_whose_conferences_one_administers_all_of(conference, administrator):
    here = MembershipFactory(conference=conference).user
    elsewhere = MembershipFactory(conference=conference).user
    MembershipFactory(user=elsewhere)
    both = MembershipFactory(conference=conference).user
    other = MembershipFactory(user=both).conference
    MembershipFactory(conference=other, user=administrator.user, role=Role.ADMINISTRATOR)
    by = administrator.user
    assert [may_make_link(person, by=by) for person in (here, elsewhere, both)] == [True, False, True]


@pytest.mark.parametrize("fact", [{"is_staff": True}, {"is_superuser": True}, {"is_active": False}])
def test_no_link_is_made_for_who_runs_the_server_or_is_closed(fact, conference, administrator):
    member = MembershipFactory(conference=conference)
    User.objects.filter(pk=member.user_id).update(**fact)
    response = administrator.post(page("setup_person_link", member.pk), follow=True)
    assert "data-invitation" not in response.content.decode()
    assert may_make_link(administrator.user, by=administrator.user) is False
    assert Event.objects.filter(verb="make_link").count() == 0


def test_a_link_that_was_made_before_somebody_came_to_run_the_server_is_dead(conference, administrator):
    link = link_in(administrator.post(page("setup_person_new"), invited()))
    User.objects.filter(email="ny@example.no").update(is_superuser=True)
    assert Client().get(link).status_code == 200


def test_a_new_link_is_made_on_the_person_s_page(conference, administrator):
    member = MembershipFactory(conference=conference)
    assert Client().get(link_in(administrator.post(page("setup_person_link", member.pk)))).status_code == 302
    assert [event.after for event in Event.objects.filter(verb="make_link")] == [{"user": member.user_id}]


def test_the_link_and_the_e_mail_enter_no_event(conference, administrator):
    link = link_in(administrator.post(page("setup_person_new"), invited()))
    written = str(list(Event.objects.values()))
    assert link.split("/")[-2] not in written
    assert "example.no" not in written


def test_other_roles_and_other_conferences_change_nobody(conference, administrator):
    member = MembershipFactory(conference=conference)
    foreign = MembershipFactory(role=Role.ADMINISTRATOR)
    chief = logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)
    before = snapshot()
    for name in ("setup_person", "setup_person_link", "setup_person_remove"):
        data = {"role": "administrator"}
        assert chief.post(page(name, member.pk), data).status_code == 403
        assert logged_in(foreign.user).post(page(name, member.pk), data).status_code == 404
        assert administrator.post(page(name, foreign.pk), data).status_code == 404
    assert snapshot() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_person_and_for_three(number, conference, administrator):
    for _person in range(number):
        MembershipFactory(conference=conference).sessions.add(SessionFactory(conference=conference))
    with CaptureQueriesContext(connection) as captured:
        assert administrator.get(page("setup_people")).status_code == 200
    assert len(captured) == 6
