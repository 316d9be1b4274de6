"""The outline: how far each part of the report has come, who sees to it, and what was asked of whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from conference.actions.texts import Wording, save_text
from conference.models import Conference, Contribution, Event, Introducer, ProgrammeItem, Role, TextSlot, TextState
from inputs.actions import assigning, dispositions, headings, signing
from inputs.forms.contribution import standard_request
from inputs.report.outline import Row, read_outline
from tests.factories import MembershipFactory, make_contribution, make_input
from tests.inputs.desk import logged_in, said

pytestmark = pytest.mark.django_db

PAGE = reverse("outline", args=["dialog"])
NEXT_WEEK = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def conference(question):
    return question.session.conference


def part(conference, name) -> Row:
    asked_anew = Conference.objects.get(pk=conference.pk)  # as every page asks; texts are fetched once for each
    [found] = [row for row in read_outline(asked_anew) if row.name == name]
    return found


def address(name="summary"):
    return reverse("outline_part", args=["dialog", name])


def asked(**more):
    return {
        "to": "Kommunikasjonsavdelingen",
        "deadline": f"{NEXT_WEEK}",
        "text": "Skriv!",
        "key": str(uuid4()),
    } | more


def test_every_part_stands_in_the_report_s_order(conference):
    speech = ProgrammeItem.objects.create(conference=conference, starts_at="09:00", kind="speech", title="Tale")
    assert [row.name for row in read_outline(conference)] == [
        "cover", "summary", "thanks", "programme", f"speech-{speech.pk}", "purpose", "background", "dialogue",
        "anchoring", "video", "evaluation", "structure", "topic-1", "introducers-1", "questions-1", "inputs-1",
    ]  # fmt: skip


def test_a_chapter_is_missing_then_a_draft_then_ready_and_has_an_owner(conference, editor):
    assert (part(conference, "purpose").state, part(conference, "purpose").owner) == ("missing", "")
    save_text(conference, TextSlot.PURPOSE, Wording("Tekst."), by=editor, state=TextState.DRAFT, owner=editor)
    assert (part(conference, "purpose").state, part(conference, "purpose").owner) == ("draft", editor.get_full_name())
    save_text(conference, TextSlot.PURPOSE, Wording("Tekst."), by=editor, state=TextState.READY)
    assert part(conference, "purpose").state == "ready"


def test_a_chapter_says_that_it_holds_something_to_check(conference, editor):
    save_text(conference, TextSlot.PURPOSE, Wording("I {kontroller: 2024}."), by=editor)
    assert [row.name for row in read_outline(conference) if "kontrollere" in row.about] == ["purpose"]


def test_a_text_of_the_set_up_is_a_draft_as_long_as_a_contribution_is_waited_for(conference, question):
    session = question.session
    assert part(conference, "topic-1").state == "missing"
    session.topic = "Om arbeid."
    session.save()
    assert part(conference, "topic-1").state == "ready"
    make_contribution(conference, part="topic", session=session)
    row = part(conference, "topic-1")
    assert (row.state, [one.to for one in row.waited_for]) == ("draft", ["Kommunikasjonsavdelingen"])


def test_introducers_are_a_draft_until_it_is_told_what_they_said(conference, question):
    Introducer.objects.create(session=question.session, name="Inger Innleder")
    assert part(conference, "introducers-1").state == "draft"
    question.session.introduction = "Hun sa at."
    question.session.save()
    assert part(conference, "introducers-1").state == "ready"


def test_the_points_are_ready_when_every_question_is_signed_off(conference, question, editor):
    assert part(conference, "inputs-1").state == "missing"
    assigning.assign([question], editor, by=editor)
    dispositions.accept([make_input(question)], by=editor, place=lambda _e: headings.make(question, "En", by=editor))
    row = part(conference, "inputs-1")
    assert (row.state, row.owner) == ("draft", editor.get_full_name())
    signing.sign(question, by=editor)
    assert part(conference, "inputs-1").state == "ready"


# --- asking ---


def test_it_is_noted_that_it_was_asked_with_the_date_in_the_text_and_once(conference, at_desk):
    body = asked(text="Send den innen [fristen].", deadline="2099-12-03")
    for _click in range(2):
        response = at_desk.post(address(), body)
    assert (response.status_code, response.url) == (302, address())
    made = Contribution.objects.get()
    assert (made.part, made.to, made.deadline, made.asked_by) == (
        "summary", "Kommunikasjonsavdelingen", date(2099, 12, 3), at_desk.user,
    )  # fmt: skip
    assert made.text == "Send den innen 3. desember 2099."
    assert list(Event.objects.filter(verb="ask_contribution").values_list("after", flat=True)) == [
        {"part": "summary"}
    ]


def test_the_text_that_is_proposed_names_the_part_and_the_conference(conference, at_desk):
    text = standard_request(conference, "Sammendrag", by=at_desk.user)
    assert at_desk.get(address()).context["form"].initial["text"] == text
    for words in ("«Sammendrag»", conference.title, "[fristen]", at_desk.user.get_full_name()):
        assert words in text


def test_the_text_stands_ready_to_be_copied_and_opens_in_e_mail(conference, at_desk):
    make_contribution(conference, to="ministeren@example.no", text="Hei!\nSend & skriv.")
    page = at_desk.get(address()).content.decode()
    assert "mailto:ministeren@example.no?subject=" in page
    assert "body=Hei%21%0D%0ASend%20%26%20skriv." in page
    Contribution.objects.update(text="Lang " * 500)
    assert "mailto:" not in at_desk.get(address()).content.decode()


def test_it_ends_when_it_comes_and_can_be_waited_for_again(conference, at_desk):
    made = make_contribution(conference)
    for _click in range(2):
        done = at_desk.post(reverse("outline_end", args=["dialog", made.key]), follow=True)
    assert said(done) == ["«Kommunikasjonsavdelingen» is not waited for any more."]
    assert part(conference, "summary").waited_for == ()
    at_desk.post(reverse("outline_wait", args=["dialog", made.key]))
    assert part(conference, "summary").waited_for == (made,)
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "end_contribution",
        "reopen_contribution",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to": " "}, "to"),
        ({"to": "a" * 201}, "to"),
        ({"deadline": ""}, "deadline"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "i morgen"}, "deadline"),
        ({"text": ""}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"text": "[fristen]" * 500}, "text"),
        ({"key": "nei"}, "key"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_still_there(wrong, field, conference, at_desk):
    body = asked() | wrong
    response = at_desk.post(address(), body)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["text"].value() == body["text"]
    assert Contribution.objects.count() == 0


@pytest.mark.parametrize("name", ["menu", "topic-9", "speech-1", "topic", "summary-1"])
def test_a_part_that_is_not_there_has_no_page(name, conference, at_desk):
    assert [at_desk.get(address(name)).status_code, at_desk.post(address(name), asked()).status_code] == [404, 404]
    assert Contribution.objects.count() == 0


def test_what_is_overdue_says_so_and_a_reader_looks_without_asking(conference, reader):
    make_contribution(conference, deadline=timezone.localdate() - timedelta(days=1))
    reader.cookies["django_language"] = "en"
    page = reader.get(PAGE).content.decode()
    assert "overdue" in page
    assert address() not in page


def test_a_speech_that_was_asked_for_is_waited_for_though_the_programme_is_new(conference):
    item = ProgrammeItem.objects.create(conference=conference, starts_at="09:00", kind="speech", title="Tale")
    made = make_contribution(conference, part="speech", item=item)
    item.delete()
    assert part(conference, "speech").waited_for == (made,)


def test_an_administrator_is_led_to_where_each_part_is_written(conference, question):
    admin = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    page = admin.get(PAGE).content.decode()
    for name, *args in (("setup_facts",), ("setup_programme",), ("setup_session", question.session.pk)):
        assert reverse(name, args=["dialog", *args]) in page
