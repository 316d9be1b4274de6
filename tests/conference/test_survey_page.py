"""The survey is typed as counts, checked, and shown as the report will compute it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.actions.survey import Asked, Group, save_survey, save_survey_question
from conference.groups import name_of
from conference.models import Conference, Event, Role, Survey, SurveyQuestion, SurveyQuestionKind
from inputs.report.reading import read_survey
from tests.factories import ConferenceFactory, MembershipFactory
from tests.inputs.desk import logged_in, said
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(db) -> Conference:
    return ConferenceFactory(slug="dialog")


@pytest.fixture
def administrator(conference) -> Client:
    client = logged_in(MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def stored(conference, editor) -> Survey:
    groups = [Group("organisation", 60, 30), Group("politician", None, 5)]
    survey = save_survey(conference, recipients=91, explanation="", groups=groups, by=editor)
    asked = Asked("Var dagen nyttig?", SurveyQuestionKind.SCALE, "organisation", [("Svært", 20), ("Litt", 10)])
    save_survey_question(survey, asked, by=editor)
    return survey


def page(name, *more):
    return reverse(name, args=["dialog", *more])


def rows(prefix, *filled):
    """A formset as a browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": 0}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(filled) for name, value in row.items()}


def group(name="", recipients="", respondents=""):
    return {"name": name, "recipients": recipients, "respondents": respondents}


def answer(label="", count=""):
    return {"label": label, "count": count}


def test_recipients_and_groups_are_stored_and_empty_rows_left_out(conference, administrator):
    data = {"recipients": "91", "explanation": "Alle på listen ble spurt."}
    data |= rows("groups", group("organisation", "60", "40"), group(), group("politician", "", "8"))
    response = administrator.post(page("setup_survey"), data, follow=True)
    assert said(response) == ["The survey is saved."]
    read = read_survey(conference)
    assert (read.recipients, read.respondents) == (91, (("organisation", 40), ("politician", 8)))
    assert Event.objects.filter(verb="save_survey").count() == 1


def test_a_usual_group_is_read_by_its_name_and_stored_by_its_code(conference, administrator, stored):
    shown = administrator.get(page("setup_survey")).context["rows"].forms[0]
    assert shown["name"].value() == "organisations and councils"
    data = {"recipients": "91", "explanation": ""}
    data |= rows("groups", group("Organisations and councils", "", "8"), group("Frivillige", "", "2"))
    administrator.post(page("setup_survey"), data)
    assert read_survey(conference).respondents == (("organisation", 8), ("Frivillige", 2))


def test_saving_once_more_replaces_the_groups_and_keeps_the_questions(conference, administrator, stored):
    data = {"recipients": "90", "explanation": ""} | rows("groups", group("organisation", "60", "31"))
    administrator.post(page("setup_survey"), data)
    read = read_survey(conference)
    assert (read.recipients, read.respondents, len(read.questions)) == (90, (("organisation", 31),), 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (group("organisation", "10", "11"), "respondents"),
        (group("organisation", "10", ""), "respondents"),
        (group("", "10", "5"), "name"),
        (group("a" * 51, "", "5"), "name"),
        (group("organisation", "-1", "5"), "recipients"),
        (group("organisation", "10", "mange"), "respondents"),
        (group("organisation", "9" * 30, "5"), "recipients"),
    ],
)
def test_a_wrong_number_is_told_beside_its_field_and_stands_there_still(administrator, wrong, field):
    data = {"recipients": "91", "explanation": ""} | rows("groups", wrong)
    response = administrator.post(page("setup_survey"), data)
    form = response.context["rows"].forms[0]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert form["name"].value() == name_of(wrong["name"])
    assert Survey.objects.count() == 0


def test_a_group_named_twice_is_refused(administrator):
    data = {"recipients": "91", "explanation": ""}
    data |= rows("groups", group("organisation", "", "5"), group("organisation", "", "6"))
    response = administrator.post(page("setup_survey"), data)
    assert (response.status_code, list(response.context["rows"].forms[1].errors)) == (422, ["name"])


@pytest.mark.parametrize("forged", [{}, {"groups-TOTAL_FORMS": "1e9"}, {"groups-TOTAL_FORMS": "-1"}])
def test_a_form_without_its_counts_is_refused_and_stores_nothing(forged, administrator):
    response = administrator.post(page("setup_survey"), {"recipients": "91", "explanation": ""} | forged)
    assert (response.status_code, Survey.objects.count()) == (422, 0)


def test_a_question_is_added_and_changed_with_its_answers_in_order(conference, administrator, stored):
    data = {"text": "Kommer du igjen?", "kind": "choice", "base": ""}
    administrator.post(
        page("setup_survey_question_new"), data | rows("answers", answer("Ja", "30"), answer("Nei", "0"))
    )
    made = SurveyQuestion.objects.get(text="Kommer du igjen?")
    assert list(made.answers.values_list("label", "count")) == [("Ja", 30), ("Nei", 0)]
    administrator.post(page("setup_survey_question", made.pk), data | rows("answers", answer("Kanskje", "2")))
    assert [question.answers for question in read_survey(conference).questions] == [
        (("Svært", 20), ("Litt", 10)),
        (("Kanskje", 2),),
    ]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"text": " "}, "text"),
        ({"text": "a" * 501}, "text"),
        ({"kind": "riddle"}, "kind"),
        ({"base": "en annen gruppe"}, "base"),
    ],
)
def test_what_is_wrong_with_a_question_is_told(administrator, stored, wrong, fault):
    data = {"text": "Hva?", "kind": "choice", "base": ""} | wrong | rows("answers", answer("Ja", "1"))
    response = administrator.post(page("setup_survey_question_new"), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [fault])
    assert SurveyQuestion.objects.count() == 1


def test_a_question_is_removed_with_its_answers_and_put_back(conference, administrator, stored):
    question = stored.questions.get()
    response = administrator.post(page("setup_survey_question_remove", question.pk), follow=True)
    assert "Removed last:" in response.content.decode()
    assert stored.questions.count() == 0
    administrator.post(page("setup_put_back"))
    assert [one.answers for one in read_survey(conference).questions] == [(("Svært", 20), ("Litt", 10))]


def test_without_a_survey_there_are_no_questions(administrator):
    assert administrator.get(page("setup_survey_question_new")).status_code == 404


def test_only_administrators_of_this_conference(conference, administrator, stored, editor):
    other = save_survey(ConferenceFactory(), recipients=1, explanation="", groups=[], by=editor)
    asked = Asked("Deres?", SurveyQuestionKind.CHOICE, "", [])
    foreign = save_survey_question(other, asked, by=editor)
    chief = logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)
    before = snapshot()
    assert chief.post(page("setup_survey"), {"recipients": "1"}).status_code == 403
    for name in ("setup_survey_question", "setup_survey_question_remove"):
        assert administrator.post(page(name, foreign.pk), {"text": "Kapret"}).status_code == 404
    assert snapshot() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_question_and_for_three(number, administrator, stored, editor):
    for n in range(number):
        asked = Asked(f"Spørsmål {n}?", SurveyQuestionKind.CHOICE, "", [("Ja", n), ("Nei", n)])
        save_survey_question(stored, asked, by=editor)
    with CaptureQueriesContext(connection) as captured:
        assert administrator.get(page("setup_survey")).status_code == 200
    assert len(captured) == 8
