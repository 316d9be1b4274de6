"""Addresses of log-in and of the first pages."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from conference.views.health import healthz
from conference.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("logg-inn/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logg-ut/", auth.LogoutView.as_view(), name="logout"),
    path("passord/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("passord/endret/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("sprak/", login_not_required(set_language), name="set_language"),
]
