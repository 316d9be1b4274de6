"""The door: log in, log out, change one's password. Django's own views, with our forms."""

from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeDoneView, PasswordChangeView

from conference.forms.login import LoginForm, OwnPasswordForm

login = LoginView.as_view(authentication_form=LoginForm, redirect_authenticated_user=True)
logout = LogoutView.as_view()
password_change = PasswordChangeView.as_view(form_class=OwnPasswordForm)
password_change_done = PasswordChangeDoneView.as_view()
