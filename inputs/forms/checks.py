"""Accepting a finding, and choosing which kind to see."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inputs.checks.finding import Kind
from inputs.forms.desk import Line
from inputs.models import MAX_REASON

KINDS: dict[Kind, str | Promise] = {
    Kind.PERSONAL: _("Personal data"),
    Kind.SMALL_GROUP: _("Small groups"),
    Kind.NUMBERS: _("Numbers"),
    Kind.PEOPLE: _("Names and titles"),
    Kind.DAY: _("Date and programme"),
    Kind.OUTLINE: _("Questions and headings"),
    Kind.CHAPTERS: _("Chapters and links"),
    Kind.ABBREVIATIONS: _("Abbreviations"),
    Kind.STYLE: _("Language"),
}


class AcceptForm(forms.Form):
    """Which finding, as it was read, and why it may stand."""

    finding = forms.CharField(max_length=100)
    reading = forms.CharField(max_length=64)
    reason = Line(
        label=_("Why it may stand"),
        max_length=MAX_REASON,
        error_messages={"required": _("Write a reason in a sentence.")},
    )


class KindForm(forms.Form):
    """One kind, or all of them; a kind that does not exist is all."""

    kind = forms.ChoiceField(choices=list(KINDS.items()), required=False)

    @property
    def asked(self) -> Kind | None:
        self.is_valid()
        chosen: Any = self.cleaned_data.get("kind")
        return Kind(chosen) if chosen else None
