"""Whom a point concerns: the parts of public life that the conference addresses, and its ministries.

The tables say it in their own words (`Input.addressees`). What the editor sets is a code (`Point.addressees`),
so that it can be counted and found, and is shown in the reader's language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Ministry
from inputs.models import Point
from inputs.models.points import PointQuerySet
from rnik.lib.text import fold

NONE = "none"  # asked for: points for which nobody has set a level
_MINISTRY = "ministry:"

LEVELS: dict[str, Promise] = {
    "state": _("the state"),
    "county": _("the county"),
    "municipality": _("the municipality"),
    "working_life": _("working life"),
    "voluntary": _("the voluntary sector"),
    "other": _("others"),
}


def code_of(ministry: Ministry) -> str:
    """By key, since ministries change their names and abbreviations."""
    return f"{_MINISTRY}{ministry.pk}"


def choices(ministries: Iterable[Ministry], language: str) -> list[tuple[str, str]]:
    """The codes that may be set, and their names: the levels, then the conference's ministries."""
    levels = [(code, str(name)) for code, name in LEVELS.items()]
    return levels + [(code_of(one), one.name_in(language)) for one in ministries]


def choices_of(conference: Conference) -> list[tuple[str, str]]:
    return choices(conference.ministries.all(), conference.language)


def named(codes: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the codes, in the order of `names`; a ministry that has left the set-up is told of last."""
    known = tuple(name for code, name in names.items() if code in codes)
    return known + tuple(gettext("a ministry that is removed") for code in codes if code not in names)


@dataclass(frozen=True)
class LevelsOf:
    """A point's levels: what may be set with whether it is, what is set by name, and what its tables said."""

    choices: tuple[tuple[str, str, bool], ...]
    named: tuple[str, ...]
    said: tuple[str, ...]


def levels_of(point: Point, conference: Conference) -> LevelsOf:
    """Two queries."""
    names = dict(choices_of(conference))
    said: dict[str, str] = {}
    for addressed in point.sources.open().order_by("pk").values_list("input__addressees", flat=True):
        for name in addressed:
            said.setdefault(fold(name), name)
    return LevelsOf(
        choices=tuple((code, name, code in point.addressees) for code, name in names.items()),
        named=named(point.addressees, names),
        said=tuple(said.values()),
    )


def at_level(points: PointQuerySet, code: str) -> PointQuerySet:
    """Those for which the level or ministry is set; with NONE, those that have none.

    By the text of the list, alike on both databases: codes are plain and stand in quotation marks there.
    """
    if code == NONE:
        return points.filter(addressees=[])
    texts = points.annotate(levels_text=Cast("addressees", TextField()))
    return texts.filter(Q(levels_text__contains=f'"{code}"'))
