"""What inputs are looked for by. Nothing chosen finds all of them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, Table
from inputs.forms.desk import Line
from inputs.models import Input, InputKind, InputSource
from inputs.models.inputs import InputQuerySet
from rnik.lib.text import fold

UNPLACED = "none"  # said in a session, under no question yet

STATUSES = [
    ("", _("All")),
    ("unhandled", _("Remaining")),
    ("used", _("Used")),
    ("set_aside", _("Set aside")),
    ("late", _("After the deadline")),
]


class FindForm(forms.Form):
    """Asked by GET."""

    q = Line(label=_("Words"), required=False, max_length=200)
    table = forms.ChoiceField(label=_("Which table"), required=False)
    question = forms.ChoiceField(label=_("Question"), required=False)
    source = forms.ChoiceField(
        label=_("How it reached us"), required=False, choices=[("", _("All")), *InputSource.choices]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *InputKind.choices])
    status = forms.ChoiceField(label=_("State"), required=False, choices=STATUSES)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference
        tables = Table.objects.filter(conference=conference).order_by("number")
        questions = (
            Question.objects.filter(session__conference=conference)
            .select_related("session")
            .order_by("session__number", "number")
        )
        self._choose("table", [(str(one.number), str(one)) for one in tables])
        places = [(f"{one.session.number}.{one.number}", one.text) for one in questions]
        asked = [(place, f"{place} {text[:60]}") for place, text in places]
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"
        self._choose("question", [(UNPLACED, _("No question yet")), *asked])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 declared above; this tells the type checker
        field.choices = [("", _("All")), *choices]

    def found(self) -> InputQuerySet:
        """None when something is asked for that cannot be."""
        inputs = Input.objects.filter(conference=self.conference)
        if not self.is_valid():
            return inputs.none()
        asked = self.cleaned_data
        for word in fold(asked["q"]).split():
            inputs = inputs.filter(search_text__contains=word)
        if asked["table"]:
            inputs = inputs.filter(table__number=int(asked["table"]))
        if asked["question"] == UNPLACED:
            inputs = inputs.without_question()
        elif asked["question"]:
            session, _dot, number = asked["question"].partition(".")
            inputs = inputs.counted_in(int(session), int(number))
        if asked["source"]:
            inputs = inputs.filter(source=asked["source"])
        if asked["kind"]:
            inputs = inputs.filter(kind=asked["kind"])
        return _in_state(inputs, asked["status"])

    def last_seen(self, after: str) -> Input | None:
        """The input after which the page begins; nonsense begins it at the start."""
        try:
            key = UUID(after)
        except ValueError:
            return None
        return Input.objects.filter(conference=self.conference, key=key).first()

    def query(self) -> str:
        """What is asked for, as it stands in the address."""
        asked = self.cleaned_data if self.is_valid() else {}
        return urlencode({name: value for name, value in asked.items() if value})


def _in_state(inputs: InputQuerySet, state: str) -> InputQuerySet:
    match state:
        case "unhandled":
            return inputs.unhandled()
        case "used":
            return inputs.used()
        case "set_aside":
            return inputs.put_aside()
        case "late":
            return inputs.filter(late=True)
    return inputs
