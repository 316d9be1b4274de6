"""Addresses of the editors' pages."""

from django.urls import path

from inputs.views.conference import conference_home
from inputs.views.report import download, report

urlpatterns = [
    path("konferanse/<slug:slug>/", conference_home, name="conference"),
    path("konferanse/<slug:slug>/rapport/", report, name="report"),
    path("konferanse/<slug:slug>/rapport/last-ned/<slug:kind>/", download, name="report_download"),
]
