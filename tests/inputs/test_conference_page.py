"""The conference's own page tells each person what waits for them."""

import pytest
from django.urls import reverse

from conference.actions.texts import Wording, save_text
from conference.models import Role, TextSlot, TextState
from tests.factories import MembershipFactory, QuestionFactory, SessionFactory, make_input
from tests.inputs.desk import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(conference, question):
    """Question 2.1, with two inputs; question 1.1 has one."""
    made = QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)
    for asked in (question, made, made):
        make_input(asked)
    return made


def waits_for(member):
    response = logged_in(member.user).get(reverse("conference", args=[member.conference.slug]))
    found = response.context["waiting"]
    place = (found.question.session, found.question.question) if found.question else None
    return place, found.inputs, [chapter.slot for chapter in found.chapters]


def test_an_editor_of_all_sessions_goes_on_with_the_first_question_that_has_something_left(conference, later):
    assert waits_for(MembershipFactory(conference=conference)) == ((1, 1), 3, [])


def test_an_editor_of_one_session_is_led_there(conference, later):
    member = MembershipFactory(conference=conference, role=Role.EDITOR)
    member.sessions.add(later.session)
    assert waits_for(member) == ((2, 1), 2, [])


def test_chapters_wait_until_they_are_ready(conference, question, editor):
    member = MembershipFactory(conference=conference)
    for slot, state in [(TextSlot.PURPOSE, TextState.DRAFT), (TextSlot.VIDEO, TextState.READY)]:
        save_text(conference, slot, Wording("Tekst."), by=editor, state=state, owner=member.user)
    save_text(conference, TextSlot.SUMMARY, Wording("Tekst."), by=editor, state=TextState.DRAFT, owner=editor)
    assert waits_for(member) == (None, 0, ["purpose"])


def test_nothing_waits_for_a_reader(conference, later):
    assert waits_for(MembershipFactory(conference=conference, role=Role.READER)) == (None, 0, [])
