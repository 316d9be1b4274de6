"""What is typed in the document: a line, a line in parts, a heading."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from inputs.forms.desk import RewordForm, Text, TitleForm
from inputs.models.inputs import MAX_TEXT


class PartsForm(RewordForm):
    """A line in parts: as they are posted one by one, or a part to each line of the text."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.posted = data.getlist("part")
        self.parts: list[str] = []

    def clean(self) -> None:
        if self.posted:
            field = Text(max_length=MAX_TEXT, required=False)
            parts = [field.clean(part) for part in self.posted]
        else:
            parts = [line.strip() for line in self.cleaned_data.get("text", "").splitlines()]
        self.parts = [part for part in parts if part]
        if len(self.parts) < 2 and not self.errors:
            self.add_error("text", _("Begin a new line where the point is to be divided."))


class JoinForm(RewordForm):
    """A line that is to be one with the line above, and the version of that one."""

    above_version = forms.IntegerField(min_value=1)


class HeadingForm(TitleForm):
    """A heading, and what it was called when it was read."""

    was = forms.CharField()
