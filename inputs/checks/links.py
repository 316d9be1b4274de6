"""Links that lead nowhere, and addresses that are no links."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs.checks.edition import Edition
from inputs.checks.finding import Code, Finding, found_in
from rnik.lib.markup import SAFE_LINK

_LINK = re.compile(r"\[[^\[\]\n]+\]\((?P<address>[^()\n]*)\)")
_BARE = re.compile(r"(?<![\w/(@.])(?:https?://|www\.)[^\s()\[\]]+(?![\w/)])", re.IGNORECASE)


def links(edition: Edition) -> Iterator[Finding]:
    for written in edition.prose:
        bad = [m.span() for m in _LINK.finditer(written.text) if not SAFE_LINK.match(m["address"])]
        says = _("A link begins with https://, http:// or mailto:. This one is printed as text.")
        yield from found_in(Code.BAD_LINK, written.place, written.text, says, bad)
        inside = [m.span() for m in _LINK.finditer(written.text)]
        bare = [
            m.span()
            for m in _BARE.finditer(written.text)
            if not any(start <= m.start() < end for start, end in inside)
        ]
        says = _("An address that nobody can follow. Make a link of it: [words](https://…).")
        yield from found_in(Code.BARE_LINK, written.place, written.text, says, bare)
