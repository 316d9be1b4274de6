"""Reading files in on the page: first a look, then the act; and a conference out and in again."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from conference.actions.loading import load_conference
from conference.describing import describe
from conference.importers.files import read_conference
from conference.models import Conference, Event, Question, Role, Session, Table, User
from inputs.forms import importing as forms
from inputs.models import Input
from tests.conference.test_loading import FILE
from tests.factories import MembershipFactory, TableFactory, make_input
from tests.inputs.desk import logged_in

pytestmark = pytest.mark.django_db

HEAD = "id,session,question,table,text\n"
TWO = HEAD + "n1,1,1,1,Flere kurs\nn2,1,,,Noe uten spørsmål\n"


@pytest.fixture
def conference(question) -> Conference:
    """Session 1 with question 1, and table 1."""
    TableFactory(conference=question.session.conference, number=1)
    return question.session.conference


@pytest.fixture
def client(conference) -> Client:
    return logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)


def look(client, which, content, name="notater.csv"):
    """Send a file to be looked at."""
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse(f"setup_import_{which}", args=["dialog"]), {"file": SimpleUploadedFile(name, data)})


def confirm(client, which, looked_at, **changes):
    """Press the button on the page that showed what the file does."""
    kept = looked_at.context["kept"] | {"confirm": "1"} | changes
    return client.post(reverse(f"setup_import_{which}", args=["dialog"]), kept, follow=True)


def texts():
    return list(Input.objects.order_by("pk").values_list("text", flat=True))


# --- notes ---


def test_a_look_stores_nothing_and_tells_where_the_notes_go(client):
    page = look(client, "notes", TWO)
    assert (page.status_code, page.context["places"], texts(), Event.objects.count()) == (
        200,
        [("Spørsmål 1.1", 1), ("Bolk 1, uten spørsmål", 1)],
        [],
        0,
    )
    assert "Les inn 2 innspill" in page.content.decode()


def test_the_confirmed_file_is_stored_once_however_often_it_is_confirmed(client):
    page = look(client, "notes", TWO)
    answer = confirm(client, "notes", page)
    confirm(client, "notes", page)
    assert answer.redirect_chain == [(reverse("inputs", args=["dialog"]), 302)]
    assert [str(message) for message in answer.context["messages"]] == ["2 innspill er lest inn."]
    assert texts() == ["Flere kurs", "Noe uten spørsmål"]
    again = look(client, "notes", TWO).content.decode()
    assert "er her allerede" in again
    assert 'name="confirm"' not in again


def test_a_workbook_is_read_as_well(client):
    book = openpyxl.Workbook()
    for row in (["id", "session", "question", "table", "text"], ["n1", 1, 1, 1, "Fra regnearket"]):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    confirm(client, "notes", look(client, "notes", file.getvalue(), "notater.xlsx"))
    assert texts() == ["Fra regnearket"]


def test_the_file_to_fill_in_can_be_read_in_as_it_is(client):
    template = client.get(reverse("setup_import_template", args=["dialog"]))
    assert template["Content-Disposition"] == 'attachment; filename="dialog-notater.csv"'
    confirm(client, "notes", look(client, "notes", template.content))
    assert list(Input.objects.values_list("text", "kind", "table__number")) == [
        ("Det som ble sagt ved bordet", "measure", 1)
    ]


def test_the_columns_may_have_norwegian_names(client):
    head = "Id;Bolk;Spørsmål;Bord;Innspill;Type\n"
    confirm(client, "notes", look(client, "notes", head + "n1;1;1;1;Flere kurs;Utfordring\n"))
    assert list(Input.objects.values_list("text", "kind")) == [("Flere kurs", "challenge")]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (HEAD + "n1,1,1,1,Flere kurs\nn2,7,1,1,Feil bolk\n", 3, "Det finnes ingen bolk 7. Forventet en av: 1"),
        (HEAD + "n1,1,9,1,Feil spørsmål\n", 2, "Det finnes ikke noe spørsmål 9 i bolk 1. Forventet en av: 1"),
        (HEAD + "n1,1,1,4,Feil bord\n", 2, "Det finnes ikke noe bord 4. Forventet en av: 1"),
        ("id,text\nn1,Mangler\n", 1, "kolonnen"),
    ],
)
def test_faults_stand_on_the_page_with_their_lines_and_nothing_is_stored(client, content, line, message):
    page = look(client, "notes", content)
    shown = page.context["problems"]["notes"]
    assert (page.status_code, texts()) == (422, [])
    assert shown[0][0] == line
    assert message in shown[0][1]
    assert f"Linje {line}" in page.content.decode()


@pytest.mark.parametrize("which", ["notes", "conference"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"PK\x03\x04not an archive", b"[" * 100_000, "æ".encode("utf-16")]
)
def test_a_file_that_is_something_else_is_a_fault_never_an_error(client, which, content):
    page = look(client, which, content, "fil.json")
    assert (page.status_code, bool(page.context["problems"][which])) == (422, True)


def test_no_file_and_a_file_that_is_too_large_are_told_beside_the_field(client, monkeypatch):
    page = client.post(reverse("setup_import_notes", args=["dialog"]), {})
    assert (page.status_code, page.context["forms"]["notes"].errors) == (422, {"file": ["Velg en fil."]})
    monkeypatch.setattr(forms, "LARGEST", 10)
    page = look(client, "notes", TWO)
    assert (page.status_code, list(page.context["forms"]["notes"].errors)) == (422, ["file"])


def test_a_page_that_came_back_damaged_asks_for_the_file_again(client):
    page = confirm(client, "notes", look(client, "notes", TWO), kept="%%%")
    assert (page.status_code, texts()) == (422, [])
    assert "kom ikke helt tilbake" in page.content.decode()


# --- the whole conference ---


def stored(**changes) -> Conference:
    """The example file, loaded."""
    described, _points = read_conference(json.dumps(FILE | changes).encode(), "file.json")
    return load_conference(described, by=User.objects.system())


def test_what_is_described_loads_into_the_same_conference_again():
    first = describe(stored())
    Conference.objects.update(slug="den-gamle")
    described, _points = read_conference(json.dumps(first).encode(), "file.json")
    second = describe(load_conference(described, by=User.objects.system()))
    assert second == first
    assert Conference.objects.count() == 2
    assert [question["text"] for question in first["sessions"][0]["questions"]] == ["Hva hindrer?", "Hva hjelper?"]


def test_the_file_that_is_downloaded_is_the_description(client, conference):
    answer = client.get(reverse("setup_file", args=["dialog"]))
    assert json.loads(answer.content) == describe(conference)
    assert answer["Content-Disposition"] == 'attachment; filename="dialog.json"'


def test_a_look_at_a_conference_changes_nothing_and_names_each_change(client, conference):
    before = describe(conference)
    page = look(client, "conference", json.dumps(FILE), "i-fjor.json")
    changes = {change.title: (change.new, change.other, change.gone) for change in page.context["changes"]}
    assert (page.status_code, describe(conference), Session.objects.count()) == (200, before, 1)
    assert changes["Departementer"] == (("Eksempeldepartementet",), (), ())
    assert changes["Bord"] == (("Bord 2",), (), ())
    assert changes["Bolker og spørsmål"] == ((), ("1. Språk",), ())
    assert "Fakta" not in changes
    assert "laget for en annen konferanse, «Dialogmøte»" in page.content.decode()


def test_last_years_file_brings_its_questions_and_not_its_title_and_date(client, conference):
    answer = confirm(client, "conference", look(client, "conference", json.dumps(FILE), "i-fjor.json"), seen="1")
    assert answer.redirect_chain == [(reverse("setup", args=["dialog"]), 302)]
    kept = conference.title, conference.date
    conference.refresh_from_db()
    assert (conference.slug, conference.title, conference.date) == ("dialog", *kept)
    assert Table.objects.count() == 2
    assert list(Question.objects.order_by("number").values_list("text", flat=True)) == [
        "Hva hindrer?",
        "Hva hjelper?",
    ]
    assert "Alt i filen er her allerede" in look(client, "conference", json.dumps(FILE)).content.decode()


def test_its_facts_come_too_when_that_is_asked_for(client, conference):
    page = look(client, "conference", json.dumps(FILE), "i-fjor.json")
    confirm(client, "conference", page, seen="1", facts="1")
    conference.refresh_from_db()
    assert (conference.slug, conference.title, conference.series.name) == ("dialog", "Dialogmøte", "Dialogmøter")


def test_a_file_of_its_own_brings_everything_unless_the_box_is_emptied(client, conference):
    own = FILE | {"conference": FILE["conference"] | {"slug": "dialog"}}
    page = look(client, "conference", json.dumps(own), "egen.json")
    assert page.context["facts"]
    again = client.post(reverse("setup_import_conference", args=["dialog"]), page.context["kept"] | {"seen": "1"})
    assert not again.context["facts"]
    confirm(client, "conference", page)
    conference.refresh_from_db()
    assert conference.title == "Dialogmøte"


def test_what_has_inputs_is_not_removed_by_a_file(client, question):
    make_input(question)
    without = FILE | {"sessions": [FILE["sessions"][0] | {"number": 2}], "programme": []}
    page = look(client, "conference", json.dumps(without), "ny.json")
    assert page.status_code == 422
    assert [message.partition(" har innspill")[0] for _line, message in page.context["problems"]["conference"]] == [
        "spørsmål 1.1",
        "bolk 1",
    ]
    assert Question.objects.get() == question


def test_the_faults_of_a_conference_file_have_lines(client):
    page = look(client, "conference", json.dumps(FILE | {"farge": "rød"}, indent=1), "ny.json")
    [(line, message)] = page.context["problems"]["conference"]
    assert (page.status_code, line > 1, message.startswith("farge")) == (422, True, True)


# --- who may ---


@pytest.mark.parametrize(("role", "status"), [(Role.CHIEF_EDITOR, 403), (Role.READER, 403), (None, 404)])
@pytest.mark.parametrize("which", ["notes", "conference"])
def test_only_administrators_read_files_in(conference, role, status, which):
    user = MembershipFactory(**({"conference": conference, "role": role} if role else {})).user
    page = look(logged_in(user), which, TWO)
    assert (page.status_code, texts()) == (status, [])
