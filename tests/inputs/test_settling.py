"""«Til avklaring», proposals and the second person: the rules, the pages, and who may do what."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Event, Role
from inputs import confirming
from inputs.actions import clarifications, dispositions, headings, points, proposals, signing, undo
from inputs.actions import confirming as confirm_acts
from inputs.actions.faults import Decided, NotAvailable, NotYours, OtherConference, Stale, UnderClarification
from inputs.actions.proposals import Payload
from inputs.actions.reasons import reason_for
from inputs.actions.redaction import passage_of, redact
from inputs.integrity import check
from inputs.models import Clarification, Decision, Heading, Input, Outcome, Point, Proposal, ProposalKind, SignOff
from inputs.queries import obstacles
from tests.factories import HeadingFactory, MembershipFactory, QuestionFactory, UserFactory, make_input
from tests.inputs.desk import address, logged_in, picture, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def heading(question):
    return HeadingFactory(question=question, title="Kurs")


@pytest.fixture
def point(question, heading, editor):
    [made] = dispositions.accept([make_input(question, "Bordets ord")], by=editor, place=lambda _entry: heading)
    return made


@pytest.fixture
def combined(question, point, heading, editor):
    """One text of two inputs, written by Eli."""
    [other] = dispositions.accept([make_input(question, "Andre ord")], by=editor, place=lambda _entry: heading)
    return points.merge(points.plan_merge([point, other], text="Bordets og andre ord"), by=editor)


@pytest.fixture
def chief(conference):
    user = UserFactory(name="Hanne Hovedredaktør")
    MembershipFactory(conference=conference, user=user, role=Role.CHIEF_EDITOR)
    client = logged_in(user)
    client.cookies["django_language"] = "en"
    client.user = user
    return client


def codes(conference):
    return [one.code for one in obstacles(conference)]


def page(client, name, *more, **query):
    response = client.get(reverse(name, args=more), query)
    assert response.status_code == 200
    return response.content.decode()


# --- «til avklaring» ---


def test_a_point_is_under_clarification_once_at_a_time(point, editor, conference):
    asked = clarifications.ask(point, why=" Hvem  gjelder dette? ", alternative="Klarere", by=editor)
    assert (asked.why, asked.point_revision, codes(conference)) == ("Hvem gjelder dette?", 1, ["clarification"])
    with pytest.raises(UnderClarification):
        clarifications.ask(point, why="Igjen", by=editor)
    clarifications.decide(asked, Decision.KEPT, version=1, by=editor, comment="Greit slik")
    assert clarifications.ask(point, why="Igjen", by=editor).decided_at is None


@pytest.mark.parametrize(
    ("decision", "text"),
    [(Decision.KEPT, "Bordets ord"), (Decision.ALTERNATIVE, "Klarere"), (Decision.REWRITTEN, "Skrevet på møtet")],
)
def test_what_is_decided_is_done_and_kept(decision, text, point, editor, conference):
    asked = clarifications.ask(point, why="Uklart", alternative="Klarere", by=editor)
    clarifications.decide(asked, decision, version=1, text="Skrevet på møtet", by=editor, comment="Enige")
    asked.refresh_from_db()
    assert (Point.objects.get().text, asked.decision, asked.comment) == (text, decision, "Enige")
    assert (codes(conference), check(conference)) == ([], [])
    with pytest.raises(Decided):
        clarifications.decide(asked, Decision.KEPT, version=Point.objects.get().version, by=editor)


def test_a_decision_that_is_undone_is_open_again_and_the_point_as_it_was(point, editor, conference):
    asked = clarifications.ask(point, why="Uklart", alternative="Klarere", by=editor)
    clarifications.decide(asked, Decision.ALTERNATIVE, version=1, by=editor)
    undo.undo(Event.objects.order_by("pk").last().act, by=editor)
    again = Clarification.objects.open().get()
    assert (Point.objects.get().text, again.why, again.alternative) == ("Bordets ord", "Uklart", "Klarere")
    undo.undo(Event.objects.filter(target_id=again.pk, target_type="clarification").first().act, by=editor)
    assert Clarification.objects.get(pk=asked.pk).decision == Decision.ALTERNATIVE
    assert check(conference) == []


def test_the_command_that_writes_the_report_says_that_a_point_waits(point, editor, conference, tmp_path, capsys):
    clarifications.ask(point, why="Uklart", by=editor)
    with pytest.raises(SystemExit):
        call_command("export_report", conference.slug, "--format", "md", "--output", str(tmp_path / "rapport.md"))
    told = capsys.readouterr().err
    assert "1 points wait for the editorial meeting, in question 1.1" in told


def test_asking_can_be_undone(point, editor):
    clarifications.ask(point, why="Uklart", by=editor)
    undo.undo(Event.objects.order_by("pk").last().act, by=editor)
    assert Clarification.objects.get().decision == Decision.WITHDRAWN


def test_a_point_that_was_reworded_meanwhile_is_not_decided_upon_unseen(point, editor):
    asked = clarifications.ask(point, why="Uklart", alternative="Klarere", by=editor)
    points.reword(point, text="Omskrevet", version=1, by=editor)
    with pytest.raises(Stale):
        clarifications.decide(asked, Decision.ALTERNATIVE, version=1, by=editor)
    assert (Point.objects.get().text, Clarification.objects.open().count()) == ("Omskrevet", 1)


def test_a_point_that_is_gone_is_not_asked_about(point, editor):
    dispositions.remove_point(point, by=editor)
    with pytest.raises(NotAvailable):
        clarifications.ask(point, why="Uklart", by=editor)


def test_the_list_shows_both_texts_and_the_chief_editor_decides(question, point, at_desk, chief):
    where = address("point_clarify", question, point.key)
    response = at_desk.post(where, {"why": "Hvem?", "alternative": "Kommunens ord"}, follow=True)
    assert said(response) == ["The point stands on the list for the editorial meeting."]
    assert "Hvem?" in response.content.decode()
    asked = Clarification.objects.get()
    shown = page(chief, "clarifications", "dialog")
    assert all(words in shown for words in ["Hvem?", "<del>", "Kommunens", "Rita Redaktør"])
    assert reverse("clarification_decide", args=["dialog", asked.key]) not in page(
        at_desk, "clarifications", "dialog"
    )
    decide = reverse("clarification_decide", args=["dialog", asked.key])
    body = {"decision": "alternative", "version": 1, "comment": "Vedtatt"}
    assert at_desk.post(decide, body).status_code == 403
    assert said(chief.post(decide, body, follow=True)) == ["It is decided, and kept with the point."]
    history = at_desk.get(address("point", question, point.key)).content.decode()
    assert all(words in history for words in ["Vedtatt", "Took the alternative", "Hanne Hovedredaktør"])
    chief.post(reverse("clarification_reopen", args=["dialog", asked.key]))
    assert Clarification.objects.open().get().why == "Hvem?"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "decision"),
        ({"decision": "withdrawn"}, "decision"),
        ({"decision": "rewritten", "text": " "}, "text"),
        ({"decision": "alternative"}, "decision"),
        ({"decision": "kept", "comment": "x" * 501}, "comment"),
    ],
)
def test_a_decision_that_cannot_be_read_changes_nothing(body, field, point, editor, chief):
    asked = clarifications.ask(point, why="Uklart", by=editor)
    before = picture()
    response = chief.post(reverse("clarification_decide", args=["dialog", asked.key]), {"version": 1, **body})
    assert (response.status_code, field in response.context["form"].errors, picture()) == (422, True, before)


def test_who_decides_late_sees_what_the_point_says_now_with_the_typed_text_kept(point, editor, chief):
    asked = clarifications.ask(point, why="Uklart", by=editor)
    points.reword(point, text="Omskrevet imens", version=1, by=editor)
    where = reverse("clarification_decide", args=["dialog", asked.key])
    response = chief.post(where, {"decision": "rewritten", "text": "Mine ord", "version": 1})
    shown = response.content.decode()
    assert (response.status_code, "Omskrevet imens" in shown, "Mine ord</textarea>" in shown) == (409, True, True)


def test_only_who_asked_or_decides_takes_it_off_the_list(point, editor, at_desk, chief):
    asked = clarifications.ask(point, why="Uklart", by=editor)
    where = reverse("clarification_withdraw", args=["dialog", asked.key])
    assert said(at_desk.post(where, follow=True)) == [
        "Only Eli Eksempel or the chief editor can take it off the list."
    ]
    chief.post(where)
    assert Clarification.objects.get().decision == Decision.WITHDRAWN


@pytest.mark.parametrize("body", [{"why": " "}, {"why": "x" * 501}, {"why": "Ja", "alternative": "x" * 10_001}])
def test_what_is_asked_badly_stays_in_the_form(body, question, point, at_desk):
    response = at_desk.post(address("point_clarify", question, point.key), body)
    assert (response.status_code, Clarification.objects.count()) == (422, 0)
    assert body.get("alternative", "")[:100] in response.content.decode()


# --- proposals ---


def proposal_of(kind, w):
    payloads = {
        ProposalKind.REWORD: {"point": w["point"], "text": "Foreslått"},
        ProposalKind.REMOVE: {"point": w["point"]},
        ProposalKind.USE: {"input": w["entry"], "heading": w["heading"]},
        ProposalKind.SAME: {"input": w["entry"], "point": w["point"]},
        ProposalKind.SET_ASIDE: {"input": w["entry"], "reason": w["reason"], "why": "Uforståelig"},
        ProposalKind.WORDS: {"input": w["entry"], "text": "Del det i to"},
    }
    return Payload(kind, **payloads[kind])


@pytest.fixture
def things(question, point, heading, conference):
    return {
        "point": point,
        "heading": heading,
        "entry": make_input(question, "Gjenstår"),
        "reason": reason_for(conference, "unclear"),
    }


@pytest.mark.parametrize("kind", ProposalKind)
def test_accepting_does_what_the_ordinary_act_does_and_undo_takes_both_back(
    kind, things, question, editor, conference
):
    author = UserFactory()
    made = proposals.propose(question, proposal_of(kind, things), by=author)
    before = picture()
    proposals.accept(made, version=1, by=editor)
    made.refresh_from_db()
    assert (made.outcome, made.made_by, made.decided_by) == (Outcome.ACCEPTED, author, editor)
    after = {
        ProposalKind.REWORD: lambda: Point.objects.get().text == "Foreslått",
        ProposalKind.REMOVE: lambda: Point.objects.standing().count() == 0,
        ProposalKind.USE: lambda: Point.objects.get(text="Gjenstår").heading == things["heading"],
        ProposalKind.SAME: lambda: Point.objects.get().sources.open().count() == 2,
        ProposalKind.SET_ASIDE: lambda: Input.objects.get(text="Gjenstår").set_aside.comment == "Uforståelig",
        ProposalKind.WORDS: lambda: picture() == before,
    }
    assert (after[kind](), check(conference)) == (True, [])
    assert set(Event.objects.filter(verb="decide_proposal").values_list("by", flat=True)) == {editor.pk}
    undo.undo(Event.objects.order_by("pk").last().act, by=editor)
    again = Proposal.objects.open().get()
    assert (again.made_by, again.kind, check(conference)) == (author, kind, [])
    assert [one.disposition for one in Input.objects.order_by("pk")] == ["used", "unhandled"]


def test_the_same_twice_is_one_proposal(things, question, editor):
    one, other = (proposals.propose(question, proposal_of("reword", things), by=editor) for _ in range(2))
    assert one == other


def test_a_proposal_is_about_things_of_its_question(things, question, editor):
    with pytest.raises(OtherConference):
        proposals.propose(QuestionFactory(), proposal_of("reword", things), by=editor)
    assert Proposal.objects.count() == 0


def test_a_proposal_of_a_point_that_changed_is_asked_again_with_both_texts(things, question, editor, at_desk):
    made = proposals.propose(question, proposal_of("reword", things), by=editor)
    points.reword(things["point"], text="Omskrevet imens", version=1, by=editor)
    where = reverse("proposal_accept", args=["dialog", made.key])
    response = at_desk.post(where, {"version": "1"})
    shown = response.content.decode()
    assert (response.status_code, Point.objects.get().text) == (409, "Omskrevet imens")
    assert all(words in shown for words in ["Bordets ord", "Accept all the same", 'value="2"'])
    at_desk.post(where, {"version": "2"})
    assert Point.objects.get().text == "Foreslått"
    *_before, last = said(at_desk.post(where, {"version": "3"}, follow=True))
    assert last == "Somebody else has answered this already. Nothing was changed."


def test_a_limited_editor_proposes_elsewhere_and_cannot_edit_or_answer_there(
    things, question, other_editor, at_desk, reader, stranger
):
    where = address("point_propose", question, things["point"].key)
    body = {"kind": "reword", "text": "Bedre ord", "why": "Kortere"}
    assert other_editor.post(address("point_reword", question, things["point"].key), body).status_code == 403
    assert "textarea" in other_editor.get(where).content.decode()
    assert other_editor.post(where, body).status_code == 302
    assert [client.post(where, body).status_code for client in (reader, stranger)] == [403, 404]
    made = Proposal.objects.get()
    accept = reverse("proposal_accept", args=["dialog", made.key])
    assert other_editor.post(accept, {"version": 1}).status_code == 403
    assert "Bedre" in page(reader, "proposals", "dialog")
    assert said(at_desk.post(accept, {"version": 1}, follow=True)) == ["The proposal is accepted, and done."]
    assert Point.objects.get().revisions.last().by == at_desk.user


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "use", "heading": "heading"}, 302),
        ({"kind": "same", "point": "point"}, 302),
        ({"kind": "same"}, 422),
        ({"kind": "set_aside", "reason": "unclear"}, 302),
        ({"kind": "set_aside"}, 422),
        ({"kind": "set_aside", "reason": "withdrawn"}, 404),
        ({"kind": "words", "text": "Del det"}, 302),
        ({"kind": "words", "text": " "}, 422),
        ({"kind": "words", "text": "x" * 10_001}, 422),
        ({"kind": "reword", "text": "Nei"}, 404),
        ({"kind": "dance"}, 422),
        ({}, 422),
    ],
)
def test_what_can_be_proposed_of_an_input(body, status, things, question, other_editor):
    body = {name: str(things[value].key) if value in things else value for name, value in body.items()}
    response = other_editor.post(address("input_propose", question, things["entry"].key), body)
    assert (response.status_code, Proposal.objects.count()) == (status, int(status == 302))


def test_declining_says_why(things, question, editor, at_desk):
    made = proposals.propose(question, proposal_of("remove", things), by=editor)
    where = reverse("proposal_decline", args=["dialog", made.key])
    assert at_desk.post(where, {"answer": " "}).status_code == 422
    at_desk.post(where, {"answer": "Vi trenger det"})
    assert "Vi trenger det" in page(at_desk, "proposals", "dialog")
    assert Point.objects.standing().count() == 1


def test_only_its_author_takes_a_proposal_back(things, question, editor, at_desk):
    made = proposals.propose(question, proposal_of("remove", things), by=editor)
    own = proposals.propose(question, proposal_of("reword", things), by=at_desk.user)
    for one in (made, own):
        at_desk.post(reverse("proposal_withdraw", args=["dialog", one.key]))
    assert list(Proposal.objects.open()) == [made]


# --- sign-off, as its pages show it ---


def test_an_editor_who_was_writing_when_it_was_signed_off_proposes_what_was_written(question, point, at_desk, chief):
    chief.post(address("signing_sign", question))
    response = at_desk.post(address("point_reword", question, point.key), {"text": "Mine ord", "version": 1})
    shown = response.content.decode()
    assert (response.status_code, "Mine ord</textarea>" in shown) == (409, True)
    assert "Hanne Hovedredaktør signed off question 1.1" in shown
    where = address("point_propose", question, point.key)
    assert where in shown
    at_desk.post(where, {"kind": "reword", "text": "Mine ord"})
    made = Proposal.objects.get()
    refused = chief.post(reverse("proposal_accept", args=["dialog", made.key]), {"version": 1}, follow=True)
    assert "signed off question 1.1" in said(refused)[-1]
    chief.post(address("signing_lift", question), {"reason": "Et godt forslag"})
    chief.post(reverse("proposal_accept", args=["dialog", made.key]), {"version": 1})
    assert Point.objects.get().text == "Mine ord"


def test_the_pages_say_that_a_question_is_signed_off(question, point, at_desk, reader, chief):
    chief.post(address("signing_sign", question))
    make_input(question, "Kom etterpå")
    desk = at_desk.get(address("desk", question)).content.decode()
    assert "Signed off by Hanne Hovedredaktør" in desk
    assert "1 input has come since." in desk
    assert address("input_propose", question, Input.objects.get(text="Kom etterpå").key) in desk
    assert 'id="sort"' not in desk
    assert "Hanne Hovedredaktør" in page(reader, "report", "dialog")
    assert "signed off" in page(at_desk, "conference", "dialog")
    of_point = at_desk.get(address("point", question, point.key)).content.decode()
    assert address("point_reword", question, point.key) not in of_point


def test_only_those_who_decide_sign_and_lift(question, point, at_desk, reader, stranger, chief):
    for name in ("signing_sign", "signing_lift"):
        body = {"reason": "Fordi"}
        answers = [one.post(address(name, question), body).status_code for one in (at_desk, reader, stranger)]
        assert answers == [403, 403, 404]
    make_input(question, "Gjenstår")
    assert chief.post(address("signing_sign", question)).status_code == 409
    assert SignOff.objects.count() == 0
    assert chief.post(address("signing_lift", question), {"reason": "Fordi"}).status_code == 302


def test_lifting_asks_why(question, point, chief):
    chief.post(address("signing_sign", question))
    assert chief.post(address("signing_lift", question), {"reason": " "}).status_code == 422
    assert SignOff.objects.standing().count() == 1


# --- the second person ---


def test_a_combined_text_waits_only_where_the_conference_asks(combined, conference):
    assert codes(conference) == []
    conference.second_person = True
    assert codes(conference) == ["unconfirmed"]


@pytest.mark.parametrize("way", ["one source", "the words of one"])
def test_what_is_not_combined_does_not_wait(way, question, point, editor):
    if way == "the words of one":
        dispositions.attach(point, [make_input(question, "Sier det samme")], by=editor)
    else:
        points.reword(point, text="Pusset på", version=1, by=editor)
    assert not confirming.combined(Point.objects.all()).exists()


def test_nobody_confirms_a_text_of_their_own(combined, editor, conference):
    with pytest.raises(NotYours):
        confirm_acts.confirm(combined, version=combined.version, by=editor)
    confirm_acts.confirm(combined, version=combined.version, by=UserFactory())
    conference.second_person = True
    assert (codes(conference), check(conference)) == ([], [])


def test_who_proposed_the_words_has_written_them(question, combined, editor):
    author = UserFactory()
    made = proposals.propose(question, Payload(ProposalKind.REWORD, point=combined, text="Bedre"), by=author)
    proposals.accept(made, version=combined.version, by=editor)
    stored = Point.objects.get(pk=combined.pk)
    with pytest.raises(NotYours):
        confirm_acts.confirm(stored, version=stored.version, by=author)


@pytest.mark.parametrize("later", ["a rewording", "another source", "the confirmation is undone"])
def test_a_confirmation_lapses(later, question, combined, editor, conference):
    second = UserFactory()
    confirm_acts.confirm(combined, version=combined.version, by=second)
    if later == "a rewording":
        points.reword(combined, text="Endret igjen", version=combined.version, by=editor)
    elif later == "another source":
        dispositions.attach(combined, [make_input(question, "Et tredje")], by=editor)
    else:
        undo.undo(Event.objects.order_by("pk").last().act, by=second)
    conference.second_person = True
    assert codes(conference) == ["unconfirmed"]
    stored = Point.objects.get(pk=combined.pk)
    confirm_acts.confirm(stored, version=stored.version, by=second)
    confirm_acts.confirm(stored, version=stored.version, by=second)
    assert (codes(conference), stored.confirmations.standing().count()) == ([], 1)


def test_a_text_that_changed_meanwhile_is_not_confirmed_unseen(combined, editor):
    points.reword(combined, text="Endret igjen", version=combined.version, by=editor)
    with pytest.raises(Stale):
        confirm_acts.confirm(combined, version=combined.version, by=UserFactory())


def test_the_list_of_what_waits(question, combined, editor, at_desk, reader, conference):
    type(conference).objects.update(second_person=True)
    where = address("confirming", question)
    own = logged_in(MembershipFactory(conference=conference, user=editor).user)
    post = address("point_confirm", question, combined.key)
    assert post not in own.get(where).content.decode()
    assert post not in reader.get(where).content.decode()
    shown = at_desk.get(where).content.decode()
    assert all(words in shown for words in [post, "Bordets ord", "Andre ord", "Bordets og andre ord", "Kurs"])
    assert where in page(at_desk, "conference", "dialog")
    assert said(at_desk.post(post, {"version": combined.version}, follow=True)) == [
        "Confirmed: the meaning is the same."
    ]
    assert "No combined text waits." in at_desk.get(where).content.decode()
    assert reader.post(post).status_code == 403


# --- what all of them share ---


def test_words_go_out_of_all_that_is_asked_proposed_and_answered(things, question, editor, conference):
    point, entry = things["point"], things["entry"]
    points.reword(point, text="Kari sa det", version=1, by=editor)
    asked = clarifications.ask(point, why="Er Kari med?", alternative="Kari mente det", by=editor)
    clarifications.decide(asked, Decision.KEPT, version=2, comment="Kari er med", by=editor)
    for payload in (
        Payload(ProposalKind.REWORD, point=point, text="Kari sa mer", why="Kari ba om det"),
        Payload(ProposalKind.WORDS, input=entry, text="Spør Kari"),
        Payload(ProposalKind.SAME, input=entry, point=point, why="Kari igjen"),
    ):
        proposals.decline(proposals.propose(question, payload, by=editor), answer="Kari sa nei", by=editor)
    passage = passage_of("Kari", conference)
    redact(passage, [point, entry], ground="navn", by=editor)
    words = [*Clarification.objects.values_list("why", "alternative", "comment")]
    words += Proposal.objects.values_list("text", "why", "answer")
    assert "Kari" not in str(words)
    assert str(words).count("█") == 3 + 3 + 2 + 2


def test_words_go_out_of_why_a_sign_off_was_lifted(question, point, chief):
    chief.post(address("signing_sign", question))
    chief.post(address("signing_lift", question), {"reason": "Kari ba om det"})
    key = SignOff.objects.get().key
    assert (
        reverse("redact", args=["dialog", "godkjenning", key])
        in chief.get(address("signing", question)).content.decode()
    )
    body = {"words": "Kari", "ground": "navn", "confirm": "yes"}
    assert chief.post(reverse("redact", args=["dialog", "godkjenning", key]), body).status_code == 302
    assert SignOff.objects.get().reason == "█ ba om det"


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", ["clarifications", "proposals", "confirming", "signing", "desk", "point"])
def test_a_page_costs_the_same_for_one_row_and_for_three(
    name, number, question, heading, editor, at_desk, conference
):
    type(conference).objects.update(second_person=True)
    for n in range(number):
        pair = [make_input(question, f"{n} {m}") for m in "ab"]
        one, other = dispositions.accept(pair, by=editor, place=lambda _entry: heading)
        made = points.merge(points.plan_merge([one, other], text=f"Begge {n}"), by=editor)
        asked = clarifications.ask(made, why="Uklart", alternative="Klart", by=editor)
        proposals.propose(question, Payload(ProposalKind.REWORD, point=made, text="Ny"), by=editor)
        made = points.reword(made, text=f"Begge to {n}", version=made.version, by=editor)
        clarifications.decide(asked, Decision.KEPT, version=made.version, by=editor)
        clarifications.reopen(asked, by=editor)
        done = proposals.propose(question, Payload(ProposalKind.REMOVE, point=made), by=editor)
        proposals.decline(done, answer="Nei", by=editor)
    where = {
        "clarifications": reverse("clarifications", args=["dialog"]),
        "proposals": reverse("proposals", args=["dialog"]),
        "point": address("point", question, made.key),
    }
    with CaptureQueriesContext(connection) as captured:
        assert at_desk.get(where.get(name) or address(name, question)).status_code == 200
    assert len(captured) == QUERIES[name]


QUERIES = {"clarifications": 6, "proposals": 10, "confirming": 14, "signing": 11, "desk": 22, "point": 24}


def test_a_heading_that_is_gone_is_told_when_its_proposal_is_accepted(things, question, editor, at_desk):
    made = proposals.propose(question, proposal_of("use", things), by=editor)
    points.move(things["point"], to=None, by=editor)
    headings.remove(Heading.objects.get(), by=editor)
    before = picture()
    response = at_desk.post(reverse("proposal_accept", args=["dialog", made.key]), follow=True)
    assert "Nothing was changed" in said(response)[0]
    assert (picture(), Proposal.objects.open().count()) == (before, 1)


def test_signing_is_not_asked_about_what_is_proposed(question, things, editor):
    dispositions.set_aside([things["entry"]], reason=things["reason"], by=editor)
    proposals.propose(question, Payload(ProposalKind.REMOVE, point=things["point"]), by=editor)
    assert signing.sign(question, by=editor).lifted_at is None
