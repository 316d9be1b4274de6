"""What the usual groups of participants are called. Files know them by a code; any other group has its own name."""

from django.utils.translation import gettext_lazy as _

USUAL = {
    "organisation": _("organisations and councils"),
    "council": _("councils"),
    "civil_service": _("the civil service"),
    "political_leadership": _("the political leadership"),
    "government": _("the political leadership and the civil service"),
}


def name_of(group: str) -> str:
    """As people read it, in the language of the page."""
    return str(USUAL.get(group, group))


def code_of(name: str) -> str:
    """What is stored for a name that somebody typed or left standing."""
    return next((code for code, usual in USUAL.items() if str(usual).casefold() == name.casefold()), name)
