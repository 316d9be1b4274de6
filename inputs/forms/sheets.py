"""What a table's plain page saves of a sheet, what an editor takes in for a table, and why a rest is set aside."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from conference.importers import docx_text
from conference.importers.problems import ImportFault
from conference.importers.reading import MAX_BYTES, MEGABYTE
from conference.models import Conference, Session, Table
from inputs.actions import reasons
from inputs.forms.desk import Line, Text
from inputs.models import MAX_SHEET, SheetSource

TOO_LONG = _("A sheet holds at most 200,000 characters; these are %(show_value)s. Divide some of it first.")


class SheetForm(forms.Form):
    """A writer's sheet as it shall be, which may be empty, and the revision that was read: 0 for a new one."""

    key = forms.UUIDField()
    revision = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    text = Text(required=False, max_length=MAX_SHEET, error_messages={"max_length": TOO_LONG})


class TakeInForm(forms.Form):
    """A table's minutes, as a Word file or as text. The page made the key, so that a second click stores nothing."""

    table = forms.ModelChoiceField(
        Table.objects.none(),
        label=_("Which table"),
        to_field_name="number",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the table that the minutes are from.")},
    )
    session = forms.ModelChoiceField(
        Session.objects.none(),
        label=_("Session"),
        to_field_name="number",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the session that the minutes are from.")},
    )
    file = forms.FileField(
        label=_("Word file"),
        required=False,
        help_text=_("A .docx of at most 20 MB. Its words are kept, not the file."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    text = Text(
        label=_("or the text itself"),
        required=False,
        max_length=MAX_SHEET,
        error_messages={"max_length": TOO_LONG},
        help_text=_("Type from paper, or paste. A blank line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 10, "cols": False}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, conference: Conference, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table, session = self.fields["table"], self.fields["session"]
        assert isinstance(table, forms.ModelChoiceField)  # noqa: S101 declared above; this tells the type checker
        assert isinstance(session, forms.ModelChoiceField)  # noqa: S101 as above
        table.queryset = conference.tables.order_by("number")
        session.queryset = conference.sessions.filter(pk__in=[one.pk for one in sessions]).order_by("number")
        self.helper = FormHelper()
        self.helper.form_error_title = _("The minutes are not taken in yet")
        self.helper.layout = Layout(
            Row("table", "session"), "file", "text", "key", ButtonHolder(Submit("save", _("Take in the minutes")))
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text")
        if file and text:
            self.add_error("text", _("Choose one of them: the file or the text."))
        elif file:
            data["words"], data["source"] = self._read(file), SheetSource.WORD
        elif text:
            data["words"], data["source"] = text, SheetSource.PASTED
        elif not self.has_error("text") and not self.has_error("file"):
            self.add_error("file", _("Choose a Word file, or write the text below."))
        data["key"] = data.get("key") or uuid.uuid4()
        return data

    def _read(self, file: UploadedFile) -> str:
        """The words of the file; the faults go to its field."""
        if (file.size or 0) > MAX_BYTES:
            self.add_error("file", _("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // MEGABYTE})
            return ""
        try:
            words = docx_text.read(file.read(), file.name or "")
        except ImportFault as refusal:
            said = _("The file cannot be taken in: %(why)s.") % {"why": refusal.problems[0].message}
            self.add_error("file", said)
            return ""
        if not words:
            self.add_error("file", _("There are no words in the file."))
        elif len(words) > MAX_SHEET:
            self.add_error("file", TOO_LONG % {"show_value": len(words)})
        return words


class RestForm(forms.Form):
    """Why what is left in a sheet becomes no input."""

    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose why it is set aside.")})
    comment = Line(label=_("Comment"), required=False, max_length=500)
    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)  # noqa: S101 declared above; this tells the type checker
        reason.choices = [("", _("Choose")), *reasons.choices(conference)]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("revision", Row("reason", "comment"))
