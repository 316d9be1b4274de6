"""What inputs are looked for by. Nothing chosen finds all of them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, Table, User
from inputs.facets import NONE, Facets, count_facets
from inputs.forms.desk import Line
from inputs.models import Input, InputKind, InputSource, SetAsideReason
from inputs.models.inputs import InputQuerySet
from rnik.lib.text import fold

STATUSES = [("unhandled", _("Remaining")), ("used", _("Used")), ("set_aside", _("Set aside"))]
MARKS = [
    ("star", _("Marked as important")),
    ("late", _("After the deadline")),
    ("withdrawal", _("The table asks to withdraw it")),
    ("unplaced", _("No question yet")),
]


class Finder(forms.Form):
    """What every form that finds has: it is asked by GET, and «All» is the first choice of each list."""

    q = Line(label=_("Words"), required=False, max_length=200)

    #: The lists that are folded until one of them is used.
    more: tuple[str, ...] = ()

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference
        questions = Question.objects.filter(session__conference=conference).select_related("session")
        self.questions = {
            f"{one.session.number}.{one.number}": one for one in questions.order_by("session__number", "number")
        }
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """What may be chosen in the list, after «All»."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 declared below; this tells the type checker
        field.choices = [("", _("All")), *choices]

    def first_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in self.more]

    def more_fields(self) -> list[BoundField]:
        return [self[name] for name in self.more]

    def more_is_asked(self) -> bool:
        return any(self.data.get(name) for name in self.more)

    def asked_questions(self) -> list[tuple[str, str]]:
        return [(place, f"{place} {one.text[:60]}") for place, one in self.questions.items()]

    def words(self) -> list[str]:
        """The words that are looked for, as they are searched."""
        return fold(self.cleaned_data["q"]).split() if self.is_valid() else []

    def query(self) -> str:
        """What is asked for, as it stands in the address."""
        asked = self.cleaned_data if self.is_valid() else {}
        return urlencode({name: value for name, value in asked.items() if value})


class FindForm(Finder):
    """Inputs, by words and facts; all that is chosen must hold."""

    status = forms.ChoiceField(label=_("State"), required=False)
    question = forms.ChoiceField(label=_("Question"), required=False)
    table = forms.ChoiceField(label=_("Which table"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    source = forms.ChoiceField(label=_("How it reached us"), required=False)
    mark = forms.ChoiceField(label=_("Marked as"), required=False)
    reason = forms.ChoiceField(label=_("Why set aside"), required=False)
    person = forms.ChoiceField(label=_("Who wrote or handled it"), required=False)
    level = forms.ChoiceField(label=_("Responsible, as the table said"), required=False)

    more = ("source", "reason", "person", "level")

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, conference=conference, **kwargs)
        self.tables = {str(one.number): one for one in Table.objects.filter(conference=conference).order_by("number")}
        self.addressed = _addressed(conference)
        reasons = SetAsideReason.objects.filter(conference=conference)
        members = User.objects.filter(memberships__conference=conference)
        writers = User.objects.filter(note_taker__table__conference=conference).select_related("note_taker__table")
        self._lists: dict[str, list[tuple[str, Any]]] = {
            "status": [*STATUSES],
            "question": [(NONE, _("No question yet")), *self.asked_questions()],
            "table": [*((number, str(one)) for number, one in self.tables.items()), (NONE, _("From no table"))],
            "kind": [*InputKind.choices, (NONE, _("Not marked"))],
            "source": [*InputSource.choices],
            "mark": [*MARKS],
            "reason": [(one.code, one.label) for one in reasons],
            "level": [(name, name) for name in sorted(self.addressed)],
            "person": [
                *((str(one.pk), one.get_full_name()) for one in members),
                *((str(one.pk), _writer(one)) for one in writers.order_by("note_taker__table__number", "pk")),
            ],
        }
        for name, choices in self._lists.items():
            self.choose(name, choices)

    def found(self) -> InputQuerySet:
        """None when something is asked for that cannot be."""
        inputs = self._by_words()
        if not self.is_valid():
            return inputs
        asked = self.cleaned_data
        if asked["table"]:
            inputs = inputs.filter(table=self.tables.get(asked["table"]))
        if asked["question"] == NONE:
            inputs = inputs.without_question()
        elif asked["question"]:
            inputs = inputs.counted_under(self.questions[asked["question"]])
        if asked["source"]:
            inputs = inputs.filter(source=asked["source"])
        if asked["kind"]:
            inputs = inputs.filter(kind="" if asked["kind"] == NONE else asked["kind"])
        return _marked(_in_state(inputs, asked["status"]), asked["mark"])

    def facets(self) -> Facets:
        """How many are found, and how many there are of each value; the lists tell it from now on. One query."""
        facets = count_facets(
            self._by_words(),
            self.cleaned_data if self.is_valid() else {},
            tables={one.pk: number for number, one in self.tables.items()},
            questions={one.pk: place for place, one in self.questions.items()},
        )
        for name, counts in facets.counts.items():
            self.choose(name, [(value, f"{label} ({counts.get(value, 0)})") for value, label in self._lists[name]])
        return facets

    def last_seen(self, after: str) -> Input | None:
        """The input after which the page begins; nonsense begins it at the start."""
        try:
            key = UUID(after)
        except ValueError:
            return None
        return Input.objects.filter(conference=self.conference, key=key).first()

    def _by_words(self) -> InputQuerySet:
        """By what is no facet: the words, the person, the reason, and whom it is for."""
        inputs = Input.objects.filter(conference=self.conference)
        if not self.is_valid():
            return inputs.none()
        asked = self.cleaned_data
        for word in self.words():
            inputs = inputs.filter(search_text__contains=word)
        if asked["reason"]:
            inputs = inputs.filter(set_aside__reason__code=asked["reason"])
        if asked["person"]:
            who = int(asked["person"])
            inputs = inputs.filter(Q(received_by=who) | Q(lead_source__opened_by=who) | Q(set_aside__opened_by=who))
        if asked["level"]:
            wanted = Q()
            for said in self.addressed[asked["level"]]:
                wanted |= Q(addressees=said)
            inputs = inputs.filter(wanted)
        return inputs


def _writer(user: User) -> str:
    writer = user.note_taker
    return f"{writer.table} – {writer.name}" if writer.name else str(writer.table)


def _addressed(conference: Conference) -> dict[str, list[list[str]]]:
    """Whom the tables have named, folded, and the lists in which they did. One query."""
    named = Input.objects.filter(conference=conference).exclude(addressees=[])
    lists: dict[str, list[list[str]]] = {}
    for said in named.order_by().values_list("addressees", flat=True).distinct():
        for name in dict.fromkeys(fold(one) for one in said):
            lists.setdefault(name, []).append(said)
    return lists


def _in_state(inputs: InputQuerySet, state: str) -> InputQuerySet:
    match state:
        case "unhandled":
            return inputs.unhandled()
        case "used":
            return inputs.used()
        case "set_aside":
            return inputs.put_aside()
    return inputs


def _marked(inputs: InputQuerySet, mark: str) -> InputQuerySet:
    match mark:
        case "star":
            return inputs.filter(priority=True)
        case "late":
            return inputs.filter(late=True)
        case "withdrawal":
            return inputs.exclude(withdrawal_asked_at=None)
        case "unplaced":
            return inputs.without_question().filter(set_aside=None)
    return inputs
