"""The lists of «Oppsett»: adding, changing, moving, removing, putting back; and who may."""

import json
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.actions import ordering, removal
from conference.models import (
    Event,
    Introducer,
    Membership,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    Question,
    QuestionRevision,
    Role,
    Session,
    SessionMinistry,
)
from tests import htmx
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_input,
)
from tests.inputs.desk import logged_in, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def client(conference):
    return logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)


@pytest.fixture
def ministries(conference):
    return [
        Ministry.objects.create(conference=conference, code=code, name=f"{code}-departementet", position=place)
        for place, code in enumerate(["A", "B", "C"])
    ]


def at(name, *place):
    return reverse(name, args=["dialog", *place])


def codes():
    return list(Ministry.objects.values_list("code", flat=True))


def post(client, address, **data):
    return client.post(address, data, follow=True)


# --- adding and changing ---


def test_a_new_row_comes_last(client, ministries):
    response = post(client, at("setup_ministry_new"), code="D", name="  D-\u00a0departementet ", name_nn="")
    assert said(response) == ["«D- departementet» er lagret."]
    assert codes() == ["A", "B", "C", "D"]


def test_a_row_is_changed_on_its_own_page(client, ministries):
    post(client, at("setup_ministry", ministries[1].pk), code="B", name="Nytt navn", name_nn="Nytt namn")
    ministries[1].refresh_from_db()
    assert (ministries[1].name, ministries[1].name_nn, ministries[1].position) == ("Nytt navn", "Nytt namn", 1)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, {"code", "name"}),
        ({"code": "A", "name": "Samme forkortelse"}, {"__all__"}),
        ({"code": "X" * 21, "name": "Y" * 201}, {"code", "name"}),
        ({"code": "N\x00L", "name": "Null"}, {"code"}),
        ({"code": "\x01", "name": "\u2028"}, {"code", "name"}),
    ],
)
def test_what_cannot_be_stored_stays_in_the_form(data, wrong, client, ministries):
    response = client.post(at("setup_ministry_new"), data)
    assert (response.status_code, set(response.context["form"].errors)) == (422, wrong)
    assert codes() == ["A", "B", "C"]


def test_huge_numbers_are_errors_beside_their_fields(client):
    data = {"category": "deltakere", "limit": "9" * 30, "invited": "-1"}
    response = client.post(at("setup_participants_new"), data)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"limit", "invited"})
    assert client.get(at("setup_ministry", int("9" * 30))).status_code == 404


def test_fields_that_are_not_in_the_form_change_nothing(client, ministries):
    other = ConferenceFactory()
    post(client, at("setup_ministry", ministries[0].pk), code="A", name="A", conference=other.pk, position=9, id=7)
    ministries[0].refresh_from_db()
    assert (ministries[0].conference.slug, ministries[0].position) == ("dialog", 0)


def test_a_programme_item_cannot_end_before_it_starts(client):
    data = {"starts_at": "10:00", "ends_at": "09:00", "kind": "meal", "title": "Lunsj"}
    response = client.post(at("setup_item_new"), data)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"ends_at"})
    post(client, at("setup_item_new"), **data | {"ends_at": "11:00"})
    assert [(item.starts_at, item.ends_at, item.title) for item in ProgrammeItem.objects.all()] == [
        (time(10), time(11), "Lunsj")
    ]


def test_a_session_that_is_chosen_says_what_happens(client, conference):
    session = SessionFactory(conference=conference, number=1, title="Språk", programme_title="Bolk 1: Språk")
    page = post(client, at("setup_item_new"), starts_at="10:00", ends_at="11:00", kind="other", session=session.pk)
    assert ProgrammeItem.objects.values_list("kind", "title").get() == ("session", "Bolk 1: Språk")
    assert [row.detail for row in page.context["list"]["rows"]] == ["til 11.00, bolk 1"]
    without = client.post(at("setup_item_new"), {"starts_at": "10:00", "kind": "meal"})
    assert (without.status_code, set(without.context["form"].errors)) == (422, {"title"})


def test_a_new_item_of_the_programme_finds_its_place_by_its_time(client):
    for start in ("09:00", "11:00", "10:00", "10:00", "08:00"):
        post(client, at("setup_item_new"), starts_at=start, kind="other", title=f"Kl. {start}")
    assert [item.starts_at.hour for item in ProgrammeItem.objects.order_by("position")] == [8, 9, 10, 10, 11]
    assert [item.position for item in ProgrammeItem.objects.order_by("position")] == [0, 1, 2, 3, 4]


def test_several_are_added_one_after_the_other(client, ministries):
    assert "Lagre og legg til en til" in client.get(at("setup_ministry_new")).content.decode()
    answer = client.post(at("setup_ministry_new"), {"code": "NY", "name": "Det nye", "more": "1"}, follow=True)
    assert answer.redirect_chain == [(at("setup_ministry_new"), 302)]
    assert Ministry.objects.filter(code="NY").exists()
    assert "Lagre og legg til en til" not in client.get(at("setup_ministry", ministries[0].pk)).content.decode()


def test_what_was_removed_is_offered_until_one_goes_on_to_something_else(client, ministries):
    page = post(client, at("setup_ministry_remove", ministries[0].pk))
    assert "Sist fjernet" in page.content.decode()
    post(client, at("setup_ministry_new"), code="NY", name="Det nye")
    assert "Sist fjernet" not in client.get(at("setup_ministries")).content.decode()


def test_another_conferences_things_cannot_be_chosen(client):
    theirs = SessionFactory()
    data = {"starts_at": "10:00", "kind": "session", "title": "Bolk", "session": theirs.pk}
    response = client.post(at("setup_item_new"), data)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"session"})


# --- moving ---


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [(0, "down", "BAC"), (2, "up", "ACB"), (0, "up", "ABC"), (2, "down", "ABC"), (1, "up", "BAC")],
)
def test_a_row_moves_one_place_and_stays_at_the_ends(which, direction, order, client, ministries):
    post(client, at("setup_ministry_move", ministries[which].pk), direction=direction)
    assert "".join(codes()) == order


def test_rows_that_share_a_position_can_be_moved_all_the_same(client, ministries):
    Ministry.objects.update(position=0)
    post(client, at("setup_ministry_move", ministries[2].pk), direction="up")
    assert codes() == ["A", "C", "B"]


def test_a_move_is_told_and_leaves_one_event(client, ministries):
    response = post(client, at("setup_ministry_move", ministries[0].pk), direction="down")
    assert said(response) == ["«A-departementet» er nummer 2 av 3."]
    assert [(e.verb, e.before, e.after) for e in Event.objects.all()] == [("move", {"place": 1}, {"place": 2})]


@pytest.fixture
def sessions(conference):
    return [SessionFactory(conference=conference, number=n, title=f"Bolk {n}") for n in (1, 2, 3)]


def test_two_sessions_that_nobody_has_answered_swap_numbers(client, sessions):
    post(client, at("setup_session_move", sessions[0].pk), direction="down")
    assert list(Session.objects.values_list("number", "title")) == [(1, "Bolk 2"), (2, "Bolk 1"), (3, "Bolk 3")]


@pytest.mark.parametrize("answered", [0, 1])
def test_a_session_that_has_inputs_is_never_renumbered(answered, client, sessions):
    make_input(session=sessions[answered])
    response = post(client, at("setup_session_move", sessions[0].pk), direction="down")
    name = f"{answered + 1}. Bolk {answered + 1}"
    assert said(response) == [
        f"«{name}» beholder nummeret sitt, for det er skrevet innspill under det. Rekkefølgen er derfor som før."
    ]
    assert list(Session.objects.values_list("number", "title")) == [(1, "Bolk 1"), (2, "Bolk 2"), (3, "Bolk 3")]


def test_questions_swap_numbers_only_while_nobody_has_answered(client, sessions):
    one, two = (QuestionFactory(session=sessions[0], number=n, text=f"Sak {n}?") for n in (1, 2))
    move = at("setup_question_move", sessions[0].pk, two.pk)
    post(client, move, direction="up")
    assert list(Question.objects.values_list("number", "text")) == [(1, "Sak 2?"), (2, "Sak 1?")]
    make_input(one)
    post(client, move, direction="down")
    assert list(Question.objects.values_list("number", "text")) == [(1, "Sak 2?"), (2, "Sak 1?")]


def test_a_number_after_the_largest_is_the_first_free_one(conference):
    SessionFactory(conference=conference, number=1)
    SessionFactory(conference=conference, number=ordering.LARGEST)
    assert ordering.next_number(conference.sessions.all()) == 2


# --- removing and putting back ---


def test_what_is_removed_can_be_put_back_as_it_was(client, ministries):
    response = post(client, at("setup_ministry_remove", ministries[1].pk))
    assert said(response) == ["«B-departementet» er fjernet."]
    assert "Sist fjernet: «B-departementet»" in response.content.decode()
    assert codes() == ["A", "C"]
    response = post(client, at("setup_put_back"))
    assert said(response) == ["«B-departementet» er tilbake."]
    assert list(Ministry.objects.values_list("pk", "code", "name", "position")) == [
        (one.pk, one.code, one.name, one.position) for one in ministries
    ]
    assert [event.verb for event in Event.objects.order_by("pk")] == ["remove", "put_back"]


def test_putting_back_works_once(client, ministries):
    post(client, at("setup_ministry_remove", ministries[1].pk))
    post(client, at("setup_put_back"))
    assert said(post(client, at("setup_put_back"))) == ["Det er ingenting å legge tilbake."]
    assert codes() == ["A", "B", "C"]


def test_a_second_click_on_remove_is_no_error(client, ministries):
    post(client, at("setup_ministry_remove", ministries[1].pk))
    response = post(client, at("setup_ministry_remove", ministries[1].pk))
    assert response.status_code == 200
    post(client, at("setup_put_back"))
    assert codes() == ["A", "B", "C"]


def test_a_session_goes_and_comes_back_with_everything_in_it(client, conference, ministries):
    session = SessionFactory(conference=conference, number=1)
    SessionMinistry.objects.create(session=session, ministry=ministries[0])
    Introducer.objects.create(session=session, name="Inger", ministry=ministries[1])
    question = QuestionFactory(session=session, number=1)
    tables = TableFactory.create_batch(2, conference=conference)
    question.tables.set(tables)
    before = _planned()
    post(client, at("setup_session_remove", session.pk))
    assert _planned() == ([], [], [], [], [], [])
    post(client, at("setup_put_back"))
    assert _planned() == before


def _planned():
    rows = [list(m.objects.order_by("pk").values_list()) for m in (Session, Question, QuestionRevision, Introducer)]
    responsible = list(SessionMinistry.objects.values_list("session", "ministry"))
    return (*rows, responsible, sorted(Question.tables.through.objects.values_list("question", "table")))


def test_what_comes_back_gets_the_next_number_when_its_own_is_taken(client, sessions, conference):
    post(client, at("setup_session_remove", sessions[2].pk))
    SessionFactory(conference=conference, number=3, title="Ny bolk")
    post(client, at("setup_put_back"))
    assert list(Session.objects.values_list("number", "title")) == [
        (1, "Bolk 1"),
        (2, "Bolk 2"),
        (3, "Ny bolk"),
        (4, "Bolk 3"),
    ]


def test_what_has_no_place_any_more_does_not_come_back(client, conference, ministries):
    post(client, at("setup_ministry_remove", ministries[1].pk))
    Ministry.objects.create(conference=conference, code="B", name="Et annet")
    response = post(client, at("setup_put_back"))
    assert said(response) == [
        "«B-departementet» kan ikke komme tilbake: noe annet har tatt plassen, eller det som det hørte til, er borte."
    ]
    assert sorted(codes()) == ["A", "B", "C"]


def test_a_table_that_is_gone_meanwhile_is_left_out(client, conference, editor):
    question = QuestionFactory(session=SessionFactory(conference=conference))
    stays, goes = TableFactory.create_batch(2, conference=conference)
    question.tables.set([stays, goes])
    kept = removal.remove(question, conference, by=editor)
    goes.delete()
    assert list(removal.put_back(kept, conference, by=editor).tables.all()) == [stays]


@pytest.mark.parametrize("kind", ["session", "question"])
def test_what_inputs_refer_to_is_not_removed(kind, client, conference):
    question = QuestionFactory(session=SessionFactory(conference=conference, number=1, title="Norsk"), number=1)
    question.text = "Hva hindrer dere?"
    question.save()
    make_input(question)
    place = (question.session.pk, question.pk) if kind == "question" else (question.session.pk,)
    name = "1. Hva hindrer dere?" if kind == "question" else "1. Norsk"
    response = post(client, at(f"setup_{kind}_remove", *place))
    assert said(response) == [
        f"«{name}» blir stående, for det er skrevet innspill under det. Det som noen har svart på, fjernes aldri."
    ]
    assert (Session.objects.count(), Question.objects.count(), QuestionRevision.objects.count()) == (1, 1, 1)


def test_what_the_planning_refers_to_is_not_removed(client, conference, ministries):
    SessionMinistry.objects.create(session=SessionFactory(conference=conference), ministry=ministries[0])
    response = post(client, at("setup_ministry_remove", ministries[0].pk))
    assert said(response) == ["«A-departementet» blir stående, for det er i bruk her: bolker. Endre det først."]
    assert codes() == ["A", "B", "C"]


def test_an_editors_only_session_is_not_removed(client, sessions, conference):
    limited = MembershipFactory(conference=conference, role=Role.EDITOR)
    limited.sessions.add(sessions[0])
    post(client, at("setup_session_remove", sessions[0].pk))
    assert list(Membership.objects.get(pk=limited.pk).sessions.all()) == [sessions[0]]


def test_nothing_is_put_back_into_another_conference(client, conference, ministries):
    other = ConferenceFactory()
    user = Membership.objects.get(conference=conference).user
    MembershipFactory(user=user, conference=other, role=Role.ADMINISTRATOR)
    post(client, at("setup_ministry_remove", ministries[1].pk))
    response = client.post(reverse("setup_put_back", args=[other.slug]), follow=True)
    assert said(response) == ["Det er ingenting å legge tilbake."]
    assert codes() == ["A", "C"]


def test_what_is_kept_of_the_removed_is_readable_data(client, ministries):
    post(client, at("setup_ministry_remove", ministries[1].pk))
    kept = client.session["removed"]
    assert [row["model"] for row in json.loads(kept["kept"])] == ["conference.ministry"]


# --- who may, and what it costs ---


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.CHIEF_EDITOR])
@pytest.mark.parametrize("act", ["", "_move", "_remove"])
def test_other_roles_change_nothing(act, role, conference, ministries):
    other = logged_in(MembershipFactory(conference=conference, role=role).user)
    data = {"code": "Z", "name": "Z", "direction": "down"}
    assert other.post(at(f"setup_ministry{act}", ministries[0].pk), data).status_code == 403
    assert codes() == ["A", "B", "C"]


@pytest.mark.parametrize("act", ["", "_move", "_remove"])
def test_another_conferences_rows_are_not_there(act, client, ministries):
    theirs = Ministry.objects.create(conference=ConferenceFactory(), code="X", name="Deres")
    data = {"code": "Z", "name": "Z", "direction": "up"}
    assert client.post(at(f"setup_ministry{act}", theirs.pk), data).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.code, theirs.name) == ("X", "Deres")


def test_a_question_is_found_only_through_its_own_session(client, sessions):
    question = QuestionFactory(session=sessions[0])
    theirs = QuestionFactory()
    assert client.get(at("setup_question", sessions[0].pk, question.pk)).status_code == 200
    assert client.get(at("setup_question", sessions[1].pk, question.pk)).status_code == 404
    assert client.get(at("setup_question", theirs.session.pk, theirs.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("setup", 18),
        ("setup_facts", 6),
        ("setup_ministries", 5),
        ("setup_sessions", 5),
        ("setup_programme", 5),
        ("setup_session", 10),
    ],
)
def test_a_page_costs_the_same_for_one_row_and_for_three(number, name, queries, client, conference):
    for n in range(number):
        ministry = Ministry.objects.create(conference=conference, code=f"D{n}", name=f"Departement {n}")
        ParticipantCount.objects.create(conference=conference, category=f"gruppe {n}")
        session = SessionFactory(conference=conference)
        SessionMinistry.objects.create(session=session, ministry=ministry)
        ProgrammeItem.objects.create(conference=conference, starts_at=time(9), title="Hei", session=session)
    for n in range(number):
        Introducer.objects.create(session=session, name=f"Inger {n}", ministry=ministry)
        QuestionFactory(session=session).tables.set(TableFactory.create_batch(2, conference=conference))
    place = [session.pk] if name == "setup_session" else []
    with CaptureQueriesContext(connection) as captured:
        assert client.get(at(name, *place)).status_code == 200
    assert len(captured) == queries


@pytest.mark.parametrize(("act", "data"), [("_move", {"direction": "down"}), ("_remove", {})])
def test_what_htmx_puts_into_the_page_is_what_a_reload_shows(act, data, client, ministries):
    page = at("setup_ministries")
    before = client.get(page).content.decode()
    answer = htmx.post(client, at(f"setup_ministry{act}", ministries[0].pk), data).content.decode()
    assert htmx.swap(before, answer) == htmx.normal(client.get(page).content.decode())
