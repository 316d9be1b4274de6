"""Addresses of people and of the survey, below «Oppsett»."""

from django.urls import path

from conference.views import people, survey

urlpatterns = [
    path("personer/", people.people, name="setup_people"),
    path("personer/ny/", people.invite, name="setup_person_new"),
    path("personer/<int:pk>/", people.member, name="setup_person"),
    path("personer/<int:pk>/lenke/", people.make_link, name="setup_person_link"),
    path("personer/<int:pk>/fjern/", people.let_go, name="setup_person_remove"),
    path("sporreundersokelse/", survey.survey, name="setup_survey"),
    path("sporreundersokelse/sporsmal/ny/", survey.question, name="setup_survey_question_new"),
    path("sporreundersokelse/sporsmal/<int:pk>/", survey.question, name="setup_survey_question"),
    path("sporreundersokelse/sporsmal/<int:pk>/fjern/", survey.remove_question, name="setup_survey_question_remove"),
]
