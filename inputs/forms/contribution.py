"""«Be om bidrag»: of whom, until when, and the text that is sent."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from conference.models import MAX_REQUEST, Conference, User
from inputs.forms.desk import Line, Text
from inputs.report.phrases import long_date


class AskForm(forms.Form):
    """`key` is this form's own, so that what is sent twice is noted once."""

    to = Line(
        label=_("Who is asked"),
        max_length=200,
        help_text=_("A name, an office or an e-mail address."),
        error_messages={"required": _("Write who is asked.")},
    )
    deadline = forms.DateField(
        label=_("Deadline"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose the last day.")},
    )
    text = Text(
        label=_("What you send"),
        max_length=MAX_REQUEST,
        widget=forms.Textarea(attrs={"rows": 12, "cols": False}),
        error_messages={"required": _("Write what you ask for.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with override(conference.language):
            self.mark = gettext("[the deadline]")
        self.language = conference.language
        self.fields["text"].help_text = _("«%(mark)s» becomes the date above.") % {"mark": self.mark}
        self.helper = FormHelper()
        self.helper.form_error_title = _("Nothing is noted yet")
        self.helper.attrs = {"hx-boost": "true"}
        self.helper.layout = Layout(
            Row("to", "deadline"), "text", "key", ButtonHolder(Submit("ask", _("Note that it is asked for")))
        )

    def clean_deadline(self) -> Any:
        day = self.cleaned_data["deadline"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The deadline has passed already. Choose a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "text" in data and "deadline" in data:
            with override(self.language):
                data["text"] = data["text"].replace(self.mark, long_date(data["deadline"]))
            if len(data["text"]) > MAX_REQUEST:
                self.add_error("text", _("The text is too long with the date in it. Shorten it."))
        return data


def standard_request(conference: Conference, title: str, *, by: User) -> str:
    """The text that is proposed, in the report's language."""
    with override(conference.language):
        said = {
            "part": title,
            "conference": conference.title,
            "day": long_date(conference.date),
            "deadline": gettext("[the deadline]"),
            "name": by.get_full_name(),
        }
        return (
            gettext(
                "Hello!\n\nWe are writing the report from %(conference)s, %(day)s, and need a text from you: "
                "«%(part)s».\n\n"
                "Please send it by %(deadline)s. Half a page is enough. Write so that people who were not there "
                "understand it, and spell abbreviations out. You need not think of the layout.\n\n"
                "Can you not make it, or should somebody else be asked? Then tell us now.\n\nKind regards\n%(name)s"
            )
            % said
        )
