"""What is sent for clearance, what comes back, and what an editor decides about it."""

import hashlib
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Row, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.importers.problems import ImportFault
from conference.importers.reading import MAX_BYTES, MEGABYTE
from conference.models import Conference, Session
from inputs.actions.clearance import Answer
from inputs.clearance.comparing import Sent
from inputs.clearance.marks import Part
from inputs.clearance.reading import read_answer
from inputs.forms.desk import Line, Text
from inputs.models import MAX_TEXT, Clearance, ClearanceLine, Proposed, Via
from rnik.lib.text import clean_line

EVERYTHING = "all"
MAX_LETTER = 5_000
LONGEST_ANSWER = 500


class SendForm(forms.Form):
    """Which points, to whom, until when, and what is said about it on the first page."""

    scope = forms.ChoiceField(
        label=_("What to send"),
        error_messages={"required": _("Choose what to send."), "invalid_choice": _("Choose what to send.")},
    )
    to = Line(
        label=_("To"),
        required=False,
        max_length=200,
        help_text=_("Empty: the ministry that is chosen above."),
    )
    deadline = forms.DateField(
        label=_("Deadline"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose the last day for answers.")},
    )
    letter = Text(
        label=_("Covering text"),
        max_length=MAX_LETTER,
        help_text=_("It stands on the first page. A blank line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 8, "cols": False}),
        error_messages={"required": _("Write what they are asked to do.")},
    )

    def __init__(self, *args: Any, conference: Conference, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sessions: dict[str, list[Session]] = {f"session:{one.number}": [one] for one in sessions}
        self._names: dict[str, str] = {}
        every = list(conference.sessions.all())
        if len(sessions) == len(every):
            self._sessions[EVERYTHING] = sessions
        for ministry in conference.ministries.prefetch_related("responsibilities"):
            keys = {part.session_id for part in ministry.responsibilities.all()}
            mine = [one for one in sessions if one.pk in keys]
            if mine and len(mine) == len(keys):
                name = f"ministry:{ministry.code}"
                self._sessions[name] = mine
                self._names[name] = ministry.name_in(conference.language)
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)  # noqa: S101 declared above; this tells the type checker
        scope.choices = [
            ("", _("Choose")),
            *([(EVERYTHING, _("Everything"))] if EVERYTHING in self._sessions else []),
            (_("A ministry's sessions"), list(self._names.items())),
            (_("One session"), [(f"session:{one.number}", str(one)) for one in sessions]),
        ]
        self.helper = FormHelper()
        self.helper.form_error_title = _("Nothing is sent yet")
        self.helper.layout = Layout(
            "scope", Row("to", "deadline"), "letter", ButtonHolder(Submit("send", _("Make the Word file")))
        )

    def clean_deadline(self) -> Any:
        day = self.cleaned_data["deadline"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The deadline has passed already. Choose a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        scope = data.get("scope", "")
        data["sessions"] = self._sessions.get(scope, [])
        data["to"] = data.get("to") or self._names.get(scope, "")
        if scope and not data["to"] and not self.has_error("to"):
            self.add_error("to", _("Write whom it is sent to."))
        return data


class AnswerForm(forms.Form):
    """A returned Word file, and whose answer it is."""

    file = forms.FileField(
        label=_("Word file"),
        allow_empty_file=True,
        help_text=_("A .docx of at most 20 MB. What it proposes is kept, not the file."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose the file that came back.")},
    )
    office = Line(label=_("From"), max_length=200, error_messages={"required": _("Write whose answer this is.")})

    def __init__(self, *args: Any, clearance: Clearance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clearance = clearance
        self.helper = FormHelper()
        self.helper.form_error_title = _("The answer is not taken in yet")
        self.helper.layout = Layout("file", "office", ButtonHolder(Submit("save", _("Take in the answer"))))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("file") is not None and data.get("office"):
            data["answer"] = self._read(data["file"], data["office"])
        return data

    def _read(self, file: UploadedFile, office: str) -> Answer | None:
        """What the file says; its faults go to the field."""
        if (file.size or 0) > MAX_BYTES:
            self.add_error("file", _("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // MEGABYTE})
            return None
        content, name = file.read(), clean_line(file.name or "")[:300]
        lines = self.clearance.lines.values_list("number", "part", "text").order_by("number")
        sent = [Sent(number, Part(part), text) for number, part, text in lines]
        try:
            findings = read_answer(content, name, sent=sent, mark=self.clearance.mark)
        except ImportFault as refusal:
            said = _("The file cannot be taken in: %(why)s.") % {"why": refusal.problems[0].message}
            self.add_error("file", said)
            return None
        return Answer(office, name, hashlib.sha256(content).hexdigest(), findings)


#: What can be typed in for a point.
TYPED = [Proposed.WORDING, Proposed.REMOVAL, Proposed.REMARK]


class TypeInForm(forms.Form):
    """A proposal from an e-mail or a sheet of paper. The page made the key, so that a second click stores nothing."""

    point = forms.ModelChoiceField(
        ClearanceLine.objects.none(),
        label=_("Which point"),
        to_field_name="number",
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the point that it is about.")},
    )
    office = Line(label=_("From"), max_length=200, error_messages={"required": _("Write whose proposal this is.")})
    via = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in (Via.EMAIL, Via.PEN)],
        initial=Via.EMAIL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    proposed = forms.ChoiceField(
        label=_("What is proposed"),
        choices=[(one.value, one.label) for one in TYPED],
        initial=Proposed.WORDING,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is proposed.")},
    )
    text = Text(
        label=_("The new wording"),
        required=False,
        max_length=MAX_TEXT,
        help_text=_("The whole point as it is proposed to be."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": False}),
    )
    remark = Text(
        label=_("Comment"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3, "cols": False})
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, clearance: Clearance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        point = self.fields["point"]
        assert isinstance(point, forms.ModelChoiceField)  # noqa: S101 declared above; this tells the type checker
        point.queryset = clearance.lines.filter(part=Part.POINT).order_by("number")
        self.helper = FormHelper()
        self.helper.form_error_title = _("The proposal is not stored yet")
        self.helper.layout = Layout(
            "point",
            Row("office", "via"),
            "proposed",
            "text",
            "remark",
            "key",
            ButtonHolder(Submit("save", _("Store the proposal"))),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        proposed = data.get("proposed")
        if proposed == Proposed.WORDING and not data.get("text") and not self.has_error("text"):
            self.add_error("text", _("Write the new wording."))
        if proposed == Proposed.REMARK and not data.get("remark") and not self.has_error("remark"):
            self.add_error("remark", _("Write the comment."))
        if proposed != Proposed.WORDING:
            data["text"] = ""
        data["key"] = data.get("key") or uuid.uuid4()
        return data


class DecideForm(forms.Form):
    """What becomes of one proposal. Each button asks for the fields that it needs."""

    ACTS = ("accept", "other", "remove", "add", "settle", "reject")

    act = forms.ChoiceField(choices=[(one, one) for one in ACTS])
    text = Text(required=False, max_length=MAX_TEXT)
    version = forms.IntegerField(required=False, min_value=1, max_value=2_000_000_000)
    reason = forms.CharField(required=False)
    answer = Line(required=False, max_length=LONGEST_ANSWER)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        act = data.get("act")
        if act in {"other", "add"} and not data.get("text") and not self.has_error("text"):
            self.add_error("text", _("Write a text."))
        if act in {"settle", "reject"} and not data.get("answer") and not self.has_error("answer"):
            self.add_error("answer", _("Write why, in a sentence."))
        if act == "remove" and not data.get("reason"):
            self.add_error("reason", _("Choose why it is set aside."))
        if act in {"accept", "other", "remove"} and not data.get("version"):
            self.add_error("act", _("The page did not come back whole. Load it once more."))
        return data
