"""Personal data: numbers and addresses in any text, and names among what the tables said."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from inputs import privacy
from inputs.checks.edition import Texts
from inputs.checks.finding import Code, Finding, Span, found_in

_MAY_HOLD = re.compile("[0-9@]")
# Two words with a capital in a row, not where a sentence begins: «… fortalte Kari Nordmann at …».
_NAME = re.compile(r"(?<=[a-zæøå,;] )[A-ZÆØÅ][a-zæøåéü]+(?: [A-ZÆØÅ][a-zæøåéü-]+)+")


def numbers_and_addresses(texts: Texts) -> Iterator[Finding]:
    """National identity numbers, telephone numbers and e-mail addresses, in every text that is printed."""
    told = {
        privacy.Kind.NATIONAL_ID: (Code.NATIONAL_ID, _("This may be a national identity number.")),
        privacy.Kind.PHONE: (Code.PHONE, _("This may be a telephone number.")),
        privacy.Kind.EMAIL: (Code.EMAIL, _("This is an e-mail address.")),
    }
    for written in (*texts.prose, *texts.said):
        found: dict[privacy.Kind, list[Span]] = {}
        for one in privacy.find(written.text) if _MAY_HOLD.search(written.text) else ():
            found.setdefault(one.kind, []).append((one.start, one.end))
        for kind, marks in found.items():
            code, says = told[kind]
            yield from found_in(code, written.place, written.text, says, marks)


def names(texts: Texts) -> Iterator[Finding]:
    """Who has a part in the programme, named in a point; and two words that look like somebody's name."""
    known = [name for name in texts.names if " " in name]
    is_known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(known)))})(?!\w)") if known else None
    somebody, maybe = _("Somebody from the programme is named here."), _("This may be the name of somebody.")
    for written in texts.said:
        named = [match.span() for match in is_known.finditer(written.text)] if is_known else []
        others = [match.span() for match in _NAME.finditer(written.text) if match.span() not in named]
        yield from found_in(Code.NAMED, written.place, written.text, somebody, named)
        yield from found_in(Code.MAYBE_NAMED, written.place, written.text, maybe, others)
