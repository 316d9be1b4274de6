"""Addresses of the public page's settings and of the videos, below «Oppsett»."""

from django.urls import path

from conference.setup_urls import list_addresses
from conference.views import lists
from conference.views.public import VIDEOS, public_page

urlpatterns = [
    path("offentlig-side/", public_page, name="setup_public"),
    path("videoer/", lists.list_page, {"listing": VIDEOS}, name="setup_videos"),
    *list_addresses("videoer/", VIDEOS),
]
