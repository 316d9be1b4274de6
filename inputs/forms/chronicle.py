"""What the acts of a conference are looked for by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference
from inputs.chronicle import VERBS, Asked, people
from inputs.forms.finding import Finder


class ChronicleForm(Finder):
    """Asked by GET."""

    person = forms.ChoiceField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False, choices=[("", _("All")), *VERBS.items()])
    question = forms.ChoiceField(label=_("Question"), required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    q = None  # type: ignore[assignment]  # history holds no words

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, conference=conference, **kwargs)
        self.people = {str(one.pk): one for one in people(conference)}
        self.choose("person", [(key, one.get_full_name()) for key, one in self.people.items()])
        self.choose("question", [*self.asked_questions()])

    def asked(self) -> Asked:
        """What is looked for; the form is valid."""
        chosen = self.cleaned_data
        return Asked(
            self.people.get(chosen["person"]), chosen["verb"], self.questions.get(chosen["question"]), chosen["day"]
        )
