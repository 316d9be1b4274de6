"""Forms for the people of a conference."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Role, Session
from rnik.lib.text import clean_line

#: What each role may do, in half a line.
MEANINGS = {
    Role.ADMINISTRATOR: _("sets up the conference, makes codes and invites, and edits too"),
    Role.CHIEF_EDITOR: _("edits everything"),
    Role.EDITOR: _("edits the report, in all sessions or some"),
    Role.READER: _("reads everything and changes nothing"),
}


class MemberForm(forms.Form):
    """A role, and the sessions that an editor is limited to."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(),
        label=_("Sessions that an editor works in"),
        help_text=_("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 as declared; this tells the type checker
        role.choices = [(one.value, f"{capfirst(one.label)} – {MEANINGS[one]}") for one in Role]
        sessions = self.fields["sessions"]
        assert isinstance(sessions, forms.ModelChoiceField)  # noqa: S101 as declared; this tells the type checker
        sessions.queryset = conference.sessions.order_by("number")
        self.helper = FormHelper()
        self.helper.form_error_title = _("This is not saved yet")
        self.helper.add_input(Submit("", _("Save")))


class InviteForm(MemberForm):
    """Who is to come in: an e-mail that they log in with, and a name that the others see."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150)
    field_order = ["email", "name", "role", "sessions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = Role.EDITOR
        self.helper.form_error_title = _("Nobody is invited yet")
        self.helper.inputs.clear()
        self.helper.add_input(Submit("", _("Invite")))

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name


class FirstPasswordForm(SetPasswordForm):
    """The password that somebody who was invited chooses."""

    error_messages = {
        "password_mismatch": _("The two passwords are not alike. Write it once more, in both places."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password2"].label = _("Password once more")
        self.fields["new_password2"].help_text = ""
        self.helper = FormHelper()
        self.helper.form_error_title = _("The password is not saved yet")
        self.helper.add_input(Submit("", _("Save the password and log in")))
