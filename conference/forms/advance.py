"""The note that the questions were printed or sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import HandOutKind
from rnik.lib.text import clean_line


class HandOutForm(forms.Form):
    """What was done, and to whom they went; `key` is this form's own, so that it is noted once."""

    kind = forms.ChoiceField(
        label=_("What was done"),
        choices=[(HandOutKind.PRINTED, _("The sheet was printed")), (HandOutKind.SENT, _("The questions were sent"))],
        initial=HandOutKind.SENT,
        widget=forms.RadioSelect,
    )
    whom = forms.CharField(
        label=_("To whom"),
        max_length=200,
        help_text=_("In a few words, without names: «80 participants, by e-mail», «60 sheets for the entrance»."),
        error_messages={"required": _("Write to whom, for instance «80 participants».")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_whom(self) -> str:
        whom = clean_line(self.cleaned_data["whom"])
        if not whom:  # what was written cannot be stored
            raise forms.ValidationError(self.fields["whom"].error_messages["required"])
        return whom
