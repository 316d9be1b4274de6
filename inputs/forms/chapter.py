"""The form in which a chapter of the report is written."""

from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.actions.texts import Wording
from conference.models import ChapterText, Conference, TextSlot, TextState, User
from rnik.lib.marks import facts_in
from rnik.lib.pasted import tidy

MAX_CHAPTER = 100_000


class ChapterForm(forms.Form):
    """A chapter's text in the small markup. Only the letter of thanks has a closing and a signature."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=MAX_CHAPTER,
        help_text=_("A blank line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 18, "cols": False, "data-markup": True}),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty gives the usual title.")
    )
    closing = forms.CharField(label=_("Closing"), required=False, max_length=100)
    signature_name = forms.CharField(label=_("Signed by"), required=False, max_length=150)
    signature_role = forms.CharField(label=_("The signer's role"), required=False, max_length=150)
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Who sees to it"), required=False, empty_label=_("Nobody yet")
    )
    state = forms.ChoiceField(label=_("State"), choices=TextState.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, conference: Conference, slot: TextSlot, facts: Collection[str] = (), **kwargs: Any
    ) -> None:
        """`facts` are the names that may stand in braces."""
        super().__init__(*args, **kwargs)
        self.known = facts
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 as declared above; this tells the type checker
        owner.queryset = User.objects.filter(memberships__conference=conference).order_by("name", "pk")
        letter = ["closing", "signature_name", "signature_role"]
        if slot != TextSlot.THANKS:
            for name in letter:
                del self.fields[name]
            letter = []
        self.helper = FormHelper()
        self.helper.form_error_title = _("The chapter is not saved yet")
        self.helper.form_id = "chapter-form"
        self.helper.attrs = {"hx-boost": "true"}
        self.helper.layout = Layout(
            "text",
            HTML('{% include "inputs/_markup_help.html" %}{% include "inputs/_facts_help.html" %}'),
            *letter,
            "title",
            Row("owner", "state"),
            "version",
            ButtonHolder(
                Submit("save", _("Save")),
                Submit("preview", _("Show how it will look"), data_variant="secondary"),
            ),
        )

    def clean_text(self) -> str:
        """What was pasted is tidied; braces hold a fact that there is, or something to check."""
        text = tidy(self.cleaned_data["text"])
        unknown = [f"{{{name}}}" for name in facts_in(text) if name not in self.known]
        if unknown:
            said = _("%(names)s is no fact. Choose one of those below the text, or write without braces.")
            raise forms.ValidationError(said % {"names": ", ".join(unknown[:5])})
        return text

    def wording(self) -> Wording:
        names = ("text", "title", "closing", "signature_name", "signature_role")
        return Wording(**{name: self.cleaned_data.get(name, "") for name in names})


def stored_values(chapter: ChapterText | None) -> dict[str, Any]:
    """What stands in the form before anything is typed; version 0 where nothing is stored yet."""
    if chapter is None:
        return {"version": 0, "state": TextState.DRAFT}
    names = ("text", "title", "closing", "signature_name", "signature_role", "owner", "state", "version")
    return {name: getattr(chapter, name) for name in names}
