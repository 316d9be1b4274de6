"""What is told of a matter."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Ministry
from inputs.actions.matters import Told
from inputs.forms.desk import Text
from inputs.models import MAX_MATTER, MatterStatus


class MinistryField(forms.ModelChoiceField):
    """A ministry by the name that the report uses."""

    language = ""

    def label_from_instance(self, obj: Ministry) -> str:
        return obj.name_in(self.language)


class MatterForm(forms.Form):
    """Who did what, how far it has come, and where one can read more. `version` is the one that was read."""

    ministry = MinistryField(
        label=_("Ministry"),
        queryset=Ministry.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the ministry that answers.")},
    )
    status = forms.ChoiceField(
        label=_("How far it has come"),
        choices=MatterStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far it has come.")},
    )
    text = Text(
        label=_("What was done"),
        max_length=MAX_MATTER,
        widget=forms.Textarea(attrs={"rows": 5, "cols": False}),
        help_text=_("Two or three sentences that those who were there understand. If nothing is done: why."),
        error_messages={"required": _("Write what was done, or why nothing is.")},
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where one can read more, such as a page of the ministry."),
        error_messages={"invalid": _("Write an address that begins with https://.")},
    )
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ministry = self.fields["ministry"]
        assert isinstance(ministry, MinistryField)  # noqa: S101 tells the type checker
        ministry.language = conference.language
        ministry.queryset = conference.ministries.all()
        self.helper = FormHelper()
        self.helper.form_error_title = _("This is not saved yet")
        self.helper.add_input(Submit("", _("Save")))

    def clean_link(self) -> str:
        address: str = self.cleaned_data["link"]
        scheme, mark, rest = address.partition("://")
        if address and scheme.lower() not in {"http", "https"}:
            raise forms.ValidationError(self.fields["link"].error_messages["invalid"])
        return scheme.lower() + mark + rest

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(ministry=data["ministry"], status=data["status"], text=data["text"], link=data["link"])
