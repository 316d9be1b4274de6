"""Events: append-only, without words, counted for pollers."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from conference.actions.history import Change, record, revision
from conference.models import Event, RetentionPass
from tests.factories import ConferenceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory()


@pytest.fixture
def event(conference, editor):
    record(
        verb="greet", by=editor, conference=conference, changes=[Change(conference, {"version": 1}, {"version": 2})]
    )
    return Event.objects.get()


def test_an_event_says_who_what_and_when(event, conference, editor):
    assert (event.verb, event.by, event.conference) == ("greet", editor, conference)
    assert (event.target_type, event.target_id) == ("conference", conference.pk)
    assert (event.before, event.after) == ({"version": 1}, {"version": 2})


@pytest.mark.parametrize("act", [lambda e: e.update(verb="forget"), lambda e: e.delete()])
def test_the_database_refuses_to_change_or_delete_an_event(event, act):
    with pytest.raises(DatabaseError, match="event_is_append_only"), transaction.atomic():
        act(Event.objects.filter(pk=event.pk))
    assert Event.objects.get().verb == "greet"


def test_the_retention_job_may_delete_within_its_own_transaction(event, editor):
    with transaction.atomic():
        one = RetentionPass.objects.create(reason="tidsfrist", by=editor, at=timezone.now())
        Event.objects.all().delete()
        one.delete()
    assert Event.objects.count() == 0


@pytest.mark.parametrize("words", ["to ord", "x" * 41, 1.5, ["ett", "to ord"], {"a": 1}])
def test_an_event_refuses_what_could_be_somebodys_words(conference, editor, words):
    with pytest.raises(ValueError, match="never text"):
        record(verb="greet", by=editor, conference=conference, changes=[Change(conference, after={"text": words})])
    assert Event.objects.count() == 0


def test_one_click_on_three_things_is_one_act(conference, editor):
    act = record(verb="greet", by=editor, conference=conference, changes=[Change(editor)] * 3)
    assert list(Event.objects.values_list("act", flat=True)) == [act] * 3


def test_the_revision_grows_with_every_event_and_is_each_conferences_own(conference, editor):
    other = ConferenceFactory()
    record(verb="greet", by=editor, conference=conference, scope="table:1", changes=[Change(editor)] * 2)
    record(verb="greet", by=editor, conference=conference, scope="table:2", changes=[Change(editor)])
    assert (revision(conference), revision(other)) == (3, 0)


def test_protecting_the_history_twice_changes_nothing(event):
    from conference.models.history import protect_history

    protect_history()
    with pytest.raises(DatabaseError, match="event_is_append_only"), transaction.atomic():
        Event.objects.all().delete()


def test_a_system_user_acts_for_commands_and_cannot_log_in(db, client):
    from conference.models import User

    system = User.objects.system()
    assert User.objects.system() == system
    assert not system.has_usable_password() or not client.login(username="system", password="!")
    assert not client.login(username="system", password="")


def test_log_in_is_by_e_mail_in_any_case(client):
    from conference.models import User

    User.objects.create_user("Eli@Example.no", "et langt passord")
    assert client.login(username="ELI@example.NO", password="et langt passord")
    assert UserFactory().kind == "person"
