"""The frame that every page stands in, the door, and the sentences about what remains."""

from datetime import timedelta

import lxml.html
import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from conference.models import Conference
from inputs.queries import Obstacle, Place
from tests.factories import UserFactory

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def words(element) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def login_page(client, db):
    return lxml.html.fromstring(client.get(reverse("login"), headers=ENGLISH).content)


def test_the_first_link_leads_past_the_menu(login_page):
    first = login_page.xpath("//body//a")[0]
    assert words(first) == "Skip to the content"
    assert login_page.xpath(f"//main[@id='{first.get('href')[1:]}']/@tabindex") == ["-1"]


def test_a_visitor_can_choose_language_and_has_no_menu(login_page):
    [form] = login_page.xpath("//header//form")
    buttons = {b.get("value"): (words(b), b.get("lang"), b.get("aria-current")) for b in form.xpath(".//button")}
    assert buttons == {
        "nb": ("Bokmål", "nb", None),
        "nn": ("Nynorsk", "nn", None),
        "en": ("English", "en", "true"),
    }
    assert login_page.xpath("//header//nav") == []


def test_choosing_a_language_leads_back_to_the_same_page_in_that_language(client, db):
    response = client.post(reverse("set_language"), {"language": "nn", "next": "/logg-inn/?next=/"}, follow=True)
    assert response.redirect_chain == [("/logg-inn/?next=/", 302)]
    assert lxml.html.fromstring(response.content).get("lang") == "nn"


def test_nothing_in_the_page_breaks_the_content_security_policy(login_page):
    assert login_page.xpath("//@style | //style | //script[not(@src)]") == []
    assert login_page.xpath("//@*[starts-with(name(), 'on')]") == []


@pytest.fixture
def home(client, db):
    """My conferences as `person` sees it."""

    def opened_by(person):
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return lxml.html.fromstring(client.get(reverse("home"), headers=ENGLISH).content)

    return opened_by


def account(page) -> list[tuple[str, str]]:
    """What the header offers the person: text, and where it leads."""
    [part] = page.find_class("header-account")
    return [(words(it), it.get("href") or it.getparent().get("action")) for it in part.xpath(".//a | .//button")]


def test_someone_who_is_logged_in_sees_who_they_are_and_the_way_out(home):
    page = home(UserFactory(name="Eli Eksempel"))
    assert [(words(link), link.get("aria-current")) for link in page.xpath("//nav//a")] == [
        ("My conferences", "page")
    ]
    assert account(page) == [
        ("Eli Eksempel – change password", reverse("password_change")),
        ("Log out", reverse("logout")),
    ]


def test_who_has_no_password_is_not_asked_to_change_it(home):
    person = UserFactory(name="Bord 7")
    person.set_unusable_password()
    person.save()
    page = home(person)
    assert account(page) == [("Log out", reverse("logout"))]
    assert words(page.find_class("header-name")[0]) == "Bord 7"


def test_staff_find_the_back_office(home):
    assert home(UserFactory(is_staff=True)).xpath("//nav//a/@href") == [reverse("home"), reverse("admin:index")]


def test_messages_are_told_in_the_colour_of_what_they_say():
    told = [Message(constants.SUCCESS, "Saved."), Message(constants.ERROR, "Not <saved>.")]
    page = lxml.html.fromstring(render_to_string("404.html", {"messages": told}))
    [status] = page.xpath("//*[@role='status']")
    assert [(alert.get("data-color"), words(alert)) for alert in status.find_class("ds-alert")] == [
        ("success", "Saved."),
        ("danger", "Not <saved>."),
    ]


# --- the door -------------------------------------------------------------------------------------------------


def test_an_unknown_person_and_a_wrong_password_get_the_same_answer(client, db):
    person = UserFactory(email="eli@example.no")
    person.set_password("en lang frase")
    person.save()

    def answer(email):
        response = client.post(reverse("login"), {"username": email, "password": "feil"}, headers=ENGLISH)
        page = lxml.html.fromstring(response.content)
        return [words(item) for item in page.xpath("//ds-error-summary//*[self::h2 or self::li]")]

    assert answer("eli@example.no") == answer("nobody@example.no")
    assert answer("nobody@example.no") == [
        "You are not logged in yet",
        "No account has this e-mail and this password. Check both, and the capital letters.",
    ]


def test_the_e_mail_is_kept_and_capital_letters_in_it_do_not_matter(client, db):
    person = UserFactory(email="eli@example.no")
    person.set_password("en lang frase")
    person.save()
    page = lxml.html.fromstring(client.post(reverse("login"), {"username": "Eli@example.no"}).content)
    assert page.get_element_by_id("id_username").value == "Eli@example.no"
    response = client.post(reverse("login"), {"username": "Eli@example.no", "password": "en lang frase"})
    assert (response.status_code, response["Location"]) == (302, reverse("home"))


def test_a_new_password_asks_for_the_present_one_and_then_holds(client, db):
    person = UserFactory()
    person.set_password("en lang frase")
    person.save()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    new = {"new_password1": "en helt annen frase", "new_password2": "en helt annen frase"}
    page = client.post(reverse("password_change"), {"old_password": "feil", **new}, headers=ENGLISH).content.decode()
    assert "This is not your present password. Write it once more." in page
    response = client.post(reverse("password_change"), {"old_password": "en lang frase", **new})
    assert response["Location"] == reverse("password_change_done")
    person.refresh_from_db()
    assert person.check_password("en helt annen frase")


def test_who_is_locked_out_learns_when_the_door_opens():
    page = lxml.html.fromstring(
        render_to_string("registration/locked_out.html", {"cooloff_timedelta": timedelta(minutes=15)})
    )
    main = page.get_element_by_id("content")
    assert "15 minutes" in words(main)
    assert main.xpath(".//a/@href") == [reverse("login")]


# --- what remains ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("obstacle", "sentence"),
    [
        (
            Obstacle("unhandled", 6, (Place(1, 1), Place(2, 1))),
            "6 inputs are neither used nor set aside. In questions 1.1, 2.1",
        ),
        (Obstacle("without_question", 1, (Place(2),)), "1 input belongs to no question yet. In session 2"),
        (
            Obstacle("undivided", 2, (Place(1), Place(3))),
            "2 sheets hold text that is not divided into inputs. In sessions 1, 3",
        ),
        (Obstacle("without_heading", 1, (Place(1, 2),)), "1 point stands under no heading. In question 1.2"),
        (Obstacle("unnamed", 2, (Place(1, 2),)), "2 piles have no name. In question 1.2"),
        (Obstacle("personal", 2, ()), "2 texts may hold personal data. Look at them: personal data"),
        (
            Obstacle("small_group", 1, ()),
            "1 text may tell who somebody is; two persons must accept it. Look at them: small groups",
        ),
    ],
)
def test_an_obstacle_is_told_in_a_sentence(obstacle, sentence):
    html = render_to_string(
        "inputs/_obstacles.html", {"obstacles": [obstacle], "conference": Conference(slug="dialog")}
    )
    assert [words(item) for item in lxml.html.fromstring(html).xpath("//li")] == [sentence]
