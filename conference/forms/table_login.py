"""The form in which a table types its code."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _


class TableCodeForm(forms.Form):
    """The error is the same for a code that never was and one that has ended; what was typed stays."""

    code = forms.CharField(
        label=_("The table's code"),
        help_text=_("It stands on the sheet that the note-taker was given. Small and capital letters are the same."),
        max_length=40,
        error_messages={"required": _("Type the code that stands on your sheet.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = "table-login"
        self.helper.form_error_title = _("The code does not fit")
        self.helper.add_input(Submit("", _("Open the table")))

    def opens_nothing(self) -> None:
        """Say of the code that was typed that it is none."""
        self.add_error(
            "code", _("This code opens no table now. Compare it with the sheet, or ask the organisers for a new one.")
        )
