"""A chapter begins from last year's: what is sure to be another this year is marked to be checked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from conference.models import ChapterText, Conference, Introducer, TextSlot, User
from rnik.lib.marks import CHECK

_MONTHS = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|"
    "January|February|March|May|June|July|October|December"
)
_DAYS = "mandag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag"
_ORDINALS = (
    "første|fyrste|andre|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|niende|tiende|ellevte|tolvte|trettende|"
    "fjortende|femtende"
)
_WORD = r"[A-ZÆØÅÁČĐŊŠŦŽ][\wæøåáčđŋšŧž'’.-]*"
#: What is left alone: the address of a link, the number of a list's item, and what is in braces already.
_KEPT = r"(?P<kept>\]\([^()\s]*\)|^\d{1,3}\. |\{[^{}\n]*\})"
_MARKED = (
    rf"(?:(?:{_DAYS}) )?\d{{1,2}}\.(?: ?[-–] ?\d{{1,2}}\.)? (?:{_MONTHS})(?: \d{{4}})?"  # dates
    rf"|(?:{_ORDINALS}) (?:gang|gong)(?:en)?"
    r"|\d+(?:[ \u00a0.,:/–-]?\d+)*(?: ?(?:%|prosent))?"  # years and other numbers
    rf"|{_WORD}(?: (?:(?:i|av|og|for|von|van|de|la) )?{_WORD})+"  # names of several words
)


@dataclass(frozen=True)
class Earlier:
    """Another edition's text, marked."""

    conference: Conference
    text: str


def read_earlier(conference: Conference, slot: TextSlot, *, by: User) -> Earlier | None:
    """The chapter of the newest earlier edition of the series that has it, and that the person may see."""
    if conference.series_id is None:
        return None
    found = (
        ChapterText.objects.filter(
            conference__in=Conference.objects.visible_to(by),
            conference__series=conference.series_id,
            conference__date__lt=conference.date,
            conference__rehearsal_of=None,
            slot=slot,
        )
        .exclude(text="")
        .select_related("conference")
        .order_by("-conference__date", "-pk")
        .first()
    )
    if found is None:
        return None
    return Earlier(found.conference, marked(found.text, names=_names(found.conference)))


def marked(text: str, names: Iterable[str] = ()) -> str:
    """The text with years, numbers, dates and names to be checked; `names` are known to be some."""
    known = sorted({name for name in names if len(name) > 2}, key=len, reverse=True)
    pattern = "|".join([_KEPT, *(rf"(?<!\w){re.escape(name)}(?!\w)" for name in known), _MARKED])
    return re.sub(pattern, lambda match: match[0] if match["kept"] else CHECK % match[0], text, flags=re.MULTILINE)


def _names(conference: Conference) -> list[str]:
    """The names that the edition itself knows."""
    people = Introducer.objects.filter(session__conference=conference).values_list("name", flat=True)
    speakers = conference.programme.values_list("speaker_name", flat=True)
    places = [conference.venue, conference.address, conference.host, conference.theme]
    return [*people, *speakers, *places]
