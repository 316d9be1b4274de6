"""Addresses of the questions in advance, below «Oppsett»."""

from django.urls import path

from conference.views import advance

urlpatterns = [
    path("pa-forhand/", advance.step, name="setup_advance"),
    path("pa-forhand/side/", advance.page, name="setup_advance_page"),
    path("pa-forhand/ark/", advance.sheet, name="setup_advance_sheet"),
    path("pa-forhand/notat/<int:pk>/fjern/", advance.remove_note, name="setup_advance_note_remove"),
]
