"""A conference from a file, in the browser: first what it would change, then the change."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.actions.loading import load_conference
from conference.describing import FORMAT, describe
from conference.importers.conference_rows import ConferenceFile
from conference.importers.files import read_conference
from conference.models import Conference, TextSlot, User

#: The parts of a description, what they are called, and what tells the rows of a list apart.
PARTS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "conference": (gettext_lazy("Facts"), ()),
    "ministries": (gettext_lazy("Ministries"), ("code",)),
    "tables": (gettext_lazy("Tables"), ("number",)),
    "programme": (gettext_lazy("Programme"), ("starts_at", "title")),
    "texts": (gettext_lazy("Chapter texts"), ()),
    "sessions": (gettext_lazy("Sessions and questions"), ("number",)),
    "survey": (gettext_lazy("Survey"), ()),
}


@dataclass(frozen=True)
class PartChange:
    """What a file does to one part: the names of what is new, other than before, and gone."""

    title: str
    new: tuple[str, ...]
    other: tuple[str, ...]
    gone: tuple[str, ...]


def aimed_at(file: ConferenceFile, conference: Conference, *, facts: bool) -> ConferenceFile:
    """The file, to be read into this conference whatever short name it came with; without `facts`, which stay."""
    if facts:
        row = dataclasses.replace(file.conference, slug=conference.slug)
    else:
        own = {"format": FORMAT, "conference": describe(conference)["conference"]}
        row = read_conference(json.dumps(own).encode(), conference.slug)[0].conference
    return dataclasses.replace(file, conference=row)


def preview(file: ConferenceFile, conference: Conference, *, by: User, facts: bool) -> list[PartChange]:
    """What `load_conference` would change, found by doing it and taking it back. Raises NotReplaceable."""
    before = describe(conference)
    with transaction.atomic():
        after = describe(load_conference(aimed_at(file, conference, facts=facts), by=by))
        transaction.set_rollback(True)
    return [change for part in PARTS if (change := _compare(part, before.get(part), after.get(part)))]


def _compare(part: str, before: Any, after: Any) -> PartChange | None:
    title, key = PARTS[part]
    old, new = _rows(before, key), _rows(after, key)
    change = PartChange(
        str(title),
        new=tuple(_name(part, one, new[one]) for one in new if one not in old),
        other=tuple(_name(part, one, new[one]) for one in new if one in old and new[one] != old[one]),
        gone=tuple(_name(part, one, old[one]) for one in old if one not in new),
    )
    return change if change.new or change.other or change.gone else None


def _rows(value: Any, key: tuple[str, ...]) -> dict[Any, Any]:
    """A list's rows by what names them, an object's fields by their names."""
    if isinstance(value, list):
        return {tuple(row[name] for name in key): row for row in value}
    return dict(value or {})


def _name(part: str, key: Any, row: Any) -> str:
    """What people call a row or a field."""
    match part:
        case "ministries":
            return str(row["name"])
        case "tables":
            return _("Table %(number)s") % {"number": row["number"]}
        case "programme":
            return f"{row['starts_at']} {row['title']}"
        case "sessions":
            return f"{row['number']}. {row['title']}"
        case "texts":
            return str(TextSlot(key).label)
        case "survey":
            return str(_SURVEY[key])
        case _:
            return str(_FACTS.get(key) or getattr(Conference._meta.get_field(key), "verbose_name", key))


_FACTS = {"participants": gettext_lazy("how many took part")}
_SURVEY = {
    "recipients": gettext_lazy("how many were asked"),
    "explanation": gettext_lazy("explanation"),
    "respondents": gettext_lazy("groups"),
    "questions": gettext_lazy("questions"),
}
