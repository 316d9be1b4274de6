"""A file that is looked at first and read in when somebody says so.

Between the two it waits in the page itself, so that the server keeps no copy of what people have said.
"""

import base64
import binascii
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from rnik.lib.text import clean_line

MEGABYTE = 1024 * 1024
LARGEST = 3 * MEGABYTE  # as text in a form it grows by a third, and a request has at most 5


class FileForm(forms.Form):
    """Choose a file."""

    file = forms.FileField(label=_("File"), allow_empty_file=True, error_messages={"required": _("Choose a file.")})

    def __init__(self, *args: Any, action: str, label: Any, accept: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = label
        self.fields["file"].widget.attrs["accept"] = accept
        self.helper = FormHelper()
        self.helper.form_action = action
        self.helper.form_error_title = _("The file is not read")
        self.helper.add_input(Submit("look", _("Look at the file"), data_variant="secondary"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 3 MB. Divide it, or ask whoever runs the server to read it in.")
            )
        return file


class KeptFile(forms.Form):
    """The file that was looked at, as it came back with the page."""

    name = forms.CharField(max_length=300, widget=forms.HiddenInput)
    kept = forms.CharField(widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_kept(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["kept"], validate=True)
        except (ValueError, binascii.Error):
            raise forms.ValidationError(_("The file did not come back whole. Choose it again.")) from None


def keep(content: bytes, name: str) -> dict[str, str]:
    """What KeptFile needs to find the same file again."""
    return {"name": name, "kept": base64.b64encode(content).decode()}
