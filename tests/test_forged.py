"""Every id and key, in address and body, swapped with another table's or another conference's: nothing happens."""

import json
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from inputs.actions import headings
from inputs.findings import findings, read_edition
from inputs.models import Input
from tests.inputs.desk import merge_form
from tests.matrix import ARGUMENTS
from tests.snapshot import snapshot
from tests.worlds import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def worlds(kept_rows, django_db_blocker) -> tuple[World, World]:
    with django_db_blocker.unblock():
        return make_world("var", 1), make_world("deres", 2)


@pytest.fixture
def ours(db, worlds) -> World:
    return worlds[0]


@pytest.fixture
def theirs(db, worlds) -> World:
    return worlds[1]


#: Which thing a `key` or `pk` in an address names, by how the URL's name begins; the first that fits.
NAMED = {
    "clearance_change": lambda world: world.change.key,
    "clearance_reply": lambda world: world.change.reply.key,
    "clearance": lambda world: world.change.reply.clearance.key,
    "point": lambda world: world.points[0].key,
    "comment_point": lambda world: world.points[0].key,
    "comment_input": lambda world: world.unhandled.key,
    "comment": lambda world: world.comment.key,
    "edit_rename": lambda world: world.heading.key,
    "edit": lambda world: world.points[0].key,
    "clarification": lambda world: world.clarification.key,
    "proposal": lambda world: world.proposal.key,
    "desk_alike": lambda world: world.unhandled.key,
    "report_template": lambda world: world.template.key,
    "matter_new": lambda world: world.points[0].key,
    "matter": lambda world: world.matter.key,
    "heard": lambda world: world.line.key,
    "heading": lambda world: world.heading.key,
    "use_also": lambda world: world.unhandled.key,
    "input": lambda world: world.unhandled.key,
    "redact": lambda world: world.unhandled.key,
    "sheet": lambda world: world.sheet.key,
    "setup_participants": lambda world: world.participants.pk,
    "setup_ministry": lambda world: world.ministry.pk,
    "setup_item": lambda world: world.item.pk,
    "setup_introducer": lambda world: world.introducer.pk,
    "setup_question": lambda world: world.question.pk,
    "setup_session": lambda world: world.question.session_id,
    "plenary": lambda world: world.tables[0].pk,
    "setup_table": lambda world: world.tables[0].pk,
    "setup_advance_note": lambda world: world.hand_out.pk,
    "setup_person": lambda world: world.member.pk,
    "setup_survey_question": lambda world: world.survey_question.pk,
    "setup_device": lambda world: world.opened.pk,
    "made_file": lambda world: world.made_file.key,
    "version": lambda world: world.version.key,
    "check": lambda world: world.acceptance.key,
    "outline": lambda world: world.contribution.key,
    "setup_video": lambda world: world.video.pk,
    "setup_code": lambda world: world.tables[0].pk,
}

#: Parts of an address that name no thing of a conference: a format, a chapter that every report has, an edition.
NOT_A_THING = {"kind", "slot", "number", "page", "language", "name"}


def address_parts(name: str, world: World) -> dict[str, object]:
    """What stands in the address of the page, each of that world alone."""
    is_setup = name.startswith("setup_")
    found = {
        "slug": world.conference.slug,
        "session": world.question.session_id if is_setup else world.number,
        "question": world.number,
        "act": world.act,
        "slot": "summary",
    }
    found |= {part: ARGUMENTS[name][part] for part in NOT_A_THING if part in ARGUMENTS[name]}
    if {"key", "pk"} & set(ARGUMENTS[name]):
        thing = next(find for start, find in NAMED.items() if name.startswith(start))(world)
        found |= {"key": thing, "pk": thing}
    return {part: found[part] for part in ARGUMENTS[name]}


IN_A_CONFERENCE = [name for name, parts in ARGUMENTS.items() if "slug" in parts]


@pytest.mark.parametrize("name", IN_A_CONFERENCE)
def test_nothing_of_another_conference_is_reached_by_its_address(name, ours, theirs):
    client, own, foreign = ours.client(), address_parts(name, ours), address_parts(name, theirs)
    before = snapshot()
    swapped = [own | {part: foreign[part]} for part in own if part not in NOT_A_THING]
    answers = [client.get(reverse(name, kwargs=parts)).status_code for parts in [*swapped, foreign]] + [
        client.post(reverse(name, kwargs=parts)).status_code for parts in [*swapped, foreign]
    ]
    assert set(answers) <= {404, 405}
    assert 404 in answers
    assert snapshot() == before


def check_form(world: World) -> dict[str, object]:
    """Accepting a finding that is there: a question without points."""
    found = findings(read_edition(world.conference), world.conference)
    finding = next(one.finding for one in found if one.finding.place.thing == "question")
    return {"finding": finding.key, "reading": finding.reading, "reason": "Den utgår"}


def bodies(world: World) -> dict[str, dict[str, object]]:
    """A body that is accepted, for every act at the desk that names things."""
    point, second = world.points
    return {
        "desk_accept": {"input": world.unhandled.key, "heading": world.heading.key},
        "desk_attach": {"input": world.unhandled.key, "point": point.key},
        "desk_move": {"point": point.key, "heading": world.heading.key},
        "desk_order": {"point": point.key, "direction": "up"},
        "heading_merge": {
            "from": world.heading.key,
            "into": headings.make(world.question, "En annen", by=world.administrator).key,
        },
        "desk_set_aside": {"input": world.unhandled.key, "reason": "unclear"},
        "desk_bring_back": {"input": world.aside.key},
        "desk_file_under": {
            "input": world.unhandled.key,
            "question": f"{world.number}.{world.other_question.number}",
        },
        "desk_place": {"input": world.unplaced.key},
        "merge": merge_form(point, second, text="Ett punkt"),
        "desk_alike_same": {"other": point.sources.order_by("pk").first().input.key, "point": point.key},
        "desk_alike_not_same": {"other": world.more.key},
        "point_move": {"heading": world.heading.key},
        "heard_choose": {"input": world.unhandled.key},
        "screen_control": {"show": f"line:{world.line.key}", "version": 0},
        "edit_undo": {"act": world.act},
        "use_also": {"point": point.key},
        "input_propose": {"kind": "same", "point": point.key},
        "check_accept": check_form(world),
        "point_take_out": {"input": point.sources.order_by("pk").first().input.key},
    }


#: What a body holds beside keys and numbers of things; `source` says what was read, and nothing is fetched by it.
NOT_A_KEY = {"text", "version", "reason", "reading", "kind", "source", "direction"}


@pytest.mark.parametrize(
    "name",
    [
        "desk_accept",
        "desk_attach",
        "desk_move",
        "desk_order",
        "heading_merge",
        "desk_set_aside",
        "desk_bring_back",
        "desk_file_under",
        "desk_place",
        "desk_alike_same",
        "desk_alike_not_same",
        "merge",
        "point_move",
        "edit_undo",
        "use_also",
        "point_take_out",
        "check_accept",
        "input_propose",
        "heard_choose",
        "screen_control",
    ],
)
def test_nothing_of_another_conference_is_reached_by_a_form(name, ours, theirs):
    client, where = ours.client(), reverse(name, kwargs=address_parts(name, ours))
    own, foreign = bodies(ours)[name], bodies(theirs)[name]
    with transaction.atomic():
        assert client.post(where, own).status_code == 302  # the body is a good one as it stands
        transaction.set_rollback(True)
    before = snapshot()
    for field in set(own) - NOT_A_KEY:
        assert client.post(where, own | {field: foreign[field]}).status_code == 404, field
        both = [*_listed(own[field]), *_listed(foreign[field])]
        assert client.post(where, own | {field: both}).status_code in {404, 422} or field in {"heading", "question"}
    assert snapshot() == before


def _listed(value):
    return value if isinstance(value, list) else [value]


def test_fields_that_a_form_does_not_have_are_not_read(ours):
    client, where = ours.client(), reverse("desk_accept", kwargs=address_parts("desk_accept", ours))
    more = {"by": 1, "author": "Ola", "text": "Noe annet", "disposition": "used", "id": 1, "conference": 1}
    client.post(where, bodies(ours)["desk_accept"] | more)
    [made] = ours.question.points.order_by("-pk")[:1]
    assert (made.text, made.revisions.get().by) == ("Gjenstår", ours.administrator)


@pytest.mark.parametrize("field", ["table", "session"])
def test_minutes_are_taken_in_for_no_table_and_no_session_of_another_conference(field, ours, theirs):
    ours.tables[0].__class__.objects.filter(pk=theirs.tables[1].pk).update(number=77)
    foreign = {"table": "77", "session": str(theirs.number)}
    body = {"table": "1", "session": str(ours.number), "text": "Fra Word"} | {field: foreign[field]}
    before = snapshot()
    answer = ours.client().post(reverse("sheet_add", args=[ours.conference.slug]), body)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert snapshot() == before


def divided(world: World) -> dict[str, object]:
    return {"revision": "1", "span": ["0-2", "4-6"], "question": ["", ""], "kind": ["", ""], "divide": "yes"}


def test_a_sheet_is_divided_under_no_question_of_another_conference(ours, theirs):
    before = snapshot()
    body = divided(ours) | {"question": [str(theirs.number), ""]}
    where = reverse("sheet", args=[ours.conference.slug, ours.sheet.key])
    assert ours.client().post(where, body).status_code == 422
    assert snapshot() == before
    assert ours.client().post(where, divided(ours)).status_code == 302  # the body is a good one as it stands


def test_a_sheet_of_another_table_is_not_divided(ours, theirs):
    for device, key in ((ours.device(1), ours.sheet.key), (ours.device(), theirs.sheet.key)):
        where = reverse("table_sheet_divide", args=[key])
        before = snapshot()
        assert {device.get(where).status_code, device.post(where, divided(ours)).status_code} == {404}
        assert snapshot() == before


TABLE_FORMS = {
    "table_change": {"text": "Endret", "revision": "1", "question": "1"},
    "table_withdraw": {},
    "table_take_back": {},
}


@pytest.mark.parametrize("name", TABLE_FORMS)
def test_nothing_of_another_table_is_reached_by_its_key(name, ours, theirs):
    device, before = ours.device(), None
    before = snapshot()
    foreign = [ours.note_at(1).key, theirs.note_at(0).key, ours.unhandled.key, theirs.points[0].key, uuid.uuid4()]
    answers = {device.post(reverse(name, args=[key]), TABLE_FORMS[name]).status_code for key in foreign}
    assert answers == {404}
    assert snapshot() == before


def put(device, key, **body):
    return device.put(
        reverse("table_api_note", args=[key]), json.dumps(body), content_type="application/json"
    ).status_code


def test_the_interface_touches_no_note_of_another_table(ours, theirs):
    device = ours.device()
    before = snapshot()
    note = {"session": 1, "question": 1, "text": "Endret av en annen", "revision": 9}
    foreign = [ours.note_at(1).key, theirs.note_at(0).key, ours.unhandled.key]
    assert {put(device, key, **note) for key in foreign} == {409}
    assert {device.delete(reverse("table_api_note", args=[key])).status_code for key in foreign} == {404}
    assert snapshot() == before


def test_the_interface_puts_no_notes_of_another_table_in_order(ours, theirs):
    device, before = ours.device(), snapshot()
    for keys in ([ours.note_at(0).key, ours.note_at(1).key], [ours.note_at(1).key, theirs.note_at(0).key]):
        body = {
            "session": 1,
            "question": 1,
            "keys": [str(key) for key in keys],
            "seen": [str(key) for key in keys[::-1]],
        }
        where = reverse("table_api_order", args=[uuid.uuid4()])
        assert device.put(where, json.dumps(body), content_type="application/json").status_code == 200
        assert (
            device.put(where, json.dumps(body | {"session": 2}), content_type="application/json").status_code == 422
        )
    assert snapshot() == before


def test_the_interface_knows_no_session_and_no_question_of_another_conference(ours, theirs):
    device, before = ours.device(), Input.objects.count()
    assert put(device, uuid.uuid4(), session=2, question=2, text="Feil sted") == 422
    assert put(device, uuid.uuid4(), session=1, question=2, text="Feil sted") == 422
    assert put(device, uuid.uuid4(), session=1, question="2.2", text="Feil sted") == 422
    assert Input.objects.count() == before


def test_the_interface_lets_nobody_choose_table_writer_or_fate(ours, theirs):
    device, key = ours.device(), uuid.uuid4()
    forged = {"table": 2, "note_taker": 1, "received_by": 1, "lead_source": 1, "set_aside": 1, "source": "plenary"}
    assert put(device, key, session=1, question=1, text="Mitt eget", **forged) == 201
    made = Input.objects.get(key=key)
    assert (made.table, made.source, made.disposition) == (ours.tables[0], "table", "unhandled")


def put_sheet(device, key, session, revision=1, text="Ført av en annen"):
    body = json.dumps({"session": session, "text": text, "revision": revision})
    where = reverse("table_api_sheet", args=[key])
    return device.put(where, body, content_type="application/json").status_code


def test_a_sheet_of_another_table_is_not_read_or_written(ours, theirs):
    device, keys = ours.device(), [uuid.uuid4(), uuid.uuid4()]
    assert put_sheet(ours.device(1), keys[0], session=1) == 201
    assert put_sheet(theirs.device(1), keys[1], session=2) == 201
    before = snapshot()
    assert {put_sheet(device, key, session=1, revision=2, text="Innbrudd") for key in keys} <= {404, 409}
    form = {"session": "1", "revision": "1", "text": "Innbrudd"}
    assert {device.post(reverse("table_sheet"), form | {"key": key}).status_code for key in keys} == {409}
    assert "Ført av en annen" not in device.get(reverse("table_api_sheets")).content.decode()
    assert snapshot() == before
