"""When something is wrong, a page says what happened to the text and shows a way on."""

import lxml.html
import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views import defaults


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(html: bytes | str) -> tuple[str, list[str]]:
    """The page's heading, and where its main content leads."""
    main = lxml.html.fromstring(html).get_element_by_id("content")
    [heading] = main.xpath(".//h1")
    return heading.text_content().strip(), main.xpath(".//a/@href")


def of(response: HttpResponse) -> tuple[int, str, list[str]]:
    return response.status_code, *told(response.content)


@pytest.fixture
def request_of_nobody():
    """A request that no middleware has seen: no user, no session, no database."""
    return RequestFactory().get("/somewhere/")


def test_a_fault_of_ours_is_told_without_database_and_without_context(request_of_nobody):
    assert of(defaults.server_error(request_of_nobody)) == (500, "Something failed here", ["/"])


def test_a_request_that_cannot_be_read(request_of_nobody):
    response = defaults.bad_request(request_of_nobody, SuspiciousOperation())
    assert of(response) == (400, "That could not be read", ["/"])


def test_the_address_of_an_act_has_a_page_that_leads_on(client, admin_user):
    client.force_login(admin_user, "django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("logout"), headers={"Accept-Language": "en"})
    assert (*of(answer), answer["Allow"]) == (405, "This address is for a button", ["/"], "POST, OPTIONS")


def test_what_is_too_large(request_of_nobody):
    assert of(render(request_of_nobody, "413.html", status=413)) == (413, "That was too much at once", ["/"])


def test_what_is_not_open_to_this_role(request_of_nobody):
    response = defaults.permission_denied(request_of_nobody, PermissionDenied())
    assert of(response) == (403, "This is not open to you", ["/"])


@pytest.mark.django_db
def test_an_address_that_does_not_exist(client):
    response = client.get("/no/such/page/", headers={"accept-language": "en"})
    assert of(response) == (404, "There is no such page", ["/"])


def test_a_page_that_was_too_old_to_be_sent():
    response = Client(enforce_csrf_checks=True).post(reverse("set_language"), headers={"accept-language": "en"})
    assert of(response) == (403, "The page was too old to be sent", ["/"])


@pytest.mark.parametrize("page", ["400", "403_csrf", "413", "500"])
def test_the_page_asks_for_nothing_that_may_be_out_of_order(page, settings):
    """No script, no form and no person: only the style sheets and the way home."""
    html = lxml.html.fromstring(render_to_string(f"{page}.html"))
    assert html.xpath("//script | //form") == []
    assert html.get("lang") == "en"


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "413", "500"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_speaks_the_language_that_was_chosen(page, language):
    with translation.override(language):
        assert lxml.html.fromstring(render_to_string(f"{page}.html")).get("lang") == language
