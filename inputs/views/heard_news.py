"""What others did, in a sentence each: told once to those who have the question open."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Event
from inputs.chronicle import VERBS
from inputs.views.refusals import deed

#: Not worth telling to others: it is seen at the point itself.
_QUIET = {"hold_point", "release_point"}


def heard_of(events: Iterable[Event]) -> list[str]:
    """New inputs by how many; the rest by who did what to how many things."""
    new = {event.target_id for event in events if event.verb == "receive"}
    acts: dict[object, list[Event]] = {}
    for event in events:
        if event.verb != "receive" and event.verb not in _QUIET:
            acts.setdefault(event.act, []).append(event)
    said: dict[tuple[str, str], int] = {}
    for act in acts.values():
        verbs = {event.verb for event in act}
        what = (act[-1].by.get_full_name(), str(deed(verbs, act[-1].verb)) if len(verbs) > 1 else act[-1].verb)
        said[what] = said.get(what, 0) + (1 if len(verbs) > 1 else len({event.target_id for event in act}))
    arrived = (
        [ngettext("%(number)d new input", "%(number)d new inputs", len(new)) % {"number": len(new)}] if new else []
    )
    return arrived + [_sentence(name, what, number) for (name, what), number in said.items()]


def _sentence(name: str, what: str, number: int) -> str:
    values = {"name": name, "number": number}
    match what:
        case "move":
            return ngettext("%(name)s moved %(number)d point", "%(name)s moved %(number)d points", number) % values
        case "reword":
            return (
                ngettext("%(name)s reworded %(number)d point", "%(name)s reworded %(number)d points", number) % values
            )
        case "accept":
            return ngettext("%(name)s used %(number)d input", "%(name)s used %(number)d inputs", number) % values
        case "attach":
            return (
                ngettext(
                    "%(name)s put %(number)d input to a point", "%(name)s put %(number)d inputs to a point", number
                )
                % values
            )
        case "set_aside":
            return (
                ngettext("%(name)s set %(number)d input aside", "%(name)s set %(number)d inputs aside", number)
                % values
            )
    return _("%(name)s %(deed)s") % {"name": name, "deed": VERBS.get(what, what)}
