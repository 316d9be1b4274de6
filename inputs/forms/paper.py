"""What a table wrote on paper, typed in afterwards: many notes at once."""

import re
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.models import Question, Session, Table
from inputs.actions.entry import Note, form_keys
from inputs.forms.adding import MAX_LINES, split_lines
from inputs.forms.desk import Text
from inputs.models import MAX_TEXT, InputKind, InputSource
from inputs.queries import Place

PER_LINE, PER_BLOCK = "line", "block"


class PaperEntryForm(forms.Form):
    """One table and one question at a time, as they stand on the sheet. The page made the key."""

    table = forms.ModelChoiceField(
        Table.objects.none(),
        label=_("Which table"),
        to_field_name="number",
        empty_label=_("Choose the table"),
        error_messages={"required": _("Choose the table that stands on the sheet.")},
    )
    place = forms.ChoiceField(
        label=_("Session and question"),
        error_messages={"required": _("Choose the question that stands on the sheet.")},
    )
    text = Text(
        label=_("What stands on the sheet"),
        max_length=MAX_LINES,
        error_messages={"required": _("Write what stands on the sheet first.")},
        widget=forms.Textarea(attrs={"rows": 10, "cols": False}),
    )
    division = forms.ChoiceField(
        label=_("What is a note"),
        choices=[(PER_LINE, _("Each line")), (PER_BLOCK, _("Lines without an empty line between them"))],
        initial=PER_LINE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is a note.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Not said")), *InputKind.choices],
        required=False,
        help_text=_("Goes for all the notes above. Type in those of another kind by themselves."),
    )
    priority = forms.BooleanField(label=_("All of them are marked as important on the sheet"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        """`sessions` are those in which the person may edit, their questions prefetched; of one conference."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.places: dict[str, tuple[Session, Question | None]] = {}
        groups = []
        for session in sessions:
            asked = list(session.questions.all())
            keys = [str(Place(session.number, one.number)) for one in asked]
            self.places |= {key: (session, one) for key, one in zip(keys, asked, strict=True)}
            self.places[str(session.number)] = (session, None)
            choices: list[tuple[str, Any]] = [
                (key, f"{key} {one.text[:60]}") for key, one in zip(keys, asked, strict=True)
            ]
            groups.append((str(session), [*choices, (str(session.number), _("Without question"))]))
        table, place = self.fields["table"], self.fields["place"]
        assert isinstance(table, forms.ModelChoiceField)  # noqa: S101 declared above; this tells the type checker
        assert isinstance(place, forms.ChoiceField)  # noqa: S101 as above
        table.queryset = Table.objects.filter(conference__in={one.conference_id for one in sessions}).order_by(
            "number"
        )
        place.choices = [("", _("Choose the question")), *groups]
        self.helper = FormHelper()
        self.helper.attrs = {"hx-boost": "true"}
        self.helper.form_error_title = _("Nothing is stored yet")
        self.helper.layout = Layout(Row("table", "place"), "text", "division", "kind", "priority", "key")
        self.helper.add_input(Submit("", _("Store the notes")))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") and data.get("division"):
            too_long = sum(len(text) > MAX_TEXT for text in self._texts(data))
            if too_long:
                said = ngettext(
                    "%(number)s note has more than 10,000 characters. Divide it with Enter.",
                    "%(number)s notes have more than 10,000 characters. Divide them with Enter.",
                    too_long,
                )
                self.add_error("text", said % {"number": too_long})
        return data

    def notes(self) -> list[Note]:
        """What is to be stored, in the order of the sheet."""
        data = self.cleaned_data
        session, question = self.places[data["place"]]
        texts = self._texts(data)
        keys = form_keys(data["key"] or uuid.uuid4(), f"{data['table'].pk} {data['place']}", texts)
        return [
            Note(
                session=session,
                question=question,
                table=data["table"],
                source=InputSource.PAPER,
                kind=data["kind"],
                priority=data["priority"],
                language=session.conference.language,
                text=text,
                key=key,
            )
            for text, key in zip(texts, keys, strict=True)
        ]

    @staticmethod
    def _texts(data: dict[str, Any]) -> list[str]:
        if data["division"] == PER_LINE:
            return split_lines(data["text"])
        return [block for block in (part.strip() for part in re.split(r"\n\s*\n", data["text"])) if block]
