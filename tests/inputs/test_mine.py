"""Questions shared among the editors, and what remains for one of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Event, Role
from inputs.actions import assigning, clarifications, dispositions, headings, points, proposals
from inputs.actions.proposals import Payload
from inputs.mine import number_of, read_mine
from inputs.models import Assignment, ProposalKind
from tests.factories import MembershipFactory, QuestionFactory, UserFactory, make_input
from tests.inputs.desk import address, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(question):
    return MembershipFactory(conference=question.session.conference, role=Role.CHIEF_EDITOR).user


@pytest.fixture
def kari(question):
    return MembershipFactory(
        conference=question.session.conference, role=Role.EDITOR, user=UserFactory(name="Kari Nordmann")
    ).user


def share(client, question, person, **more):
    body = {"person": person.pk, "question": f"{question.session.number}.{question.number}"} | more
    return client.post(reverse("share", args=[question.session.conference.slug]), body)


def test_a_chief_editor_gives_a_question_and_takes_it_back(question, chief, kari):
    client = logged_in(chief)
    for _click in range(2):
        assert share(client, question, kari).status_code == 302
    assert [(one.question, one.person, one.by) for one in Assignment.objects.all()] == [(question, kari, chief)]
    assert "Kari Nordmann" in client.get(address("desk", question)).content.decode()
    share(client, question, kari, take="")
    assert not Assignment.objects.exists()
    verbs = Event.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["assign_question", "unassign_question"]


def test_an_editor_shares_nothing(question, kari, at_desk):
    assert share(at_desk, question, kari).status_code == 403


@pytest.mark.parametrize("wrong", [{"person": ""}, {"person": "999999"}, {"question": []}, {"question": "99.1"}])
def test_a_wrong_choice_is_said_beside_the_field(wrong, question, chief, kari):
    body = {"person": kari.pk, "question": f"{question.session.number}.{question.number}"} | wrong
    answer = logged_in(chief).post(reverse("share", args=[question.session.conference.slug]), body)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))
    assert not Assignment.objects.exists()


def test_nobody_outside_the_conference_is_given_a_question(question, chief):
    assert share(logged_in(chief), question, MembershipFactory().user).status_code == 422


@pytest.fixture
def worked(question, chief, kari):
    """One of each that can remain."""
    conference = question.session.conference
    type(conference).objects.filter(pk=conference.pk).update(second_person=True)
    conference.refresh_from_db()
    pile = headings.make_pile(question, by=chief)
    bare, one, two = dispositions.accept([make_input(question, text) for text in "abc"], by=chief)
    points.merge(points.plan_merge([one, two], text="noe annet"), by=chief)
    points.move(one, to=pile, by=chief)
    make_input(question, "Venter")
    clarifications.ask(bare, why="Uklart", by=chief)
    proposals.propose(question, Payload(ProposalKind.REMOVE, point=bare), by=chief)
    return conference


def test_what_remains_of_ones_questions_is_counted_by_kind(question, worked, chief, kari):
    assigning.assign([question], kari, by=chief)
    [row] = read_mine(worked, kari).questions
    counted = (row.inputs, row.bare, row.unnamed, row.second, row.proposals, row.clarifications)
    assert (counted, row.number, number_of(worked, kari)) == ((1, 1, 1, 1, 1, 1), 6, (1, 6))


def test_what_one_has_worded_or_proposed_oneself_waits_for_others(question, worked, chief):
    assigning.assign([question], chief, by=chief)
    [row] = read_mine(worked, chief).questions
    assert (row.second, row.proposals) == (0, 0)


def test_the_page_leads_to_each_and_says_what_to_do_when_there_is_nothing(question, worked, chief, kari):
    client = logged_in(kari)
    client.cookies["django_language"] = "en"
    mine = reverse("mine", args=[worked.slug])
    assert "You see to no question yet." in client.get(mine).content.decode()
    assigning.assign([question], kari, by=chief)
    page = client.get(mine).content.decode()
    for name in ("desk", "confirming"):
        assert f'href="{address(name, question)}' in page
    overview = client.get(reverse("conference", args=[worked.slug])).content.decode()
    assert f'href="{mine}"' in overview


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_question_and_for_three(number, question, chief, kari):
    conference = question.session.conference
    more = [QuestionFactory(session=question.session, number=n + 20) for n in range(number - 1)]
    assigning.assign([question, *more], kari, by=chief)
    for one in (question, *more):
        make_input(one, "Venter")
    client = logged_in(kari)
    for name in ("mine", "sharing"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name, args=[conference.slug])).status_code == 200
        assert len(captured) <= 10, name
