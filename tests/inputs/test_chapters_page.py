"""A chapter of the report is written: every wording kept, nothing typed lost, shown before it is saved."""

import pytest
from django.urls import reverse

from conference.actions.texts import Wording, save_text
from conference.models import ChapterText, ChapterTextRevision, Event, TextSlot, TextState
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(conference):
    return reverse("report_chapter", args=[conference.slug, "purpose"])


def typed(text, version=0, **more):
    return {"text": text, "title": "", "owner": "", "state": "draft", "version": version, "save": "Save"} | more


def test_a_chapter_is_saved_and_every_wording_kept(page, conference, at_desk):
    at_desk.post(page, typed("Vi skal *lytte*."))
    response = at_desk.post(page, typed("Vi skal lytte mer.", version=1, state="ready", owner=at_desk.user.pk))
    assert (response.status_code, response.url) == (302, page)
    chapter = ChapterText.objects.get()
    assert (chapter.text, chapter.state, chapter.owner, chapter.version) == (
        "Vi skal lytte mer.", TextState.READY, at_desk.user, 2,
    )  # fmt: skip
    assert list(ChapterTextRevision.objects.values_list("number", "text", "by")) == [
        (1, "Vi skal *lytte*.", at_desk.user.pk),
        (2, "Vi skal lytte mer.", at_desk.user.pk),
    ]
    assert list(Event.objects.order_by("pk").values_list("verb", "after")) == [
        ("write_chapter", {"version": 1, "slot": "purpose"}),
        ("write_chapter", {"version": 2, "slot": "purpose"}),
    ]


def test_the_preview_is_rendered_as_the_report_renders_it_and_stores_nothing(page, at_desk):
    data = typed("Vi *lytter* <b>nå</b>.\n\n- ett\n- to") | {"preview": "Show"}
    del data["save"]
    response = at_desk.post(page, data)
    assert "<p>Vi <em>lytter</em> &lt;b&gt;nå&lt;/b&gt;.</p>" in response.content.decode()
    assert response.context["form"]["text"].value() == data["text"]
    assert (response.status_code, ChapterText.objects.count()) == (200, 0)


def test_of_two_who_save_the_second_sees_both_texts_and_loses_none(page, conference, editor, at_desk):
    save_text(conference, TextSlot.PURPOSE, Wording("Den andres."), by=editor)
    response = at_desk.post(page, typed("Min egen."))
    assert response.status_code == 409
    assert response.context["theirs"].text == "Den andres."
    assert (response.context["form"]["text"].value(), response.context["form"]["version"].value()) == (
        "Min egen.",
        "1",
    )
    assert ChapterText.objects.get().text == "Den andres."
    assert at_desk.post(page, typed("Min egen.", version=1)).status_code == 302
    assert ChapterText.objects.get().text == "Min egen."


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "a" * 100_001}, "text"),
        ({"title": "a" * 201}, "title"),
        ({"state": "lost"}, "state"),
        ({"owner": "999999"}, "owner"),
        ({"version": "mange"}, "version"),
        ({"version": "-1"}, "version"),
        ({"text": "nul\0tegn"}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_text_is_still_there(page, at_desk, wrong, field):
    response = at_desk.post(page, typed("Min tekst.") | wrong)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["text"].value() == (typed("Min tekst.") | wrong)["text"]
    assert ChapterText.objects.count() == 0


def test_somebody_outside_the_conference_cannot_be_made_its_owner(page, at_desk):
    response = at_desk.post(page, typed("Min tekst.", owner=MembershipFactory().user.pk))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["owner"])


def test_a_letter_has_a_signature_and_other_chapters_have_none(conference, at_desk):
    letter = reverse("report_chapter", args=[conference.slug, "thanks"])
    at_desk.post(letter, typed("Takk.", closing="Vennlig hilsen", signature_name="Ola Eksempel"))
    other = reverse("report_chapter", args=[conference.slug, "video"])
    at_desk.post(other, typed("Film.", signature_name="Ola Eksempel"))
    assert list(ChapterText.objects.order_by("pk").values_list("slot", "signature_name")) == [
        ("thanks", "Ola Eksempel"),
        ("video", ""),
    ]


def test_a_reader_and_a_stranger_write_nothing(page, reader, stranger):
    assert [client.post(page, typed("Innbrudd.")).status_code for client in (reader, stranger)] == [403, 404]
    assert ChapterText.objects.count() == 0


def test_a_chapter_that_nobody_writes_by_hand_has_no_page(conference, at_desk):
    assert at_desk.get(reverse("report_chapter", args=[conference.slug, "programme"])).status_code == 404


def test_the_outline_says_how_far_each_chapter_has_come(conference, editor, at_desk):
    save_text(conference, TextSlot.PURPOSE, Wording("Tekst."), by=editor, state=TextState.READY, owner=editor)
    save_text(conference, TextSlot.VIDEO, Wording("", title="Opptak"), by=editor)
    rows = at_desk.get(reverse("report", args=[conference.slug])).context["outline"]
    assert [row.slot for row in rows] == list(TextSlot)
    found = {row.slot.value: (row.title, row.is_written) for row in rows}
    assert found["purpose"] == ("Formål", True)
    assert found["video"] == ("Opptak", False)
    assert found["summary"] == ("Sammendrag", False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_wording_and_for_three(number, page, conference, editor, at_desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for n in range(number):
        save_text(conference, TextSlot.PURPOSE, Wording(f"Tekst {n}."), by=editor)
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(page).status_code == 200
    assert len(captured) == 14
