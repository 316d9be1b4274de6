"""The programme's times and order (N18)."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition
from inputs.checks.finding import Code, Finding


def programme(edition: Edition) -> Iterator[Finding]:
    for before, item in pairwise(edition.programme):
        read = (f"{before.starts_at} {before.title}", f"{item.starts_at} {item.title}")
        if item.starts_at == before.starts_at:
            says = _("Starts at the same time as «%(title)s».") % {"title": before.title}
            yield Finding(Code.SAME_TIME, item.place, says, read)
        elif item.starts_at < before.starts_at:
            says = _("Starts earlier than «%(title)s», which stands before it.") % {"title": before.title}
            yield Finding(Code.TIME_ORDER, item.place, says, read)
    for number, item in enumerate(edition.programme):
        same = [one for one in edition.programme[:number] if one.starts_at == item.starts_at and one.kind == "social"]
        later = [one for one in edition.programme[number + 1 :] if one.kind != "social"]
        if item.kind == "closing" and (same or later):
            odd = (same or later)[0].title
            says = _("The closing stands in an odd place beside «%(title)s».") % {"title": odd}
            yield Finding(Code.CLOSING, item.place, says, (item.title, odd))
