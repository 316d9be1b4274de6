"""The tables' door: a code opens the table's own session, for as long as the code is valid."""

from datetime import timedelta

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from conference.actions.codes import issue_codes
from conference.login import revision_for, writer_of
from conference.models import AccessCode, Device, User
from tests.factories import ConferenceFactory, SessionFactory, TableFactory, UserFactory

pytestmark = pytest.mark.django_db

DOOR = "/bord/logg-inn/"


@pytest.fixture
def code(editor):
    conference = ConferenceFactory()
    SessionFactory(conference=conference)
    TableFactory(conference=conference, number=7)
    [issued] = issue_codes(conference, by=editor)
    return issued.code


def test_a_code_opens_its_table(client, code):
    response = client.post(DOOR, {"code": code})
    assert (response.status_code, response["Location"]) == (302, "/bord/")
    page = lxml.html.fromstring(client.get("/bord/").content)
    assert page.xpath("//h1")[0].text_content() == "Bord 7"


def test_a_code_may_be_typed_in_small_letters_without_its_hyphen(client, code):
    assert client.post(DOOR, {"code": f" {code.lower().replace('-', '')} "}).status_code == 302


@pytest.mark.parametrize("typed", ["", "FEIL-KODE", "x" * 41, "\x00", "<b>"])
def test_a_wrong_code_gets_the_form_again_with_what_was_typed(typed, client, code):
    response = client.post(DOOR, {"code": typed}, headers={"accept-language": "en"})
    page = lxml.html.fromstring(response.content)
    assert response.status_code == 400
    assert page.get_element_by_id("id_code").get("value", "") in {typed, typed.replace("\x00", "")} or typed == "\x00"
    assert page.xpath("//ds-error-summary//li")
    assert client.get("/bord/").status_code == 302


def test_the_form_says_the_same_of_an_unknown_code_and_of_one_that_was_replaced(client, code, editor):
    AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)

    def told(typed):
        page = lxml.html.fromstring(client.post(DOOR, {"code": typed}).content)
        return [item.text_content() for item in page.xpath("//ds-error-summary//li")]

    assert told(code) == told("FEIL-KODE")


def test_the_session_is_a_new_one_without_the_code_and_ends_with_it(client, code):
    client.get(DOOR)
    session = client.session
    session["before"] = "something"
    session.save()
    old = session.session_key
    client.cookies["sessionid"] = old
    client.post(DOOR, {"code": code})
    stored = AccessCode.objects.get()
    assert client.session.session_key != old
    assert client.session["device"] == Device.objects.get(access_code=stored).pk
    assert code not in str(dict(client.session))
    assert abs(client.session.get_expiry_date() - stored.valid_until) < timedelta(seconds=1)
    replayed = Client()
    replayed.cookies["sessionid"] = old
    assert replayed.get("/bord/").status_code == 302


@pytest.mark.parametrize("change", ["revoked", "expired", "deactivated"])
def test_an_open_session_ends_when_its_code_or_account_does(change, client, code, editor):
    client.post(DOOR, {"code": code})
    if change == "revoked":
        AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)
    elif change == "expired":
        past = timezone.now() - timedelta(minutes=1)
        AccessCode.objects.update(valid_from=past - timedelta(days=1), valid_until=past)
    else:
        User.objects.filter(kind="table").update(is_active=False)
    response = client.get("/bord/")
    assert (response.status_code, response["Location"]) == (302, DOOR)


@pytest.mark.parametrize(
    "change", ["nothing", "removed", "revoked", "expired", "not yet", "deactivated", "person", "another's"]
)
def test_who_writes_has_a_revision_and_nobody_else(change, client, code, editor, rf):
    client.post(DOOR, {"code": code})
    now, day = timezone.now(), timedelta(days=1)
    codes, accounts = AccessCode.objects.all(), User.objects.filter(kind="table")
    session = client.session
    match change:
        case "removed":
            Device.objects.update(removed_at=now, removed_by=editor)
        case "revoked":
            codes.update(revoked_at=now, revoked_by=editor)
        case "expired":
            codes.update(valid_from=now - day, valid_until=now)
        case "not yet":
            codes.update(valid_from=now + day, valid_until=now + 2 * day)
        case "deactivated":
            accounts.update(is_active=False)
        case "person":
            accounts.update(kind="person", email="a@example.no", username="a@example.no")
        case "another's":
            session["_auth_user_id"] = str(editor.pk)
    request = rf.get("/")
    request.session = session
    found = (writer_of(request) is not None, revision_for(request) is not None)
    assert found == ((True, True) if change == "nothing" else (False, False))


def test_a_person_who_logs_in_afterwards_does_not_inherit_the_table(client, code):
    client.post(DOOR, {"code": code})
    client.force_login(UserFactory(), "django.contrib.auth.backends.ModelBackend")
    assert client.get("/bord/").status_code == 302


def test_a_person_who_types_a_code_becomes_the_table_and_nothing_more(client, code):
    client.force_login(UserFactory(is_superuser=True, is_staff=True), "django.contrib.auth.backends.ModelBackend")
    client.post(DOOR, {"code": code})
    assert client.get("/bord/").status_code == 200
    assert client.get("/admin/").status_code == 302


def test_the_code_is_sent_with_a_token_only(code):
    assert Client(enforce_csrf_checks=True).post(DOOR, {"code": code}).status_code == 403


def test_the_lock_for_passwords_does_not_count_codes(client, code, settings):
    settings.AXES_ENABLED = True
    assert {client.post(DOOR, {"code": "FEIL"}).status_code for _try in range(settings.AXES_FAILURE_LIMIT + 1)} == {
        400
    }
    assert client.post(DOOR, {"code": code}).status_code == 302


def test_a_table_that_logs_out_comes_back_to_its_own_door(client, code):
    client.post(DOOR, {"code": code})
    page = lxml.html.fromstring(client.get("/bord/").content)
    [form] = [form for form in page.forms if form.action == "/logg-ut/"]
    assert client.post("/logg-ut/", dict(form.fields))["Location"] == DOOR
    assert client.get("/bord/").status_code == 302


def test_the_page_is_never_cached(client, code):
    assert "no-store" in client.get(DOOR)["Cache-Control"]
