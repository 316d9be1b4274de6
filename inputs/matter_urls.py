"""Addresses of «Dere sa – vi gjorde»."""

from django.urls import path

from inputs.views import matters

urlpatterns = [
    path("", matters.matters, name="matters"),
    path("velg/", matters.choose, name="matter_choose"),
    path("ny/<uuid:key>/", matters.new, name="matter_new"),
    path("<uuid:key>/", matters.matter, name="matter"),
    path("<uuid:key>/flytt/", matters.move, name="matter_move"),
    path("<uuid:key>/fjern/", matters.remove, name="matter_remove"),
    path("<uuid:key>/hent-tilbake/", matters.restore, name="matter_restore"),
]
