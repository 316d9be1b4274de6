"""The editors' pages of minutes sheets: dividing in a table's name, the rest set aside, minutes taken in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from conference.models import Membership, Role
from inputs.integrity import check
from inputs.models import Input, MinutesSheet, SheetAside
from inputs.queries import coverage
from tests import htmx
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_sheet,
)
from tests.inputs.desk import logged_in, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(question):
    QuestionFactory(session=question.session, number=2)
    TableFactory(conference=question.session.conference, number=7)
    return question.session


@pytest.fixture
def writer(session):
    return NoteTakerFactory(table=session.conference.tables.get(number=7))


@pytest.fixture
def sheet(session, writer):
    return make_sheet(session, "En\n\nTo", note_taker=writer)


def client_as(role, session, *sessions):
    member = MembershipFactory(conference=session.conference, role=role)
    member.sessions.set(sessions)
    client = logged_in(member.user)
    client.user = member.user
    return client


@pytest.fixture
def client(session):
    return client_as(Role.EDITOR, session)


def where(name, sheet):
    return reverse(name, args=[sheet.session.conference.slug, sheet.key])


WHOLE = {"revision": "1", "span": ["0-2", "4-6"], "question": ["2", ""], "kind": ["both", ""], "divide": "yes"}


def test_the_list_says_what_is_left_in_each_sheet(client, sheet):
    listed = client.get(reverse("sheets", args=["dialog"])).context["sheets"]
    assert [(one, words, decision) for one, words, decision in listed] == [(sheet, 2, None)]


def test_obstacles_and_the_conference_lead_to_the_sheets(client, sheet):
    for page in ("conference", "report"):
        content = client.get(reverse(page, args=["dialog"])).content.decode()
        assert '/konferanse/dialog/ark/#session-1"' in content
    assert '/konferanse/dialog/ark/"' in client.get(reverse("conference", args=["dialog"])).content.decode()


def test_an_editor_divides_in_the_tables_name(client, sheet, writer):
    response = client.post(where("sheet", sheet), WHOLE, follow=True)
    assert said(response) == ["2 innspill er laget."]
    assert response.redirect_chain == [("/konferanse/dialog/ark/", 302)]
    assert list(Input.objects.values_list("text", "question__number", "kind", "table", "received_by")) == [
        ("En", 2, "both", writer.table_id, client.user.pk),
        ("To", None, "", writer.table_id, client.user.pk),
    ]
    assert check(sheet.session.conference) == []
    page = client.get(reverse("input", args=["dialog", Input.objects.first().key])).content.decode()
    assert where("sheet", sheet) in page  # where it came from


def test_when_something_is_left_the_editor_stays_with_the_sheet(client, sheet):
    response = client.post(where("sheet", sheet), WHOLE | {"leave": ["4-6"]})
    assert response["Location"] == where("sheet", sheet)
    assert MinutesSheet.objects.get().text == "To"


def test_the_rest_is_set_aside_with_a_reason_and_brought_back(client, sheet):
    data = {"reason": "unclear", "comment": "Uleselig", "revision": "1"}
    answers = [client.post(where("sheet_set_aside", sheet), data, follow=True) for _click in range(2)]
    assert [said(one) for one in answers] == [["Resten av arket er lagt til side."]] * 2
    assert "Uleselig" in answers[0].content.decode()
    assert (SheetAside.objects.count(), coverage(sheet.session.conference).undivided_sheets) == (1, 0)
    [(_sheet, _words, decision)] = client.get(reverse("sheets", args=["dialog"])).context["sheets"]
    assert decision == SheetAside.objects.get()
    for _click in range(2):
        client.post(where("sheet_bring_back", sheet))
    assert coverage(sheet.session.conference).undivided_sheets == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": ""}, "reason"), ({"reason": "withdrawn"}, "reason"), ({"reason": "tull"}, "reason"),
     ({"comment": "x" * 501}, "comment"), ({"revision": ""}, "revision"), ({"revision": "x"}, "revision")],
)  # fmt: skip
def test_a_rest_is_not_set_aside_without_a_good_reason_and_what_was_typed_stays(changes, field, client, sheet):
    data = {"reason": "unclear", "comment": "Uleselig", "revision": "1"} | changes
    response = client.post(where("sheet_set_aside", sheet), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["comment"].value() == data["comment"]
    assert SheetAside.objects.count() == 0


def test_a_rest_that_was_not_read_is_not_set_aside(client, sheet):
    client.post(where("sheet", sheet), WHOLE | {"leave": ["4-6"]})
    response = client.post(where("sheet_set_aside", sheet), {"reason": "unclear", "revision": "1"}, follow=True)
    assert (SheetAside.objects.count(), "endret dette" in said(response)[-1]) == (0, True)


def test_only_editors_of_the_session_divide_and_set_aside_and_readers_read(session, sheet):
    other = SessionFactory(conference=session.conference, number=9)
    reader, stranger = client_as(Role.READER, session), client_as(Role.EDITOR, session, other)
    for client in (reader, stranger):
        page = client.get(where("sheet", sheet))
        assert (page.status_code, "sheet-words" in page.content.decode(), "pieces" in page.content.decode()) == (
            200,
            True,
            False,
        )
        for name in ("sheet", "sheet_set_aside", "sheet_bring_back"):
            assert client.post(where(name, sheet), WHOLE).status_code == 403
    outside = logged_in(MembershipFactory(conference=ConferenceFactory()).user)
    assert outside.get(where("sheet", sheet)).status_code == 404
    assert Input.objects.count() == 0


def test_htmx_is_answered_what_the_page_would_show(client, sheet):
    page = client.get(where("sheet", sheet)).content.decode()
    answer = htmx.post(client, where("sheet_set_aside", sheet), {"reason": "unclear", "revision": "1"})
    after = client.get(where("sheet", sheet)).content.decode()
    assert htmx.swap(page, answer.content.decode()) == htmx.normal(after)


# --- minutes that are taken in ----------------------------------------------------------------------------------


def word_file(*paragraphs, name="referat.docx"):
    document, held = Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(held)
    return SimpleUploadedFile(name, held.getvalue())


ADD = "/konferanse/dialog/ark/nytt/"
KEY = "01920000-0000-4000-8000-00000000000b"
PLACE = {"table": "7", "session": "1", "key": KEY}


def test_a_word_file_becomes_a_sheet_of_the_table_marked_with_who_took_it_in(client, writer):
    for _click in range(2):
        response = client.post(ADD, PLACE | {"file": word_file("Spørsmål 1", "En", "To")})
    made = MinutesSheet.objects.get()
    assert response["Location"] == where("sheet", made)
    assert (made.text, made.source, made.note_taker, made.received_by) == (
        "Spørsmål 1\n\nEn\n\nTo",
        "word",
        writer,
        client.user,
    )
    page = client.get(where("sheet", made)).content.decode()
    assert f"tatt inn av {client.user.name}" in page
    pieces = client.get(where("sheet", made)).context["division"].rows
    assert [(row.text, row.piece.question) for row in pieces] == [("En", 1), ("To", 1)]


def test_text_is_taken_in_beside_the_tables_own_sheet(client, sheet):
    client.post(ADD, PLACE | {"text": "Fra papir\r\n\r\nMer"})
    made = MinutesSheet.objects.get(key=KEY)
    assert (made.text, made.source, MinutesSheet.objects.count()) == ("Fra papir\n\nMer", "pasted", 2)


def test_a_key_that_is_another_sheets_is_exchanged(client, sheet):
    client.post(ADD, PLACE | {"text": "Fra papir", "key": sheet.key})
    assert sorted(MinutesSheet.objects.values_list("text", flat=True)) == ["En\n\nTo", "Fra papir"]


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({}, "file", "Velg en Word-fil"),
        ({"text": " \n"}, "file", "Velg en Word-fil"),
        ({"text": "x" * 200_001}, "text", "200 000 tegn"),
        ({"text": "Begge", "file": word_file("Begge")}, "text", "én av dem"),
        ({"file": word_file(" ")}, "file", "ingen ord"),
        ({"file": word_file("x" * 200_001)}, "file", "200 000 tegn"),
        ({"file": SimpleUploadedFile("a.docx", b"Bare tekst")}, "file", "ikke et Word-dokument"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04 kuttet")}, "file", "ødelagt"),
        ({"file": SimpleUploadedFile("a.docx", b"x" * (20 * 1024 * 1024 + 1))}, "file", "større enn 20 MB"),
        ({"file": SimpleUploadedFile("a.docx", b"")}, "file", ""),
        ({"text": "En", "table": ""}, "table", "Velg bordet"),
        ({"text": "En", "table": "99"}, "table", ""),
        ({"text": "En", "session": "99"}, "session", ""),
        ({"text": "En", "key": "tull"}, "key", ""),
    ],
)
def test_what_cannot_be_taken_in_is_told_beside_its_field(changes, field, part, client, session):
    for one in changes.values():
        if isinstance(one, SimpleUploadedFile):
            one.seek(0)
    response = client.post(ADD, PLACE | changes)
    errors = response.context["form"].errors
    assert (response.status_code, list(errors), part in str(errors)) == (422, [field], True)
    assert MinutesSheet.objects.count() == 0


def test_an_editor_of_other_sessions_takes_in_nothing_for_this_one(session, writer):
    other = SessionFactory(conference=session.conference, number=9)
    client = client_as(Role.EDITOR, session, other)
    response = client.post(ADD, PLACE | {"text": "En"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["session"])
    assert client.post(ADD, PLACE | {"text": "En", "session": "9"}).status_code == 302
    assert client_as(Role.READER, session).get(ADD).status_code == 403
    assert Membership.objects.count() == 2
