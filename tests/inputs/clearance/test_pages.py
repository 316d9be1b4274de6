"""Clearance from the editor's side: out as a Word file, back in, and decided about point by point."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from conference.models import Event, Role
from inputs.actions import dispositions, redaction
from inputs.actions import points as point_acts
from inputs.actions.reasons import reason_for
from inputs.actions.undo import last_acts
from inputs.integrity import check
from inputs.models import Clearance, ClearanceLine, ClearanceReply, Input, Point, ReturnedChange
from tests.factories import MembershipFactory, QuestionFactory, SessionFactory, make_input
from tests.inputs.clearance.conftest import TEXTS, Returned, send, texts_of
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


def at(name, *more):
    return reverse(name, args=["dialog", *more])


def form(**more):
    day = timezone.localdate() + timedelta(days=7)
    return {"scope": "ministry:EKS", "to": "", "deadline": day.isoformat(), "letter": "Les og svar."} | more


def upload(client, sent, content, office="EKS-dep", name="svar.docx"):
    file = SimpleUploadedFile(name, content)
    return client.post(at("clearance_answer", sent.key), {"file": file, "office": office}, follow=True)


def changes(point=None):
    found = ReturnedChange.objects.order_by("pk")
    return list(found.filter(line__point=point) if point else found)


def decide(client, change, act, **more):
    version = change.point.version if change.point else ""
    body = {"act": act, "version": version} | more
    return client.post(at("clearance_change", change.key), body, follow=True)


# --- out ---


def test_a_ministrys_points_become_a_word_file_that_stays_the_same(at_desk, points):
    answer = at_desk.post(at("clearance_send"), form(), follow=True)
    assert said(answer) == ["«For clearance 1» is made. Download it below, and send it to EKS-dep."]
    made = Clearance.objects.get()
    first, second = (at_desk.get(at("clearance_file", made.key)) for _ in range(2))
    assert first.content == second.content
    assert first["Content-Disposition"] == 'attachment; filename="dialog-klarering-1.docx"'
    written = texts_of(first.content)
    assert "Les og svar." in written
    assert [text for text in written if text in TEXTS] == list(TEXTS)
    assert "Til: EKS-dep" in written


def test_only_the_chosen_session_is_sent_and_no_count_of_tables(at_desk, points, conference):
    other = QuestionFactory(session=SessionFactory(conference=conference, number=2))
    dispositions.accept([make_input(other, "Noe i en annen bolk.")], by=at_desk.user)
    at_desk.post(at("clearance_send"), form(scope="session:1", to="Noen"))
    written = "\n".join(texts_of(bytes(Clearance.objects.get().file)))
    assert TEXTS[0] in written
    assert "Noe i en annen bolk" not in written
    assert "bord" not in written


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scope": ""}, "scope"),
        ({"scope": "session:99"}, "scope"),
        ({"scope": "all", "to": ""}, "to"),
        ({"to": "x" * 201}, "to"),
        ({"deadline": ""}, "deadline"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "i morgen"}, "deadline"),
        ({"letter": ""}, "letter"),
        ({"letter": "x" * 5001}, "letter"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_sent(body, field, at_desk, points):
    answer = at_desk.post(at("clearance_send"), form(**body))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Clearance.objects.exists()


def test_a_session_without_points_cannot_be_sent(at_desk, points, conference):
    SessionFactory(conference=conference, number=2)
    answer = at_desk.post(at("clearance_send"), form(scope="session:2", to="Noen"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["scope"])


def test_a_limited_editor_sends_only_their_sessions(other_editor, sent, points):
    choices = str(other_editor.get(at("clearance_send")).context["form"]["scope"])
    assert "session:90" in choices
    assert "session:1" not in choices
    assert "ministry:EKS" not in choices
    assert '"all"' not in choices
    for name in ("clearance_answer", "clearance_type_in", "clearance_close"):
        assert other_editor.post(at(name, sent.key)).status_code == 403


def test_the_list_says_what_is_out_overdue_answered_and_closed(at_desk, sent, question):
    assert "out" in _tags(at_desk)
    Clearance.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    assert "overdue" in _tags(at_desk)
    at_desk.post(at("clearance_close", sent.key))
    assert "nothing more is expected" in _tags(at_desk)
    other = send(question, by=at_desk.user)
    upload(at_desk, other, bytes(other.file))
    assert "answered" in _tags(at_desk)


def _tags(client):
    page = client.get(at("clearance")).content.decode()
    return [" ".join(tag.split()) for tag in re.findall(r'<span class="ds-tag"[^>]*>([^<]*)</span>', page)]


# --- back ---


def test_a_file_returned_untouched_gives_no_proposals(at_desk, sent):
    answer = upload(at_desk, sent, bytes(sent.file))
    assert said(answer) == ["The answer is taken in. Nothing was changed in the file."]
    assert changes() == []
    assert ClearanceReply.objects.count() == 1


def test_the_same_file_twice_is_taken_in_once(at_desk, sent):
    word = Returned(sent)
    word.replace(word.point(0), "flere", "mange")
    content = word.saved()
    upload(at_desk, sent, content)
    upload(at_desk, sent, content)
    assert (len(changes()), ClearanceReply.objects.count()) == (1, 1)


def test_taking_in_an_answer_changes_no_point(at_desk, sent, points):
    word = Returned(sent)
    word.replace(word.point(0), "flere", "mange")
    word.strike(word.point(1), mark_too=True)
    upload(at_desk, sent, word.saved())
    assert [point.text for point in Point.objects.standing().order_by("pk")] == list(TEXTS)


@pytest.mark.parametrize(
    "content", [b"", b"hei", b"PK\x03\x04x", b"x" * (21 * 1024 * 1024)], ids=["empty", "text", "broken", "large"]
)
def test_a_bad_file_is_refused_beside_its_field(content, at_desk, sent):
    before = snapshot()
    answer = upload(at_desk, sent, content)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert snapshot() == before


def test_the_answer_to_another_clearance_is_refused(at_desk, sent, question):
    other = send(question, by=at_desk.user, to="ANN-dep")
    answer = upload(at_desk, sent, bytes(other.file))
    assert "another clearance" in str(answer.context["form"].errors["file"])
    assert not ClearanceReply.objects.exists()


def test_two_answers_that_disagree_stand_side_by_side(at_desk, sent, points):
    for office, new in (("EKS-dep", "mange"), ("ANN-dep", "noen")):
        word = Returned(sent)
        word.replace(word.point(0), "flere", new)
        upload(at_desk, sent, word.saved(), office=office)
    page = at_desk.get(at("clearance_session", 1))
    [group] = page.context["waiting"]
    assert [(side.change.reply.office, side.change.text) for side in group.sides] == [
        ("EKS-dep", "Gi mange plass på kurs om kvelden."),
        ("ANN-dep", "Gi noen plass på kurs om kvelden."),
    ]
    first, second = changes()
    decide(at_desk, first, "accept")
    [group] = at_desk.get(at("clearance_session", 1)).context["waiting"]
    assert group.sides[1].now == "Gi mange plass på kurs om kvelden."
    decide(at_desk, second, "reject", answer="EKS-dep har ansvaret.")
    assert at_desk.get(at("clearance_session", 1)).context["waiting"] == []


# --- decided ---


@pytest.fixture
def tracked(at_desk, sent):
    """The first point reworded, the second struck out, one added after the third, a comment on the fourth."""
    word = Returned(sent)
    word.replace(word.point(0), "flere", "mange")
    word.strike(word.point(1), mark_too=True)
    word.new_after(word.point(2), "Et nytt punkt fra departementet.")
    word.comment(word.point(3), "Er dette avklart?")
    upload(at_desk, sent, word.saved())
    return changes()


def test_an_accepted_wording_stands_in_the_next_file(at_desk, tracked, points, question):
    decide(at_desk, tracked[0], "accept")
    points[0].refresh_from_db()
    assert (points[0].text, points[0].revision) == ("Gi mange plass på kurs om kvelden.", 2)
    assert points[0].text in texts_of(bytes(send(question, by=at_desk.user).file))
    event = Event.objects.get(verb="decide_change")
    assert event.after == {"decision": "accepted", "reply": tracked[0].reply_id}
    assert Event.objects.get(verb="reword").act == event.act
    assert check(question.session.conference) == []


def test_an_acceptance_is_undone_whole_and_the_proposal_waits_again(at_desk, tracked, points):
    decide(at_desk, tracked[0], "accept")
    at_desk.post(at("clearance_change_undo", tracked[0].key))
    points[0].refresh_from_db()
    tracked[0].refresh_from_db()
    assert (points[0].text, tracked[0].decision, tracked[0].decided_at) == (TEXTS[0], "open", None)


def test_an_acceptance_can_be_undone_from_the_desk_as_well(at_desk, tracked, points, question):
    decide(at_desk, tracked[0], "accept")
    [last, *_others] = last_acts(question, by=at_desk.user)
    at_desk.post(reverse("desk_undo", args=["dialog", 1, 1, last.act]))
    tracked[0].refresh_from_db()
    assert tracked[0].decision == "open"


def test_a_removal_sets_the_inputs_aside_with_the_reason_and_can_be_undone(at_desk, tracked, points, conference):
    decide(at_desk, tracked[1], "remove", reason="unclear", answer="Ønsket av departementet")
    entry = Input.objects.get(text=TEXTS[1])
    assert (entry.disposition, entry.set_aside.reason.code) == ("set_aside", "unclear")
    assert entry.set_aside.comment == "Ønsket av departementet"
    assert not Point.objects.standing().filter(pk=points[1].pk).exists()
    assert check(conference) == []
    at_desk.post(at("clearance_change_undo", tracked[1].key))
    entry.refresh_from_db()
    assert entry.disposition == "used"
    assert check(conference) == []


def test_a_removal_leaves_inputs_alone_that_another_point_uses(at_desk, tracked, points, conference):
    entry = Input.objects.get(text=TEXTS[1])
    dispositions.attach(points[2], [entry], by=at_desk.user)
    decide(at_desk, tracked[1], "remove", reason="unclear")
    entry.refresh_from_db()
    assert entry.disposition == "used"
    assert check(conference) == []


def test_an_added_paragraph_becomes_a_point_under_the_heading_that_it_stood_under(at_desk, tracked, points):
    decide(at_desk, tracked[2], "add", text="Et nytt punkt fra departementet.")
    made = Point.objects.order_by("-pk").first()
    assert (made.text, made.heading) == ("Et nytt punkt fra departementet.", points[2].heading)
    assert made.editorial_reason == "Proposed in clearance by EKS-dep"


def test_another_text_is_kept_as_handled_in_another_way(at_desk, tracked, points):
    decide(at_desk, tracked[0], "other", text="Gi alle plass.")
    points[0].refresh_from_db()
    tracked[0].refresh_from_db()
    assert (points[0].text, tracked[0].decision) == ("Gi alle plass.", "other")


def test_a_comment_is_answered_and_what_is_not_followed_says_why(at_desk, tracked):
    decide(at_desk, tracked[3], "settle", answer="Avklart på telefon.")
    decide(at_desk, tracked[0], "reject", answer="Dette er deltakernes ord.")
    assert [(one.decision, one.answer) for one in changes()[::3]] == [
        ("rejected", "Dette er deltakernes ord."),
        ("other", "Avklart på telefon."),
    ]


@pytest.mark.parametrize(
    ("place", "body", "field"),
    [
        (0, {"act": "reject", "answer": ""}, "answer"),
        (0, {"act": "other", "text": " "}, "text"),
        (0, {"act": "other", "text": "x" * 10_001}, "text"),
        (0, {"act": "accept", "version": ""}, "act"),
        (0, {"act": "accept", "version": "9" * 30}, "version"),
        (0, {"act": "dance"}, "act"),
        (0, {}, "act"),
        (1, {"act": "remove", "reason": ""}, "reason"),
        (3, {"act": "settle", "answer": "x" * 501}, "answer"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(place, body, field, at_desk, tracked):
    before = snapshot()
    answer = at_desk.post(at("clearance_change", tracked[place].key), {"version": 1} | body)
    assert answer.status_code == 422
    assert field in answer.context["typed"].errors
    assert snapshot() == before


def test_what_was_typed_is_still_there(at_desk, tracked):
    answer = at_desk.post(at("clearance_change", tracked[0].key), {"act": "reject", "answer": "", "version": 1})
    assert "Write why, in a sentence." in answer.content.decode()
    answer = at_desk.post(at("clearance_change", tracked[1].key), {"act": "remove", "answer": "Fordi", "version": 1})
    assert 'value="Fordi"' in answer.content.decode()


def test_a_point_that_was_reworded_meanwhile_shows_both_texts(at_desk, tracked, points):
    version = points[0].version
    point_acts.reword(points[0], text="Skrevet om i mellomtiden.", version=version, by=at_desk.user)
    answer = at_desk.post(at("clearance_change", tracked[0].key), {"act": "accept", "version": version})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Skrevet om i mellomtiden." in page
    assert "Use the proposed wording all the same" in page
    points[0].refresh_from_db()
    assert points[0].text == "Skrevet om i mellomtiden."
    decide(at_desk, changes(points[0])[0], "accept")
    points[0].refresh_from_db()
    assert points[0].text == "Gi mange plass på kurs om kvelden."


def test_deciding_twice_changes_nothing_the_second_time(at_desk, tracked, points):
    decide(at_desk, tracked[0], "accept")
    before = snapshot()
    answer = decide(at_desk, tracked[0], "reject", answer="Nei.")
    assert "Somebody has decided about this already" in said(answer)[0]
    assert snapshot() == before


def test_all_that_is_certain_is_followed_at_once_and_nothing_else(at_desk, sent, points):
    word = Returned(sent)
    word.replace(word.point(0), "flere", "mange")
    word.strike(word.point(1), mark_too=True)
    word.replace(word.point(2), "lenger", "kortere")
    word.write(word.point(3), "Kommunen trenger en fast og kjent kontakt for foreninger.")
    word.forget(word.point(3))
    upload(at_desk, sent, word.saved())
    point_acts.reword(points[2], text="Alt er nytt her.", version=1, by=at_desk.user)
    reply = ClearanceReply.objects.get()
    answer = at_desk.post(at("clearance_reply_accept", reply.key), {"session": "1"}, follow=True)
    assert said(answer) == ["1 point has a new wording."]
    assert [one.decision for one in changes()] == ["accepted", "open", "open", "open"]
    texts = list(Point.objects.standing().order_by("pk").values_list("text", flat=True))
    assert texts == ["Gi mange plass på kurs om kvelden.", TEXTS[1], "Alt er nytt her.", TEXTS[3]]


def test_a_limited_editor_decides_nothing_in_another_session(other_editor, tracked):
    before = snapshot()
    assert other_editor.get(at("clearance_session", 1)).status_code == 200
    for name in ("clearance_change", "clearance_change_undo"):
        assert other_editor.post(at(name, tracked[0].key), {"act": "accept", "version": 1}).status_code == 403
    reply = tracked[0].reply
    assert other_editor.post(at("clearance_reply_accept", reply.key), {"session": "1"}).status_code == 404
    assert snapshot() == before


# --- typed in ---


def typed(sent, **more):
    number = sent.lines.filter(part="point").first().number
    return {
        "point": number, "office": "ANN-dep", "via": "pen", "proposed": "wording", "text": "Ny ordlyd.", "remark": "",
        "key": "01920000-0000-4000-8000-0000000000aa",
    } | more  # fmt: skip


def test_a_proposal_by_pen_is_typed_in_with_whose_it_is_and_once(at_desk, sent, points):
    for _click in range(2):
        at_desk.post(at("clearance_type_in", sent.key), typed(sent))
    [change] = changes(points[0])
    assert (change.text, change.reply.office, change.reply.via) == ("Ny ordlyd.", "ANN-dep", "pen")
    decide(at_desk, change, "accept")
    points[0].refresh_from_db()
    assert points[0].text == "Ny ordlyd."


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"point": ""}, "point"),
        ({"point": "1"}, "point"),  # a line of the cover
        ({"office": ""}, "office"),
        ({"via": "word"}, "via"),
        ({"proposed": "missing"}, "proposed"),
        ({"text": ""}, "text"),
        ({"proposed": "remark"}, "remark"),
        ({"key": "x"}, "key"),
    ],
)
def test_what_is_wrong_in_a_typed_proposal_is_said_beside_its_field(body, field, at_desk, sent):
    answer = at_desk.post(at("clearance_type_in", sent.key), typed(sent, **body))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not ReturnedChange.objects.exists()


# --- words taken out, queries ---


def test_redaction_reaches_what_was_sent_and_what_was_proposed(at_desk, tracked, points, conference, sent):
    passage = redaction.passage_of("plass på kurs", conference)
    found = redaction.find(passage, conference, start=points[0])
    assert {one.kind for one in found} == {"point", "input", "returnedchange"}
    redaction.redact(passage, [one.target for one in found], ground="Navn", by=at_desk.user)
    assert not ClearanceLine.objects.filter(text__contains="plass på kurs").exists()
    assert not ReturnedChange.objects.filter(text__contains="plass på kurs").exists()
    sent.refresh_from_db()
    assert (bytes(sent.file), len(sent.sha256)) == (b"", 64)
    assert at_desk.get(at("clearance_file", sent.key)).status_code == 404
    assert "not kept any more" in at_desk.get(at("clearance")).content.decode()


def test_a_comment_is_redacted_from_its_own_page(at_desk, tracked, conference):
    address = at("redact", "forslag", tracked[3].key)
    assert "Er dette avklart?" in at_desk.get(address).content.decode()
    at_desk.post(address, {"words": "avklart", "ground": "Navn", "confirm": "1"})
    tracked[3].refresh_from_db()
    assert "avklart" not in str(tracked[3].remarks)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("clearance", 7), ("clearance_session", 9)])
def test_a_page_costs_the_same_for_one_answer_and_for_three(
    number, name, queries, at_desk, sent, django_assert_num_queries
):
    for n in range(number):
        word = Returned(sent)
        for index in range(number):
            word.write(word.point(index), f"Ordlyd {n}.{index}")
        upload(at_desk, sent, word.saved(), office=f"Kontor {n}")
    address = at(name, 1) if name == "clearance_session" else at(name)
    at_desk.get(address)
    with django_assert_num_queries(queries):
        at_desk.get(address)


def test_a_reader_sees_it_all_and_is_offered_nothing(conference, tracked):
    reader = logged_in(MembershipFactory(conference=conference, role=Role.READER).user)
    page = reader.get(at("clearance_session", 1)).content.decode()
    assert "Et nytt punkt fra departementet." in page
    assert 'name="act"' not in page


def test_undoing_what_a_later_act_builds_on_says_so(at_desk, tracked, points):
    decide(at_desk, tracked[0], "accept")
    points[0].refresh_from_db()
    point_acts.reword(points[0], text="Enda senere.", version=points[0].version, by=at_desk.user)
    answer = at_desk.post(at("clearance_change_undo", tracked[0].key), follow=True)
    assert "Undo it first" in said(answer)[0]
    tracked[0].refresh_from_db()
    assert tracked[0].decision == "accepted"


def test_a_removal_for_another_conferences_reason_is_refused(at_desk, tracked):
    reason_for(MembershipFactory().conference, "unclear")
    assert decide(at_desk, tracked[1], "remove", reason="finnes-ikke").status_code == 404
    assert decide(at_desk, tracked[1], "remove", reason="withdrawn").status_code == 404
