"""Questions in advance: on paper, on a page for whoever has the address, and noted when they were handed out."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from conference.actions import advance
from conference.actions.questions import save_question
from conference.models import AdvancePage, Event, HandOut, QuestionRevision, Role, SubQuestion
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, SessionFactory
from tests.inputs.desk import logged_in, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def question(conference):
    """Worded an hour ago."""
    session = SessionFactory(conference=conference, number=1, title="Arbeid")
    made = QuestionFactory(session=session, number=1, text="Hva hindrer dere?")
    QuestionRevision.objects.update(at=timezone.now() - timedelta(hours=1))
    return made


@pytest.fixture
def client(conference):
    member = MembershipFactory(conference=conference, role=Role.ADMINISTRATOR)
    client = logged_in(member.user)
    client.user = member.user
    return client


@pytest.fixture
def opened(conference, question, client):
    return advance.release(conference, by=client.user)


def at(name, *more):
    return reverse(name, args=["dialog", *more])


def public(page):
    return reverse("questions", args=[page.key])


def note(client, **data):
    data = {"kind": "printed", "whom": "60 ark", "key": uuid.uuid4()} | data
    return client.post(at("setup_advance"), data, follow=True)


def reword(question, by, text="Hva hindrer dere nå?"):
    question.text = text
    save_question(question, by=by)


def today():
    return localtime().strftime("%d.%m")


# --- the page ---


def test_the_page_is_opened_closed_and_opened_at_the_same_address(conference, question, client):
    for act, word in (("release", "åpen"), ("close", "stengt"), ("release", "åpen")):
        response = client.post(at("setup_advance_page"), {"act": act}, follow=True)
        assert word in said(response)[0]
        found = AdvancePage.objects.get()
        assert Client().get(public(found)).status_code == (404 if act == "close" else 200)
        assert ((public(found) in response.content.decode()), found.released_by) == (
            (False, None) if act == "close" else (True, client.user)
        )
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "release_questions", "close_questions", "release_questions",
    ]  # fmt: skip


def test_a_new_address_ends_the_old_one_and_a_second_click_ends_nothing(opened, client):
    old = {"act": "renew", "key": opened.key}
    client.post(at("setup_advance_page"), old)
    new = AdvancePage.objects.get()
    client.post(at("setup_advance_page"), old)
    assert AdvancePage.objects.get().key == new.key != opened.key
    assert [Client().get(public(one)).status_code for one in (opened, new)] == [404, 200]


@pytest.mark.parametrize("data", [{}, {"act": "tull"}, {"act": "renew"}, {"act": "renew", "key": "N\x00L"}])
def test_another_act_or_key_is_not_there(data, opened, client):
    assert client.post(at("setup_advance_page"), data).status_code == 404
    assert AdvancePage.objects.get().key == opened.key


def test_a_page_that_was_never_opened_has_no_address(conference, question, client):
    client.post(at("setup_advance_page"), {"act": "close"})
    client.post(at("setup_advance_page"), {"act": "renew", "key": uuid.uuid4()})
    assert not AdvancePage.objects.exists()


def test_everybody_with_the_address_reads_the_same_page_that_a_cache_may_keep(opened, question, client):
    SubQuestion.objects.create(question=question, letter="a", text="på jobb")
    stranger = Client().get(public(opened))
    text = stranger.content.decode()
    assert all(words in text for words in ("Hva hindrer dere?", "a) på jobb", "Arbeid", "Dialogmøte"))
    assert client.get(public(opened)).content == stranger.content
    assert (len(stranger.cookies), "csrf" in text) == (0, False)
    assert stranger["Cache-Control"] == "public, max-age=60"
    assert (stranger["X-Robots-Tag"], 'name="robots" content="noindex"' in text) == ("noindex, nofollow", True)


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("", "nb", "Spørsmål på forhånd"),
        ("?sprak=nn", "nn", "Spørsmål på førehand"),
        ("?sprak=en", "en", "Questions in advance"),
        ("?sprak=tull", "nb", "Spørsmål på forhånd"),
        ("?sprak=N%00L", "nb", "Spørsmål på forhånd"),
    ],
)
def test_the_address_alone_decides_the_language_of_the_fixed_words(asked, language, title, opened, client):
    response = Client(headers={"accept-language": "en"}).get(public(opened) + asked)
    text = response.content.decode()
    assert (response["Content-Language"], title in text, f'<html lang="{language}"' in text) == (language, True, True)
    assert "Hva hindrer dere?" in text
    assert title in client.get(at("setup_advance_sheet") + asked).content.decode()


def test_another_conference_s_questions_are_not_on_the_page(opened):
    QuestionFactory(text="En annens spørsmål?")
    assert "En annens" not in Client().get(public(opened)).content.decode()


# --- handing out ---


def test_what_was_done_is_noted_with_who_and_to_whom(conference, question, client):
    assert said(note(client, kind="sent", whom=" 80 deltakere,\n på e-post ")) == ["Det er notert."]
    found = HandOut.objects.get()
    assert (found.kind, found.whom, found.by, found.conference) == (
        "sent", "80 deltakere, på e-post", client.user, conference,
    )  # fmt: skip
    assert "80 deltakere, på e-post" in client.get(at("setup_advance")).content.decode()
    assert Event.objects.get().after == {"kind": "sent"}


def test_a_form_sent_twice_is_noted_once(question, client):
    key = uuid.uuid4()
    for _click in range(2):
        note(client, key=key)
    assert HandOut.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"whom": ""},
        {"whom": " \n"},
        {"whom": "\x01"},
        {"whom": "x" * 201},
        {"kind": "tull"},
        {"kind": ""},
        {"key": "tull"},
    ],
)
def test_a_note_that_says_too_little_or_too_much_is_refused_and_what_was_typed_stands(wrong, question, client):
    response = note(client, **{"whom": "Alle på lista"} | wrong)
    assert (response.status_code, HandOut.objects.count()) == (422, 0)
    assert response.context["form"].errors
    assert "whom" in wrong or "Alle på lista" in response.content.decode()


def test_a_note_made_by_mistake_is_removed_and_put_back(question, client):
    note(client)
    remove = at("setup_advance_note_remove", HandOut.objects.get().pk)
    client.post(remove)
    assert (HandOut.objects.count(), client.post(remove).status_code) == (0, 302)  # the second click of two
    assert client.post(at("setup_advance_note_remove", 12345)).status_code == 404
    client.post(at("setup_put_back"))
    assert HandOut.objects.get().whom == "60 ark"


@pytest.mark.parametrize(
    ("done", "again"),
    [
        (["printed"], "skriv ut på nytt"),
        (["sent"], "send på nytt"),
        (["sent", "printed"], "skriv ut og send på nytt"),
    ],
)
def test_a_wording_changed_afterwards_says_so_wherever_one_may_print_or_send(done, again, question, client):
    pages = [
        at("setup_session", question.session_id),
        at("setup_question", question.session_id, question.pk),
        at("setup_advance"),
        at("setup_advance_sheet"),
        at("setup"),
    ]
    for kind in done:
        note(client, kind=kind)
    assert not any("på nytt" in client.get(page).content.decode() for page in pages)
    reword(question, client.user)
    mark = f"Endret {today()} – {again}"
    assert [page for page in pages if mark not in client.get(page).content.decode()] == []
    for kind in done:
        note(client, kind=kind)
    assert not any("på nytt" in client.get(page).content.decode() for page in pages)


def test_only_the_question_that_was_changed_is_marked(question, client):
    other = QuestionFactory(session=question.session, number=2)
    note(client)
    reword(question, client.user)
    assert (
        [one.pk for one, _said in client.get(at("setup_advance")).context["changed"]] == [question.pk] != [other.pk]
    )


def test_without_questions_the_step_leads_to_where_they_are_written(conference, client):
    page = client.get(at("setup_advance")).content.decode()
    assert (at("setup_sessions") in page, 'name="act"' in page) == (True, False)


def test_a_chief_editor_hands_out_nothing(conference, question, opened):
    chief = logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)
    answers = [
        chief.post(at("setup_advance_page"), {"act": "close"}).status_code,
        note(chief).status_code,
        chief.get(at("setup_advance_sheet")).status_code,
    ]
    assert (answers, AdvancePage.objects.get().released_at) == ([403] * 3, opened.released_at)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_question_and_for_three(number, opened, question, client):
    for n in range(number):
        SubQuestion.objects.create(question=question, letter="abc"[n], text="på jobb")
        QuestionFactory(session=SessionFactory(conference=opened.conference, number=n + 5))
        note(client)
    costs = []
    for address in (at("setup_advance"), at("setup_advance_sheet"), public(opened)):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        costs.append(len(captured))
    assert costs == [10, 7, 4]
