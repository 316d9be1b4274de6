"""Which paper forms are wanted. Asked by GET, so that the sheets have an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Question, Session, Table

ON_PAPER, ALL = "paper", "all"


class PaperForm(forms.Form):
    """For which tables, and for which session."""

    tables = forms.ChoiceField(label=_("For which tables"), required=False)
    session = forms.ModelChoiceField(
        Session.objects.none(),
        label=_("For which session"),
        required=False,
        to_field_name="number",
        empty_label=_("All sessions"),
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference
        each = [(str(table.number), str(table)) for table in conference.tables.order_by("number")]
        tables, session = self.fields["tables"], self.fields["session"]
        assert isinstance(tables, forms.ChoiceField)  # noqa: S101 declared above; this tells the type checker
        assert isinstance(session, forms.ModelChoiceField)  # noqa: S101 as above
        tables.choices = [(ON_PAPER, _("Those that write on paper")), (ALL, _("All tables")), *each]
        session.queryset = conference.sessions.order_by("number")
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"

    def sheets(self) -> list[tuple[Table, Question]]:
        """A sheet for each table and question put to it; none when something is asked for that cannot be."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data["tables"] or ON_PAPER
        tables = self.conference.tables.order_by("number")
        if wanted == ON_PAPER:
            tables = tables.filter(on_paper=True)
        elif wanted != ALL:
            tables = tables.filter(number=wanted)
        questions = Question.objects.filter(session__conference=self.conference).select_related("session")
        if self.cleaned_data["session"]:
            questions = questions.filter(session=self.cleaned_data["session"])
        asked = list(questions.order_by("session__number", "number").prefetch_related("tables", "subquestions"))
        return [
            (table, question)
            for table in tables
            for question in asked
            if not question.tables.all() or table in question.tables.all()
        ]
