"""Addresses of the pages for everybody. They stand in letters and in print: they do not change."""

from django.urls import path

from inputs.views import public

urlpatterns = [
    path("", public.front, name="public"),
    path("rapport/", public.report, name="public_report"),
    path("rapport/<int:number>/", public.edition, name="public_edition"),
    path("rapport/<int:number>/rapport.<slug:kind>", public.file, name="public_file"),
    path("<slug:page>/", public.page, name="public_page"),
    path("<slug:page>/<slug:language>/", public.page_in, name="public_page_in"),
]
