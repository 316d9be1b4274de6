"""Addresses below a session's plenary."""

from django.urls import path

from inputs.views import plenary

urlpatterns = [
    path("", plenary.plenary, name="plenary"),
    path("nytt-innspill/", plenary.add, name="plenary_add"),
    path("bord/<int:pk>/", plenary.card, name="plenary_card"),
    path("bord/<int:pk>/velg/", plenary.choose_table, name="plenary_choose"),
    path("bord/<int:pk>/angre/", plenary.release_table, name="plenary_release"),
]
