"""What is heard in plenary, written down while it is said."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.models import Question, Session, Table
from inputs.actions.entry import Note, form_keys
from inputs.forms.desk import Text
from inputs.models import MAX_TEXT, InputSource


class HeardForm(forms.Form):
    """One thing that was said, under a question of the session or under none. The page made the key."""

    heard_as = InputSource.PLENARY
    no_question: str | Promise = _("Without question")
    save_word: str | Promise = _("Add what was said")

    text = Text(
        label=_("What was said"),
        max_length=MAX_TEXT,
        error_messages={"required": _("Write what was said first.")},
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
    )
    question = forms.ModelChoiceField(
        Question.objects.none(), label=_("Question"), required=False, to_field_name="number"
    )
    table = forms.ModelChoiceField(
        Table.objects.none(),
        label=_("Which table"),
        required=False,
        to_field_name="number",
        empty_label=_("No table"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    source = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.heard_as}-%s"} | kwargs)
        self.session = session
        self.initial.setdefault("key", uuid.uuid4())
        self.initial["source"] = str(self.heard_as)
        for name, choices in (
            ("question", session.questions.order_by("number")),
            ("table", session.conference.tables.order_by("number")),
        ):
            field = self.fields.get(name)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = choices
        question = self.fields["question"]
        assert isinstance(question, forms.ModelChoiceField)  # noqa: S101 declared above; this tells the type checker
        question.empty_label = str(self.no_question)
        self.helper = FormHelper()
        self.helper.form_error_title = _("This is not added yet")
        self.helper.form_action = reverse("plenary_add", args=[session.conference.slug, session.number])
        self.helper.attrs = {"hx-boost": "true"}
        self.helper.layout = Layout("text", Row(*(name for name in ("question", "table") if name in self.fields)))
        self.helper.layout.fields += ["key", "source"]
        self.helper.add_input(Submit("", self.save_word))

    def note(self) -> Note:
        data = self.cleaned_data
        question, table = data["question"], data.get("table")
        place = f"{self.session.pk} {self.heard_as} {question and question.pk} {table and table.pk}"
        [key] = form_keys(data["key"] or uuid.uuid4(), place, [data["text"]])
        return Note(
            session=self.session,
            question=question,
            table=table,
            source=self.heard_as,
            language=self.session.conference.language,
            text=data["text"],
            key=key,
        )


class ReplyForm(HeardForm):
    """What a politician answered or promised; whoever it was stands in the words."""

    heard_as = InputSource.REPLY
    no_question = _("The whole session")
    save_word = _("Add the answer")
    table = None  # type: ignore[assignment]  # Django takes a field out this way: a reply is no table's

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What was answered or promised, and by whom")
        self.fields["text"].error_messages["required"] = _("Write what was answered first.")
