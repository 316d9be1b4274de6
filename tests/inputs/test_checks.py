"""What the checks read of a conference, what is accepted and by whom, and what stands in the way of publication."""

from datetime import time

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.models import (
    ChapterText,
    Conference,
    Event,
    Introducer,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    RespondentGroup,
    Role,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
)
from inputs.actions import checks as acts
from inputs.actions import dispositions, headings, points, redaction, versions
from inputs.actions.faults import NotAvailable, NotYours
from inputs.checks.finding import Code
from inputs.findings import findings, places_of, read_edition
from inputs.hindrances import findings_in_the_way, hindrances
from inputs.integrity import check
from inputs.models import Acceptance, FileKind, Point, VersionKind
from inputs.report.build import NotFinished
from inputs.views import checks as views
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    UserFactory,
    make_input,
)
from tests.inputs.desk import logged_in, said
from tests.inputs.publishing import a_point, finished, frozen
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db

PHONE = "Ring 412 34 567 om kurs."
GROUP = "Vi hørte en somalisk kvinneforening."


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def conference(by) -> Conference:
    """Nothing is left to do, but for what the checks find: a telephone number and a small group."""
    return finished("dialog", PHONE, GROUP, "Et punkt til.", by=by)


def found(conference, code):
    """The only finding of that code, accepted or not."""
    [one] = [one for one in findings(read_edition(conference), conference) if one.finding.code == code]
    return one


def accept(conference, code, *, by, reason="Det er greit"):
    return acts.accept(conference, found(conference, code).finding, reason=reason, by=by)


def left(conference):
    return [(one.code, one.count) for one in hindrances(conference)]


def reword(text, *, by, old):
    point = Point.objects.get(text=old)
    points.reword(point, text=text, version=point.version, by=by)


# --- what is read ---


def full(conference) -> None:
    """A row of all that is read besides the texts."""
    session = conference.sessions.get()
    ministry = Ministry.objects.create(conference=conference, code="KD", name="Kunnskaps- og læringsdepartementet")
    Introducer.objects.create(session=session, name="Kari Nordmann", title="statssekretær", ministry=ministry)
    ProgrammeItem.objects.create(
        conference=conference, starts_at=time(9), title="Tale", speaker_name="Ola Dunk", text="Ring 917 65 432."
    )
    ParticipantCount.objects.create(conference=conference, category="deltakere", limit=60, attended=70)
    survey = Survey.objects.create(conference=conference, recipients=91)
    RespondentGroup.objects.create(survey=survey, group="organisation", respondents=3)
    question = SurveyQuestion.objects.create(survey=survey, base="organisation", text="Fikk du delt det?")
    SurveyAnswer.objects.create(question=question, label="Ja", count=4)
    ChapterText.objects.create(
        conference=conference, slot="background", text="Skriv til post@example.org. Kari var der."
    )
    TableFactory(conference=conference, number=32)


def test_everything_of_the_conference_is_read(conference):
    full(conference)
    codes = {one.finding.code.value for one in findings(read_edition(conference), conference)}
    assert {
        "phone", "email", "small_group", "participants", "answers", "recipients", "silent_tables", "session_part",
        "draft_chapter", "empty_chapter",
    } <= codes  # fmt: skip
    with override("en"):
        assert found(conference, Code.SILENT_TABLES).finding.says == "No notes from table 32."


def test_a_question_that_was_asked_at_some_tables_misses_no_other(conference):
    question = conference.sessions.get().questions.get()
    TableFactory(conference=conference, number=32)
    question.tables.add(conference.tables.get(number=31))
    assert "silent_tables" not in {one.finding.code for one in findings(read_edition(conference), conference)}


def test_the_short_reading_finds_what_the_whole_one_finds(conference, by):
    full(conference)
    headings.make(conference.sessions.get().questions.get(), "Ola Dunk", by=by)
    whole = [one.finding for one in findings(read_edition(conference), conference)]
    hard = {(one.key, one.reading) for one in whole if one.is_in_the_way and one.can_be_accepted}
    short = {(one.key, one.reading) for one in findings_in_the_way(conference)}
    assert short == hard
    assert {key.split(":")[0] for key, _reading in hard} == {"phone", "email", "small_group", "named"}


def test_a_finding_is_at_a_place_that_is_known(conference):
    full(conference)
    edition = read_edition(conference)
    places = places_of(edition)
    assert {one.finding.place.key for one in findings(edition, conference)} <= set(places)


def test_nothing_of_another_conference_is_read(conference, by):
    finished("annen", PHONE, by=by)
    assert left(conference) == [("personal", 1), ("small_group", 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_reading_costs_the_same_for_one_row_and_for_three(number, conference, by):
    for n in range(number):
        full_session = SessionFactory(conference=conference, number=10 + n)
        question = QuestionFactory(session=full_session, number=1)
        dispositions.accept([make_input(question, f"{GROUP} {n}")], by=by)
    with CaptureQueriesContext(connection) as whole:
        findings(read_edition(conference), conference)
    with CaptureQueriesContext(connection) as short:
        findings_in_the_way(conference)
    assert (len(whole), len(short)) == (12, 1)


# --- accepting ---


def test_what_is_accepted_stands_with_who_when_and_why_and_never_its_words(conference, by):
    made = accept(conference, Code.PHONE, by=by, reason="  Sentralbordets\nnummer ")
    assert (made.reason, made.by, made.point.text) == ("Sentralbordets nummer", by, PHONE)
    assert "412" not in f"{made.finding}{made.reading}"
    event = Event.objects.get(verb="accept_finding")
    assert (event.target_id, event.after) == (made.pk, {"point": made.point_id, "second": False})
    assert found(conference, Code.PHONE).is_settled
    assert left(conference) == [("small_group", 1)]


def test_accepting_twice_is_accepting_once(conference, by):
    first, again = accept(conference, Code.PHONE, by=by), accept(conference, Code.PHONE, by=UserFactory())
    assert first == again
    assert Acceptance.objects.count() == 1


def test_a_finding_comes_back_when_its_text_has_changed_and_rests_when_it_is_as_it_was(conference, by):
    accept(conference, Code.PHONE, by=by)
    reword("Ring 412 34 568 om kurs.", by=by, old=PHONE)
    assert not found(conference, Code.PHONE).is_settled
    reword(PHONE, by=by, old="Ring 412 34 568 om kurs.")
    assert found(conference, Code.PHONE).is_settled


def test_a_change_elsewhere_leaves_it_accepted(conference, by):
    accept(conference, Code.PHONE, by=by)
    reword("Noe annet.", by=by, old="Et punkt til.")
    assert found(conference, Code.PHONE).is_settled


def test_a_small_group_takes_two(conference, by):
    made = accept(conference, Code.SMALL_GROUP, by=by)
    assert not found(conference, Code.SMALL_GROUP).is_settled
    assert ("small_group", 1) in left(conference)
    with pytest.raises(NotYours):
        acts.agree(made, by=by)
    second = UserFactory()
    acts.agree(made, by=second)
    acts.agree(made, by=UserFactory())  # twice is once
    made.refresh_from_db()
    assert (made.second_by, found(conference, Code.SMALL_GROUP).is_settled) == (second, True)
    assert "small_group" not in dict(left(conference))


def test_nobody_agrees_to_what_has_changed_or_was_taken_back(conference, by):
    made = accept(conference, Code.SMALL_GROUP, by=by)
    reword(f"{GROUP} Alle.", by=by, old=GROUP)
    with pytest.raises(acts.Changed):
        acts.agree(made, by=UserFactory())
    reword(GROUP, by=by, old=f"{GROUP} Alle.")
    acts.reopen(made, by=by)
    with pytest.raises(acts.Changed):
        acts.agree(made, by=UserFactory())
    phone = accept(conference, Code.PHONE, by=by)
    with pytest.raises(acts.Changed):
        acts.agree(phone, by=UserFactory())  # it takes one


def test_what_was_accepted_is_opened_again_once_and_can_be_accepted_anew(conference, by):
    made = accept(conference, Code.PHONE, by=by)
    acts.reopen(made, by=by)
    acts.reopen(made, by=by)
    assert Event.objects.filter(verb="reopen_finding").count() == 1
    assert not found(conference, Code.PHONE).is_settled
    assert accept(conference, Code.PHONE, by=by) != made


def test_what_no_reason_makes_good_is_not_accepted(conference, by):
    point = Point.objects.get(text=PHONE)
    Point.objects.filter(pk=point.pk).update(heading=None)
    with pytest.raises(NotAvailable):
        accept(conference, Code.WITHOUT_HEADING, by=by)


TEXTS = [f"Ring 412 34 56{n}." for n in range(4)]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=7))
def test_a_finding_stays_accepted_until_its_text_changes(steps):
    """Whatever is reworded and accepted in whatever order: accepted is what was accepted as it reads now."""
    conference = ConferenceFactory()
    by = UserFactory()
    question = QuestionFactory(session=SessionFactory(conference=conference))
    heading = headings.make(question, "Kurs", by=by)
    notes = [make_input(question, text) for text in TEXTS[:2]]
    mine = dispositions.accept(notes, by=by, place=lambda _entry: heading)
    read = set()
    for is_accepting, which, text in steps:
        if is_accepting:
            finding = findings(read_edition(conference), conference)[which].finding  # the numbers come first
            acts.accept(conference, finding, reason="Greit", by=by)
            read.add((finding.key, finding.reading))
        else:
            point = Point.objects.get(pk=mine[which % 2].pk)
            if point.text != TEXTS[text]:
                points.reword(point, text=TEXTS[text], version=point.version, by=by)
        for one in findings(read_edition(conference), conference):
            assert (one.acceptance is not None) == ((one.finding.key, one.finding.reading) in read)
    assert check(conference) == []


# --- publication ---


def test_nothing_is_frozen_for_publication_or_published_while_a_finding_stands_in_the_way(conference, by, quick):
    with pytest.raises(NotFinished) as refused:
        frozen(conference, by)
    assert [one.code for one in refused.value.obstacles] == ["personal", "small_group"]
    frozen(conference, by, VersionKind.CLEARANCE)
    accept(conference, Code.PHONE, by=by)
    acts.agree(accept(conference, Code.SMALL_GROUP, by=by), by=UserFactory())
    made = frozen(conference, by)
    reword(f"{PHONE} Igjen.", by=by, old=PHONE)
    with pytest.raises(NotFinished):
        versions.publish(made, said="", by=by)


@pytest.fixture
def quick(monkeypatch):
    """No PDF: making one takes a process of its own."""
    monkeypatch.setattr(versions, "frozen_files", lambda _report, _template: dict.fromkeys(FileKind, b"{}"))


def test_the_report_says_what_stands_in_the_way_and_its_files_are_drafts(conference, by):
    client = logged_in(MembershipFactory(conference=conference, role=Role.EDITOR).user)
    page = client.get(reverse("report", args=["dialog"]))
    assert [one.code for one in page.context["obstacles"]] == ["personal", "small_group"]
    assert page.context["report"].draft
    assert reverse("checks", args=["dialog"]) + "?kind=personal" in page.content.decode()
    answer = client.get(reverse("report_download", args=["dialog", "md"]))
    assert "dialog-utkast.md" in answer["Content-Disposition"]


# --- redaction, rehearsal, integrity ---


def test_words_go_out_of_every_reason_and_what_stood_for_them_goes_too(conference, by):
    phone = accept(conference, Code.PHONE, by=by, reason="412 34 567 er sentralbordet")
    other = accept(conference, Code.SESSION_PART, by=by, reason="Spør 412 34 567")
    ended = accept(conference, Code.SMALL_GROUP, by=by)
    acts.reopen(ended, by=by)
    point = Point.objects.get(text=PHONE)
    passage = redaction.passage_of("412 34 567", conference)
    before = {one.name: one.besides for one in redaction.find(passage, conference, start=point)}
    assert before[f"point:{point.key}"] >= 1
    redaction.redact(passage, [point], ground="Et nummer", by=by)
    for one in (phone, other, ended):
        one.refresh_from_db()
    assert not passage.count([phone.reason, other.reason])
    assert (phone.reading, phone.ended_by) == ("", by)
    assert (len(other.reading), other.ended_at) == (64, None)
    assert "412 34 567" not in snapshot_words()


def snapshot_words() -> str:
    return str(list(Acceptance.objects.values_list("finding", "reading", "reason")))


def test_a_heading_that_is_redacted_loses_its_acceptance(conference, by):
    heading = headings.make(conference.sessions.get().questions.get(), "Hemmelig sak", by=by)
    made = accept(conference, Code.EMPTY_HEADING, by=by, reason="Hemmelig sak er tom")
    redaction.redact(redaction.passage_of("Hemmelig sak", conference), [heading], ground="Navn", by=by)
    made.refresh_from_db()
    assert (made.reading, "Hemmelig" in made.reason) == ("", False)


def test_integrity_tells_of_an_acceptance_of_another_conference(conference, by):
    made = accept(conference, Code.PHONE, by=by)
    elsewhere = a_point(finished("annen", by=by))
    Acceptance.objects.filter(pk=made.pk).update(point=elsewhere)
    assert [one.promise for one in check(conference)] == ["an accepted finding is about a text of its conference"]


# --- the page ---


@pytest.fixture
def address(conference):
    return reverse("checks", args=["dialog"])


@pytest.fixture
def editor_there(conference):
    return MembershipFactory(conference=conference, role=Role.EDITOR)


@pytest.fixture
def client(editor_there):
    return in_english(editor_there.user)


def in_english(user):
    client = logged_in(user)
    client.cookies["django_language"] = "en"
    return client


def form_of(conference, code, **more):
    finding = found(conference, code).finding
    return {"finding": finding.key, "reading": finding.reading, "reason": "Det er sentralbordet"} | more


def rows(page):
    groups = [*page.context["in_the_way"], *page.context["to_look_at"]]
    return {row.finding.code.value: row for group in groups for row in group.rows}


def test_the_page_leads_to_the_very_place(conference, client, address):
    page = client.get(address)
    point = Point.objects.get(text=PHONE)
    assert rows(page)["phone"].address.endswith(f"/rediger/#line-{point.key}")
    assert "<mark>412 34 567</mark>" in page.content.decode()
    assert rows(page)["empty_chapter"].address == reverse("report_chapter", args=["dialog", "structure"])


def test_an_empty_heading_is_mended_at_the_desk_and_one_that_is_printed_in_the_document(
    conference, client, address, by
):
    question = conference.sessions.get().questions.get()
    headings.make(question, "Tom", by=by)
    second = headings.make(question, "Skole:", by=by)
    dispositions.accept([make_input(question, "Mer skole.")], by=by, place=lambda _entry: second)
    found_there = rows(client.get(address))
    assert found_there["empty_heading"].address.endswith("/sporsmal/1/#report")
    printed = found_there["heading_stop"].address
    assert printed.endswith(f"/rediger/#heading-{second.key}")
    assert f'id="heading-{second.key}"' in client.get(printed.split("#")[0]).content.decode()


def test_every_way_on_leads_to_a_page(conference, address, by):
    full(conference)
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    places = {row.address.split("#")[0] for row in rows(client.get(address)).values()}
    assert {client.get(place).status_code for place in places} == {200}
    assert len(places) > 7


def test_set_up_is_mended_by_administrators_alone(conference, client, address):
    full(conference)
    row = rows(client.get(address))["participants"]
    assert (row.address, row.editing) == ("", True)
    assert "An administrator mends it in the set-up." in client.get(address).content.decode()


def test_a_reader_looks_and_a_stranger_does_not(conference, client, address):
    reader = logged_in(MembershipFactory(conference=conference, role=Role.READER).user)
    assert "<form" not in reader.get(address).content.decode().split("<main")[1].split("</main>")[0]
    assert reader.post(reverse("check_accept", args=["dialog"]), form_of(conference, Code.PHONE)).status_code == 403
    stranger = logged_in(MembershipFactory().user)
    assert stranger.get(address).status_code == 404


def test_accepting_on_the_page(conference, client, address, editor_there):
    before = client.get(address).context
    answer = client.post(reverse("check_accept", args=["dialog"]), form_of(conference, Code.PHONE), follow=True)
    assert said(answer) == ["Accepted."]
    assert (answer.context["seen"], answer.context["all"]) == (1, before["all"])
    [row] = answer.context["settled"]
    assert (row.found.acceptance.by, row.found.acceptance.reason) == (editor_there.user, "Det er sentralbordet")
    client.post(reverse("check_reopen", args=["dialog", row.found.acceptance.key]))
    assert client.get(address).context["seen"] == 0


def test_the_kind_that_is_looked_at_is_kept(conference, client, address):
    page = client.get(f"{address}?kind=personal")
    assert list(rows(page)) == ["phone"]
    answer = client.post(
        reverse("check_accept", args=["dialog"]), form_of(conference, Code.PHONE, kind="personal"), follow=True
    )
    assert answer.redirect_chain[-1][0] == f"{address}?kind=personal"
    assert "Nothing of this kind is left." in answer.content.decode()
    assert client.get(f"{address}?kind=tull").status_code == 200


def test_two_persons_on_the_page(conference, client, address):
    answer = client.post(reverse("check_accept", args=["dialog"]), form_of(conference, Code.SMALL_GROUP), follow=True)
    assert said(answer) == ["Accepted. A second person must agree before the report can be published."]
    acceptance = Acceptance.objects.get()
    agree = reverse("check_agree", args=["dialog", acceptance.key])
    assert agree not in answer.content.decode()
    assert said(client.post(agree, follow=True)) == ["You have accepted it yourself. Somebody else must agree."]
    second = in_english(MembershipFactory(conference=conference, role=Role.EDITOR).user)
    assert agree in second.get(address).content.decode()
    assert said(second.post(agree, follow=True)) == ["You both accept it."]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_bad_reason_is_said_at_its_field_and_kept(reason, conference, client):
    answer = client.post(reverse("check_accept", args=["dialog"]), form_of(conference, Code.PHONE, reason=reason))
    row = rows(answer)["phone"]
    assert (answer.status_code, list(row.form.errors)) == (422, ["reason"])
    assert f'value="{reason}"' in answer.content.decode()
    assert not Acceptance.objects.exists()


def test_what_changed_meanwhile_is_not_accepted_unseen(conference, client, by):
    body = form_of(conference, Code.PHONE)
    reword(f"{PHONE} Snart.", by=by, old=PHONE)
    answer = client.post(reverse("check_accept", args=["dialog"]), body)
    assert (answer.status_code, rows(answer)["phone"].form["reason"].value()) == (409, "Det er sentralbordet")
    assert "This has changed since you opened the page." in answer.content.decode()
    assert not Acceptance.objects.exists()


def test_what_is_gone_meanwhile_is_told(conference, client, by):
    body = form_of(conference, Code.PHONE)
    reword("Et kurs.", by=by, old=PHONE)
    answer = client.post(reverse("check_accept", args=["dialog"]), body, follow=True)
    assert said(answer) == ["It is not found any more. There is nothing to accept."]


@pytest.mark.parametrize(
    "key", ["", "phone", "tull:point:1", "phone:point:00000000000040008000000000000000", "år:x:y"]
)
def test_a_finding_that_never_was_is_404(key, conference, client):
    before = snapshot()
    answer = client.post(reverse("check_accept", args=["dialog"]), {"finding": key, "reading": "x", "reason": "Ja"})
    assert answer.status_code == 404
    assert snapshot() == before


def test_an_editor_of_one_session_accepts_there_alone(conference, client, editor_there):
    editor_there.sessions.add(SessionFactory(conference=conference, number=7))
    page = client.get(reverse("checks", args=["dialog"]))
    assert (rows(page)["phone"].editing, rows(page)["empty_chapter"].editing) == (False, True)
    assert client.post(reverse("check_accept", args=["dialog"]), form_of(conference, Code.PHONE)).status_code == 403
    made = accept(conference, Code.PHONE, by=UserFactory())
    assert client.post(reverse("check_reopen", args=["dialog", made.key])).status_code == 403
    assert client.post(reverse("check_agree", args=["dialog", made.key])).status_code == 403


def test_when_nothing_is_found_the_page_says_so(by):
    conference = finished("tom", by=by)
    conference.sessions.update(topic="Om arbeid.", introduction="Det ble sagt.")
    page = logged_in(MembershipFactory(conference=conference).user).get(reverse("checks", args=["tom"]))
    assert set(rows(page)) == {"empty_chapter"}
    for slot in [row.finding.place.ref for group in page.context["to_look_at"] for row in group.rows]:
        ChapterText.objects.create(conference=conference, slot=slot, text="Skrevet.", state="ready")
    page = in_english(MembershipFactory(conference=conference).user).get(reverse("checks", args=["tom"]))
    assert "Nothing is found." in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_finding_and_for_three(number, conference, client, address, by):
    full(conference)
    for n in range(number):
        question = QuestionFactory(session=SessionFactory(conference=conference, number=10 + n), number=1)
        dispositions.accept([make_input(question, f"{PHONE} {n}"), make_input(question, f"{GROUP} {n}")], by=by)
    for one in findings(read_edition(conference), conference)[: 2 * number]:
        if one.finding.can_be_accepted:
            acts.accept(conference, one.finding, reason="Greit", by=by)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) == 20


def test_no_more_is_shown_than_can_be_read(conference, client, address, by, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 3)
    question = conference.sessions.get().questions.get()
    dispositions.accept([make_input(question, f"To  ord {n}.") for n in range(5)], by=by)
    page = client.get(f"{address}?kind=style")
    shown = [row for group in page.context["to_look_at"] for row in group.rows]
    assert (len(shown), page.context["more"]) == (3, 2)


# --- the command ---


def told(capsys, *options):
    """What the command prints, what it complains of, and how it ends."""
    capsys.readouterr()
    try:
        call_command("check_report", "dialog", *options)
    except SystemExit as ended:
        code = ended.code
    else:
        code = 0
    printed = capsys.readouterr()
    return code, [line.split("\t") for line in printed.out.splitlines()], printed.err.strip()


def test_the_command_prints_each_finding_and_ends_with_1_while_some_stand_in_the_way(conference, by, capsys):
    code, lines, summary = told(capsys)
    assert code == 1
    assert lines[0] == ["stops", "personal", "phone", "point 1.1", "This may be a telephone number."]
    assert summary == f"{len(lines)} findings, 0 accepted, 2 in the way of publication"
    assert "412" not in str(lines)
    accept(conference, Code.PHONE, by=by)
    acts.agree(accept(conference, Code.SMALL_GROUP, by=by), by=UserFactory())
    code, lines, nothing = told(capsys)
    assert (code, nothing, lines[-1]) == (
        0, "", [f"{len(lines) + 1} findings, 2 accepted, 0 in the way of publication"],
    )  # fmt: skip
    assert [line[0] for line in told(capsys, "--all")[1][:2]] == ["accepted", "accepted"]


def test_the_command_knows_the_conferences_there_are(capsys):
    code, lines, complaint = told(capsys)
    assert (code, lines, complaint) == (1, [], "there is no conference “dialog”; known: none")
