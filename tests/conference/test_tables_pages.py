"""Administrators make tables and codes; a code is shown once, on a sheet, and a second click harms none."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from conference.actions.codes import issue_codes, issue_missing
from conference.actions.tables import MOST, make_tables
from conference.login import find_code
from conference.models import AccessCode, Conference, Event, Role, Table, User
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, TableFactory, make_input
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(db) -> Conference:
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def administrator(conference) -> Client:
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    client.cookies["django_language"] = "en"
    return client


def page(name, *more):
    return reverse(name, args=["dialog", *more])


def numbers(conference):
    return list(conference.tables.order_by("number").values_list("number", flat=True))


# --- tables ---


def test_tables_are_made_and_numbered_on_from_the_last(conference, administrator):
    response = administrator.post(page("setup_tables"), {"number": "3"}, follow=True)
    assert said(response) == ["3 tables are made."]
    administrator.post(page("setup_tables"), {"number": "1"})
    assert numbers(conference) == [1, 2, 3, 4]
    assert Event.objects.filter(verb="make_table").count() == 4


@pytest.mark.parametrize("number", ["", "0", "-1", "1001", "ti", "1e3", "9" * 30, "2\x00"])
def test_what_is_no_number_of_tables_is_refused_and_still_stands_there(number, conference, administrator):
    response = administrator.post(page("setup_tables"), {"number": number})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["number"])
    assert response.context["form"]["number"].value() == number
    assert numbers(conference) == []


def test_there_is_a_limit_and_it_says_how_many_more_there_is_room_for(conference, administrator, editor):
    make_tables(conference, MOST - 2, by=editor)
    response = administrator.post(page("setup_tables"), {"number": "3"})
    assert response.context["form"].errors["number"] == ["There is room for 2 more tables. Write a smaller number."]
    assert conference.tables.count() == MOST - 2


def test_a_table_gets_a_name_and_is_put_on_paper(conference, administrator):
    table = TableFactory(conference=conference, number=7)
    response = administrator.post(page("setup_table", table.pk), {"name": " Ungdom ", "on_paper": "on"}, follow=True)
    assert said(response) == ["«Ungdom» is saved."]
    table.refresh_from_db()
    assert (table.name, table.on_paper, table.number) == ("Ungdom", True, 7)
    too_long = administrator.post(page("setup_table", table.pk), {"name": "a" * 101})
    assert (too_long.status_code, too_long.context["form"]["name"].value()) == (422, "a" * 101)


def test_an_unused_table_is_removed_and_put_back_with_its_code(conference, administrator, editor):
    table = TableFactory(conference=conference, number=7)
    code = issue_codes(conference, by=editor)[0].code
    response = administrator.post(page("setup_table_remove", table.pk), follow=True)
    assert "Removed last:" in response.content.decode()
    assert (conference.tables.count(), find_code(code)) == (0, None)
    administrator.post(page("setup_put_back"))
    assert conference.tables.get().number == 7
    assert find_code(code).note_taker.table == table


def test_a_table_that_has_written_stays(conference, administrator):
    table = TableFactory(conference=conference, number=7)
    question = QuestionFactory(session__conference=conference)
    make_input(question, table=table)
    response = administrator.post(page("setup_table_remove", table.pk), follow=True)
    assert said(response) == [
        "«Table 7» stays, since inputs were written under it. What somebody has answered is never removed."
    ]
    assert numbers(conference) == [7]


def test_five_hundred_tables_come_a_hundred_at_a_time(conference, administrator, editor):
    make_tables(conference, 250, by=editor)
    for name in ("setup_tables", "setup_codes"):
        first = administrator.get(page(name))
        assert [table.number for table in first.context["tables"]] == list(range(1, 101))
        assert first.context["next_after"] == 100
        last = administrator.get(page(name) + "?after=200")
        assert [table.number for table in last.context["tables"]] == list(range(201, 251))
        assert last.context["next_after"] is None
        assert administrator.get(page(name) + "?after=tull").context["after"] == 0


# --- codes ---


def order(whom="missing", key=None, language="nb"):
    return {"for": whom, "order": key or uuid.uuid4(), "language": language}


def codes_on(response):
    return [sign.text for sign in html.fromstring(response.content).find_class("sheet-code")]


@pytest.fixture
def tables(conference):
    return [TableFactory(conference=conference, number=number) for number in (1, 2, 3)]


def test_the_answer_is_a_sheet_for_each_table_without_a_code(conference, administrator, tables):
    Table.objects.filter(number=3).update(on_paper=True)
    response = administrator.post(page("setup_codes_issue"), order())
    assert [find_code(code).note_taker.table.number for code in codes_on(response)] == [1, 2]
    assert "no-store" in response["Cache-Control"]
    assert "testserver/bord" in response.content.decode()


def test_a_second_click_gives_the_same_sheets_and_ends_no_code(conference, administrator, tables):
    asked = order("all")
    first = codes_on(administrator.post(page("setup_codes_issue"), asked))
    before = snapshot()
    assert codes_on(administrator.post(page("setup_codes_issue"), asked)) == first
    assert snapshot() == before
    assert AccessCode.objects.filter(revoked_at=None).count() == 3


def test_a_second_click_on_codes_for_those_without_gives_the_same_too(conference, administrator, tables):
    asked = order("missing")
    first = codes_on(administrator.post(page("setup_codes_issue"), asked))
    assert codes_on(administrator.post(page("setup_codes_issue"), asked)) == first
    other = administrator.post(page("setup_codes_issue"), order("missing"), follow=True)
    assert said(other) == ["No new codes were made: every table has one, or these have ended since."]


def test_an_order_whose_codes_have_ended_gives_none_back(conference, administrator, tables):
    asked = order("all")
    administrator.post(page("setup_codes_issue"), asked)
    new = codes_on(administrator.post(page("setup_codes_issue"), order("all")))
    assert codes_on(administrator.post(page("setup_codes_issue"), asked, follow=True)) == []
    assert all(find_code(code) for code in new)


def test_codes_follow_from_the_server_s_secret_and_not_from_the_form_alone(conference, tables, editor, settings):
    key = uuid.uuid4()
    first = [one.code for one in issue_missing(conference, by=editor, order=key)]
    AccessCode.objects.all().delete()
    settings.SECRET_KEY = "en annen tjener"
    assert set(first).isdisjoint(one.code for one in issue_missing(conference, by=editor, order=key))


def test_one_table_gets_a_new_code_and_the_others_keep_theirs(conference, administrator, tables, editor):
    old = [one.code for one in issue_codes(conference, by=editor)]
    [new] = codes_on(administrator.post(page("setup_codes_issue"), order("2")))
    assert find_code(new).note_taker.table.number == 2
    assert [find_code(code) is not None for code in old] == [True, False, True]


def test_a_code_is_ended_and_its_device_is_out(conference, administrator, tables, editor):
    code = issue_codes(conference, by=editor)[0].code
    device = Client()
    device.post(reverse("table_login"), {"code": code})
    assert device.get(reverse("table")).status_code == 200
    asked = administrator.post(page("setup_code_revoke", tables[0].pk))
    assert (asked.status_code, [table.number for table in asked.context["tables"]]) == (200, [1])
    assert device.get(reverse("table")).status_code == 200
    response = administrator.post(page("setup_code_revoke", tables[0].pk), {"confirm": "1"}, follow=True)
    assert said(response) == ["The code of «Table 1» has ended. Make a new one here when it is needed."]
    assert device.get(reverse("table")).status_code == 302
    again = administrator.post(page("setup_code_revoke", tables[0].pk), follow=True)
    assert said(again) == ["«Table 1» has no code that works."]
    assert Event.objects.filter(verb="revoke_code").count() == 1


def test_new_codes_for_all_ask_first_when_a_table_writes(conference, administrator, tables, editor):
    old = [one.code for one in issue_codes(conference, by=editor)]
    Client().post(reverse("table_login"), {"code": old[1]})
    asked = administrator.post(page("setup_codes_issue"), order("all"))
    assert ([table.number for table in asked.context["tables"]], asked.context["whom"]) == ([2], "all")
    assert all(find_code(code) for code in old)
    sent = {field.name: field.value() for field in asked.context["form"]} | {"for": "all", "confirm": "1"}
    assert len(codes_on(administrator.post(page("setup_codes_issue"), sent))) == 3
    assert not any(find_code(code) for code in old)


def test_the_page_says_which_code_was_opened_last(conference, administrator, tables, editor):
    code = issue_codes(conference, by=editor)[1].code
    Client().post(reverse("table_login"), {"code": code})
    rows = administrator.get(page("setup_codes")).context["tables"]
    assert [bool(row.opened_at) for row in rows] == [False, True, False]
    assert [event.after["table"] for event in Event.objects.filter(verb="open_table")] == [tables[1].pk]


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Til referenten"), ("nn", "Til referenten"), ("en", "To the note-taker")],
)
def test_the_sheets_speak_the_language_that_was_chosen(conference, administrator, tables, language, words):
    response = administrator.post(page("setup_codes_issue"), order(language=language))
    sheet = html.fromstring(response.content).find_class("sheet")[0]
    assert sheet.get("lang") == language
    assert words in sheet.text_content()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"order": "ikke en nøkkel"}, 422), ({"language": "xx"}, 422), ({"for": "99"}, 404), ({"for": "tull"}, 404)],
)
def test_a_forged_order_makes_no_code(conference, administrator, tables, wrong, status):
    assert administrator.post(page("setup_codes_issue"), order("all") | wrong).status_code == status
    assert AccessCode.objects.count() == 0


def test_the_code_stands_in_no_address_but_behind_the_sign_that_browsers_keep(conference, administrator, tables):
    import segno

    response = administrator.post(page("setup_codes_issue"), order("1"))
    [code] = codes_on(response)
    drawn = segno.make(f"http://testserver/bord/logg-inn/#{code}", error="m")
    [path] = html.fromstring(response.content).xpath("//*[contains(@class, 'sheet-qr')]//path/@d")
    assert path in drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=0)


def test_only_administrators_of_this_conference_make_tables_and_codes(conference, tables, db):
    others = [MembershipFactory(conference=conference, role=role).user for role in (Role.CHIEF_EDITOR, Role.READER)]
    stranger = MembershipFactory(role=Role.ADMINISTRATOR).user
    before = snapshot()
    for user, status in [*((one, 403) for one in others), (stranger, 404)]:
        client = logged_in(user)
        assert client.post(page("setup_tables"), {"number": "3"}).status_code == status
        assert client.post(page("setup_codes_issue"), order("all")).status_code == status
        assert client.post(page("setup_code_revoke", tables[0].pk)).status_code == status
    assert snapshot() == before


def test_a_table_of_another_conference_is_not_there(conference, administrator, db):
    other = TableFactory(conference=ConferenceFactory())
    for name in ("setup_table", "setup_table_remove", "setup_code_revoke"):
        assert administrator.post(page(name, other.pk), {"name": "Kapret"}).status_code == 404
    assert Table.objects.get().name == ""


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("setup_tables", 5), ("setup_codes", 7)])
def test_a_page_costs_the_same_for_one_table_and_for_three(name, queries, number, conference, administrator):
    make_tables(conference, number, by=User.objects.system())
    issue_codes(conference, by=User.objects.system())
    with CaptureQueriesContext(connection) as captured:
        assert administrator.get(page(name)).status_code == 200
    assert len(captured) == queries
