"""A rehearsal says what it is everywhere, is never published, and is wiped with one act; a real one never is."""

import json
import uuid
from io import BytesIO

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone
from openpyxl import load_workbook

from conference.actions.codes import issue_codes
from conference.actions.plenary import choose
from conference.actions.rehearsal import make_rehearsal
from conference.models import AdvancePage, Conference, Event, ParticipantCount, RetentionPass, Role, Survey, User
from inputs.actions import dispositions, headings
from inputs.actions.card import pick
from inputs.actions.demo import seed_demo
from inputs.actions.entry import Note, receive
from inputs.actions.reasons import reason_for
from inputs.actions.redaction import passage_of, redact
from inputs.actions.rehearsal import NotARehearsal, _ways, what_goes, wipe
from inputs.integrity import check
from inputs.models import Heading, Input, MinutesSheet, Point, Redaction
from inputs.queries import obstacles
from inputs.report.build import NotFinished, build_report
from inputs.report.export import Format, export
from tests.factories import MembershipFactory, UserFactory
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot
from tests.test_crawl import links
from tests.worlds import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world("var", 1)


@pytest.fixture
def rehearsal(world) -> Conference:
    return make_rehearsal(
        world.conference, day=timezone.localdate(), tables=2, with_people=True, by=world.administrator
    )


def practise(rehearsal: Conference, by: User) -> Client:
    """Something of all that is done on a day and after it. Returns the device at table 1."""
    session = rehearsal.sessions.get()
    question, table = session.questions.first(), rehearsal.tables.first()
    device = Client()
    device.post("/bord/logg-inn/", {"code": issue_codes(rehearsal, by=by)[0].code})
    note = {"session": session.number, "question": question.number, "text": "Prøvenotat", "key": str(uuid.uuid4())}
    assert device.post("/bord/innspill/", note).status_code == 302
    sheet = json.dumps({"session": session.number, "text": "Prøvetekst fra Kari", "revision": 1})
    where = reverse("table_api_sheet", args=[uuid.uuid4()])
    assert device.put(where, sheet, content_type="application/json").status_code == 201
    texts = ("Brukt", "Samme", "Lagt til side", "Hemmelig navn")
    used, same, aside, secret = receive(
        [Note(session=session, question=question, text=text, table=table) for text in texts], by=by
    )
    heading = headings.make(question, "Feil navn", by=by)
    headings.rename(heading, "Riktig navn", by=by)
    [point] = dispositions.accept([used], by=by, place=lambda _entry: Heading.objects.get(pk=heading.pk))
    dispositions.attach(point, [same], by=by)
    dispositions.set_aside([aside], reason=reason_for(rehearsal, "unclear"), by=by)
    redact(passage_of("Hemmelig", rehearsal), [secret], ground="navn", by=by)
    redact(passage_of("Kari", rehearsal), [MinutesSheet.objects.get(session=session)], ground="navn", by=by)
    redact(passage_of("Brukt", rehearsal), [Point.objects.get(pk=point.pk)], ground="navn", by=by)
    choose(session, table, by=by)
    pick(session, table, [same], by=by)
    Survey.objects.create(conference=rehearsal, recipients=2)
    ParticipantCount.objects.create(conference=rehearsal, category="deltakere")
    return device


# --- wiping ---


def test_all_of_the_rehearsal_goes_and_nothing_else(world):
    before = snapshot()
    real, by = world.conference, world.administrator
    rehearsal = make_rehearsal(real, day=timezone.localdate(), tables=2, with_people=True, by=by)
    practise(rehearsal, by)
    wipe(rehearsal, by=by)
    after = snapshot()
    history, counters = "conference_event", "conference_revisioncounter"
    assert {name: rows for name, rows in before.items() if name not in {history, counters}} == {
        name: rows for name, rows in after.items() if name not in {history, counters}
    }
    assert set(before[history]) < set(after[history])
    left = Event.objects.order_by("pk")[len(before[history]) :]
    assert [(event.verb, event.conference) for event in left] == [("make_rehearsal", real), ("wipe_rehearsal", real)]
    assert left[1].after == {"rehearsal": rehearsal.pk, "inputs": 5}
    assert check(real) == []
    connection.check_constraints()  # nothing points to what is gone


def test_a_real_conference_is_never_wiped(world):
    before = snapshot()
    for act in (lambda: wipe(world.conference, by=world.administrator), lambda: what_goes(world.conference)):
        with pytest.raises(NotARehearsal):
            act()
    assert snapshot() == before


def test_a_program_that_believes_a_real_one_is_a_rehearsal_is_stopped_by_the_database(world, monkeypatch):
    monkeypatch.setattr("inputs.actions.rehearsal._refuse_real", lambda _conference: None)
    before = snapshot()
    with pytest.raises(DatabaseError, match="conference_real_is_never_deleted"):
        wipe(world.conference, by=world.administrator)
    assert snapshot() == before


def test_history_is_closed_again_when_the_rehearsal_is_gone(world, rehearsal):
    wipe(rehearsal, by=world.administrator)
    assert RetentionPass.objects.count() == 0
    with pytest.raises(DatabaseError, match="event_is_append_only"), transaction.atomic():
        Event.objects.all().delete()


def test_people_stay_and_the_accounts_of_its_tables_go(world, rehearsal):
    practise(rehearsal, world.administrator)
    invited = MembershipFactory(conference=rehearsal).user
    people = set(User.objects.filter(note_taker=None))
    wipe(rehearsal, by=world.administrator)
    assert invited in people
    assert set(User.objects.filter(note_taker=None)) == people
    assert User.objects.exclude(note_taker=None).count() == len(world.tables)


def test_what_is_shown_is_what_goes(world, rehearsal):
    practise(rehearsal, world.administrator)
    going = {row.name: row.number for row in what_goes(rehearsal)}
    kinds = [model for model in _ways() if not model._meta.auto_created]
    before = {model: model._base_manager.count() for model in kinds}
    wipe(rehearsal, by=world.administrator)
    gone = {model: before[model] - model._base_manager.count() for model in kinds}
    gone[apps.get_model("conference.Event")] += 1  # that it was wiped stays, with the real one
    names = {
        str(m._meta.verbose_name if number == 1 else m._meta.verbose_name_plural): number
        for m, number in gone.items()
    }
    assert going == {name: number for name, number in names.items() if number}
    assert Redaction.objects.count() == 0


def test_no_model_is_forgotten():
    ours = {model for label in ("conference", "inputs") for model in apps.get_app_config(label).get_models(True)}
    besides = {"User", "User_groups", "User_user_permissions", "Series", "RetentionPass", "WrongCodes"}
    assert {model.__name__ for model in ours - set(_ways())} == besides


# --- the page ---


def test_it_is_made_marked_and_led_to_its_codes(world):
    client = world.client()
    client.cookies["django_language"] = "en"
    where = reverse("setup_rehearsal", args=["var"])
    sent = {"date": "2026-02-02", "tables": "3", "with_people": "on"}
    response = client.post(where, sent, follow=True)
    made = Conference.objects.get(rehearsal_of=world.conference)
    assert response.redirect_chain == [(reverse("setup_codes", args=[made.slug]), 302)]
    assert made.tables.count() == 3
    assert "Make codes for the 3 tables without one" in response.content.decode()
    page = client.get(where).content.decode()
    assert made.title in page
    assert 'name="tables"' not in page


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("date", ""), ("date", "tull"), ("tables", "0"), ("tables", "51"), ("tables", "tull"), ("tables", "")],
)
def test_what_is_wrong_is_said_at_its_field(field, wrong, world):
    sent = {"date": "2026-02-02", "tables": "3"} | {field: wrong}
    response = world.client().post(reverse("setup_rehearsal", args=["var"]), sent)
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form[field].value()) == (422, [field], wrong)
    assert Conference.objects.count() == 1


def test_it_is_wiped_on_its_own_page_after_it_is_shown_what_goes(world, rehearsal):
    client = world.client()
    client.cookies["django_language"] = "en"
    practise(rehearsal, world.administrator)
    page = client.get(reverse("setup_rehearsal", args=[rehearsal.slug]))
    assert {row.name for row in page.context["going"]} > {"inputs", "tables", "events"}
    response = client.post(reverse("setup_rehearsal_wipe", args=[rehearsal.slug]), follow=True)
    assert said(response) == [f"«{rehearsal.title}» is deleted."]
    assert not Conference.objects.filter(pk=rehearsal.pk).exists()
    assert client.post(reverse("setup_rehearsal_wipe", args=[rehearsal.slug])).status_code == 404


def test_the_page_of_a_real_one_wipes_nothing(world):
    before = snapshot()
    client = world.client()
    client.cookies["django_language"] = "en"
    response = client.post(reverse("setup_rehearsal_wipe", args=["var"]), follow=True)
    assert said(response) == ["This is no rehearsal. A real conference is never deleted."]
    assert snapshot() == before


def test_a_rehearsal_offers_no_rehearsal_of_itself(world, rehearsal):
    before = snapshot()
    sent = {"date": "2026-02-02", "tables": "3"}
    assert world.client().post(reverse("setup_rehearsal", args=[rehearsal.slug]), sent).status_code == 404
    assert snapshot() == before


def test_an_administrator_of_the_real_one_alone_does_not_wipe_the_rehearsal(world, rehearsal):
    other = MembershipFactory(conference=world.conference, role=Role.ADMINISTRATOR).user
    editor = MembershipFactory(conference=rehearsal, role=Role.EDITOR).user
    where = reverse("setup_rehearsal_wipe", args=[rehearsal.slug])
    assert [logged_in(one).post(where).status_code for one in (other, editor)] == [404, 403]
    page = logged_in(other).get(reverse("setup_rehearsal", args=["var"])).content.decode()
    assert reverse("setup", args=[rehearsal.slug]) not in page


def test_the_wiping_page_costs_little_however_much_there_is(world, rehearsal):
    client = world.client()
    practise(rehearsal, world.administrator)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("setup_rehearsal", args=[rehearsal.slug])).status_code == 200
    assert len(captured) == 5


# --- it can never be taken for the real one ---


def test_every_page_of_it_says_so_and_no_page_of_the_real_one_does():
    seed_demo("for denne ene testen")
    real = Conference.objects.get()
    by = UserFactory(is_superuser=True)
    rehearsal = make_rehearsal(real, day=timezone.localdate(), tables=2, with_people=False, by=by)
    client = logged_in(by)
    for conference, is_marked in ((rehearsal, True), (real, False)):
        pages = pages_of(client, f"/konferanse/{conference.slug}/")
        assert len(pages) > 20
        assert {address for address, page in pages.items() if ('class="rehearsal"' in page) != is_marked} == set()


def pages_of(client: Client, start: str) -> dict[str, str]:
    """One page of each kind below `start` that links lead to."""
    waiting, seen, pages = [start], set(), {}
    while waiting:
        address = waiting.pop(0)
        if not address.startswith(start) or (name := resolve(address.partition("?")[0]).view_name) in seen:
            continue
        seen.add(name)
        response = client.get(address)
        if "Content-Disposition" not in response:
            pages[address] = response.content.decode()
            waiting += links(pages[address], address)
    return pages


def test_its_tables_are_told_and_the_real_ones_are_not(world, rehearsal):
    device = practise(rehearsal, world.administrator)
    for address in ("/bord/", f"/bord/les-opp/?bolk={world.number}"):
        assert 'class="rehearsal"' in device.get(address).content.decode()
        assert 'class="rehearsal"' not in world.device().get(address).content.decode()


def test_the_page_for_those_who_come_says_so_without_log_in(world, rehearsal):
    for conference, is_marked in ((rehearsal, True), (world.conference, False)):
        by, at = world.administrator, timezone.now()
        page = AdvancePage.objects.create(conference=conference, released_at=at, released_by=by)
        shown = Client().get(reverse("questions", args=[page.key])).content.decode()
        assert ('class="rehearsal"' in shown) == is_marked


def test_its_codes_open_its_tables_alone_and_its_notes_stay_in_it(world, rehearsal):
    before = list(world.conference.inputs.values_list("pk", flat=True))
    practise(rehearsal, world.administrator)
    assert list(world.conference.inputs.values_list("pk", flat=True)) == before
    assert {entry.table.conference for entry in Input.objects.filter(text="Prøvenotat")} == {rehearsal}
    assert len(set(world.codes)) == 2
    assert [world.device(place).get("/bord/").context["table"] for place in (0, 1)] == world.tables


def test_the_report_of_a_finished_rehearsal_is_a_draft_all_the_same(world, rehearsal):
    assert [(left.code, left.count) for left in obstacles(rehearsal)] == [("rehearsal", 1)]
    with pytest.raises(NotFinished):
        build_report(rehearsal)
    for kind in Format:
        with pytest.raises(NotFinished):
            export(rehearsal, kind)


def test_every_export_says_that_it_is_a_rehearsal(world, rehearsal):
    page = build_report(rehearsal, draft=True)
    assert page.draft
    assert page.phrases.draft == "Øvelse – skal aldri publiseres"
    for kind in (Format.HTML, Format.MD):
        text = export(rehearsal, kind, draft=True).content.decode()
        assert "ØVELSE" in text
        assert "Øvelse – skal aldri publiseres" in text
    assert json.loads(export(rehearsal, Format.JSON, draft=True).content)["conference"]["title"].startswith("ØVELSE")
    book = load_workbook(BytesIO(export(rehearsal, Format.XLSX, draft=True).content))
    assert {name.split()[0] for name in book.sheetnames} == {"ØVELSE"}
    download = world.client().get(reverse("report_download", args=[rehearsal.slug, "md"]))
    assert download["Content-Disposition"].startswith('attachment; filename="ovelse-')


def test_the_real_report_does_not_mention_it(world, rehearsal):
    real = build_report(world.conference, draft=True)
    assert real.phrases.draft == "Utkast"
    assert "rehearsal" not in {left.code for left in obstacles(world.conference)}
