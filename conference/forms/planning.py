"""The forms of «Set up»: a conference and its parts."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.actions.setup import RESERVED_SLUGS
from conference.forms.groups import GroupField
from conference.forms.setup import SetupForm, VersionedForm, folded, long_text, written_text
from conference.models import (
    Conference,
    Introducer,
    ItemKind,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    Question,
    Session,
)
from rnik.lib.text import clean_line

LONGEST_QUESTION = 2_000
DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class NewConferenceForm(forms.ModelForm):
    """The three facts that a conference cannot do without. The short name is made from the title."""

    class Meta:
        model = Conference
        fields = ["title", "date", "language", "slug"]
        widgets = {"date": DATE}
        labels = {"slug": _("Short name in addresses")}
        help_texts = {"slug": _("Small letters, digits and hyphens. Empty: made from the title.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.helper = FormHelper()
        self.helper.form_error_title = _("The conference is not made yet")
        self.helper.add_input(Submit("", _("Make the conference")))

    def clean_title(self) -> str:
        title = clean_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS or Conference.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("A conference has this short name already. Choose another one."))
        return slug

    def _get_validation_exclusions(self) -> set[str]:
        # An empty short name is filled in later, so neither it nor the promise about it is looked at here.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # the stubs lack it
        return left_out | {"slug"}


class FactsForm(VersionedForm):
    """What is said of the conference on the first page of its report, and how the day is run."""

    series_name = forms.CharField(
        label=_("Series"),
        required=False,
        max_length=200,
        help_text=_("The conference that comes back, of which this is one edition."),
    )

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Conference
        fields = [
            "title",
            "theme",
            "edition",
            "date",
            "end_date",
            "venue",
            "address",
            "host",
            "website",
            "language",
            "capacity",
            "plenary_tables_per_session",
            "attribution",
            "second_person",
            "tidying_deadline",
            "case_number",
            "access_code",
            "legal_basis",
        ]
        widgets = {
            "date": DATE,
            "end_date": DATE,
            "tidying_deadline": MOMENT,
        }
        help_texts = {
            "plenary_tables_per_session": _("How many tables tell the room what they talked about."),
            "attribution": _("Whether the report says who said what."),
            "second_person": _("Whoever wrote the text cannot be the one who confirms it."),
            "tidying_deadline": _("Until then the tables can change their notes. Empty: noon the day after."),
            "case_number": _("In the archive, if the conference has one."),
            "access_code": _("Of the closed edition of the archive package."),
            "legal_basis": _("Such as offentleglova § 13. Only in the closed edition."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("series_name", self.instance.series.name if self.instance.series else "")
        self.helper.layout = Layout(
            "title",
            "theme",
            Row("series_name", "edition"),
            Row("date", "end_date"),
            Fieldset(_("Place and host"), "venue", "address", "host", "website", css_class="form-section"),
            Fieldset(
                _("The tables and the report"),
                "language",
                Row("capacity", "plenary_tables_per_session"),
                "attribution",
                "second_person",
                "tidying_deadline",
                css_class="form-section",
            ),
            Fieldset(_("The archive"), Row("case_number", "access_code"), "legal_basis", css_class="form-section"),
            "version",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, last = cleaned.get("date"), cleaned.get("end_date")
        if day and last and last < day:
            self.add_error("end_date", _("The last day comes before the first. Change one of them."))
        return cleaned


class ParticipantsForm(SetupForm):
    goes_on = True

    class Meta:
        model = ParticipantCount
        fields = ["category", "limit", "invited", "attended"]
        field_classes = {"category": GroupField}
        help_texts = {"category": _("As the report is to print it, such as participants or observers.")}


class MinistryForm(SetupForm):
    goes_on = True

    class Meta:
        model = Ministry
        fields = ["code", "name", "name_nn"]


class SessionForm(VersionedForm):
    """A session. Who is responsible is listed in the ministries' own order, the first responsible first."""

    topic = written_text(_("Topic"))
    introduction = written_text(_("Introduction"))
    first = forms.ModelChoiceField(
        Ministry.objects.all(),
        label=_("First responsible"),
        required=False,
        empty_label=_("As in the list of ministries"),
    )
    responsible = forms.ModelMultipleChoiceField(
        Ministry.objects.all(),
        label=_("Responsible ministries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Session
        fields = ["title", "programme_title", "format", "topic", "introduction", "slot", "track", "writable_until"]
        widgets = {"writable_until": MOMENT}
        labels = {"writable_until": _("The tables can change their notes until")}
        help_texts = {
            "writable_until": _("Notes that come later are received and marked late. Empty: as for them all.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            named = list(self.instance.responsibilities.values_list("ministry", flat=True))
            self.initial.setdefault("responsible", named)
            self.initial.setdefault("first", named[0] if named else None)
        has_ministries = self.fields["responsible"].queryset.exists()  # type: ignore[attr-defined]
        if not has_ministries:
            del self.fields["responsible"], self.fields["first"]
        self.helper.layout = Layout(
            "title",
            "programme_title",
            "format",
            *(["responsible", "first"] if has_ministries else []),
            "topic",
            "introduction",
            "writable_until",
            folded(_("Sessions at the same time"), Row("slot", "track")),
            "version",
        )

    def ministries(self) -> list[Ministry]:
        """Who is responsible, the first responsible first."""
        chosen = list(self.cleaned_data.get("responsible") or [])
        first = self.cleaned_data.get("first")
        return [first, *(one for one in chosen if one != first)] if first else chosen


class IntroducerForm(SetupForm):
    goes_on = True

    class Meta:
        model = Introducer
        fields = ["name", "title", "ministry"]


class QuestionForm(VersionedForm):
    """What the tables are asked."""

    goes_on = True

    text = long_text(_("Question"), rows=4, required=True, longest=LONGEST_QUESTION)

    class Meta:
        model = Question
        fields = ["text", "tables"]
        widgets = {"tables": forms.CheckboxSelectMultiple}
        labels = {"tables": _("Tables that are asked")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.fields["tables"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["tables"]


class ProgrammeItemForm(SetupForm):
    goes_on = True
    text = written_text(_("The speech in full"), rows=12, longest=100_000)

    class Meta:
        model = ProgrammeItem
        fields = [
            "starts_at",
            "ends_at",
            "kind",
            "title",
            "session",
            "speaker_name",
            "speaker_title",
            "speaker_ministry",
            "text",
        ]
        widgets = {"starts_at": TIME, "ends_at": TIME}
        labels = {"speaker_name": _("Name"), "speaker_title": _("Title or role"), "speaker_ministry": _("Ministry")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Row("starts_at", "ends_at"),
            "title",
            "kind",
            "session",
            Fieldset(_("Speaker"), "speaker_name", "speaker_title", "speaker_ministry", css_class="form-section"),
            folded(_("The speech in full"), Field("text")),
        )
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: the title of the session.")

    def clean(self) -> dict[str, Any]:
        """A session that is chosen says what happens and what it is called, unless something else is said."""
        cleaned = super().clean()
        session = cleaned.get("session")
        if session and cleaned.get("kind") == ItemKind.OTHER:
            cleaned["kind"] = ItemKind.SESSION
        if session and not cleaned.get("title"):
            cleaned["title"] = session.programme_title or session.title
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Write a title, or choose the session."))
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end < start:
            self.add_error("ends_at", _("It ends before it starts. Change one of the times."))
        return cleaned
