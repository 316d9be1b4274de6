"""Forms of the door: log in with e-mail and password, and change the password."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """The error is the same for an unknown e-mail and a wrong password, so that nobody learns who has an account."""

    username = UsernameField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("No account has this e-mail and this password. Check both, and the capital letters."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = _("You are not logged in yet")
        self.helper.add_input(Submit("", _("Log in")))


class OwnPasswordForm(PasswordChangeForm):
    """A new password for oneself; the present one must be given, since a computer may have been left open."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("This is not your present password. Write it once more."),
        "password_mismatch": _("The two new passwords are not alike. Write the new one once more, in both places."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Present password")
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password once more")
        self.fields["new_password2"].help_text = ""
        # The cursor belongs where the error is, and the error summary takes it there.
        del self.fields["old_password"].widget.attrs["autofocus"]
        self.helper = FormHelper()
        self.helper.form_error_title = _("The password is not changed yet")
        self.helper.add_input(Submit("", _("Change password")))
