"""What is written when editors comment, answer, and share the questions among them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.access import EDITING
from conference.models import Conference, Membership, Question, User
from inputs.forms.desk import Text
from inputs.models import MAX_COMMENT


def editors_of(conference: Conference) -> dict[str, User]:
    """Who edits in the conference, by key, in the order of their names. One query."""
    members = Membership.objects.active().filter(conference=conference, role__in=EDITING).select_related("user")
    people = sorted((member.user for member in members), key=lambda user: user.get_full_name().casefold())
    return {str(user.pk): user for user in people}


class CommentForm(forms.Form):
    """A comment or an answer, and whom it is for."""

    text = Text(
        label=_("Comment"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
    to = forms.ChoiceField(
        label=_("For"), required=False, error_messages={"invalid_choice": _("Choose from the list.")}
    )

    def __init__(self, *args: Any, people: dict[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        names = [(key, user.get_full_name()) for key, user in people.items()]
        self.fields["to"].choices = [("", _("Everybody")), *names]  # type: ignore[attr-defined]

    @property
    def person(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class AssignForm(forms.Form):
    """Some questions, and who sees to them."""

    person = forms.ChoiceField(
        label=_("Editor"),
        error_messages={"required": _("Choose an editor."), "invalid_choice": _("Choose an editor from the list.")},
    )
    question = forms.MultipleChoiceField(
        label=_("Questions"),
        error_messages={
            "required": _("Tick one question or more."),
            "invalid_choice": _("Tick questions on the list."),
        },
    )

    def __init__(self, *args: Any, people: dict[str, User], questions: dict[str, Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.questions = people, questions
        names = [(key, user.get_full_name()) for key, user in people.items()]
        self.fields["person"].choices = [("", _("Choose")), *names]  # type: ignore[attr-defined]
        self.fields["question"].choices = [(key, str(one)) for key, one in questions.items()]  # type: ignore[attr-defined]
