"""Wrong codes at the tables' door: ten from one place, then it waits, and no table is kept from its work."""

import json
import threading
from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test import Client, RequestFactory

from conference.actions.codes import issue_codes
from conference.models import AccessCode, User, WrongCodes
from inputs.models import Input
from rnik.lib.client import network
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory

pytestmark = pytest.mark.django_db

DOOR = "/bord/logg-inn/"
HALL, HOME = "192.0.2.7", "198.51.100.1"


class Browser:
    """A browser that has looked at the form, and so has its cookie."""

    def __init__(self, address=HALL):
        self.client = Client(REMOTE_ADDR=address)
        self.client.get(DOOR)

    def type(self, code="FEIL-KODE"):
        return self.client.post(DOOR, {"code": code})

    def wrong(self, times):
        return [self.type().status_code for _time in range(times)]

    def write(self, key):
        path = f"/bord/api/innspill/01920000-0000-7000-8000-{key:012}/"
        return self.client.put(path, json.dumps({"session": 1, "text": "Noe"}), content_type="application/json")


@pytest.fixture
def codes(editor):
    """Of four tables."""
    conference = ConferenceFactory()
    QuestionFactory(session=SessionFactory(conference=conference, number=1), number=1)
    for number in range(1, 5):
        TableFactory(conference=conference, number=number)
    return [one.code for one in issue_codes(conference, by=editor)]


def let_pass(**time):
    """As if the time had passed since the codes were typed."""
    for one in WrongCodes.objects.all():
        one.since, one.used_at = one.since - timedelta(**time), one.used_at - timedelta(**time)
        one.save()


def renew(editor):
    return [one.code for one in issue_codes(AccessCode.objects.first().note_taker.table.conference, by=editor)]


# --- the limit ------------------------------------------------------------------------------------------------


def test_the_eleventh_wrong_code_is_told_to_wait_and_what_to_do_meanwhile(codes):
    browser = Browser()
    assert browser.wrong(10) == [400] * 10
    response = browser.client.post(DOOR, {"code": "ENDA-FEIL"}, headers={"accept-language": "en"})
    page = lxml.html.fromstring(response.content)
    [alert] = page.xpath("//main//*[@role='alert']")
    assert response.status_code == 429
    assert 590 <= int(response["Retry-After"]) <= 600
    assert "10 minutes" in alert.text_content()
    assert "own network" in alert.text_content()
    assert page.get_element_by_id("id_code").get("value") == "ENDA-FEIL"


def test_ten_browsers_at_one_address_have_ten_together(codes):
    assert [Browser().wrong(1) for _browser in range(11)] == [[400]] * 10 + [[429]]


def test_a_right_code_from_there_waits_too_and_one_from_elsewhere_opens(codes):
    Browser().wrong(11)
    assert Browser().type(codes[0]).status_code == 429
    assert Browser(HOME).type(codes[0]).status_code == 302


def test_a_table_that_is_open_keeps_writing(codes):
    table = Browser()
    table.type(codes[0])
    Browser().wrong(11)
    assert table.write(1).status_code == 201
    assert table.client.get("/bord/").status_code == 200


def test_after_ten_minutes_the_door_opens_and_counts_anew(codes):
    browser = Browser()
    browser.wrong(11)
    let_pass(minutes=10)
    assert browser.wrong(11) == [400] * 10 + [429]
    let_pass(minutes=10)
    assert browser.type(codes[0]).status_code == 302


def test_what_is_typed_while_it_waits_does_not_prolong_the_waiting(codes):
    browser = Browser()
    browser.wrong(15)
    let_pass(minutes=9)
    assert int(browser.type()["Retry-After"]) <= 60


def test_right_codes_and_forms_without_a_code_are_not_counted(codes):
    assert {Browser().type(codes[n % 4]).status_code for n in range(12)} == {302}
    browser = Browser()
    assert [browser.type(typed).status_code for typed in ["", "x" * 41] * 6] == [400] * 12
    assert browser.wrong(1) == [400]


def test_limit_and_time_are_settings(codes, settings):
    settings.WRONG_CODES, settings.WRONG_CODES_MINUTES = 2, 1
    browser = Browser()
    assert browser.wrong(3) == [400, 400, 429]
    let_pass(minutes=1)
    assert browser.wrong(1) == [400]


# --- many behind one address ----------------------------------------------------------------------------------


def test_in_a_hall_one_tables_slips_leave_the_others_their_own(codes):
    for code in codes[:3]:
        Browser().type(code)
    clumsy = Browser()
    assert clumsy.wrong(11) == [400] * 10 + [429]
    assert Browser().type(codes[3]).status_code == 302


def test_an_address_has_ten_for_each_table_that_came_in_from_there(codes):
    for code in [*codes[:3], codes[0]]:
        Browser().type(code)
    Browser(HOME).type(codes[3])
    assert [Browser().wrong(1) for _browser in range(31)] == [[400]] * 30 + [[429]]
    assert [Browser(HOME).wrong(1) for _browser in range(11)] == [[400]] * 10 + [[429]]


def test_a_device_that_has_been_in_comes_back_though_its_address_waits(codes, editor):
    table = Browser()
    table.type(codes[0])
    Browser().wrong(10)
    new = renew(editor)
    assert table.client.get("/bord/").status_code == 302
    assert Browser().type(new[0]).status_code == 429
    assert table.type(new[0]).status_code == 302


def test_a_tables_devices_have_ten_together_and_then_those_of_their_address(codes, editor):
    here, there = Browser(), Browser(HOME)
    for one in (here, there):
        one.type(codes[0])
    new = renew(editor)
    assert here.wrong(11) == [400] * 10 + [429]
    assert Browser().wrong(1) == [400]
    # Whoever used up what the table has, from wherever, has not locked it out.
    assert there.type(new[0]).status_code == 302


# --- what is counted together, and what is kept ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_what_one_subscriber_has_counts_as_one(said, counted):
    assert network(RequestFactory().get("/", REMOTE_ADDR=said)) == counted


def test_behind_our_proxy_the_address_that_it_tells_counts(codes, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for n in range(10):
        Browser().client.post(DOOR, {"code": "FEIL-KODE"}, headers={"x-forwarded-for": f"203.0.113.{n}, {HOME}"})
    behind = {"x-forwarded-for": HOME}
    assert Browser().client.post(DOOR, {"code": codes[0]}, headers=behind).status_code == 429
    assert Browser().type(codes[0]).status_code == 302


def test_neither_the_address_nor_the_cookie_is_kept_in_clear_and_nothing_longer_than_a_day(codes):
    browser = Browser()
    browser.wrong(3)
    Browser(HOME).type(codes[0])
    kept = str(list(WrongCodes.objects.values()))
    assert WrongCodes.objects.count() == 4
    assert not [words for words in (HALL, HOME, browser.client.cookies["csrftoken"].value) if words in kept]
    let_pass(days=1, seconds=1)
    Browser("203.0.113.1").type()
    assert WrongCodes.objects.count() == 2


# --- at the same time -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_thirty_wrong_codes_at_once_ten_are_looked_at():
    barrier = threading.Barrier(30)
    statuses = []

    def run():
        browser = Client(REMOTE_ADDR=HALL)
        try:
            barrier.wait()
            statuses.append(browser.post(DOOR, {"code": "FEIL-KODE"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _one in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [400] * 10 + [429] * 20


@pytest.mark.django_db(transaction=True)
def test_forty_tables_that_come_in_at_once_all_come_in():
    conference = ConferenceFactory()
    tables = [TableFactory(conference=conference, number=number) for number in range(1, 41)]
    codes = [one.code for one in issue_codes(conference, by=User.objects.system())]
    barrier = threading.Barrier(len(tables))
    statuses = []

    def run(code):
        try:
            barrier.wait()
            statuses.append(Client(REMOTE_ADDR=HALL).post(DOOR, {"code": code}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 40
    assert sorted(max(WrongCodes.objects.values_list("tables", flat=True), key=len)) == [one.pk for one in tables]


# --- the code itself ------------------------------------------------------------------------------------------


def dump():
    """Every value in every table, and every session unpacked."""
    from django.contrib.sessions.models import Session

    values = [str(one.get_decoded()) for one in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            values += [str(value) for row in cursor.fetchall() for value in row]
    return values


def test_a_code_is_in_no_dump_no_address_and_no_log(codes, caplog, editor):
    caplog.set_level("DEBUG")
    table, stranger = Browser(), Browser(HOME)
    wrong = "WXYZ-2345"
    answers = [table.type(codes[0]), table.client.get("/bord/"), table.write(1)]
    answers += [stranger.type(wrong) for _time in range(11)]
    answers += [stranger.type(codes[1]), table.client.post("/logg-ut/")]
    renew(editor)
    said = [answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"] for answer in answers]
    said += [str(dict(answer.headers)) + str(answer.cookies) for answer in answers]
    said += [record.getMessage() + str(record.__dict__) for record in caplog.records]
    assert (Input.objects.count(), [answer.status_code for answer in answers[-3:]]) == (1, [429, 429, 302])
    assert [one.levelname for one in caplog.records if one.name == "conference.views.table_login"] == ["WARNING"] * 2
    for code in (*codes, wrong):
        forms = {code, code.replace("-", ""), code.lower(), code.lower().replace("-", "")}
        assert [words for words in (*dump(), *said) if any(form in words for form in forms)] == []


def test_the_dump_would_show_a_code(codes):
    User.objects.filter(kind="table").update(name=codes[0])
    assert codes[0] in dump()
