"""The demonstration conference is whole: whatever its files say about each other is true. No database."""

import csv
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).parents[2] / "inputs" / "demo"

KINDS = {"", "challenge", "measure", "both"}
REASONS = {"test", "personal_data", "off_topic", "unclear", "duplicate", "other"}
ROLES = ["administrator", "chief_editor", "editor", "reader"]
TEXTS = ["summary", "thanks", "purpose", "background", "dialogue", "anchoring", "video", "evaluation", "structure"]


def read(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def conference() -> dict[str, Any]:
    return read("conference.json")


@pytest.fixture(scope="module")
def story() -> dict[str, Any]:
    return read("story.json")


@pytest.fixture(scope="module")
def notes() -> list[dict[str, str]]:
    with (DEMO / "notes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def by_id(notes: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {note["id"]: note for note in notes}


@pytest.fixture(scope="module")
def questions(conference: dict[str, Any]) -> set[tuple[int, int]]:
    return {(s["number"], q["number"]) for s in conference["sessions"] for q in s["questions"]}


@pytest.fixture(scope="module")
def points(story: dict[str, Any]) -> dict[str, str]:
    """Every note that leads a point, and the point's heading."""
    accepted = {note: act["heading"] for act in story["accept"] for note in act["notes"]}
    return accepted | {note: act["heading"] for act in story["merge"] for note in act["notes"]}


# --- the conference ---------------------------------------------------------------------------------------------


def test_conference_has_eight_tables_three_sessions_and_nine_questions(conference, questions):
    assert [table["number"] for table in conference["tables"]] == list(range(1, 9))
    assert questions == {(session, question) for session in (1, 2, 3) for question in (1, 2, 3)}


def test_programme_runs_in_order_of_time_and_leads_to_every_session(conference):
    starts = [item["starts_at"] for item in conference["programme"]]
    assert starts == sorted(starts)
    assert [item["session"] for item in conference["programme"] if item["kind"] == "session"] == [1, 2, 3]


def test_ministries_named_anywhere_are_in_the_list(conference):
    known = {ministry["code"] for ministry in conference["ministries"]}
    named = {code for session in conference["sessions"] for code in session["ministries"]}
    named |= {person["ministry"] for session in conference["sessions"] for person in session["introducers"]}
    named |= {item["speaker"].get("organisation") for item in conference["programme"] if "speaker" in item} - {None}
    assert named == known


def test_every_introducer_is_named_in_the_summary_and_in_the_sessions_introduction(conference):
    summary = " ".join(conference["texts"]["summary"])
    for session in conference["sessions"]:
        introduction = " ".join(session["introduction"])
        names = [person["name"] for person in session["introducers"]]
        assert [name for name in names if name in introduction and name in summary] == names


def test_every_text_of_the_report_is_written(conference):
    texts = conference["texts"]
    assert list(texts) == TEXTS
    assert [slot for slot in TEXTS if not texts[slot]] == []
    assert texts["thanks"]["signature"] == {"name": "Runa Tveitaskog", "role": "Mangfolds- og deltakelsesminister"}


def test_numbers_of_people_agree_with_each_other_and_with_the_prose(conference):
    facts, survey = conference["conference"], conference["survey"]
    assert sum(facts["participants"].values()) == facts["capacity"] == 64
    groups = {group["group"]: group["count"] for group in survey["respondents"]}
    answers = {answer["label"]: answer["count"] for answer in survey["questions"][0]["answers"]}
    assert (survey["recipients"], groups, sum(answers.values())) == (59, {"organisation": 34, "civil_service": 9}, 33)
    prose = " ".join(conference["texts"]["evaluation"])
    much = answers["I svært stor grad"] + answers["I stor grad"]
    for number in (59, 34 + 9, 34, 9, 33, much, answers["I liten grad"] + answers["I svært liten grad"]):
        assert f" {number} " in f" {prose} "


# --- the notes --------------------------------------------------------------------------------------------------


def test_notes_have_unique_ids_and_a_text(notes):
    assert Counter(note["id"] for note in notes).most_common(1)[0][1] == 1
    assert [note["id"] for note in notes if not note["text"].strip()] == []


def test_notes_name_existing_sessions_questions_and_tables(notes, questions):
    tables = {str(number) for number in range(1, 9)}
    sessions = {str(session) for session, _question in questions}
    assert {note["table"] for note in notes} == tables
    assert {note["session"] for note in notes} == sessions
    asked = {(int(note["session"]), int(note["question"])) for note in notes if note["question"]}
    assert asked == questions


def test_notes_use_only_the_formats_words(notes):
    assert {note["language"] for note in notes} == {"nb", "nn", "en"}
    assert {note["kind"] for note in notes} == KINDS
    assert {note["priority"] for note in notes} == {"yes", "no"}


def test_notes_are_written_on_the_day_with_a_time_zone(notes, conference):
    times = [datetime.fromisoformat(note["written_at"]) for note in notes]
    assert {time.date().isoformat() for time in times} == {conference["conference"]["date"]}
    assert [time for time in times if time.tzinfo is None] == []


def test_exactly_one_table_has_nothing_for_one_question(notes, questions):
    cells = {(int(note["session"]), int(note["question"]), int(note["table"])) for note in notes if note["question"]}
    assert {(*asked, table) for asked in questions for table in range(1, 9)} - cells == {(2, 3, 5)}


def test_some_notes_wait_for_a_question(notes):
    assert Counter(note["session"] for note in notes if not note["question"]) == {"1": 2, "2": 2, "3": 2}


# --- the story --------------------------------------------------------------------------------------------------


def test_story_refers_only_to_notes_that_exist(story, by_id):
    named = {act[key] for acts in story.values() for act in acts for key in ("note", "as") if key in act}
    named |= {note for act in story["accept"] + story["merge"] for note in act["notes"]}
    assert named - set(by_id) == set()


def test_no_note_is_used_twice_or_both_used_and_set_aside(story):
    handled = [note for act in story["accept"] + story["merge"] for note in act["notes"]]
    handled += [act["note"] for act in story["same_point"] + story["set_aside"] + story["file_under"]]
    assert [note for note, times in Counter(handled).items() if times > 1] == []


def test_a_note_joins_a_point_of_its_own_question(story, by_id):
    accepted = {note for act in story["accept"] for note in act["notes"]}
    where = ("session", "question")
    for act in story["same_point"]:
        assert act["as"] in accepted
        assert [by_id[act["note"]][key] for key in where] == [by_id[act["as"]][key] for key in where]


def test_notes_of_one_act_have_one_question(story, by_id):
    for act in story["accept"] + story["merge"]:
        assert len({(by_id[note]["session"], by_id[note]["question"]) for note in act["notes"]}) == 1
        assert by_id[act["notes"][0]]["question"] != ""


def test_only_accepted_notes_are_reworded_and_each_once(story):
    accepted = {note for act in story["accept"] for note in act["notes"]}
    reworded = Counter(act["note"] for act in story["reword"])
    assert set(reworded) <= accepted
    assert set(reworded.values()) == {1}


def test_reasons_for_setting_aside_are_known(story):
    assert {act["reason"] for act in story["set_aside"]} <= REASONS


def test_filed_and_editorial_texts_go_under_a_question_that_exists(story, questions):
    assert {(act["session"], act["question"]) for act in story["file_under"] + story["editorial"]} <= questions
    assert [act["text"] for act in story["editorial"] if not act["reason"]] == []


def test_editorial_points_stand_under_a_heading_that_the_question_has(story, by_id, points):
    headings = {
        (int(by_id[note]["session"]), int(by_id[note]["question"]), heading) for note, heading in points.items()
    }
    assert {(act["session"], act["question"], act["heading"]) for act in story["editorial"]} <= headings


def test_finished_texts_end_with_a_full_stop_or_another_end(story):
    texts = [act["text"] for key in ("reword", "merge", "editorial") for act in story[key]]
    assert [text for text in texts if text[-1] not in ".?!"] == []


def test_first_question_is_done_and_the_work_thins_out_towards_the_end(story, notes):
    done = {note for act in story["accept"] + story["merge"] for note in act["notes"]}
    done |= {act["note"] for act in story["same_point"] + story["set_aside"]}
    filed = {act["note"]: (str(act["session"]), str(act["question"])) for act in story["file_under"]}
    total, handled = Counter(), Counter()
    for note in notes:
        place = filed.get(note["id"], (note["session"], note["question"]))
        total[place] += 1
        handled[place] += note["id"] in done
    assert handled["1", "1"] == total["1", "1"]
    share = {
        session: sum(handled[session, q] for q in "123") / sum(total[session, q] for q in "123") for session in "123"
    }
    assert 0.8 < share["1"] < 1
    assert 0.4 < share["2"] < 0.6
    assert 0 < share["3"] < 0.2


# --- sheets and people ------------------------------------------------------------------------------------------


def test_sheets_belong_to_a_note_taker_of_the_table(questions):
    writers = {row["table"]: row["initials"] for row in read("people.json")["note_takers"]}
    for sheet in read("minutes.json"):
        assert sheet["writer"] in writers[sheet["table"]]
        assert sheet["session"] in {session for session, _question in questions}


def test_sheets_name_questions_and_measures_on_lines_of_their_own():
    for sheet in read("minutes.json"):
        lines = sheet["text"].splitlines()
        assert [line for line in lines if line in ("Spørsmål 1", "Spørsmål 2", "Spørsmål 3")] != []
        assert "Tiltak:" in lines


def test_people_cover_every_role_and_have_addresses_that_reach_nobody():
    people = read("people.json")["people"]
    assert [person["role"] for person in people] == ROLES
    assert [person["sessions"] for person in people] == [[], [], [2], []]
    assert [person["email"] for person in people if not person["email"].endswith("@example.no")] == []


def test_every_table_has_a_note_taker(conference):
    tables = [row["table"] for row in read("people.json")["note_takers"]]
    assert tables == [table["number"] for table in conference["tables"]]
