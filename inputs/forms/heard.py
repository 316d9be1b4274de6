"""What editors write and look for on the page of «Dette hører vi»."""

from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from inputs.forms.desk import Line
from inputs.models import MAX_LINE
from rnik.lib.text import clean_line, fold

Rows = TypeVar("Rows", bound=QuerySet[Any])


class ChooseForm(forms.Form):
    """The words of a line."""

    text = Line(
        label=_("What is heard"),
        max_length=MAX_LINE,
        error_messages={
            "required": _("Write what is heard."),
            "max_length": _(
                "This is %(show_value)d characters. Shorten it to %(limit_value)d, so that it can be read at once."
            ),
        },
    )


class RewordForm(ChooseForm):
    """The same, and the version that was read."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class SearchForm:
    """Words that inputs and points are looked for by; whatever is asked, there is an answer."""

    def __init__(self, data: Any) -> None:
        self.words = clean_line(data.get("q", ""))[:200]
        self.wants_all = data.get("alle") == "1"

    def among(self, rows: Rows) -> Rows:
        for word in fold(self.words).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def query(self) -> str:
        """As it stands in an address; empty when nothing is asked for."""
        asked = {"q": self.words, "alle": "1" if self.wants_all else ""}
        found = urlencode({name: value for name, value in asked.items() if value})
        return f"?{found}" if found else ""
