"""Which file is to be made on the side."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Session
from inputs.models import MadeKind

PACKAGES = frozenset({MadeKind.ZIP_OPEN, MadeKind.ZIP_CLOSED})


class FileForm(forms.Form):
    """A file, and whether it holds the whole report. `packages`: the person may have the archive package too."""

    kind = forms.ChoiceField(label=_("File"))
    session = forms.TypedChoiceField(label=_("What it holds"), coerce=int, initial=0)

    def __init__(self, *args: Any, sessions: Sequence[Session], packages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions, self.packages = sessions, packages
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (kind.value, kind.label) for kind in MadeKind if packages or kind not in PACKAGES
        ]
        self.fields["session"].choices = [  # type: ignore[attr-defined]  # as above
            (0, _("The whole report")),
            *(
                (one.number, _("Session %(number)s: %(title)s") % {"number": one.number, "title": one.title})
                for one in sessions
            ),
        ]
        self.helper = FormHelper()
        self.helper.form_error_title = _("The file is not being made")
        self.helper.add_input(Submit("", _("Make the file")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("session") and cleaned.get("kind") in PACKAGES:
            self.add_error("session", _("The archive package always holds the whole conference."))
        return cleaned
