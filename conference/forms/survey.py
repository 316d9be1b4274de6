"""Forms for the survey: counts, never who answered what. A row whose name is emptied is left out."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms.groups import GroupField
from conference.groups import name_of
from conference.models import Survey, SurveyQuestionKind
from rnik.lib.text import clean_line, clean_text

LARGEST = 2_000_000_000  # what the database's column holds, rounded down
ROWS = 50


def count(label: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LARGEST, required=required)


class SurveyForm(forms.Form):
    recipients = count(_("How many were asked"))
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2_000,
        help_text=_("Why more were asked than took part, when that is so."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inside()

    def clean_explanation(self) -> str:
        return clean_text(self.cleaned_data["explanation"])


class GroupForm(forms.Form):
    """One group of those who were asked."""

    name = GroupField(label=_("Group"), required=False)
    recipients = count(_("Asked"), required=False)
    respondents = count(_("Answered"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["name"] = data.get("name") or ""
        asked, answered = data.get("recipients"), data.get("respondents")
        if data["name"] and answered is None and "respondents" not in self.errors:
            self.add_error("respondents", _("Write how many answered."))
        if asked is not None and answered is not None and answered > asked:
            self.add_error("respondents", _("More have answered than were asked. Change one of the numbers."))
        if not data["name"] and (asked is not None or answered is not None):
            self.add_error("name", _("Write the name of the group, or empty its numbers."))
        return data


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Question"), max_length=500)
    kind = forms.ChoiceField(label=_("Kind"), choices=SurveyQuestionKind, widget=forms.RadioSelect)
    base = forms.ChoiceField(label=_("Asked of"), required=False)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = list(survey.groups.values_list("group", flat=True))
        stored = kwargs.get("initial", {}).get("base", "")
        if stored and stored not in groups:
            groups.append(stored)
        base = self.fields["base"]
        assert isinstance(base, forms.ChoiceField)  # noqa: S101 as declared; this tells the type checker
        base.choices = [("", _("Everybody")), *((group, name_of(group)) for group in groups)]
        self.helper = inside()

    def clean_text(self) -> str:
        text = clean_line(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


class AnswerForm(forms.Form):
    """One answer, and how many gave it."""

    label = forms.CharField(label=_("Answer"), max_length=100, required=False)
    count = count(_("How many"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["label"] = clean_line(data.get("label") or "")
        if data["label"] and data.get("count") is None and "count" not in self.errors:
            self.add_error("count", _("Write how many gave this answer; 0 is a number too."))
        if not data["label"] and data.get("count") is not None:
            self.add_error("label", _("Write the answer, or empty its number."))
        return data


class Rows(forms.BaseFormSet):
    """Rows of which the filled ones count, each name once. The field that names a row is its first."""

    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            first = next(iter(form.fields))
            name = form.cleaned_data.get(first, "") if hasattr(form, "cleaned_data") else ""
            if name and name in seen:
                form.add_error(first, _("This name stands above already. Give each row a name of its own."))
            seen.add(name)


def filled(rows: "forms.BaseFormSet[Any]") -> list[dict[str, Any]]:
    """What the rows that have a name say."""
    return [form.cleaned_data for form in rows.forms if form.cleaned_data.get(next(iter(form.fields)))]


GroupRows = forms.formset_factory(GroupForm, formset=Rows, extra=3, max_num=ROWS, absolute_max=ROWS)
AnswerRows = forms.formset_factory(AnswerForm, formset=Rows, extra=3, max_num=ROWS, absolute_max=ROWS)


def inside(template: str = "") -> FormHelper:
    """For a form that stands in a <form> with others; `template` for rows as a table."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_error_title = _("This is not saved yet")
    if template:
        helper.template = template
    return helper
