"""What earlier editions' points are looked for by. Nothing chosen finds all of them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.models import Conference
from inputs.earlier import BODY, bodies, find_points
from inputs.forms.desk import Line
from inputs.levels import LEVELS
from inputs.models import Point
from inputs.models.points import PointQuerySet
from rnik.lib.text import fold


class EarlierForm(forms.Form):
    """Words, an edition, and whom it is for: a level, or a ministry by what it is called now."""

    q = Line(label=_("Words"), required=False, max_length=200)
    edition = forms.ChoiceField(label=_("Edition"), required=False)
    level = forms.ChoiceField(label=_("Ministry or level"), required=False)

    def __init__(self, *args: Any, editions: Sequence[Conference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = editions
        known = [(f"{BODY}{code}", name) for code, name in bodies(editions).items()] if editions else []
        self._choose("edition", [(one.slug, f"{one.date.year}: {one.title}") for one in editions])
        self._choose("level", [*known, *LEVELS.items()])
        for field in self.fields.values():
            field.widget.attrs["class"] = "ds-input"

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 declared above; this tells the type checker
        field.choices = [("", _("All")), *choices]

    def found(self) -> PointQuerySet:
        """None when something is asked for that cannot be."""
        if not self.is_valid() or not self.editions:
            return Point.objects.none()
        asked = self.cleaned_data
        among = [one for one in self.editions if asked["edition"] in ("", one.slug)]
        return find_points(among, words=asked["q"], level=asked["level"])

    def words(self) -> list[str]:
        return fold(self.cleaned_data["q"]).split() if self.is_valid() else []

    def query(self) -> str:
        """What is asked for, as it stands in the address."""
        asked = self.cleaned_data if self.is_valid() else {}
        return urlencode({name: value for name, value in asked.items() if value})
