"""What the forms of «Set up» share: they choose among the conference's own, and two who change meet."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import BLANK_CHOICE_DASH, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.actions.ordering import LARGEST
from conference.models import (
    Conference,
)
from rnik.lib.pasted import tidy
from rnik.lib.text import clean_line, clean_text

#: What PostgreSQL keeps in two bytes; SQLite would take any number.
SMALL_NUMBERS = frozenset({"edition", "plenary_tables_per_session", "slot"})
NO_CHOICE = BLANK_CHOICE_DASH[0][1]
LONGEST_TEXT = 20_000


def long_text(label: Any, *, rows: int = 6, required: bool = False, longest: int = LONGEST_TEXT) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "cols": False})
    return forms.CharField(label=label, required=required, max_length=longest, widget=area)


class _Written(forms.CharField):
    """A text of the report in the small markup, tidied of what came along when it was pasted."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


def written_text(label: Any, *, rows: int = 6, longest: int = LONGEST_TEXT) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "cols": False, "data-markup": True})
    return _Written(label=label, required=False, max_length=longest, widget=area)


class SetupForm(forms.ModelForm):
    """A thing of `conference`. Texts are cleaned, and the database's promises asked for, before it is stored."""

    save_word: str | Promise = _("Save")
    #: Several are usually made one after the other.
    goes_on = False

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.filter(conference=conference)  # type: ignore[union-attr]
                if field.empty_label == NO_CHOICE:
                    field.empty_label = _("Not chosen")
            elif name in SMALL_NUMBERS:
                field.validators.append(MaxValueValidator(LARGEST))
        self.helper = FormHelper()
        self.helper.form_error_title = _("This is not saved yet")
        self.helper.add_input(Submit("", self.save_word))
        if self.goes_on and self.instance.pk is None:
            self.helper.add_input(Submit("more", _("Save and add another"), data_variant="secondary"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                is_long = isinstance(self.fields[name].widget, forms.Textarea)
                cleaned[name] = clean_text(value) if is_long else clean_line(value)
                if self.fields[name].required and not cleaned[name]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return {name: value for name, value in cleaned.items() if name not in self.errors}

    def _get_validation_exclusions(self) -> set[str]:
        # Django leaves out what is not in the form, and with it «a code once per conference».
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # the stubs lack it
        return left_out - {"conference", "session"}


class VersionedForm(SetupForm):
    """A thing that two may change at once: the form holds which version it was read at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def read_at(self) -> int:
        """The version that was read; 0, which is never stored, when the form does not say."""
        return self.cleaned_data.get("version") or 0


def folded(title: Any, *fields: Any) -> Layout:
    """Fields that most leave alone, behind a line that opens them; an error in the form opens it too."""
    return Layout(
        HTML('<details class="fold" {% if form.errors %}open{% endif %}><summary>'),
        HTML(str(title)),
        HTML('</summary><div class="form-fields">'),
        *fields,
        HTML("</div></details>"),
    )


def differences(typed: SetupForm) -> list[dict[str, str]]:
    """Where what was typed differs from the stored thing in the form: the field, and both readings."""
    fields = [typed[name] for name in typed.changed_data if name != "version"]
    return [
        {"label": str(one.label), "theirs": _reading(one, one.initial), "mine": _reading(one, one.value())}
        for one in fields
    ]


def _reading(bound: forms.BoundField, value: Any) -> str:
    """A value as the form shows it: what a choice is called, «–» for nothing."""
    choices = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    if choices:
        values = value if isinstance(value, (list, tuple, QuerySet)) else [value]
        keys = [str(getattr(one, "pk", one)) for one in values if one not in (None, "")]
        return ", ".join(choices.get(key, key) for key in keys) or "–"
    return str(bound.field.widget.format_value(bound.field.prepare_value(value)) or "–")
