"""What editors write at the desk. Keys of inputs, points and headings are looked up by the views, not here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.models.inputs import MAX_TEXT
from rnik.lib.text import clean_line, clean_text


class Line(forms.CharField):
    """One line, cleaned as it will be stored, so that lengths are those of the database."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class Text(forms.CharField):
    """A text of several lines, cleaned as it will be stored."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class SortForm(forms.Form):
    """The bar under the desk: one form for all that can become of the inputs that are ticked.

    Each act asks for the fields that it needs; the others are kept as they were chosen.
    """

    heading = forms.CharField(required=False)
    new_heading = Line(label=_("or a new one"), required=False, max_length=200)
    reason = forms.CharField(required=False)
    comment = Text(label=_("Comment"), required=False, max_length=500)
    question = forms.CharField(required=False)


class TitleForm(forms.Form):
    """The title of a heading."""

    title = Line(label=_("Title"), max_length=200, error_messages={"required": _("Write a title.")})


class RewordForm(forms.Form):
    """A point's text, and the version that was read."""

    text = Text(label=_("Text"), max_length=MAX_TEXT, error_messages={"required": _("Write a text.")})
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SplitForm(forms.Form):
    """A point's text taken apart: one point a line."""

    texts = Text(label=_("One point per line"), max_length=MAX_TEXT)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean_texts(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        if len(lines) < 2:
            raise forms.ValidationError(
                _("Press Enter where the point is to be divided, so that there are two lines.")
            )
        return lines


class TakeOutForm(forms.Form):
    """Why a point stays when its last source is taken out; empty lets it go. And how the point reads without it."""

    reason = Line(required=False, max_length=500)
    text = Text(required=False, max_length=MAX_TEXT)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """The text of the point that several become."""

    text = Text(label=_("Text of the point"), max_length=MAX_TEXT, error_messages={"required": _("Write a text.")})
