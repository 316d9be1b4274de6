"""Each named constraint of the schema has a row here that tries to break it past all forms, on both databases.

`test_no_constraint_is_forgotten` fails when a constraint is missing.
"""

import uuid
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from conference import models as c
from inputs import models as i
from inputs.actions import dispositions
from tests.factories import (
    ConferenceFactory,
    HeadingFactory,
    MembershipFactory,
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    SetAsideReasonFactory,
    TableFactory,
    UserFactory,
    make_contribution,
    make_input,
    make_made_file,
    make_matter,
    make_publication,
    make_template,
    make_version,
)

NOW = timezone.now()


def change(thing, **values):
    """Write past the model, as a faulty program would."""
    type(thing).objects.filter(pk=thing.pk).update(**values)


def make_point(**values):
    values = {"question": QuestionFactory(), "text": "Et punkt", "search_text": "et punkt"} | values
    return i.Point.objects.create(**values)


def make_source(**values):
    entry = make_input(QuestionFactory())
    [point] = dispositions.accept([entry], by=UserFactory())
    source = point.sources.get()
    if values:
        change(source, **values)
    return source


def make_decision(**values):
    entry = make_input(QuestionFactory())
    values = {
        "input": entry, "reason": SetAsideReasonFactory(conference=entry.conference),
        "opened_at": NOW, "opened_by": UserFactory(),
    } | values  # fmt: skip
    return i.SetAside.objects.create(**values)


def make_not_same(**values):
    low, high = make_input(QuestionFactory()), make_input(QuestionFactory())
    values = {
        "low": low, "high": high, "low_revision": 1, "high_revision": 1, "opened_at": NOW, "opened_by": UserFactory(),
    } | values  # fmt: skip
    return i.NotSame.objects.create(**values)


def not_same_in_the_other_order():
    pair = make_not_same()
    change(pair, low=pair.high, high=pair.low)


def not_same_twice():
    pair = make_not_same()
    make_not_same(low=pair.low, high=pair.high)


def make_code(**values):
    values = {
        "note_taker": NoteTakerFactory(), "code_hash": uuid.uuid4().hex, "valid_from": NOW,
        "valid_until": NOW + timedelta(days=1), "issued_at": NOW, "issued_by": UserFactory(),
    } | values  # fmt: skip
    return c.AccessCode.objects.create(**values)


def make_device(**values):
    return c.Device.objects.create(access_code=make_code(), opened_at=NOW, seen_at=NOW, **values)


def make_sheet(**values):
    values = {
        "session": SessionFactory(),
        "note_taker": NoteTakerFactory(),
        "text": "ord",
        "received_at": NOW,
    } | values
    return i.MinutesSheet.objects.create(**values)


def make_sheet_aside(**values):
    values = {
        "sheet": values.get("sheet") or make_sheet(), "revision": 1, "reason": SetAsideReasonFactory(),
        "opened_at": NOW, "opened_by": UserFactory(),
    } | values  # fmt: skip
    return i.SheetAside.objects.create(**values)


def make_survey(**values):
    return c.Survey.objects.create(conference=ConferenceFactory(), recipients=10, **values)


def make_survey_question(**values):
    return c.SurveyQuestion.objects.create(survey=make_survey(), text="Fornøyd?", **values)


def make_item(**values):
    return c.ProgrammeItem.objects.create(
        **{"conference": ConferenceFactory(), "starts_at": time(9), "title": "Åpning"} | values
    )


def make_introducer(**values):
    return c.Introducer.objects.create(**{"session": SessionFactory(), "name": "Ada"} | values)


def make_ministry(**values):
    return c.Ministry.objects.create(
        **{"conference": ConferenceFactory(), "code": "EKS", "name": "Eksempeldepartementet"} | values
    )


def make_redaction(**values):
    return i.Redaction.objects.create(**{"ground": "navn", "by": UserFactory(), "at": NOW} | values)


def make_rehearsal(**values):
    values = {"rehearsal_of": ConferenceFactory(), "title": "ØVELSE – Dialogmøte"} | values
    return ConferenceFactory(**values)


def make_turn(**values):
    values = {
        "session": SessionFactory(),
        "table": TableFactory(),
        "chosen_at": NOW,
        "chosen_by": UserFactory(),
    } | values
    return c.PlenaryTurn.objects.create(**values)


def make_card_line(**values):
    values = {"input": make_input(QuestionFactory()), "picked_at": NOW, "picked_by": UserFactory()} | values
    return i.CardLine.objects.create(**values)


def make_clearance(**values):
    values = {
        "conference": ConferenceFactory(), "number": 1, "to": "Eksempeldepartementet", "deadline": date(2026, 5, 1),
        "letter": "Les og svar.", "sha256": "0" * 64, "file": b"x", "sent_at": NOW, "sent_by": UserFactory(),
    } | values  # fmt: skip
    return i.Clearance.objects.create(**values)


def make_clearance_line(**values):
    values = {"clearance": values.get("clearance") or make_clearance(), "number": 1, "part": "point"} | values
    return i.ClearanceLine.objects.create(**{"text": "Et punkt"} | values)


def make_reply(**values):
    values = {
        "clearance": values.get("clearance") or make_clearance(), "office": "Eksempeldepartementet", "via": "word",
        "received_at": NOW, "received_by": UserFactory(),
    } | values  # fmt: skip
    return i.ClearanceReply.objects.create(**values)


def make_change(**values):
    values = {"reply": make_reply(), "question": QuestionFactory(), "proposed": "added", "text": "Nytt"} | values
    return i.ReturnedChange.objects.create(**values)


def again(make, **values):
    """The same thing twice."""
    make(**values)
    make(**values)


def revision(model, owner, thing, number=1):
    model.objects.create(**{owner: thing}, number=number, text="ord", by=UserFactory(), at=NOW)


def make_own_part():
    one = ConferenceFactory()
    change(one, parent=one)


def merge_into_itself():
    one = make_point()
    change(one, merged_into=one, removed_at=NOW, removed_by=UserFactory())


def open_source_twice():
    one = make_source()
    i.PointSource.objects.create(
        point=one.point, input=one.input, input_revision=1, opened_at=NOW, opened_by=UserFactory()
    )


def set_aside_twice():
    one = make_decision()
    make_decision(input=one.input, reason=one.reason)


def make_line(**values):
    question = values.pop("question", None) or QuestionFactory()
    source = {} if {"input", "point"} & set(values) else {"input": make_input(question)}
    return i.HeardLine.objects.create(**{"question": question, "text": "Vi hører"} | source | values)


def make_told(**values):
    """A matter as the database has it: the action would refuse what these try."""
    one = make_matter(make_point())
    return change(one, **values)


def tell_twice():
    one = make_matter(make_point())
    i.Matter.objects.create(
        conference=one.conference, point=one.point, ministry=one.ministry, status="done", text="Noe"
    )


def reword_twice(**values):
    told = make_matter(make_point()).revisions.get()
    told.pk = None
    told.number = values.pop("number", 1)
    for name, value in values.items():
        setattr(told, name, value)
    told.save()


def make_hand_out(**values):
    values = {"kind": "printed", "whom": "alle", "key": uuid.uuid4(), "by": UserFactory(), "at": NOW} | values
    return c.HandOut.objects.create(**{"conference": ConferenceFactory()} | values)


def make_clarification(**values):
    values = {
        "point": values.get("point") or make_point(), "point_revision": 1, "why": "Uklart", "opened_at": NOW,
        "opened_by": UserFactory(),
    } | values  # fmt: skip
    return i.Clarification.objects.create(**values)


def make_proposal(**values):
    point = make_point()
    values = {
        "question": point.question, "kind": "reword", "point": point, "point_revision": 1, "text": "Bedre",
        "made_at": NOW, "made_by": UserFactory(),
    } | values  # fmt: skip
    return i.Proposal.objects.create(**values)


def decided(outcome):
    return {"outcome": outcome, "decided_at": NOW, "decided_by": UserFactory()}


def make_sign_off(**values):
    return i.SignOff.objects.create(**{"question": QuestionFactory(), "at": NOW, "by": UserFactory()} | values)


def make_confirmation(**values):
    values = {"point": values.get("point") or make_point(), "revision": 1, "at": NOW, "by": UserFactory()} | values
    return i.Confirmation.objects.create(**values)


def make_page(**values):
    return c.PublicPage.objects.create(conference=ConferenceFactory(), **values)


def make_video(**values):
    values = {"title": "Dagen", "url": "https://example.org/"} | values
    return c.VideoLink.objects.create(conference=ConferenceFactory(), **values)


def make_file(**values):
    values = {"version": values.get("version") or make_version(ConferenceFactory()), "kind": "pdf"} | values
    return i.VersionFile.objects.create(**{"content": b"", "size": 0, "sha256": "a" * 64} | values)


def make_presence(**values):
    values = {"question": QuestionFactory(), "person": UserFactory(), "page": "sort", "seen_at": NOW} | values
    return i.Presence.objects.create(**values)


def make_hold(**values):
    later = {"since": NOW, "until": NOW + timedelta(minutes=10)}
    return i.PointHold.objects.create(
        **{"point": values.get("point") or make_point(), "by": UserFactory()} | later | values
    )


def make_assignment(**values):
    return i.Assignment.objects.create(
        **{"question": QuestionFactory(), "person": UserFactory(), "by": UserFactory(), "at": NOW} | values
    )


def make_comment(**values):
    return i.Comment.objects.create(**{"text": "Er dette to ting?", "by": UserFactory(), "at": NOW} | values)


def make_acceptance(**values):
    facts = {"finding": "phone:point:1", "reading": "0" * 64, "reason": "Det er sentralbordet", "at": NOW}
    return i.Acceptance.objects.create(**{"conference": ConferenceFactory(), "by": UserFactory()} | facts | values)


def agreed_alone():
    by = UserFactory()
    make_acceptance(by=by, second_by=by, second_at=NOW)


def solved_answer():
    point = make_point()
    first = make_comment(point=point)
    make_comment(point=point, answers=first, solved_at=NOW, solved_by=UserFactory())


BREAKERS: dict[str, Callable[[], object]] = {
    "public_page_opened_by_and_at_together": lambda: make_page(opened_at=NOW),
    "public_page_privacy_is_not_too_long": lambda: make_page(privacy="x" * 20_001),
    "public_page_accessibility_is_not_too_long": lambda: make_page(accessibility="x" * 20_001),
    "video_language_is_known": lambda: make_video(language="xx"),
    "video_has_title": lambda: make_video(title=""),
    "video_is_on_the_web": lambda: make_video(url="javascript:alert(1)"),
    "report_version_kind_is_known": lambda: make_version(ConferenceFactory(), kind="rumour"),
    "report_version_number_once": lambda: again(make_version, conference=ConferenceFactory(), number=1),
    "report_version_counts_from_1": lambda: make_version(ConferenceFactory(), number=0),
    "report_version_has_sha256": lambda: make_version(ConferenceFactory(), sha256="kort"),
    "report_version_emptied_by_and_at_together": lambda: make_version(ConferenceFactory(), emptied_at=NOW),
    "version_file_kind_is_known": lambda: make_file(kind="exe"),
    "version_file_once_per_format": make_file,
    "report_template_of_a_conference_stands_once": lambda: again(
        i.ReportTemplate.objects.create,
        conference=ConferenceFactory(),
        name="mal.docx",
        sha256="a" * 64,
        by=UserFactory(),
        at=NOW,
    ),
    "report_template_has_a_name": lambda: change(make_template(ConferenceFactory()), name=""),
    "report_template_has_sha256": lambda: change(make_template(ConferenceFactory()), sha256="kort"),
    "report_template_removed_by_and_at_together": lambda: change(make_template(ConferenceFactory()), removed_at=NOW),
    "version_file_has_sha256": lambda: make_file(kind="pdf", sha256="kort"),
    "made_file_kind_is_known": lambda: make_made_file(ConferenceFactory(), "exe"),
    "made_file_state_is_known": lambda: make_made_file(ConferenceFactory(), state="lost"),
    "made_file_is_finished_or_being_made": lambda: make_made_file(
        ConferenceFactory(), state="making", finished_at=NOW
    ),
    "made_file_has_content_when_done": lambda: make_made_file(ConferenceFactory(), content=None),
    "made_file_that_failed_says_why": lambda: make_made_file(ConferenceFactory(), state="failed", why=""),
    "made_file_is_made_once_at_a_time": lambda: again(make_made_file, conference=ConferenceFactory(), state="making"),
    "made_file_has_one_result": lambda: again(make_made_file, conference=ConferenceFactory()),
    "publication_withdrawn_by_and_at_together": lambda: make_publication(
        make_version(ConferenceFactory()), withdrawn_at=NOW, reason="feil"
    ),
    "publication_withdrawn_with_a_reason": lambda: make_publication(
        make_version(ConferenceFactory()), withdrawn_at=NOW, withdrawn_by=UserFactory()
    ),
    "user_kind_is_known": lambda: change(UserFactory(), kind="robot"),
    "user_person_has_email_table_has_none": lambda: change(UserFactory(), email=""),
    "membership_one_role_per_conference": lambda: again(
        c.Membership.objects.create, user=UserFactory(), conference=ConferenceFactory(), role="reader"
    ),
    "membership_role_is_known": lambda: change(MembershipFactory(), role="king"),
    "conference_language_is_known": lambda: change(ConferenceFactory(), language="xx"),
    "conference_attribution_is_known": lambda: change(ConferenceFactory(), attribution="everybody"),
    "conference_ends_after_it_begins": lambda: change(ConferenceFactory(), end_date=date(2020, 1, 1)),
    "conference_is_not_its_own_part": make_own_part,
    "conference_has_slug_and_title": lambda: change(ConferenceFactory(), title=""),
    "conference_has_one_rehearsal": lambda: again(make_rehearsal, rehearsal_of=ConferenceFactory()),
    "conference_is_not_its_own_rehearsal": lambda: ConferenceFactory(
        pk=900_001, rehearsal_of_id=900_001, title="ØVELSE"
    ),
    "conference_rehearsal_says_so": lambda: make_rehearsal(title="Dialogmøte"),
    "conference_rehearsal_feeds_no_other": lambda: make_rehearsal(parent=ConferenceFactory()),
    "plenary_turn_once_per_session_and_table": lambda: again(
        make_turn, session=SessionFactory(), table=TableFactory()
    ),
    "card_line_once_per_input": lambda: again(make_card_line, input=make_input(QuestionFactory())),
    "participant_count_one_per_category": lambda: again(
        c.ParticipantCount.objects.create, conference=ConferenceFactory(), category="organisation"
    ),
    "ministry_code_once_per_conference": lambda: again(make_ministry, conference=ConferenceFactory()),
    "ministry_has_code_and_name": lambda: make_ministry(name=""),
    "session_number_once_per_conference": lambda: again(SessionFactory, conference=ConferenceFactory(), number=1),
    "session_has_number_and_title": lambda: change(SessionFactory(), number=0),
    "session_phase_is_known": lambda: change(SessionFactory(), phase="lunch"),
    "session_format_is_known": lambda: change(SessionFactory(), format="dance"),
    "session_ministry_named_once": lambda: again(
        c.SessionMinistry.objects.create, session=SessionFactory(), ministry=make_ministry()
    ),
    "round_number_once_per_session": lambda: again(c.Round.objects.create, session=SessionFactory(), number=1),
    "introducer_has_name": lambda: make_introducer(name=""),
    "programme_item_kind_is_known": lambda: make_item(kind="dance"),
    "programme_item_has_title": lambda: make_item(title=""),
    "programme_item_ends_after_start": lambda: make_item(ends_at=time(8)),
    "question_number_once_per_session": lambda: again(QuestionFactory, session=SessionFactory(), number=1),
    "question_has_number_and_text": lambda: change(QuestionFactory(), text=""),
    "question_revision_number_once": lambda: revision(c.QuestionRevision, "question", QuestionFactory()),
    "subquestion_letter_once_per_question": lambda: again(
        c.SubQuestion.objects.create, question=QuestionFactory(), letter="a", text="på jobb"
    ),
    "subquestion_has_letter_and_text": lambda: c.SubQuestion.objects.create(
        question=QuestionFactory(), letter="", text="på jobb"
    ),
    "table_number_once_per_conference": lambda: again(TableFactory, conference=ConferenceFactory(), number=1),
    "table_has_number": lambda: change(TableFactory(), number=0),
    "access_code_ends_after_start": lambda: make_code(valid_until=NOW - timedelta(days=1)),
    "access_code_has_hash": lambda: make_code(code_hash=""),
    "access_code_revoked_by_and_at_together": lambda: make_code(revoked_at=NOW),
    "wrong_codes_one_count_per_place": lambda: again(c.WrongCodes.objects.create, place="a", since=NOW, used_at=NOW),
    "wrong_codes_have_place": lambda: c.WrongCodes.objects.create(place="", since=NOW, used_at=NOW),
    "device_removed_by_and_at_together": lambda: change(make_device(), removed_at=NOW),
    "device_waits_since_a_time_or_not_at_all": lambda: change(make_device(), waiting=2),
    "delivery_stands_once": lambda: again(
        c.Delivery.objects.create, table=TableFactory(), session=SessionFactory(), at=NOW, by=UserFactory()
    ),
    "delivery_taken_back_by_and_at_together": lambda: c.Delivery.objects.create(
        table=TableFactory(), session=SessionFactory(), at=NOW, by=UserFactory(), taken_back_at=NOW
    ),
    "chapter_text_one_per_slot": lambda: again(
        c.ChapterText.objects.create, conference=ConferenceFactory(), slot="purpose"
    ),
    "chapter_text_slot_is_known": lambda: c.ChapterText.objects.create(conference=ConferenceFactory(), slot="menu"),
    "chapter_text_state_is_known": lambda: c.ChapterText.objects.create(
        conference=ConferenceFactory(), slot="purpose", state="lost"
    ),
    "chapter_text_revision_number_once": lambda: again(
        c.ChapterTextRevision.objects.create,
        chapter=c.ChapterText.objects.create(conference=ConferenceFactory(), slot="purpose"),
        number=1,
        by=UserFactory(),
        at=NOW,
    ),
    "contribution_part_is_known": lambda: make_contribution(ConferenceFactory(), part="menu"),
    "contribution_to_a_session_is_of_its_parts": lambda: make_contribution(
        ConferenceFactory(), session=SessionFactory()
    ),
    "contribution_to_an_item_is_a_speech": lambda: make_contribution(ConferenceFactory(), item=make_item()),
    "contribution_to_has_1_to_200_characters": lambda: make_contribution(ConferenceFactory(), to=""),
    "contribution_text_has_1_to_5000_characters": lambda: make_contribution(ConferenceFactory(), text=""),
    "contribution_ended_by_and_at_together": lambda: make_contribution(ConferenceFactory(), ended_at=NOW),
    "respondent_group_named_once": lambda: again(
        c.RespondentGroup.objects.create, survey=make_survey(), group="organisation", respondents=1
    ),
    "respondent_group_no_more_answers_than_asked": lambda: c.RespondentGroup.objects.create(
        survey=make_survey(), group="organisation", recipients=1, respondents=2
    ),
    "survey_question_kind_is_known": lambda: make_survey_question(kind="riddle"),
    "survey_answer_label_once": lambda: again(
        c.SurveyAnswer.objects.create, question=make_survey_question(), label="Ja", count=1
    ),
    "event_has_verb": lambda: c.Event.objects.create(
        verb="", by=UserFactory(), at=NOW, target_type="input", target_id=1
    ),
    "revision_counter_one_per_scope": lambda: again(
        c.RevisionCounter.objects.create, conference=ConferenceFactory(), scope="table:1"
    ),
    "clearance_number_once": lambda: again(make_clearance, conference=ConferenceFactory()),
    "clearance_to_has_1_to_200_characters": lambda: make_clearance(to=""),
    "clearance_closed_by_and_at_together": lambda: make_clearance(closed_at=NOW),
    "clearance_line_number_once": lambda: again(make_clearance_line, clearance=make_clearance()),
    "clearance_line_part_is_known": lambda: make_clearance_line(part="table"),
    "clearance_line_point_and_revision_together": lambda: make_clearance_line(point=make_point()),
    "clearance_reply_read_once": lambda: again(make_reply, clearance=make_clearance(), sha256="0" * 64),
    "clearance_reply_via_is_known": lambda: make_reply(via="pigeon"),
    "clearance_reply_office_has_1_to_200_characters": lambda: make_reply(office=""),
    "returned_change_is_of_a_known_kind": lambda: make_change(line=make_clearance_line(), proposed="sung"),
    "returned_change_decision_is_known": lambda: make_change(
        decision="maybe", decided_at=NOW, decided_by=UserFactory()
    ),
    "returned_change_decided_by_and_at_together": lambda: make_change(decision="accepted", decided_at=NOW),
    "returned_change_decided_at_a_time": lambda: make_change(decision="accepted"),
    "returned_change_is_of_a_line_or_added": lambda: make_change(proposed="wording"),
    "input_imported_once": lambda: again(make_input, question=QuestionFactory(), external_id="n-1"),
    "input_has_one_disposition": lambda: change(
        make_input(QuestionFactory()), lead_source=make_source(), set_aside=make_decision()
    ),
    "input_text_has_1_to_10000_characters": lambda: change(make_input(QuestionFactory()), text="x" * 10_001),
    "input_source_is_known": lambda: change(make_input(QuestionFactory()), source="rumour"),
    "input_kind_is_known": lambda: change(make_input(QuestionFactory()), kind="joke"),
    "input_revision_counts_from_1": lambda: change(make_input(QuestionFactory()), revision=0),
    "input_withdrawal_asked_by_and_at_together": lambda: change(
        make_input(QuestionFactory()), withdrawal_asked_at=NOW
    ),
    "input_sheet_and_span_together": lambda: change(make_input(QuestionFactory()), sheet=make_sheet()),
    "input_span_is_not_empty": lambda: change(
        make_input(QuestionFactory()), sheet=make_sheet(), sheet_revision=1, span_start=3, span_end=3
    ),
    "input_subquestion_has_question": lambda: change(
        make_input(QuestionFactory()),
        question=None,
        subquestion=c.SubQuestion.objects.create(question=QuestionFactory(), letter="a", text="på jobb"),
    ),
    "input_revision_number_once": lambda: revision(i.InputRevision, "input", make_input(QuestionFactory())),
    "minutes_sheet_one_per_writer_and_session": lambda: again(
        make_sheet, session=SessionFactory(), note_taker=NoteTakerFactory()
    ),
    "minutes_sheet_has_at_most_200000_characters": lambda: make_sheet(text="x" * 200_001),
    "minutes_sheet_revision_counts_from_1": lambda: make_sheet(revision=0),
    "minutes_sheet_source_is_known": lambda: make_sheet(source="rumour", received_by=UserFactory()),
    "minutes_sheet_taken_in_says_by_whom": lambda: make_sheet(source="word"),
    "minutes_revision_number_once": lambda: again(
        i.MinutesRevision.objects.create, sheet=make_sheet(), number=1, by=UserFactory(), at=NOW
    ),
    "heading_one_other": lambda: [HeadingFactory(question=q, is_other=True) for q in [QuestionFactory()] * 2],
    "heading_title_once_per_question": lambda: again(HeadingFactory, question=QuestionFactory(), title="Språk"),
    "heading_title_has_at_most_200_characters": lambda: change(HeadingFactory(), title="x" * 201),
    "heading_other_has_a_title": lambda: change(HeadingFactory(is_other=True), title=""),
    "heading_removed_by_and_at_together": lambda: change(HeadingFactory(), removed_at=NOW),
    "earlier_title_has_1_to_200_characters": lambda: i.EarlierTitle.objects.create(
        heading=HeadingFactory(), title="", by=UserFactory(), at=NOW
    ),
    "point_text_has_1_to_10000_characters": lambda: make_point(text=""),
    "point_revision_counts_from_1": lambda: make_point(revision=0),
    "point_removed_by_and_at_together": lambda: make_point(removed_by=UserFactory()),
    "point_merged_is_removed": lambda: make_point(merged_into=make_point()),
    "point_is_not_merged_into_itself": merge_into_itself,
    "point_revision_number_once": lambda: again(
        i.PointRevision.objects.create, point=make_point(), number=1, text="ord", by=UserFactory(), at=NOW
    ),
    "point_source_open_once": open_source_twice,
    "point_source_kind_is_known": lambda: make_source(kind="stolen"),
    "point_source_closed_by_and_at_together": lambda: make_source(closed_at=NOW),
    "point_source_revision_counts_from_1": lambda: make_source(input_revision=0),
    "heard_line_comes_from_one_input_or_point": lambda: make_line(input=None),
    "heard_line_of_an_input_stands_once": lambda: again(
        make_line, question=QuestionFactory(), input=make_input(QuestionFactory())
    ),
    "heard_line_of_a_point_stands_once": lambda: again(make_line, question=QuestionFactory(), point=make_point()),
    "heard_line_text_has_1_to_200_characters": lambda: make_line(text=""),
    "heard_line_revision_counts_from_1": lambda: make_line(revision=0),
    "heard_line_removed_by_and_at_together": lambda: make_line(removed_at=NOW),
    "matter_status_is_known": lambda: make_told(status="kanskje"),
    "matter_text_has_1_to_1000_characters": lambda: make_told(text=""),
    "matter_link_is_on_the_web": lambda: make_told(link="javascript:alert(1)"),
    "matter_of_a_point_stands_once": tell_twice,
    "matter_revision_counts_from_1": lambda: make_told(revision=0),
    "matter_removed_by_and_at_together": lambda: make_told(removed_at=NOW),
    "matter_revision_status_is_known": lambda: reword_twice(number=2, status="kanskje"),
    "matter_revision_number_once": reword_twice,
    "heard_revision_number_once": lambda: again(
        i.HeardRevision.objects.create, line=make_line(), number=1, text="ord", by=UserFactory(), at=NOW
    ),
    "big_screen_shows_one_thing": lambda: i.BigScreen.objects.create(
        conference=ConferenceFactory(),
        question=QuestionFactory(),
        line=make_line(),
        changed_at=NOW,
        changed_by=UserFactory(),
    ),
    "advance_page_released_by_and_at_together": lambda: c.AdvancePage.objects.create(
        conference=ConferenceFactory(), released_at=NOW
    ),
    "hand_out_once_per_form": lambda: again(make_hand_out, conference=ConferenceFactory(), key=uuid.uuid4()),
    "hand_out_kind_is_known": lambda: make_hand_out(kind="whispered"),
    "hand_out_says_to_whom": lambda: make_hand_out(whom=""),
    "clarification_open_once_per_point": lambda: again(make_clarification, point=make_point()),
    "clarification_says_why": lambda: make_clarification(why=""),
    "clarification_alternative_has_at_most_10000_characters": lambda: make_clarification(alternative="x" * 10_001),
    "clarification_decided_by_and_at_together": lambda: make_clarification(decision="kept", decided_at=NOW),
    "clarification_takes_an_alternative_that_is_there": lambda: make_clarification(
        decision="alternative", decided_at=NOW, decided_by=UserFactory()
    ),
    "clarification_revision_counts_from_1": lambda: make_clarification(point_revision=0),
    "proposal_names_what_its_kind_is_about": lambda: make_proposal(input=make_input(QuestionFactory())),
    "proposal_has_text_when_its_kind_has": lambda: make_proposal(text=""),
    "proposal_text_has_at_most_10000_characters": lambda: make_proposal(text="x" * 10_001),
    "proposal_decided_by_and_at_together": lambda: make_proposal(outcome="accepted"),
    "proposal_declined_says_why": lambda: make_proposal(**decided("declined")),
    "sign_off_stands_once_per_question": lambda: again(make_sign_off, question=QuestionFactory()),
    "sign_off_lifted_by_and_at_together": lambda: make_sign_off(lifted_by=UserFactory()),
    "sign_off_lifted_says_why": lambda: make_sign_off(lifted_at=NOW, lifted_by=UserFactory()),
    "confirmation_stands_once_per_point": lambda: again(make_confirmation, point=make_point()),
    "confirmation_ended_by_and_at_together": lambda: make_confirmation(ended_at=NOW),
    "confirmation_revision_counts_from_1": lambda: make_confirmation(revision=0),
    "presence_is_once_per_person_and_question": lambda: again(
        make_presence, question=QuestionFactory(), person=UserFactory()
    ),
    "presence_page_is_known": lambda: make_presence(page="hjemme"),
    "point_is_held_once": lambda: again(make_hold, point=make_point()),
    "point_hold_ends_after_it_began": lambda: make_hold(until=NOW - timedelta(minutes=1)),
    "question_is_assigned_once_to_a_person": lambda: again(
        make_assignment, question=QuestionFactory(), person=UserFactory()
    ),
    "comment_is_on_a_point_or_an_input": make_comment,
    "comment_says_something": lambda: make_comment(point=make_point(), text=""),
    "comment_solved_by_and_at_together": lambda: make_comment(point=make_point(), solved_at=NOW),
    "comment_that_answers_is_not_solved": solved_answer,
    "acceptance_stands_once_per_reading": lambda: again(make_acceptance, conference=ConferenceFactory()),
    "acceptance_names_its_finding": lambda: make_acceptance(finding=""),
    "acceptance_stands_for_what_was_read": lambda: make_acceptance(reading=""),
    "acceptance_says_why": lambda: make_acceptance(reason=""),
    "acceptance_is_about_one_text": lambda: make_acceptance(point=make_point(), heading=HeadingFactory()),
    "acceptance_second_by_and_at_together": lambda: make_acceptance(second_at=NOW),
    "acceptance_second_is_another": agreed_alone,
    "acceptance_ended_by_and_at_together": lambda: make_acceptance(ended_at=NOW),
    "redaction_is_of_one_text": make_redaction,
    "redaction_has_ground": lambda: make_redaction(point=make_point(), ground=""),
    "set_aside_reason_code_once": lambda: again(SetAsideReasonFactory, conference=ConferenceFactory(), code="test"),
    "set_aside_reason_has_code_and_label": lambda: SetAsideReasonFactory(label=""),
    "sheet_aside_open_once": lambda: again(make_sheet_aside, sheet=make_sheet()),
    "sheet_aside_revision_counts_from_1": lambda: make_sheet_aside(revision=0),
    "sheet_aside_closed_by_and_at_together": lambda: make_sheet_aside(closed_at=NOW),
    "not_same_open_once": not_same_twice,
    "not_same_is_of_two_in_order": not_same_in_the_other_order,
    "not_same_revisions_count_from_1": lambda: make_not_same(high_revision=0),
    "not_same_closed_by_and_at_together": lambda: make_not_same(closed_at=NOW),
    "input_vector_says_of_which_text": lambda: i.InputVector.objects.create(
        input=make_input(QuestionFactory()), model="m", fingerprint="kort", vector=b""
    ),
    "set_aside_open_once": set_aside_twice,
    "set_aside_closed_by_and_at_together": lambda: make_decision(closed_at=NOW),
}


def named_constraints():
    return {
        constraint.name: model
        for app in ("conference", "inputs")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_no_constraint_is_forgotten():
    assert set(BREAKERS) == set(named_constraints())


#: What PostgreSQL's column itself refuses, before the check is asked that SQLite needs.
OF_THE_COLUMN = {"heading_title_has_at_most_200_characters": "character varying(200)"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_keeps(name):
    with pytest.raises((IntegrityError, DataError)) as refusal, transaction.atomic():
        BREAKERS[name]()
    if isinstance(refusal.value, DataError):
        assert OF_THE_COLUMN[name] in str(refusal.value)
    else:
        assert names(refusal.value, name)


def names(error, name):
    """It is about this constraint: PostgreSQL and SQLite's checks name it, SQLite's unique ones their columns."""
    constraint = next(one for one in named_constraints()[name]._meta.constraints if one.name == name)
    columns = [
        f"{named_constraints()[name]._meta.db_table}.{named_constraints()[name]._meta.get_field(field).column}"
        for field in getattr(constraint, "fields", ())
    ]
    said = str(error)
    return name in said or (bool(columns) and said == f"UNIQUE constraint failed: {', '.join(columns)}")
