"""What a device at a table sends and is told: each row of the interface, each success and each refusal."""

import json
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.actions.codes import issue_codes
from conference.actions.phases import set_phase
from conference.models import AccessCode, Event, Question, Session, User
from inputs.actions import dispositions, entry
from inputs.actions.points import reword
from inputs.actions.reasons import reason_for
from inputs.actions.redaction import redact
from inputs.integrity import check
from inputs.models import Input, InputRevision, MinutesRevision, MinutesSheet, Point
from inputs.passages import Passage
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    UserFactory,
    make_input,
)

pytestmark = pytest.mark.django_db

KEY = "01920000-0000-7000-8000-000000000001"
NOTE = {"session": 1, "question": 1, "text": "Flere møteplasser"}


class Device:
    """A browser at a table."""

    def __init__(self, code):
        self.client = Client()
        assert self.client.post("/bord/logg-inn/", {"code": code}).status_code == 302

    def put(self, body, key=KEY, what="innspill"):
        content = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.put(f"/bord/api/{what}/{key}/", content, content_type="application/json")

    def delete(self, key=KEY):
        return self.client.delete(f"/bord/api/innspill/{key}/")

    def get(self, what):
        return self.client.get(f"/bord/api/{what}/")


def devices(conference):
    return [Device(one.code) for one in issue_codes(conference, by=User.objects.system())]


@pytest.fixture
def conference(question):
    """Session 1 with question 1, session 2 with question 1, and two tables."""
    conference = question.session.conference
    QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)
    for number in (7, 8):
        TableFactory(conference=conference, number=number)
    return conference


@pytest.fixture
def tables(conference):
    return devices(conference)


@pytest.fixture
def device(tables):
    return tables[0]


@pytest.fixture
def other(tables):
    return tables[1]


def close(number=1, **facts):
    facts = facts or {"writable_until": timezone.now() - timedelta(minutes=1)}
    Session.objects.filter(number=number).update(**facts)


# --- new notes ------------------------------------------------------------------------------------------------


def test_a_new_note_is_stored_with_all_that_the_table_says_of_it(device):
    response = device.put(
        NOTE
        | {
            "kind": "measure",
            "priority": True,
            "heading": "Møteplasser",
            "addressees": ["Kommunen"],
            "language": "nn",
            "written_at": "2026-03-12T10:42:00+01:00",
            "revision": 1,
        }
    )
    stored = Input.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "key": KEY,
        "revision": 1,
        "received_at": stored.received_at.isoformat(),
        "late": False,
    }
    assert (str(stored.key), stored.pk != stored.key, stored.text) == (KEY, True, "Flere møteplasser")
    assert (stored.session.number, stored.question.number, stored.table.number) == (1, 1, 7)
    assert (stored.kind, stored.priority, stored.suggested_heading) == ("measure", True, "Møteplasser")
    assert (stored.addressees, stored.language) == (["Kommunen"], "nn")
    assert stored.written_at.isoformat() == "2026-03-12T09:42:00+00:00"
    assert stored.received_by == stored.note_taker.user
    assert check(stored.conference) == []


@pytest.mark.parametrize(("said", "number"), [("1.1", 1), (1, 1), (None, None), ("missing", None)])
def test_a_question_is_named_by_its_id_or_its_number_or_not_at_all(said, number, device):
    note = NOTE | {"question": said} if said != "missing" else {"session": 1, "text": "Noe"}
    assert device.put(note).status_code == 201
    question = Input.objects.get().question
    assert (question.number if question else None) == number


def test_what_is_left_out_or_null_gets_the_usual_value(device, conference):
    device.put(NOTE | {"kind": None, "language": None, "heading": None, "addressees": None, "priority": None})
    stored = Input.objects.get()
    assert (stored.kind, stored.priority, stored.suggested_heading, stored.addressees) == ("", False, "", [])
    assert stored.language == conference.language


def test_other_fields_in_the_body_change_nothing(device, editor):
    forged = {
        "author": editor.pk,
        "table": 8,
        "table_id": 8,
        "received_by": editor.pk,
        "disposition": "used",
        "set_aside": 1,
        "late": True,
        "id": 1,
        "pk": 1,
        "conference": "annen",
        "filed_under": 1,
    }
    assert device.put(NOTE | forged).json()["late"] is False
    stored = Input.objects.get()
    assert (stored.table.number, stored.disposition, stored.late) == (7, "unhandled", False)
    assert (stored.conference.slug, stored.filed_under, stored.received_by.kind) == ("dialog", None, "table")


def test_the_same_again_is_known_and_nothing_new(device):
    first = device.put(NOTE)
    again = [device.put(NOTE) for _try in range(3)]
    assert [one.status_code for one in again] == [200, 200, 200]
    assert all(one.json() == first.json() for one in again)
    assert (Input.objects.count(), InputRevision.objects.count(), Event.objects.filter(verb="receive").count()) == (
        1,
        1,
        1,
    )


def test_text_that_is_cleaned_on_the_way_in_is_the_same_again(device):
    note = NOTE | {"text": "  Flere møteplasser \r\n\x00"}
    assert [device.put(note).status_code, device.put(note).status_code] == [201, 200]
    assert Input.objects.get().text == "Flere møteplasser"


@pytest.mark.parametrize("phase", ["planned", "open", "plenary", "tidying", "delivered"])
def test_new_text_is_received_whatever_the_phase_and_late_after_the_deadline(phase, device):
    close(phase=phase, writable_until=timezone.now() - timedelta(seconds=1))
    response = device.put(NOTE)
    assert (response.status_code, response.json()["late"], Input.objects.get().late) == (201, True, True)


# --- changes --------------------------------------------------------------------------------------------------


def test_other_text_under_the_same_key_meets_what_is_stored(device):
    device.put(NOTE)
    response = device.put(NOTE | {"text": "Noe annet"})
    told = response.json()
    assert response.status_code == 409
    assert (told["error"], told["key"], told["text"], told["revision"]) == ("conflict", KEY, "Flere møteplasser", 1)
    assert Input.objects.get().text == "Flere møteplasser"


def test_a_higher_revision_is_applied_and_every_text_is_kept(device, conference):
    device.put(NOTE)
    response = device.put(NOTE | {"text": "Flere og bedre møteplasser", "revision": 2})
    assert (response.status_code, response.json()["revision"]) == (200, 2)
    assert list(InputRevision.objects.order_by("number").values_list("number", "text")) == [
        (1, "Flere møteplasser"),
        (2, "Flere og bedre møteplasser"),
    ]
    assert check(conference) == []


@pytest.mark.parametrize("revision", [1, 2])
def test_a_revision_that_is_not_higher_is_a_conflict(revision, device):
    device.put(NOTE)
    device.put(NOTE | {"text": "To", "revision": 2})
    response = device.put(NOTE | {"text": "Tre", "revision": revision})
    assert (response.status_code, response.json()["text"]) == (409, "To")


def test_the_same_change_sent_twice_counts_once(device):
    device.put(NOTE)
    change = NOTE | {"text": "To", "revision": 2}
    assert [device.put(change).json() for _try in range(2)][1]["revision"] == 2
    assert InputRevision.objects.count() == 2


def test_kind_star_heading_and_question_change_with_a_revision_and_the_rest_stays(device, conference):
    device.put(NOTE | {"kind": "measure", "heading": "Sted"})
    change = {"session": 2, "question": "2.1", "text": NOTE["text"], "priority": True, "revision": 2}
    assert device.put(change).json()["revision"] == 2
    stored = Input.objects.get()
    assert (stored.session.number, stored.question.session.number, stored.priority) == (2, 2, True)
    assert (stored.kind, stored.suggested_heading) == ("measure", "Sted")
    assert check(conference) == []


def test_another_kind_alone_is_other_content_too(device):
    device.put(NOTE)
    assert device.put(NOTE | {"kind": "measure"}).status_code == 409
    assert device.put(NOTE | {"kind": "measure", "revision": 2}).status_code == 200


def test_a_note_that_changes_session_without_naming_a_question_stands_under_none(device, conference):
    device.put(NOTE)
    assert device.put({"session": 2, "text": NOTE["text"], "revision": 2}).status_code == 200
    assert Input.objects.get().question is None
    assert check(conference) == []


@pytest.mark.parametrize("how", [{}, {"phase": "delivered"}])
def test_a_change_that_comes_too_late_is_refused_with_what_is_stored(how, device):
    device.put(NOTE)
    close(**how)
    response = device.put(NOTE | {"text": "For sent", "revision": 2})
    assert (response.status_code, response.json()["error"]) == (423, "locked")
    assert (response.json()["text"], Input.objects.get().text) == ("Flere møteplasser", "Flere møteplasser")
    assert device.put(NOTE).status_code == 200
    assert device.delete().status_code == 423


def test_a_note_cannot_be_moved_into_a_session_that_is_delivered(device):
    device.put(NOTE)
    close(2, phase="delivered")
    assert device.put({"session": 2, "text": NOTE["text"], "revision": 2}).status_code == 423


def test_history_holds_no_words_of_a_change(device):
    device.put(NOTE | {"heading": "Sted"})
    device.put(NOTE | {"text": "Nye ord", "heading": "Annet sted", "revision": 2})
    [event] = Event.objects.filter(verb="rewrite")
    assert (event.before["revision"], event.after["revision"]) == (1, 2)
    assert event.after["fields"] == ["suggested_heading", "text"]
    assert "Nye ord" not in str((event.before, event.after))


# --- withdrawing ----------------------------------------------------------------------------------------------


def test_a_note_is_withdrawn_once_however_often_it_is_asked(device, conference):
    device.put(NOTE)
    answers = [device.delete() for _try in range(3)]
    assert [(one.status_code, one.json()["withdrawn"], one.json()["key"]) for one in answers] == [
        (200, True, KEY)
    ] * 3
    stored = Input.objects.get()
    assert (stored.set_aside.reason.code, stored.settings_aside.count()) == ("withdrawn", 1)
    assert check(conference) == []


def test_a_note_that_the_editors_use_or_have_set_aside_is_withdrawn_by_asking_them(device, conference, editor):
    for number, handle in enumerate(
        (
            lambda one: dispositions.accept([one], by=editor),
            lambda one: dispositions.set_aside([one], reason=reason_for(conference, "unclear"), by=editor),
        )
    ):
        key = str(uuid.UUID(int=number + 1))
        device.put(NOTE, key)
        handle(Input.objects.get(key=key))
        before = Input.objects.get(key=key).disposition
        assert device.delete(key).json()["withdrawn"] is True
        stored = Input.objects.get(key=key)
        assert (stored.disposition, stored.withdrawal_asked_at is not None) == (before, True)


def test_sending_the_note_again_does_not_undo_its_withdrawal_but_a_higher_revision_does(device, conference):
    device.put(NOTE)
    device.delete()
    assert device.put(NOTE).status_code == 200
    assert device.get("innspill").json()[0]["withdrawn"] is True
    assert device.put(NOTE | {"text": "Likevel", "revision": 2}).json()["revision"] == 2
    assert [(one["withdrawn"], one["text"]) for one in device.get("innspill").json()] == [(False, "Likevel")]
    assert check(conference) == []


def test_what_is_not_there_cannot_be_withdrawn(device):
    response = device.delete()
    assert (response.status_code, response.json()) == (404, {"error": "not_found"})


def test_a_withdrawal_of_what_was_read_spares_what_was_written_since(device):
    device.put(NOTE)
    device.put(NOTE | {"text": "Den andres ord", "revision": 2})
    response = device.client.delete(f"/bord/api/innspill/{KEY}/?revision=1")
    assert (response.status_code, response.json()["error"], response.json()["text"]) == (
        409,
        "conflict",
        "Den andres ord",
    )
    assert Input.objects.get().set_aside is None
    for _time in range(2):
        assert device.client.delete(f"/bord/api/innspill/{KEY}/?revision=2").status_code == 200
    assert Input.objects.get().set_aside.reason.code == "withdrawn"


@pytest.mark.parametrize("revision", ["", "0", "x", "²", "99999999999", "-1"])
def test_a_withdrawal_of_a_revision_that_is_none_is_refused(revision, device):
    device.put(NOTE)
    response = device.client.delete(f"/bord/api/innspill/{KEY}/", query_params={"revision": revision})
    assert (response.status_code, response.json()) == (422, {"errors": {"revision": ["not_a_revision"]}})
    assert Input.objects.get().set_aside is None


# --- others ---------------------------------------------------------------------------------------------------


def test_another_tables_key_is_refused_without_a_word_of_it(device, other):
    device.put(NOTE)
    for body in (NOTE, NOTE | {"text": "Vårt", "revision": 9}):
        response = other.put(body)
        assert (response.status_code, response.json()) == (409, {"error": "key_taken"})
    assert other.delete().status_code == 404
    assert (Input.objects.get().text, Input.objects.get().set_aside) == ("Flere møteplasser", None)
    assert other.get("innspill").json() == []


def test_another_conferences_key_session_and_question_are_unknown(device):
    elsewhere = QuestionFactory(session=SessionFactory(conference=ConferenceFactory(), number=5), number=3)
    TableFactory(conference=elsewhere.session.conference)
    [stranger] = devices(elsewhere.session.conference)
    device.put(NOTE)
    assert stranger.put({"session": 5, "text": "Vårt"}).json() == {"error": "key_taken"}
    assert device.put(NOTE | {"session": 5}, uuid.uuid4()).json() == {"errors": {"session": ["unknown"]}}
    assert device.put(NOTE | {"question": 3}, uuid.uuid4()).json() == {"errors": {"question": ["unknown"]}}
    assert device.put(NOTE | {"question": "5.3"}, uuid.uuid4()).json() == {"errors": {"question": ["unknown"]}}
    assert device.put(NOTE | {"question": "2.1"}, uuid.uuid4()).json() == {"errors": {"question": ["unknown"]}}
    assert Input.objects.count() == 1


def test_two_writers_at_one_table_see_and_change_each_others_notes(device, conference):
    device.put(NOTE)
    stored = Input.objects.get()
    colleague = make_input(stored.question, "Fra en kollega", table=stored.table)
    assert [one["text"] for one in device.get("innspill").json()] == ["Flere møteplasser", "Fra en kollega"]
    change = NOTE | {"text": "Felles", "revision": 2}
    assert device.put(change, colleague.key).status_code == 200


# --- bad input ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"session": None}, {"session": ["not_a_whole_number"]}),
        ({"session": "1"}, {"session": ["not_a_whole_number"]}),
        ({"session": True}, {"session": ["not_a_whole_number"]}),
        ({"session": 1.0}, {"session": ["not_a_whole_number"]}),
        ({"session": 0}, {"session": ["unknown"]}),
        ({"session": 10**30}, {"session": ["unknown"]}),
        ({"question": 99}, {"question": ["unknown"]}),
        ({"question": 10**30}, {"question": ["unknown"]}),
        ({"question": "en"}, {"question": ["unknown"]}),
        ({"question": [1]}, {"question": ["not_a_whole_number"]}),
        ({"text": None}, {"text": ["not_a_text"]}),
        ({"text": 5}, {"text": ["not_a_text"]}),
        ({"text": ["Noe"]}, {"text": ["not_a_text"]}),
        ({"text": ""}, {"text": ["empty"]}),
        ({"text": " \n\t "}, {"text": ["empty"]}),
        ({"text": "\x00"}, {"text": ["empty"]}),
        ({"text": "\ud800"}, {"text": ["empty"]}),
        ({"kind": "idea"}, {"kind": ["unknown"]}),
        ({"kind": ["measure"]}, {"kind": ["unknown"]}),
        ({"priority": "yes"}, {"priority": ["not_true_or_false"]}),
        ({"priority": 1}, {"priority": ["not_true_or_false"]}),
        ({"heading": 1}, {"heading": ["not_a_text"]}),
        ({"heading": "x" * 201}, {"heading": ["too_long"]}),
        ({"addressees": "Kommunen"}, {"addressees": ["not_a_list_of_texts"]}),
        ({"addressees": [1]}, {"addressees": ["not_a_text"]}),
        ({"addressees": ["x"] * 51}, {"addressees": ["not_a_list_of_texts"]}),
        ({"language": "nor\x00sk"}, {"language": ["unknown"]}),
        ({"language": "x" * 21}, {"language": ["unknown"]}),
        ({"written_at": "i går"}, {"written_at": ["not_a_moment_with_time_zone"]}),
        ({"written_at": "2026-03-12T10:42:00"}, {"written_at": ["not_a_moment_with_time_zone"]}),
        ({"written_at": "2026-13-45T10:42:00Z"}, {"written_at": ["not_a_moment_with_time_zone"]}),
        ({"written_at": "0001-01-01T00:00:00+14:00"}, {"written_at": ["not_a_moment_with_time_zone"]}),
        ({"written_at": 5}, {"written_at": ["not_a_moment_with_time_zone"]}),
        ({"revision": 0}, {"revision": ["not_a_revision"]}),
        ({"revision": "2"}, {"revision": ["not_a_whole_number"]}),
        ({"revision": 10**12}, {"revision": ["not_a_revision"]}),
        ({"text": "", "kind": "idea"}, {"text": ["empty"], "kind": ["unknown"]}),
    ],
)
def test_each_fault_is_named_by_its_field(change, fault, device):
    response = device.put(NOTE | change)
    assert (response.status_code, response.json()) == (422, {"errors": fault})
    assert Input.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b'{"text": "\xff"}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"9" * 5_000, "not_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"Noe"', "not_an_object"),
        (b"NaN", "not_an_object"),
    ],
)
@pytest.mark.parametrize("what", ["innspill", "ark"])
def test_a_body_that_is_no_object_is_refused(what, body, fault, device):
    response = device.put(body, what=what)
    assert (response.status_code, response.json()) == (422, {"errors": {"body": [fault]}})


def test_an_empty_object_lacks_what_is_required(device):
    assert device.put({}).json() == {"errors": {"session": ["required"], "text": ["required"]}}
    assert device.put({}, what="ark").json() == {
        "errors": {"session": ["required"], "text": ["required"], "revision": ["required"]}
    }


def test_a_note_of_ten_thousand_characters_is_stored_and_a_longer_one_refused(device):
    response = device.put(NOTE | {"text": "å" * 10_001})
    assert (response.status_code, response.json()) == (413, {"error": "too_long", "length": 10_001, "limit": 10_000})
    assert device.put(NOTE | {"text": "å" * 10_000}).status_code == 201


def test_a_body_larger_than_we_read_is_too_long(device, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = device.put(NOTE | {"text": "x" * 200})
    assert (response.status_code, response.json()) == (413, {"error": "too_long"})


def test_lone_surrogates_and_nul_inside_a_text_do_not_cost_the_table_its_note(device):
    body = rb'{"session": 1, "text": "F\u0000\ud800lere kurs"}'
    assert device.put(body).status_code == 201
    assert Input.objects.get().text == "Flere kurs"


# --- who ------------------------------------------------------------------------------------------------------


CALLS = [
    ("get", "/bord/api/tilstand/"),
    ("get", "/bord/api/innspill/"),
    ("put", f"/bord/api/innspill/{KEY}/"),
    ("delete", f"/bord/api/innspill/{KEY}/"),
    ("put", f"/bord/api/ark/{KEY}/"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("who", ["nobody", "editor", "superuser"])
def test_who_is_no_table_gets_401_as_json_and_no_redirect(who, method, path, client, conference):
    if who == "editor":
        client.force_login(MembershipFactory(conference=conference).user, "conference.login.TableCodeBackend")
    if who == "superuser":
        client.force_login(UserFactory(is_superuser=True), "django.contrib.auth.backends.ModelBackend")
    response = client.generic(method.upper(), path, json.dumps(NOTE), content_type="application/json")
    assert (response.status_code, response.json()) == (401, {"error": "log_in"})
    assert Input.objects.count() == 0


@pytest.mark.parametrize("change", ["revoked", "expired", "deactivated"])
def test_a_device_is_out_as_soon_as_its_code_or_account_is(change, device, editor):
    if change == "revoked":
        AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)
    elif change == "expired":
        AccessCode.objects.update(
            valid_from=timezone.now() - timedelta(days=2), valid_until=timezone.now() - timedelta(seconds=1)
        )
    else:
        User.objects.filter(kind="table").update(is_active=False)
    assert device.put(NOTE).status_code == 401
    assert Input.objects.count() == 0


@pytest.mark.parametrize(("method", "path"), CALLS[2:])
def test_a_request_that_changes_something_needs_the_csrf_header(method, path, tables):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = tables[0].client.cookies
    call = getattr(strict, method)
    assert call(path, json.dumps(NOTE), content_type="application/json").status_code == 403
    token = strict.get("/bord/api/tilstand/").json()["csrf"]
    body = json.dumps(NOTE | {"revision": 1})
    response = call(path, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert response.status_code == (404 if method == "delete" else 201)


@pytest.mark.parametrize("path", ["/bord/api/innspill/ikke-en-uuid/", "/bord/api/ark/1/"])
def test_a_key_that_is_no_uuid_leads_nowhere(path, device):
    assert device.client.put(path, json.dumps(NOTE), content_type="application/json").status_code == 404


@pytest.mark.parametrize(("method", "path"), [("post", CALLS[2][1]), ("get", CALLS[4][1]), ("delete", CALLS[0][1])])
def test_other_methods_are_refused(method, path, device):
    assert getattr(device.client, method)(path).status_code == 405


# --- what the table is told -----------------------------------------------------------------------------------


def test_the_state_tells_the_sessions_their_questions_and_what_has_been_received(device, conference, question):
    until = timezone.now() + timedelta(hours=1)
    close(1, phase="open", writable_until=until)
    hidden = QuestionFactory(session=question.session, number=2)
    hidden.tables.add(conference.tables.get(number=8))
    device.put(NOTE)
    response = device.get("tilstand")
    told = response.json()
    assert told.pop("csrf")
    assert told.pop("revision") > 0
    second = Question.objects.get(session__number=2)
    assert told == {
        "conference": "dialog",
        "table": 7,
        "writer": "",
        "current": 1,
        "received": 1,
        "sessions": [
            {
                "number": 1,
                "title": question.session.title,
                "phase": "open",
                "work_until": None,
                "writable_until": until.isoformat(),
                "questions": [{"id": "1.1", "number": 1, "text": question.text}],
            },
            {
                "number": 2,
                "title": second.session.title,
                "phase": "planned",
                "work_until": None,
                "writable_until": None,
                "questions": [{"id": "2.1", "number": 1, "text": second.text}],
            },
        ],
    }
    assert "no-store" in response["Cache-Control"]


def test_no_session_is_the_current_one_when_none_is_open(device):
    assert device.get("tilstand").json()["current"] is None


def test_the_revision_grows_with_every_note(device):
    before = device.get("tilstand").json()["revision"]
    device.put(NOTE)
    assert device.get("tilstand").json()["revision"] == before + 1


def test_the_notes_are_told_as_they_are_stored(device):
    device.put(NOTE | {"kind": "both", "priority": True})
    stored = Input.objects.get()
    response = device.get("innspill")
    assert response.json() == [
        {
            "key": KEY,
            "session": 1,
            "question": "1.1",
            "text": "Flere møteplasser",
            "kind": "both",
            "priority": True,
            "writer": "",
            "revision": 1,
            "received_at": stored.received_at.isoformat(),
            "late": False,
            "withdrawn": False,
        }
    ]
    assert "no-store" in response["Cache-Control"]


def test_the_notes_are_told_as_the_table_has_arranged_them(device):
    keys = [str(uuid.UUID(int=n)) for n in (1, 2, 3)]
    for key in keys:
        device.put(NOTE, key)
    device.client.post(f"/bord/innspill/{keys[2]}/flytt/", {"direction": "up"})
    assert [one["key"] for one in device.get("innspill").json()] == [keys[0], keys[2], keys[1]]


# --- polling --------------------------------------------------------------------------------------------------


def poll(device, since=None):
    return device.client.get("/bord/api/innspill/", {} if since is None else {"since": since})


def seen(device):
    return device.get("tilstand").json()["revision"]


def test_a_poll_that_brings_nothing_new_is_answered_with_nothing(device):
    device.put(NOTE)
    response = poll(device, seen(device))
    assert (response.status_code, response.content) == (204, b"")
    assert "no-store" in response["Cache-Control"]


def test_a_poll_that_brings_something_new_tells_all_notes_and_the_revision_to_name_next_time(device):
    before = seen(device)
    device.put(NOTE)
    response = poll(device, before)
    assert (response.status_code, len(response.json())) == (200, 1)
    assert int(response["X-Revision"]) == seen(device) == before + 1
    assert poll(device, response["X-Revision"]).status_code == 204


@pytest.mark.parametrize("since", [None, "0", "1" * 30, "", "-1", "en", "٣", "\x00"])
def test_a_device_that_names_no_revision_or_another_is_told_all(since, device):
    device.put(NOTE)
    assert [poll(device, since).status_code, len(poll(device, since).json())] == [200, 1]


def test_a_device_that_is_out_learns_nothing_from_a_poll(device, editor):
    since = seen(device)
    AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)
    assert poll(device, since).status_code == 401


def test_a_poll_brings_whatever_changes_what_the_table_is_told(device, conference, question, editor):
    device.put(NOTE)
    stored = Input.objects.get()
    acts = [
        lambda: device.put(NOTE | {"text": "Nye ord", "revision": 2}),
        device.delete,
        lambda: dispositions.bring_back([stored], by=editor),
        lambda: redact(Passage("ord", label="[sladdet]"), [stored], ground="Person", by=editor),
        lambda: set_phase(question.session, to="open", by=editor),
        lambda: device.put(SHEET, what="ark"),
    ]
    for act in acts:
        before = seen(device)
        act()
        assert poll(device, before).status_code == 200, act


def test_a_poll_brings_nothing_of_other_tables_and_of_the_editors_desk(device, other, question, editor):
    device.put(NOTE)
    before = seen(device)
    other.put(NOTE, uuid.uuid4())
    dispositions.accept([Input.objects.get(key=KEY)], by=editor)
    reword(Point.objects.get(), text="Punktet", version=1, by=editor)
    [elsewhere] = devices(TableFactory(conference=ConferenceFactory()).conference)
    assert elsewhere.get("tilstand").status_code == 200
    assert poll(device, before).status_code == 204


@pytest.mark.parametrize("number", [1, 3])
def test_a_poll_that_brings_nothing_new_costs_two_queries(number, device):
    for n in range(number):
        device.put(NOTE, uuid.UUID(int=n + 1))
    since = seen(device)
    with CaptureQueriesContext(connection) as captured:
        assert poll(device, since).status_code == 204
    assert len(captured) == 2


# --- what it costs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("what", "queries"), [("tilstand", 6), ("innspill", 4)])
def test_telling_costs_the_same_for_one_and_for_three(number, what, queries, device, conference):
    for n in range(number):
        QuestionFactory(session=SessionFactory(conference=conference, number=50 + n))
        device.put(NOTE, uuid.UUID(int=n + 1))
        device.delete(uuid.UUID(int=n + 1))
    with CaptureQueriesContext(connection) as captured:
        device.get(what)
    assert len(captured) == queries


def test_storing_a_note_costs_the_same_however_many_there_are(device):
    device.put(NOTE, uuid.UUID(int=1))
    counts = []
    for n in (2, 3):
        with CaptureQueriesContext(connection) as captured:
            device.put(NOTE, uuid.UUID(int=n))
        counts.append(len([one for one in captured if "SAVEPOINT" not in one["sql"]]))
    assert counts == [7, 7]


# --- order ----------------------------------------------------------------------------------------------------


def written(device, *texts):
    keys = [f"01920000-0000-7000-8000-{number:012}" for number in range(1, len(texts) + 1)]
    for key, text in zip(keys, texts, strict=True):
        device.put(NOTE | {"text": text}, key)
    return keys


def order(keys, seen, **more):
    return {"session": 1, "question": 1, "keys": keys, "seen": seen} | more


def arranged(device):
    return [note["text"] for note in device.get("innspill").json()]


ACT = "01920000-0000-7000-8000-00000000000a"


def test_notes_are_put_in_order_and_again_changes_nothing(device, conference):
    one, two, three = written(device, "En", "To", "Tre")
    for _time in range(2):
        response = device.put(order([three, one, two], [one, two, three]), ACT, "rekkefolge")
        assert (response.status_code, response.json()) == (200, {"key": ACT, "revision": 1})
    assert arranged(device) == ["Tre", "En", "To"]
    [event] = Event.objects.filter(verb="order_input").order_by("act").values_list("act", flat=True).distinct()
    assert Event.objects.filter(act=event).count() == 3
    assert check(conference) == []


def test_an_order_that_comes_after_another_writers_is_refused_and_harms_nothing(device):
    one, two, three = written(device, "En", "To", "Tre")
    device.put(order([three, one, two], [one, two, three]), ACT, "rekkefolge")
    response = device.put(order([two, one, three], [one, two, three]), ACT, "rekkefolge")
    assert (response.status_code, response.json()) == (409, {"error": "rearranged"})
    assert arranged(device) == ["Tre", "En", "To"]


def test_a_note_that_was_not_seen_keeps_its_place_and_what_is_gone_is_passed_over(device):
    one, two, three = written(device, "En", "To", "Tre")
    gone = str(uuid.uuid4())
    assert device.put(order([three, gone, one], [one, gone, three]), ACT, "rekkefolge").status_code == 200
    assert arranged(device) == ["Tre", "To", "En"]
    assert two


def test_another_tables_notes_are_not_put_in_order(device, other):
    theirs = written(other, "En", "To")
    assert device.put(order(theirs[::-1], theirs), ACT, "rekkefolge").status_code == 200
    assert arranged(other) == ["En", "To"]
    assert Event.objects.filter(verb="order_input").exists() is False


def test_the_order_stays_after_the_deadline(device):
    one, two = written(device, "En", "To")
    close()
    assert device.put(order([two, one], [one, two]), ACT, "rekkefolge").status_code == 423
    assert arranged(device) == ["En", "To"]


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"session": ["required"], "keys": ["required"], "seen": ["required"]}),
        (order([KEY], "x"), {"seen": ["not_a_list_of_keys"], "keys": ["not_those_seen"]}),
        (order([], []), {"keys": ["not_a_list_of_keys"], "seen": ["not_a_list_of_keys"]}),
        (order([KEY, KEY], [KEY, KEY]), {"keys": ["not_a_list_of_keys"], "seen": ["not_a_list_of_keys"]}),
        (order([KEY, "x"], [KEY, 1]), {"keys": ["not_a_list_of_keys"], "seen": ["not_a_list_of_keys"]}),
        (order([KEY], [ACT]), {"keys": ["not_those_seen"]}),
        (order([KEY], [KEY], question=9), {"question": ["unknown"]}),
        (order([KEY] * 1001, [KEY] * 1001), {"keys": ["not_a_list_of_keys"], "seen": ["not_a_list_of_keys"]}),
    ],
)
def test_an_order_that_cannot_be_read_tells_what_is_wrong(body, errors, device):
    response = device.put(body, ACT, "rekkefolge")
    assert (response.status_code, response.json()) == (422, {"errors": errors})


# --- sheets ---------------------------------------------------------------------------------------------------


SHEET = {"session": 1, "text": "Spørsmål 1\n\nVi snakket om kurs.", "revision": 1}


def test_a_sheet_is_stored_and_every_text_of_it_is_kept(device, conference):
    first = device.put(SHEET, what="ark")
    stored = MinutesSheet.objects.get()
    assert (first.status_code, first.json()["key"], first.json()["revision"]) == (201, KEY, 1)
    assert device.put(SHEET, what="ark").status_code == 200
    second = device.put(SHEET | {"text": "", "revision": 2}, what="ark")
    assert (second.status_code, second.json()["revision"]) == (200, 2)
    assert list(MinutesRevision.objects.order_by("number").values_list("number", "text")) == [
        (1, SHEET["text"]),
        (2, ""),
    ]
    assert (stored.note_taker.table.number, check(conference)) == (7, [])


def test_a_sheet_meets_what_is_stored_unless_its_revision_is_higher(device):
    device.put(SHEET, what="ark")
    response = device.put(SHEET | {"text": "Annet"}, what="ark")
    assert (response.status_code, response.json()["text"]) == (409, SHEET["text"])
    assert (response.json()["error"], response.json()["revision"]) == ("conflict", 1)


def test_a_writers_second_sheet_of_a_session_is_told_the_first_ones_key(device):
    device.put(SHEET, what="ark")
    response = device.put(SHEET | {"text": "Annet"}, uuid.uuid4(), what="ark")
    assert (response.status_code, response.json()["key"]) == (409, KEY)
    assert MinutesSheet.objects.count() == 1


def test_another_tables_sheet_is_refused_without_a_word_of_it(device, other):
    device.put(SHEET, what="ark")
    response = other.put(SHEET | {"revision": 5}, what="ark")
    assert (response.status_code, response.json()) == (409, {"error": "key_taken"})
    assert device.put(SHEET | {"session": 2}, what="ark").json() == {"error": "key_taken"}


def test_a_new_sheet_is_received_late_but_no_longer_changed(device):
    close()
    assert device.put(SHEET, what="ark").json()["late"] is True
    response = device.put(SHEET | {"text": "Mer", "revision": 2}, what="ark")
    assert (response.status_code, response.json()["text"]) == (423, SHEET["text"])


def test_a_sheet_may_be_long_but_not_endless(device):
    assert device.put(SHEET | {"text": "x" * 200_001}, what="ark").json() == {
        "error": "too_long",
        "length": 200_001,
        "limit": 200_000,
    }
    assert device.put(SHEET | {"text": "x" * 200_000}, what="ark").status_code == 201


# --- at the same time -----------------------------------------------------------------------------------------


def at_once(sent, what="innspill"):
    """The answers to requests that start together, each over a connection of its own: [(device, body)]."""
    barrier, answers = threading.Barrier(len(sent)), []

    def run(device, body):
        client = Client()
        client.cookies = device.client.cookies
        try:
            barrier.wait()
            answers.append(client.put(f"/bord/api/{what}/{KEY}/", json.dumps(body), content_type="application/json"))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(((one.status_code, one.json()) for one in answers), key=lambda one: one[0])


@pytest.fixture
def two_tables(transactional_db):
    question = QuestionFactory(session=SessionFactory(number=1), number=1)
    for number in (1, 2):
        TableFactory(conference=question.session.conference, number=number)
    return devices(question.session.conference)


@pytest.mark.parametrize(("what", "body", "model"), [("innspill", NOTE, Input), ("ark", SHEET, MinutesSheet)])
def test_the_same_key_twenty_times_at_once_is_one_row(what, body, model, two_tables):
    answers = at_once([(two_tables[0], body)] * 20, what)
    assert [status for status, _told in answers] == [200] * 19 + [201]
    assert all(told == answers[0][1] for _status, told in answers)
    assert model.objects.count() == 1
    assert check(Session.objects.get().conference) == []


@pytest.mark.parametrize(("what", "body", "model"), [("innspill", NOTE, Input), ("ark", SHEET, MinutesSheet)])
def test_of_two_texts_under_one_key_at_once_one_is_stored_and_the_other_meets_it(what, body, model, two_tables):
    answers = at_once([(two_tables[0], body), (two_tables[0], body | {"text": "Noe annet"})] * 10, what)
    assert [status for status, _told in answers] == [200] * 9 + [201] + [409] * 10
    stored = model.objects.get()
    assert {(told["error"], told["text"], told["revision"]) for _status, told in answers[10:]} == {
        ("conflict", stored.text, 1)
    }


@pytest.mark.parametrize(("what", "body", "model"), [("innspill", NOTE, Input), ("ark", SHEET, MinutesSheet)])
def test_of_two_tables_with_one_key_at_once_one_has_it_and_the_other_learns_nothing(what, body, model, two_tables):
    answers = at_once([(device, body | {"text": f"Vårt: {n}"}) for n, device in enumerate(two_tables)] * 10, what)
    assert [status for status, _told in answers] == [200] * 9 + [201] + [409] * 10
    assert [told for _status, told in answers[10:]] == [{"error": "key_taken"}] * 10
    assert model.objects.count() == 1


def test_the_loser_of_a_race_finds_what_the_winner_stored(device, monkeypatch):
    """Between the look and the insert somebody stores the same key: the look is made to miss it once."""
    from inputs.actions import table_notes

    device.put(NOTE)
    real, missed = table_notes._locked, []

    def blind_once(key):
        if missed:
            return real(key)
        missed.append(key)
        return None

    monkeypatch.setattr(table_notes, "_locked", blind_once)
    assert device.put(NOTE).status_code == 200
    assert (len(missed), Input.objects.count()) == (1, 1)


def test_entry_rewrites_only_the_revision_that_was_read(device, editor):
    from inputs.actions.faults import Stale

    device.put(NOTE)
    stored = Input.objects.get()
    with pytest.raises(Stale):
        entry.change(stored, {"text": "Nytt"}, revision=4, by=editor)
