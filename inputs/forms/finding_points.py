"""What points of the report are looked for by. Nothing chosen finds all of them."""

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, User
from inputs.forms.finding import Finder
from inputs.levels import NONE, at_level, choices_of
from inputs.mentions import said_at
from inputs.models import Point
from inputs.models.points import PointQuerySet

TABLES = [("one", _("At one table")), ("several", _("At several tables")), (NONE, _("At no table"))]
PLACES = [("yes", _("Under a heading")), ("no", _("Without heading"))]


class PointFindForm(Finder):
    """Points that stand in the report, by words and facts; all that is chosen must hold."""

    question = forms.ChoiceField(label=_("Question"), required=False)
    level = forms.ChoiceField(label=_("Responsible level"), required=False)
    tables = forms.ChoiceField(label=_("Said"), required=False, choices=[("", _("All")), *TABLES])
    placed = forms.ChoiceField(label=_("Heading"), required=False)
    person = forms.ChoiceField(label=_("Who worded it"), required=False)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, conference=conference, **kwargs)
        self.levels = dict(choices_of(conference))
        members = User.objects.filter(memberships__conference=conference)
        self._lists: dict[str, list[tuple[str, Any]]] = {
            "question": [*self.asked_questions()],
            "level": [*self.levels.items(), (NONE, _("Not set"))],
            "placed": [*PLACES],
            "person": [(str(one.pk), one.get_full_name()) for one in members],
        }
        for name, choices in self._lists.items():
            self.choose(name, choices)

    def found(self) -> PointQuerySet:
        """None when something is asked for that cannot be."""
        points = self._by_words()
        if not self.is_valid():
            return points
        asked = self.cleaned_data
        if asked["question"]:
            points = points.filter(question=self.questions[asked["question"]])
        if asked["placed"]:
            points = points.filter(heading__isnull=asked["placed"] == "no")
        return at_level(points, asked["level"]) if asked["level"] else points

    def count(self) -> int:
        """How many are found; the lists tell from now on how many there are of each value. One query."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = {name: asked[name] for name in ("question", "level", "placed") if asked.get(name)}
        places = {one.pk: place for place, one in self.questions.items()}
        groups = self._by_words().order_by().values_list("question", "heading", "addressees")
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("question", "level", "placed")}
        total = 0
        for question, heading, levels, number in groups.annotate(number=Count("pk")):
            values = {
                "question": [places[question]],
                "level": levels or [NONE],
                "placed": ["yes" if heading else "no"],
            }
            differing = {name for name, value in wanted.items() if value not in values[name]}
            total += 0 if differing else number
            for name, counter in counts.items():
                if differing <= {name}:
                    counter.update(dict.fromkeys(values[name], number))
        for name, counted in counts.items():
            self.choose(name, [(value, f"{label} ({counted[value]})") for value, label in self._lists[name]])
        return total

    def last_seen(self, after: str) -> Point | None:
        """The point after which the page begins; nonsense begins it at the start."""
        try:
            key = UUID(after)
        except ValueError:
            return None
        points = Point.objects.filter(question__session__conference=self.conference, key=key)
        return points.select_related("question__session").first()

    def _by_words(self) -> PointQuerySet:
        points = Point.objects.standing().filter(question__session__conference=self.conference)
        if not self.is_valid():
            return points.none()
        asked = self.cleaned_data
        for word in self.words():
            points = points.filter(search_text__contains=word)
        if asked["person"]:
            worded = Point.objects.filter(revisions__by=int(asked["person"]))
            points = points.filter(pk__in=worded.values("pk"))
        if asked["tables"]:
            points = said_at(points, asked["tables"])
        return points


def after(points: PointQuerySet, last: Point | None) -> PointQuerySet:
    """In the order of the questions; those that come after `last`."""
    ordered = points.order_by("question__session__number", "question__number", "position", "pk")
    if last is None:
        return ordered
    session, number = last.question.session.number, last.question.number
    here = Q(question__session__number=session, question__number=number)
    return ordered.filter(
        Q(question__session__number__gt=session)
        | Q(question__session__number=session, question__number__gt=number)
        | here & Q(position__gt=last.position)
        | here & Q(position=last.position, pk__gt=last.pk)
    )
