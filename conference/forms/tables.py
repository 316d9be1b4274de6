"""Forms for tables and for the sheets with their codes."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.actions.tables import MOST
from conference.forms.setup import SetupForm
from conference.models import Language, Table


class MakeTablesForm(forms.Form):
    """How many tables there are to be more."""

    number = forms.IntegerField(label=_("How many tables"), min_value=1, max_value=MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = _("No tables are made yet")
        self.helper.attrs = {"hx-boost": "true"}
        self.helper.add_input(Submit("", _("Make tables")))


class TableForm(SetupForm):
    """A table's name, and whether it writes on paper."""

    class Meta:
        model = Table
        fields = ["name", "on_paper"]
        labels = {"name": _("Name"), "on_paper": _("Writes on paper")}
        help_texts = {
            "name": _("Empty gives the number: Table 7."),
            "on_paper": _("Gets no code. An editor enters what is written there afterwards."),
        }


class CodesForm(forms.Form):
    """Which language the sheets speak, and the order that the codes follow from (conference/actions/codes.py)."""

    language = forms.ChoiceField(label=_("Language of the sheets"), choices=Language)
    order = forms.UUIDField(widget=forms.HiddenInput)
