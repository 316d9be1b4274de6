"""Freezing a version, publishing it, taking it back."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.models import MAX_SAID, VersionKind
from rnik.lib.text import clean_line


class _LineForm(forms.Form):
    """A form whose texts are one clean line each."""

    error_title = _("This is not done yet")
    button: tuple[Any, dict[str, str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = self.error_title
        word, attributes = self.button
        self.helper.add_input(Submit("", word, **attributes))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                cleaned[name] = clean_line(value)
                if self.fields[name].required and not cleaned[name]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return {name: value for name, value in cleaned.items() if name not in self.errors}


class FreezeForm(_LineForm):
    """What the version is for, and a note. `key` is this form's own, so that it is frozen once."""

    button = (_("Freeze a version"), {})
    kind = forms.ChoiceField(
        label=_("What it is for"),
        choices=[
            (VersionKind.CLEARANCE, _("For clearance – marked as a draft, never published")),
            (VersionKind.PUBLICATION, _("For publication – nothing may be left to do")),
        ],
        initial=VersionKind.CLEARANCE,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=MAX_SAID,
        required=False,
        help_text=_("For yourselves, such as «sent to the ministries 1 December». It is never public."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class PublishForm(_LineForm):
    """What is new since the edition before. The first edition has none before it, and says nothing."""

    button = (_("Publish it for everybody"), {})
    said = forms.CharField(
        label=_("What is corrected"),
        max_length=MAX_SAID,
        help_text=_(
            "Everybody reads it beside the report: «Corrected 3 December: …». Never what is to be forgotten."
        ),
        error_messages={"required": _("Write in a sentence what is corrected.")},
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["said"]


class WithdrawForm(_LineForm):
    button = (_("Withdraw it"), {"data_color": "danger"})
    reason = forms.CharField(
        label=_("Why"),
        max_length=MAX_SAID,
        help_text=_("Everybody reads it on the public page. Do not write what is to be forgotten."),
        error_messages={"required": _("Write in a sentence why it is withdrawn.")},
    )
