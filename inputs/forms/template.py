"""The upload of a Word template, and which of its styles stands for which of ours."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from conference.importers.problems import ImportFault
from conference.importers.reading import MAX_BYTES, MEGABYTE
from inputs.models import ReportTemplate
from inputs.models.templates import MAX_FILE_NAME
from inputs.report_template.reading import read_template
from inputs.report_template.roles import ROLES, Style, kind_of
from rnik.lib.text import clean_line

OURS = "-"  # an answer, so that no field counts as left open
LABELS = {
    "Title": _("Title"),
    "Subtitle": _("Subtitle"),
    "Heading1": _("Heading 1"),
    "Heading2": _("Heading 2"),
    "Heading3": _("Heading 3"),
    "Heading1Plain": _("Heading 1 without number"),
    "Normal": _("Body text"),
    "ListBullet": _("Bullet list"),
    "ListNumber": _("Numbered list"),
    "Caption": _("Caption"),
    "Note": _("Note"),
    "ReportTable": _("Table style"),
    "TableHead": _("Column heads"),
    "TableText": _("Text in tables"),
}


class TemplateForm(forms.Form):
    """A ministry's template; `bare` of the cleaned data is what is kept of it."""

    file = forms.FileField(
        label=_("Word template"),
        help_text=_("A .docx of at most 20 MB. Its styles, page, header and footer are kept, not its text."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose a Word file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = _("The template is not in use yet")
        self.helper.form_tag = False  # two forms on one page, each with an address of its own
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file:
            data["bare"], data["name"] = self._read(file), clean_line(file.name or "")[:MAX_FILE_NAME] or "mal.docx"
        return data

    def refuse(self) -> None:
        """It was read, and no report could be made on it."""
        why = _("a damaged file, expected a Word file that Word can open")
        self.add_error("file", _("The file cannot be taken in: %(why)s.") % {"why": why})

    def _read(self, file: UploadedFile) -> bytes:
        """What is kept of the file; the faults go to its field."""
        if (file.size or 0) > MAX_BYTES:
            self.add_error("file", _("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // MEGABYTE})
            return b""
        try:
            return read_template(file.read(), file.name or "")
        except ImportFault as refusal:
            said = _("The file cannot be taken in: %(why)s.") % {"why": refusal.problems[0].message}
            self.add_error("file", said)
            return b""


class StylesForm(forms.Form):
    """A select for each of our styles. `version` is the one that was read."""

    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, template: ReportTemplate, styles: Sequence[Style], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = template.version
        for role in ROLES:
            of_kind = [(style.id, style.name) for style in styles if style.kind == kind_of(role)]
            self.fields[role] = forms.ChoiceField(
                label=LABELS[role],
                choices=[(OURS, _("Our own")), *of_kind],
                initial=template.styles.get(role) or OURS,
                error_messages={"invalid_choice": _("Choose a style that is in the template.")},
            )
        self.helper = FormHelper()
        self.helper.form_error_title = _("The styles are not saved yet")
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def chosen(self) -> dict[str, str]:
        return {role: one if (one := self.cleaned_data[role]) != OURS else "" for role in ROLES}
