"""Codes that open a table: shown once, stored as a hash, dead when replaced."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone

from conference.actions.codes import ALPHABET, LENGTH, hash_code, issue_codes
from conference.models import AccessCode, Event, Kind, NoteTaker, User
from tests.factories import ConferenceFactory, TableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    conference = ConferenceFactory()
    for number in (2, 1):
        TableFactory(conference=conference, number=number)
    return conference


def test_every_table_gets_a_code_that_logs_in_its_own_account(conference, editor):
    issued = issue_codes(conference, by=editor)
    assert [one.table.number for one in issued] == [1, 2]
    users = [authenticate(code=one.code) for one in issued]
    assert [user.note_taker.table for user in users] == [one.table for one in issued]
    assert {user.kind for user in users} == {Kind.TABLE}
    assert not any(user.has_usable_password() for user in users)


def test_the_account_has_the_tables_name_in_the_conferences_language(conference):
    call_command("issue_codes", conference.slug, "--json")
    assert set(User.objects.filter(kind=Kind.TABLE).values_list("name", flat=True)) == {"Bord 1", "Bord 2"}


def test_a_code_may_be_typed_carelessly(conference, editor):
    code = issue_codes(conference, by=editor)[0].code
    assert authenticate(code=f" {code.lower().replace('-', ' ')} ") is not None
    assert authenticate(code=code[:-1]) is None
    assert authenticate(code="") is None


def test_the_code_itself_is_stored_nowhere(conference, editor):
    code = issue_codes(conference, by=editor)[0].code
    rows = [str(row) for model in (AccessCode, Event, User, NoteTaker) for row in model.objects.values()]
    assert not any(code in row or code.replace("-", "") in row for row in rows)


def test_a_new_code_ends_the_old_one_and_the_account_stays(conference, editor):
    old = issue_codes(conference, by=editor)[0].code
    user = authenticate(code=old)
    new = issue_codes(conference, by=editor)[0].code
    assert authenticate(code=old) is None
    assert authenticate(code=new) == user
    assert AccessCode.objects.filter(revoked_by=editor).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": timezone.now() - timedelta(minutes=1), "valid_from": timezone.now() - timedelta(days=1)},
        {"valid_from": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_code_opens_nothing_outside_its_time(conference, editor, change):
    code = issue_codes(conference, by=editor)[0].code
    AccessCode.objects.update(**change)
    assert authenticate(code=code) is None


def test_a_code_works_until_noon_the_day_after_and_never_less_than_two_days(conference, editor):
    conference.date = timezone.localdate() + timedelta(days=30)
    conference.save()
    issue_codes(conference, by=editor)
    until = timezone.localtime(AccessCode.objects.first().valid_until)
    assert (until.date(), until.hour) == (conference.date + timedelta(days=1), 12)
    conference.date = timezone.localdate() - timedelta(days=900)
    conference.save()
    issue_codes(conference, by=editor)
    assert AccessCode.objects.first().valid_until > timezone.now() + timedelta(days=1, hours=23)


def test_codes_are_long_enough_and_free_of_signs_that_are_mistaken(conference, editor):
    code = issue_codes(conference, by=editor)[0].code.replace("-", "")
    assert (len(code), len(ALPHABET) ** LENGTH > 2**39) == (LENGTH, True)
    assert not set("0O1ILU") & set(ALPHABET)
    assert hash_code(code) != code


def test_the_command_prints_each_code_this_once(conference, capsys):
    call_command("issue_codes", conference.slug, "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["table"] for row in rows] == [1, 2]
    assert all(authenticate(code=row["code"]) for row in rows)
