"""What a table's plain page sends: a new note, or a note as it shall be."""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from conference.models import Question, Session
from inputs.actions.entry import Changes
from inputs.actions.table_notes import Sent
from inputs.models import MAX_TEXT, Input, InputKind
from rnik.lib.text import clean_text


class NoteText(forms.CharField):
    """What was said, cleaned before it is measured."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, error_messages={"required": _("Write what was said first.")}, **kwargs)
        too_long = _(
            "At most %(limit_value)s characters are stored; these are %(show_value)s. Divide the note in two."
        )
        self.validators = [MaxLengthValidator(MAX_TEXT, message=too_long)]

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class WriteForm(forms.Form):
    """A new note under a question of the session, or under none."""

    key = forms.UUIDField(required=False)
    question = forms.ModelChoiceField(Question.objects.none(), to_field_name="number", required=False)
    text = NoteText()
    kind = forms.ChoiceField(choices=[("", _("Not said")), *InputKind.choices], required=False)
    priority = forms.BooleanField(required=False)
    lines = forms.BooleanField(required=False)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        field = self.fields["question"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 declared above; this tells the type checker
        field.queryset = session.questions.all()

    def notes(self) -> list[Sent]:
        """The note, or one a line. The page made the key, so that a second click sends the same again."""
        data = self.cleaned_data
        key = data["key"] or uuid.uuid4()
        if not data["lines"]:
            return [self._sent(key, data["text"])]
        lines = [line for line in (clean_text(line) for line in data["text"].split("\n")) if line]
        return [self._sent(uuid.uuid5(key, str(n)), line) for n, line in enumerate(lines)]

    def _sent(self, key: uuid.UUID, text: str) -> Sent:
        return Sent(key, self._content(self.session, text))

    def _content(self, session: Session, text: str) -> Changes:
        data = self.cleaned_data
        return Changes(
            session=session, question=data["question"], text=text, kind=data["kind"], priority=data["priority"]
        )


class ChangeForm(WriteForm):
    """A note that stands, as it shall be: words, question, kind and star."""

    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000)

    def sent(self, entry: Input) -> Sent:
        """The next revision after the one that was read."""
        data = self.cleaned_data
        return Sent(entry.key, self._content(entry.session, data["text"]), revision=data["revision"] + 1)
