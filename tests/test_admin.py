"""The back office: everything is there, history can only be looked at, and nothing that counts can be deleted."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from conference.models import Event, Question, User
from inputs.actions import dispositions
from inputs.models import Input, Point
from tests.factories import UserFactory, make_input

pytestmark = pytest.mark.django_db

OURS = [model for app in ("conference", "inputs") for model in apps.get_app_config(app).get_models()]
REGISTERED = [model for model in OURS if admin.site.is_registered(model)]


@pytest.fixture
def back_office(client):
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_every_model_is_there_by_itself_or_inside_another():
    inside = {inline.model for registered in admin.site._registry.values() for inline in registered.inlines}
    assert [model.__name__ for model in OURS if model not in REGISTERED and model not in inside] == []


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)
def test_every_list_opens(model, back_office, question, editor):
    dispositions.accept([make_input(question)], by=editor)
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert back_office.get(address).status_code == 200


@pytest.mark.parametrize("model", [Event, Input, Point])
def test_what_has_happened_can_be_seen_but_not_changed(model, back_office, question, editor):
    dispositions.accept([make_input(question)], by=editor)
    thing = model.objects.order_by("pk").first()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert back_office.get(reverse(f"{name}_change", args=[thing.pk])).status_code == 200
    assert back_office.post(reverse(f"{name}_change", args=[thing.pk]), {"text": "x"}).status_code == 403
    assert back_office.post(reverse(f"{name}_delete", args=[thing.pk]), {"post": "yes"}).status_code == 403
    assert back_office.get(reverse(f"{name}_add")).status_code == 403


def test_a_question_that_is_worded_anew_keeps_the_earlier_wording(back_office, question):
    page = reverse("admin:conference_question_change", args=[question.pk])
    no_rows = {
        f"{prefix}-{field}": value
        for prefix in ("subquestions", "revisions")
        for field, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
    }
    asked = {"session": question.session_id, "number": 1, "text": "Hva nå?"}
    assert back_office.post(page, asked | no_rows | {"revisions-INITIAL_FORMS": 0}).status_code == 302
    question = Question.objects.get(pk=question.pk)
    assert [one.text for one in question.revisions.all()][-1] == question.text == "Hva nå?"
    assert question.revisions.count() == 2


def test_a_new_person_logs_in_by_the_e_mail_that_was_typed(back_office, client):
    person = {"email": "Ny@Example.no", "name": "Ny", "usable_password": "true"}
    person |= {"password1": "et langt passord", "password2": "et langt passord"}
    assert back_office.post(reverse("admin:conference_user_add"), person).status_code == 302
    assert User.objects.get(username="ny@example.no").email == "ny@example.no"
    assert client.login(username="NY@example.no", password="et langt passord")


def test_the_same_e_mail_twice_is_told_beside_the_field(back_office):
    UserFactory(email="eli@example.no")
    response = back_office.post(reverse("admin:conference_user_add"), {"email": "ELI@example.no", "name": "Eli"})
    errors = response.context["adminform"].form.errors
    assert errors["email"] == ["E-postadressen er allerede i bruk. Skriv en annen."]
