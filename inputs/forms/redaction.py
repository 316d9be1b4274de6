"""Which words are taken out for good, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference
from inputs.actions.redaction import passage_of
from inputs.forms.desk import Line, Text
from inputs.models import MAX_TEXT


class RedactForm(forms.Form):
    """The passage as it stands in the text, and the ground, which must not hold it."""

    words = Text(
        label=_("The words to take out"),
        min_length=2,
        max_length=MAX_TEXT,
        error_messages={
            "required": _("Write or paste the words that are to be taken out."),
            "min_length": _("Write at least two characters, or too much is taken out."),
        },
    )
    ground = Line(
        label=_("Ground"), max_length=300, error_messages={"required": _("Write why, without the words themselves.")}
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        words, ground = data.get("words"), data.get("ground")
        if words and ground and passage_of(words, self.conference).count(ground):
            self.add_error("ground", _("The ground is kept for good. Write it without the words that are taken out."))
        return data
