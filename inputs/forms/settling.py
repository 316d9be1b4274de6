"""What is written when a point is to be clarified, a change proposed, a question signed off or opened again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.forms.desk import Line, Text
from inputs.models import MAX_SENTENCE, MAX_TEXT, Decision, ProposalKind


class AskForm(forms.Form):
    """Why a point is to be looked at, and perhaps what it should say instead."""

    why = Line(
        label=_("What is unclear"),
        max_length=MAX_SENTENCE,
        error_messages={"required": _("Write one sentence about what is unclear.")},
    )
    alternative = Text(label=_("Another text"), required=False, max_length=MAX_TEXT)


class DecideForm(forms.Form):
    """What the meeting decides. Only one who writes another text fills that in."""

    decision = forms.ChoiceField(
        choices=[(one.value, one.label) for one in Decision if one != Decision.WITHDRAWN],
        error_messages={
            "required": _("Choose what is decided."),
            "invalid_choice": _("Choose what is decided."),
        },
    )
    version = forms.IntegerField(min_value=1)
    text = Text(label=_("Another text"), required=False, max_length=MAX_TEXT)
    comment = Line(label=_("A sentence about it"), required=False, max_length=MAX_SENTENCE)

    def __init__(self, *args: Any, has_alternative: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_alternative = has_alternative

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == Decision.REWRITTEN and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write the text that the point is to have."))
        if data.get("decision") == Decision.ALTERNATIVE and not self.has_alternative:
            self.add_error("decision", _("There is no alternative. Write another text instead."))
        return data


class ProposalForm(forms.Form):
    """The words of a proposal of that kind. What it is about is looked up by the view."""

    text = Text(required=False, max_length=MAX_TEXT)
    why = Line(label=_("Why"), required=False, max_length=MAX_SENTENCE)
    point = forms.CharField(required=False)
    heading = forms.CharField(required=False)
    reason = forms.CharField(required=False)

    def __init__(self, *args: Any, kind: ProposalKind | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        with_text = {
            ProposalKind.REWORD: _("Write the text that you propose."),
            ProposalKind.WORDS: _("Write what you propose."),
        }
        if self.kind is None:
            self.add_error(None, _("Choose what you propose."))
        elif self.kind not in with_text:
            data["text"] = ""
        elif not data.get("text") and "text" not in self.errors:
            self.add_error("text", with_text[self.kind])
        return data


class AnswerForm(forms.Form):
    """Why a proposal is declined."""

    answer = Line(
        label=_("Why not"),
        max_length=MAX_SENTENCE,
        error_messages={"required": _("Write why, so that whoever proposed it knows.")},
    )


class LiftForm(forms.Form):
    """Why a sign-off is lifted."""

    reason = Line(
        label=_("Why it is lifted"),
        max_length=MAX_SENTENCE,
        error_messages={"required": _("Write why, in one sentence.")},
    )
