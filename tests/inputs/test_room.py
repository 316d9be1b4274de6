"""The room monitor: who is ready, what each table has written, whom to go to; and what organisers do about it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from conference import polls
from conference.actions.codes import issue_codes
from conference.actions.deliveries import deliver
from conference.actions.devices import beat, come_in, remove_device, tried
from conference.actions.phases import set_phase
from conference.models import AccessCode, Device, Event, Role, Session, Table, User
from conference.phases import Phase
from inputs.actions import table_notes
from inputs.actions.table_notes import account
from inputs.models import Input, MinutesSheet
from inputs.room import look
from inputs.views.room import FOLLOWS
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

POLL = {"HX-Request": "true", "HX-Target": "room-live"}


@pytest.fixture
def conference(question):
    """Session 1 has been open for ten minutes; question 2 is put to table 2 alone."""
    conference = question.session.conference
    tables = [TableFactory(conference=conference, number=number) for number in (1, 2, 3)]
    QuestionFactory(session=question.session, number=2).tables.add(tables[1])
    issue_codes(conference, by=User.objects.system())
    Session.objects.update(phase="open", phase_since=timezone.now() - timedelta(minutes=10))
    return conference


@pytest.fixture
def client(conference):
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    client.cookies["django_language"] = "en"
    return client


def table(number):
    return Table.objects.get(number=number)


def device(number, *, seen=timedelta(0), waiting=0, since=None):
    """A device that the table's code let in an hour ago."""
    code = AccessCode.objects.select_related("note_taker__user").get(note_taker__table__number=number)
    made = come_in(code, kind="Chrome, Windows", again=None, by=account(code.note_taker))
    now = timezone.now()
    times = {"opened_at": now - timedelta(hours=1), "seen_at": now - seen}
    waits = {"waiting": waiting, "waiting_since": now - since} if waiting else {}
    Device.objects.filter(pk=made.pk).update(**times, **waits)
    return Device.objects.get(pk=made.pk)


def line(question, number, ago=timedelta(0)):
    made = make_input(question, table=table(number))
    Input.objects.filter(pk=made.pk).update(received_at=timezone.now() - ago)
    return made


def state(conference, number):
    return next(one for one in look(conference).tables if one.table.number == number)


def needs(conference):
    return {one.table.number: [need.code for need in one.needs] for one in look(conference).to_go_to}


def address(name="room"):
    return reverse(name, args=["dialog"])


# --- ready? ---


def test_a_table_is_ready_when_its_device_has_been_heard_from(conference):
    opened = device(1, seen=timedelta(hours=1))
    Device.objects.update(opened_at=opened.seen_at)  # through the door, and silent since
    assert look(conference).ready == 0
    tried(opened, table=table(1))
    device(2)
    assert (look(conference).ready, len(look(conference).writing)) == (2, 3)


def test_a_line_that_came_by_a_plain_form_makes_a_table_ready_too(conference, question):
    line(question, 1)
    assert look(conference).ready == 1


@pytest.mark.parametrize("how", ["removed", "ended", "yesterday"])
def test_a_device_that_cannot_write_today_makes_no_table_ready(how, conference, editor):
    one = device(1)
    if how == "removed":
        remove_device(one, conference, by=editor)
    elif how == "ended":
        AccessCode.objects.update(revoked_at=timezone.now(), revoked_by=editor)
    else:
        Device.objects.update(
            seen_at=timezone.now() - timedelta(days=1), opened_at=timezone.now() - timedelta(days=2)
        )
    assert look(conference).ready == 0


def test_a_table_on_paper_is_not_waited_for(conference):
    Table.objects.filter(number=3).update(on_paper=True)
    room = look(conference)
    assert (room.ready, len(room.writing), room.on_paper) == (0, 2, 1)


# --- what each has written ---


def test_lines_are_counted_by_table_and_question(conference, question):
    line(question, 1)
    line(question, 1)
    make_input(None, session=question.session, table=table(1))
    [first, second, _third] = look(conference).tables
    assert [(cell.is_asked, cell.lines) for cell in first.cells] == [(True, 2), (False, 0)]
    assert [(cell.is_asked, cell.lines) for cell in second.cells] == [(True, 0), (True, 0)]
    assert (first.unplaced, second.unplaced) == (1, 0)


def test_what_was_withdrawn_or_said_in_another_session_is_not_counted(conference, question):
    made = line(question, 1)
    writer = AccessCode.objects.get(note_taker__table__number=1).note_taker
    table_notes.take_away(made.key, writer=writer)
    line(QuestionFactory(session=SessionFactory(conference=conference, number=2)), 1)
    assert state(conference, 1).cells[0].lines == 0


def test_the_room_shows_the_session_that_goes_on_and_another_when_it_is_asked_for(conference, editor):
    second = SessionFactory(conference=conference, number=2)
    assert look(conference).session.number == 1
    assert look(conference, "2").session == second
    assert look(conference, "x").session.number == 1
    set_phase(Session.objects.get(number=1), to=Phase.TIDYING, by=editor)
    assert look(conference).session == second
    set_phase(second, to=Phase.OPEN, by=editor)
    assert [one.number for one in look(conference, "1").also_open] == [2]


# --- whom to go to ---


def test_nobody_is_sent_to_a_table_that_writes(conference, question):
    for number in (1, 2, 3):
        device(number)
        line(question, number)
    assert needs(conference) == {}


def test_whoever_is_not_there_or_silent_or_holds_text_back_is_gone_to_the_most_urgent_first(conference, question):
    device(1, seen=timedelta(minutes=3))
    line(question, 1, timedelta(minutes=7))
    device(2, waiting=2, since=timedelta(minutes=3))
    line(question, 2)
    assert list(needs(conference).items()) == [(2, ["waiting"]), (3, ["closed"]), (1, ["away", "quiet"])]


@pytest.mark.parametrize(
    ("seen", "written", "found"),
    [
        (timedelta(seconds=110), timedelta(seconds=350), []),
        (timedelta(seconds=130), timedelta(seconds=350), ["away"]),
        (timedelta(seconds=110), timedelta(seconds=370), ["quiet"]),
    ],
)
def test_two_minutes_unseen_and_six_without_a_line_are_the_limits(seen, written, found, conference, question):
    Table.objects.exclude(number=1).update(on_paper=True)
    device(1, seen=seen)
    line(question, 1, written)
    assert needs(conference).get(1, []) == found


def test_what_waits_less_than_two_minutes_comes_by_itself(conference, question):
    device(1, waiting=1, since=timedelta(seconds=110))
    line(question, 1)
    assert 1 not in needs(conference)


def test_a_session_that_has_just_opened_leaves_the_tables_in_peace(conference):
    Session.objects.update(phase_since=timezone.now() - timedelta(minutes=5))
    device(1)
    assert 1 not in needs(conference)


def test_between_sessions_only_what_waits_is_told(conference):
    device(1, seen=timedelta(hours=1))
    device(2, seen=timedelta(hours=1), waiting=1, since=timedelta(hours=1))
    Session.objects.update(phase="planned")
    assert needs(conference) == {2: ["waiting"]}


@pytest.mark.parametrize(
    ("facts", "is_told"),
    [
        ({"phase": "open"}, False),
        ({"phase": "open", "work_until": timedelta(minutes=11)}, False),
        ({"phase": "open", "work_until": timedelta(minutes=9)}, True),
        ({"phase": "open", "work_until": timedelta(minutes=-1)}, True),
        ({"phase": "plenary"}, True),
        ({"phase": "tidying"}, True),
        ({"phase": "delivered"}, False),
    ],
)
def test_a_question_without_a_line_is_told_when_the_end_is_near(facts, is_told, conference, question):
    until = {"work_until": timezone.now() + facts.pop("work_until")} if "work_until" in facts else {}
    Session.objects.update(**facts, **until)
    device(2)
    line(question, 2)
    found = state(conference, 2).needs
    assert [(need.code, need.questions) for need in found] == ([("missing", (2,))] if is_told else [])


def test_a_question_that_was_not_put_to_the_table_and_a_sheet_leave_nothing_missing(conference, question):
    Session.objects.update(phase="plenary")
    line(question, 1)
    writer = AccessCode.objects.get(note_taker__table__number=2).note_taker
    MinutesSheet.objects.create(session=question.session, note_taker=writer, text="Alt", received_at=timezone.now())
    assert list(needs(conference)) == [3]


def test_a_table_that_has_delivered_or_is_on_paper_is_left_alone(conference, question, editor):
    Session.objects.update(phase="plenary")
    deliver(table(1), Session.objects.get(), by=editor)
    Table.objects.filter(number=2).update(on_paper=True)
    assert list(needs(conference)) == [3]
    assert look(conference).delivered == 1


# --- the page ---


def test_the_page_says_in_words_whom_to_go_to(client, question):
    device(1, seen=timedelta(minutes=3), waiting=2, since=timedelta(minutes=3))
    page = html.fromstring(client.get(address()).content)
    told = [" ".join(item.text_content().split()) for item in page.xpath("//ul[@class='room-needs']/li")]
    waited, since = told[0].split("Not heard from since ")
    assert waited.startswith("Table 1 2 notes have waited unsent on the device since ")
    assert since.endswith("Nothing written yet.")
    assert told[1:] == ["Table 2 Has not opened its page.", "Table 3 Has not opened its page."]
    assert [tag.text for tag in page.xpath("//tr[@data-look='needs']//span[contains(@class, 'ds-tag')]")] == [
        "Go there"
    ] * 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_table_and_for_three(number, client, conference, question):
    Table.objects.filter(number__gt=number).update(conference=ConferenceFactory())
    for one in range(1, number + 1):
        device(one)
        line(question, one)
        QuestionFactory(session=question.session, number=10 + one)
        SessionFactory(conference=conference, number=10 + one)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address()).status_code == 200
    assert len(captured) == 14


def test_five_hundred_tables_stand_on_five_pages_and_are_counted_as_one(client, conference):
    Table.objects.bulk_create(Table(conference=conference, number=number) for number in range(4, 501))
    response = client.get(address())
    page = html.fromstring(response.content)
    assert len(page.xpath("//tbody/tr")) == 100
    assert len(page.xpath("//ul[@class='room-needs']/li")) == 20
    assert "And 480 tables more." in " ".join(page.text_content().split())
    last = html.fromstring(client.get(address(), {"after": "400"}).content)
    assert last.xpath("//tbody/tr/@id")[:1] + last.xpath("//tbody/tr/@id")[-1:] == ["table-401", "table-500"]


def test_a_conference_without_sessions_or_tables_has_a_room_all_the_same(db):
    member = MembershipFactory(conference=ConferenceFactory(slug="dialog"), role=Role.ADMINISTRATOR)
    assert logged_in(member.user).get(address()).status_code == 200


@pytest.mark.parametrize("query", ["bolk=x", "bolk=99", "after=-1", "after=99999", "since=x", "since=", "bolk=1%00"])
def test_nonsense_in_the_address_shows_the_room_as_it_is(query, client):
    assert client.get(f"{address()}?{query}").status_code == 200


# --- looking again ---


def poll(client, mark, **more):
    return client.get(address(), {"since": mark} | more, headers=POLL)


@pytest.fixture
def still(monkeypatch):
    """The clock stands, as far as marks are concerned."""
    monkeypatch.setattr(polls, "clock", lambda: 0)


def test_news_is_the_part_of_the_page_that_changes_as_a_reload_shows_it(client, conference, question, still):
    before = client.get(address()).content.decode()
    mark = html.fromstring(before).get_element_by_id("room-poll").get("hx-get").partition("since=")[2]
    line(question, 1)
    response = poll(client, mark)
    assert (response.status_code, "HX-Push-Url" in response) == (200, False)
    tree = html.document_fromstring(before)
    old = tree.get_element_by_id("room-live")
    old.getparent().replace(old, html.fragment_fromstring(response.content.decode().strip()))
    after = client.get(address()).content.decode()
    assert htmx.normal(html.tostring(tree, encoding="unicode")) == htmx.normal(after)
    assert htmx.normal(before) != htmx.normal(after)


def test_time_alone_is_news_after_half_a_minute(conference, monkeypatch):
    marks = []
    for seconds in (0, 29, 30):
        monkeypatch.setattr(polls, "clock", lambda seconds=seconds: seconds)
        marks.append(FOLLOWS.mark(conference))
    assert [mark == marks[0] for mark in marks] == [True, True, False]


@pytest.mark.parametrize("change", ["line", "phase", "waits", "delivered", "paper"])
def test_what_changes_the_picture_changes_the_mark(change, client, conference, question, editor, still):
    one = device(1)
    mark = FOLLOWS.mark(conference)
    if change == "line":
        line(question, 1)
    elif change == "phase":
        set_phase(question.session, to=Phase.PLENARY, by=editor)
    elif change == "waits":
        beat(one, waiting=2, table=table(1))
    elif change == "delivered":
        deliver(table(1), Session.objects.get(), by=editor)
    else:
        client.post(address("room_paper"), {"table": "1", "paper": "1"})
    assert FOLLOWS.mark(conference) != mark
    assert poll(client, mark).status_code == 200


def test_another_conference_changes_nothing_here(conference, question, still):
    mark = FOLLOWS.mark(conference)
    make_input(QuestionFactory())
    assert FOLLOWS.mark(conference) == mark


def test_when_all_sessions_are_closed_the_page_stops_asking(client, conference):
    mark = FOLLOWS.mark(conference)
    Session.objects.update(phase="delivered")
    response = poll(client, mark + "x")
    assert response.status_code == 200
    assert "hx-get" not in response.content.decode()


# --- what organisers do ---


def test_the_button_moves_the_session_on_and_says_what_it_means(client, conference):
    page = html.fromstring(client.get(address()).content)
    button = page.get_element_by_id("forward")
    meaning = page.get_element_by_id(button.get("aria-describedby")).text_content()
    assert (button.text_content(), meaning) == (
        "Go to plenary",
        "Some tables report back. All of them can still write and change.",
    )
    form = button.getparent()
    response = client.post(form.action, dict(form.fields) | {"to": button.get("value")}, follow=True)
    assert said(response) == ["The session is now: plenary."]
    assert Session.objects.get().phase == "plenary"


@pytest.mark.parametrize("to", ["planned ", "", "delivered", "lunch"])
def test_a_step_that_cannot_be_taken_says_so(to, client):
    response = client.post(address("room_phase"), {"session": "1", "to": to}, follow=True)
    assert said(response)[0].startswith("That step cannot be taken from «open».")
    assert Session.objects.get().phase == "open"


def test_the_end_is_typed_and_shown(client, monkeypatch):
    noon = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    response = client.post(address("room_time"), {"session": "1", "until": "10:35"}, follow=True)
    assert said(response) == ["Group work until 10.35."]
    assert Session.objects.get().work_until == noon.replace(minute=35)
    client.post(address("room_more_time"), {"session": "1", "read": noon.replace(minute=35).isoformat()})
    assert Session.objects.get().work_until == noon.replace(minute=40)
    again = client.post(
        address("room_more_time"), {"session": "1", "read": noon.replace(minute=35).isoformat()}, follow=True
    )
    assert said(again)[-1] == "The end had been changed already. Group work until 10.40."
    assert Session.objects.get().work_until == noon.replace(minute=40)
    client.post(address("room_time"), {"session": "1", "until": ""})
    assert Session.objects.get().work_until is None


def test_the_buttons_five_minutes_are_five_minutes_more_than_the_page_showed(client):
    end = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=20)
    Session.objects.update(work_until=end)
    [form] = [
        form
        for form in html.fromstring(client.get(address()).content).forms
        if form.action == address("room_more_time")
    ]
    client.post(form.action, dict(form.fields))
    assert Session.objects.get().work_until == end + timedelta(minutes=5)


@pytest.mark.parametrize("typed", ["9:59", "25:00", "x", "10:35:99", "\x00"])
def test_a_time_that_has_passed_or_is_none_is_refused_and_still_stands_there(typed, client, monkeypatch):
    noon = timezone.localtime().replace(hour=10, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    response = client.post(address("room_time"), {"session": "1", "until": typed})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["until"])
    assert response.context["form"]["until"].value() == typed
    assert Session.objects.get().work_until is None


@pytest.mark.parametrize("read", ["", "x", "2026-99-99T10:00", "2020-01-01T10:00:00+00:00"])
def test_minutes_on_top_of_an_end_that_nobody_set_are_not_given(read, client):
    end = timezone.now() + timedelta(minutes=20)
    Session.objects.update(work_until=end)
    client.post(address("room_more_time"), {"session": "1", "read": read})
    assert Session.objects.get().work_until == end


def test_paper_silences_a_table_and_a_second_click_changes_nothing(client, conference):
    for _click in range(2):
        client.post(address("room_paper"), {"table": "3", "paper": "1", "session": "1"})
    assert table(3).on_paper
    assert 3 not in needs(conference)
    assert Event.objects.filter(verb="change_table").count() == 1
    client.post(address("room_paper"), {"table": "3", "paper": "0"})
    assert not table(3).on_paper


def test_one_comes_back_to_the_session_and_the_tables_that_one_saw(client):
    body = {"table": "3", "paper": "1", "session": "1", "after": "2"}
    assert client.post(address("room_paper"), body)["Location"] == f"{address()}?bolk=1&after=2"
    body |= {"session": "//evil", "after": "x"}
    assert client.post(address("room_paper"), body)["Location"] == address()


@pytest.mark.parametrize("name", ["room_phase", "room_time", "room_more_time", "room_paper"])
def test_no_session_and_no_table_of_another_conference_is_reached(name, client):
    SessionFactory(number=70, phase="open")
    TableFactory(number=70)
    body = {"to": "plenary", "until": "23:59", "read": "", "paper": "1"}
    for number in ("70", "", "x", "-1", "99999"):
        assert client.post(address(name), body | {"session": number, "table": number}).status_code == 404
    assert (Session.objects.get(number=70).phase, table(70).on_paper) == ("open", False)


@pytest.mark.parametrize("name", ["room_phase", "room_time", "room_more_time", "room_paper"])
@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.CHIEF_EDITOR])
def test_only_administrators_act(role, name, conference):
    client = logged_in(MembershipFactory(conference=conference, role=role).user)
    body = {"session": "1", "table": "1", "to": "plenary", "until": "23:59", "read": "", "paper": "1"}
    assert client.post(address(name), body).status_code == 403
    assert (Session.objects.get().phase, table(1).on_paper) == ("open", False)


def test_a_chief_editor_looks_and_is_offered_no_buttons(conference):
    client = logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)
    page = html.fromstring(client.get(address()).content)
    assert page.get_element_by_id("content").xpath(".//form | .//button") == []
