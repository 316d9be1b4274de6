"""Too many wrong passwords, and requests too large: a page that says what to do, in both cases."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from conference.models import User

pytestmark = pytest.mark.django_db


def test_after_eight_wrong_passwords_the_ninth_try_is_told_to_wait(client, settings):
    settings.AXES_ENABLED = True
    cache.clear()
    User.objects.create_user("eli@example.no", "det rette passordet")
    wrong = {"username": "eli@example.no", "password": "feil"}
    answers = [client.post(reverse("login"), wrong).status_code for _try in range(8)]
    assert answers == [200] * 7 + [429]
    response = client.post(reverse("login"), wrong | {"password": "det rette passordet"})
    assert (response.status_code, "15 minutter" in response.content.decode()) == (429, True)


def test_a_request_too_large_gets_the_page_for_that(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post(reverse("login"), {"username": "x" * 200})
    assert response.status_code == 413
    assert "registration" not in response.content.decode()


def test_the_first_administrator_is_made_by_djangos_own_command(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "et langt passord")
    call_command("createsuperuser", "--noinput", "--username", "Ada@example.no")
    ada = User.objects.get(username="ada@example.no")
    assert (ada.is_superuser, ada.email, client.login(username="ada@example.no", password="et langt passord")) == (
        True,
        "ada@example.no",
        True,
    )
