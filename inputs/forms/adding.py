"""The form in which an editor adds what did not come through a table's device."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Question, Table
from inputs.actions.entry import Note, form_keys
from inputs.forms.desk import Text
from inputs.models import MAX_TEXT, InputKind, InputSource

MAX_LINES = 100_000  # characters in one go: a day's notes on paper

#: A table's own device is not among them.
SOURCES = [InputSource.PLENARY, InputSource.REPLY, InputSource.WRITING, InputSource.PAPER, InputSource.EDITOR]


class AddForm(forms.Form):
    """One input, or one a line. The page made the key, so that a second click adds nothing."""

    text = Text(
        label=_("What was said"),
        max_length=MAX_LINES,
        error_messages={"required": _("Write what was said first.")},
        widget=forms.Textarea(attrs={"rows": 6, "cols": False}),
    )
    lines = forms.BooleanField(label=_("Each line is an input of its own"), required=False)
    source = forms.ChoiceField(
        label=_("How it reached us"),
        choices=[(one.value, one.label) for one in SOURCES],
        initial=InputSource.PLENARY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it reached us.")},
    )
    table = forms.ModelChoiceField(
        Table.objects.none(),
        label=_("Which table"),
        required=False,
        to_field_name="number",
        empty_label=_("No table"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Not said")), *InputKind.choices], required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        table = self.fields["table"]
        assert isinstance(table, forms.ModelChoiceField)  # noqa: S101 declared above; this tells the type checker
        table.queryset = Table.objects.filter(conference=question.session.conference).order_by("number")
        self.helper = FormHelper()
        self.helper.form_error_title = _("The input is not added yet")
        self.helper.layout = Layout(
            "text",
            "lines",
            "source",
            Row("table", "kind"),
            "key",
            ButtonHolder(Submit("save", _("Add"))),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text"):
            self._look_at_lengths(data)
        return data

    def _look_at_lengths(self, data: dict[str, Any]) -> None:
        several = "\n" in data["text"]
        if max(map(len, self._texts(data))) <= MAX_TEXT:
            return
        if several and not data["lines"]:
            self.add_error("text", _("This is too much for one input. Tick that each line is an input of its own."))
        else:
            self.add_error("text", _("An input has at most 10,000 characters. Divide it into several lines."))

    def notes(self) -> list[Note]:
        """What is to be stored, in the order of the lines."""
        data, session = self.cleaned_data, self.question.session
        texts = self._texts(data)
        keys = form_keys(data["key"] or uuid.uuid4(), self.question.pk, texts)
        return [
            Note(
                session=session,
                question=self.question,
                table=data["table"],
                source=InputSource(data["source"]),
                kind=data["kind"],
                language=session.conference.language,
                text=text,
                key=key,
            )
            for text, key in zip(texts, keys, strict=True)
        ]

    @staticmethod
    def _texts(data: dict[str, Any]) -> list[str]:
        return split_lines(data["text"]) if data["lines"] else [data["text"]]


def split_lines(text: str) -> list[str]:
    """One a line, empty ones left out."""
    return [line for line in (part.strip() for part in text.split("\n")) if line]
