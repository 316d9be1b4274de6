"""Addresses of log-in and of the first pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from conference.views import account, advance
from conference.views.health import healthz
from conference.views.home import home
from conference.views.invitation import invitation
from conference.views.setup import conference_new
from conference.views.table_login import table_login

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("logg-inn/", account.login, name="login"),
    path("logg-ut/", account.logout, name="logout"),
    path("bord/logg-inn/", table_login, name="table_login"),
    path("invitasjon/<slug:uidb64>/<slug:token>/", invitation, name="invitation"),
    path("passord/", account.password_change, name="password_change"),
    path("passord/endret/", account.password_change_done, name="password_change_done"),
    path("konferanse/ny/", conference_new, name="conference_new"),
    path("konferanse/<slug:slug>/oppsett/", include("conference.setup_urls")),
    path("konferanse/<slug:slug>/oppsett/", include("conference.tables_urls")),
    path("konferanse/<slug:slug>/oppsett/", include("conference.people_urls")),
    path("konferanse/<slug:slug>/oppsett/", include("conference.advance_urls")),
    path("konferanse/<slug:slug>/oppsett/", include("conference.public_urls")),
    path("sporsmal/<uuid:key>/", advance.public, name="questions"),
    path("sprak/", login_not_required(set_language), name="set_language"),
]
