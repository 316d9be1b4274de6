"""What a rehearsal is made of."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.actions.rehearsal import MOST_TABLES
from conference.models import Conference


class RehearsalForm(forms.Form):
    """When it is, at how many tables, and with whom."""

    date = forms.DateField(
        label=_("Day of the rehearsal"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    tables = forms.IntegerField(label=_("How many tables"), min_value=1, max_value=MOST_TABLES)
    with_people = forms.BooleanField(
        label=_("Everybody with a role in the conference gets the same role in the rehearsal"), required=False
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = conference.tables.count()
        usual = {"date": timezone.localdate(), "tables": min(number, MOST_TABLES) or 3, "with_people": True}
        self.initial = {**usual, **self.initial}
        self.helper = FormHelper()
        self.helper.form_error_title = _("The rehearsal is not made yet")
        self.helper.layout = Layout(Row("date", "tables"), "with_people")
        self.helper.add_input(Submit("", _("Make a rehearsal")))
