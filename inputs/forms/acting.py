"""What is chosen to be done with many inputs or points that were found."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question
from inputs.actions import reasons
from inputs.actions.levels import Way
from inputs.forms.desk import Line
from inputs.levels import choices_of
from inputs.models import Heading, InputKind


class InputAct(TextChoices):
    """The buttons under the list of inputs."""

    SET_ASIDE = "set_aside"
    FILE_UNDER = "file_under"
    USE_UNDER = "use_under"
    MARK_KIND = "mark_kind"


class PointAct(TextChoices):
    """The buttons under the list of points."""

    SET_LEVELS = "set_levels"
    MOVE_UNDER = "move_under"


UNMARKED = "none"

WAYS = [
    (Way.ADD, _("Add these")),
    (Way.REMOVE, _("Take these away")),
    (Way.REPLACE, _("Let these be the only ones")),
]


class ActForm(forms.Form):
    """What both lists have: the act, whether all that is found is meant, and what was seen when it was confirmed."""

    all = forms.BooleanField(required=False)
    confirmed = forms.CharField(required=False, max_length=64)
    heading = forms.ChoiceField(label=_("Under heading"), required=False)

    #: Act -> the field that it cannot be without, and what to say then.
    needs: dict[str, tuple[str, Any]] = {}

    def __init__(self, *args: Any, question: Question | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "act_%s"  # it stands beside the form that finds, which has fields of the same names
        found = Heading.objects.standing().filter(question=question) if question else Heading.objects.none()
        self.headings = {str(one.key): one for one in found}
        for each in self.fields.values():
            # The fields stand beside the list, so they name the form that they belong to.
            each.widget.attrs |= {"form": "act", "class": "ds-input"}
        self.choose("heading", [(key, one.title) for key, one in self.headings.items()])

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 declared here or below; this tells the type checker
        field.choices = [("", _("Choose")), *choices]

    def label_of(self, name: str) -> str:
        """What is chosen in the list, as it is shown."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 as above
        return str(dict(field.choices)[self.cleaned_data[name]])  # type: ignore[arg-type]  # pairs, by choose()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        field, sentence = self.needs.get(cleaned.get("act", ""), ("", ""))
        if field and not cleaned.get(field) and field not in self.errors:
            self.add_error(field, sentence)
        return cleaned


class InputActForm(ActForm):
    """`act` is the button that was pressed; each asks for the fields that it needs."""

    act = forms.ChoiceField(choices=InputAct.choices)
    reason = forms.ChoiceField(label=_("Why set aside"), required=False)
    comment = Line(label=_("Comment"), required=False, max_length=500)
    question = forms.ChoiceField(label=_("Belongs to question"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    needs = {
        InputAct.SET_ASIDE: ("reason", _("Choose why they are set aside.")),
        InputAct.FILE_UNDER: ("question", _("Choose the question that they belong to.")),
        InputAct.USE_UNDER: ("heading", _("Choose a heading.")),
        InputAct.MARK_KIND: ("kind", _("Choose a kind.")),
    }

    def __init__(
        self,
        *args: Any,
        conference: Conference,
        question: Question | None,
        asked: Mapping[str, Question],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, question=question, **kwargs)
        self.asked = asked
        self.choose("reason", [(code, label) for code, label in reasons.choices(conference)])
        self.choose("question", [(place, f"{place} {one.text[:60]}") for place, one in asked.items()])
        self.choose("kind", [*InputKind.choices, (UNMARKED, _("Not marked"))])

    def stored_kind(self) -> str:
        """The kind as it is stored."""
        chosen = self.cleaned_data["kind"]
        return "" if chosen == UNMARKED else chosen


class PointActForm(ActForm):
    act = forms.ChoiceField(choices=PointAct.choices)
    levels = forms.MultipleChoiceField(
        label=_("Responsible level"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(label=_("How"), required=False, choices=WAYS, initial=Way.ADD)

    needs = {
        PointAct.SET_LEVELS: ("levels", _("Choose a level or a ministry.")),
        PointAct.MOVE_UNDER: ("heading", _("Choose a heading.")),
    }

    def __init__(self, *args: Any, conference: Conference, question: Question | None, **kwargs: Any) -> None:
        super().__init__(*args, question=question, **kwargs)
        levels = self.fields["levels"]
        assert isinstance(levels, forms.MultipleChoiceField)  # noqa: S101 declared above; this tells the type checker
        self.names = dict(choices_of(conference))
        levels.choices = list(self.names.items())

    def level_names(self) -> str:
        return ", ".join(self.names[code] for code in self.cleaned_data["levels"])

    def how(self) -> str:
        return str(dict(WAYS)[Way(self.cleaned_data["way"] or Way.ADD)])
