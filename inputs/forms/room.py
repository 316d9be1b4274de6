"""What organisers type on the day: until when the tables talk."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.models import Session


class EndForm(forms.Form):
    """A time of this day; empty says nothing of the end."""

    until = forms.TimeField(
        label=_("Group work until"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("It stands on top of the tables' pages. Empty: no end is shown."),
    )

    def __init__(self, *args: object, session: Session, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        if session.work_until:
            self.initial.setdefault("until", timezone.localtime(session.work_until).time())
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.form_error_title = _("The end is as it was")
        self.helper.add_input(Submit("", _("Save the time"), data_variant="secondary"))

    def clean_until(self) -> datetime | None:
        typed = self.cleaned_data["until"]
        if typed is None:
            return None
        now = timezone.localtime()
        end = timezone.make_aware(datetime.combine(now.date(), typed))
        if end <= now:
            raise forms.ValidationError(_("That time has passed. Write a later one."))
        return end
