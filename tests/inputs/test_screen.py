"""The big screen shows what an editor puts there, and nothing that no editor has chosen."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.actions.phases import end_group_work, set_phase
from conference.actions.removal import remove
from conference.models import Event
from inputs.actions import heard, redaction, screen
from inputs.integrity import check
from inputs.models import BigScreen
from inputs.passages import Passage
from tests.factories import QuestionFactory, make_input
from tests.inputs.desk import said

pytestmark = pytest.mark.django_db

WALL, CONTROL = reverse("screen", args=["dialog"]), reverse("screen_control", args=["dialog"])
STALE = "The screen was changed since you opened this page, and is left as it is. Choose again."


@pytest.fixture
def lines(question, editor):
    return [
        heard.choose(question, make_input(question), text=text, by=editor) for text in ("Flere kurs", "Flere busser")
    ]


@pytest.fixture
def later(question):
    return QuestionFactory(session=question.session, number=2, text="Hva nå?")


def show(client, what, version=None):
    if version is None:
        version = client.get(CONTROL).context["stored"].version if BigScreen.objects.exists() else 0
    return client.post(CONTROL, {"show": what, "version": version}, follow=True)


def on_the_wall(client):
    found = client.get(WALL).context["picture"]
    return found.text if found else None


def test_the_wall_is_dark_until_an_editor_puts_something_up(question, lines, at_desk):
    assert on_the_wall(at_desk) is None
    page = at_desk.get(WALL).content.decode()
    assert [text in page for text in (question.text, "Flere kurs")] == [False, False]


def test_next_and_previous_walk_through_questions_and_their_lines_and_the_ends_stay(question, lines, later, at_desk):
    seen = [(show(at_desk, "next"), on_the_wall(at_desk))[1] for _click in range(5)]
    assert seen == [question.text, "Flere kurs", "Flere busser", "Hva nå?", "Hva nå?"]
    seen = [(show(at_desk, "previous"), on_the_wall(at_desk))[1] for _click in range(4)]
    assert seen == ["Flere busser", "Flere kurs", question.text, question.text]


def test_a_question_a_line_and_darkness_are_chosen(question, lines, later, at_desk):
    seen = []
    for what in ("question:1.2", f"line:{lines[1].key}", "blank"):
        show(at_desk, what)
        seen.append(on_the_wall(at_desk))
    assert seen == ["Hva nå?", "Flere busser", None]
    events = Event.objects.filter(verb="show").order_by("pk")
    assert [event.after for event in events] == [
        {"question": later.pk, "line": None},
        {"question": None, "line": lines[1].pk},
        {"question": None, "line": None},
    ]
    stored = BigScreen.objects.get()
    assert (stored.version, stored.changed_by, check(stored.conference)) == (3, at_desk.user, [])


def test_a_second_click_and_another_editor_s_page_step_no_further(question, lines, at_desk):
    show(at_desk, "next", 0)
    for version in (0, "", "tull", "-1", "9" * 30):
        assert said(show(at_desk, "next", version)) == [STALE]
    assert on_the_wall(at_desk) == question.text


@pytest.mark.parametrize(
    "what", ["", "tull", "question:1", "question:9.9", "question:1.²", "line:tull", "line:N\x00L"]
)
def test_what_is_not_there_is_not_shown(what, question, at_desk):
    assert show(at_desk, what, 0).status_code == 404
    assert not BigScreen.objects.exists()


def test_a_removed_line_leaves_the_wall_at_once_and_does_not_come_back_by_itself(question, lines, editor, at_desk):
    show(at_desk, f"line:{lines[0].key}")
    heard.remove(lines[0], by=editor)
    assert on_the_wall(at_desk) is None
    assert "Nothing was changed" in said(show(at_desk, f"line:{lines[0].key}"))[0]
    heard.restore(lines[0], by=editor)
    assert on_the_wall(at_desk) is None
    assert check(question.session.conference) == []


def test_a_question_that_is_planned_away_leaves_the_wall(question, later, editor, at_desk):
    show(at_desk, "question:1.2")
    remove(later, question.session.conference, by=editor)
    assert on_the_wall(at_desk) is None


def test_readers_neither_see_nor_steer_the_wall(question, reader, stranger):
    answers = [[one.get(WALL).status_code, one.get(CONTROL).status_code] for one in (reader, stranger)]
    assert answers == [[403, 403], [404, 404]]
    assert [one.post(CONTROL, {"show": "next", "version": 0}).status_code for one in (reader, stranger)] == [403, 404]
    assert not BigScreen.objects.exists()


def test_the_wall_asks_and_is_answered_when_the_picture_has_changed(question, lines, editor, at_desk):
    def news(page):
        return at_desk.get(WALL, {"since": re.search(r'data-since="([\d.]+)"', page)[1]}).content.decode()

    page = at_desk.get(WALL).content.decode()
    assert news(page) == ""
    show(at_desk, f"line:{lines[0].key}")
    put_up = news(page)
    assert ("<html" in put_up, "Flere kurs" in put_up) == (False, True)
    heard.reword(lines[0], text="Mange flere kurs", version=1, by=editor)
    reworded = news(put_up)
    assert "Mange flere kurs" in reworded
    redaction.redact(Passage("Mange", label="[sladdet]"), [lines[0]], ground="Personopplysning", by=editor)
    redacted = news(reworded)
    assert ("Mange" in redacted, news(redacted)) == (False, "")


def test_the_end_of_group_work_stands_under_the_question_while_the_tables_talk(question, editor, at_desk):
    show(at_desk, "question:1.1")
    page = at_desk.get(WALL).content.decode()
    since = re.search(r'data-since="([\d.]+)"', page)[1]
    session = set_phase(question.session, to="open", by=editor)
    end_group_work(session, at=datetime(2026, 3, 12, 9, 35, tzinfo=UTC), by=editor)
    put_up = at_desk.get(WALL, {"since": since}).content.decode()
    assert ("10.35" in put_up, "10.35" in page) == (True, False)
    set_phase(session, to="plenary", by=editor)
    assert "10.35" not in at_desk.get(WALL).content.decode()


def test_the_wall_names_nobody_and_counts_nothing(question, lines, at_desk):
    show(at_desk, f"line:{lines[0].key}")
    page = at_desk.get(WALL).content.decode()
    assert [text in page for text in (at_desk.user.name, "Eli Eksempel", "2 linjer")] == [False] * 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_wall_and_its_control_cost_the_same_for_one_line_and_for_three(number, question, editor, at_desk):
    for n in range(number):
        line = heard.choose(question, make_input(question), text=f"Linje {n}", by=editor)
    screen.show(question.session.conference, line, version=0, by=editor)
    costs = []
    for page in (WALL, CONTROL):
        with CaptureQueriesContext(connection) as captured:
            at_desk.get(page)
        costs.append(len(captured))
    assert costs == [7, 7]
