"""Signs in braces within a written text: a fact that is put in when the text is read, or something to check.

{antall deltakere}    becomes what the data say
{kontroller: 2024}    was taken over from an earlier text, and somebody is to look at it
"""

import re
from collections.abc import Mapping

from rnik.lib.markup import from_plain

_MARK = re.compile(r"\{([^{}\n]{1,120})\}")
_CHECK = re.compile(r"\{(?:kontroller|check): ?([^{}\n]{1,110})\}")
CHECK = "{kontroller: %s}"


def to_check(text: str) -> list[str]:
    """What is marked to be checked, in order."""
    return _CHECK.findall(text)


def confirmed(text: str) -> str:
    """The text with every mark taken away, and what was marked left standing."""
    return _CHECK.sub(r"\1", text)


def facts_in(text: str) -> list[str]:
    """The names of the facts in the text, in order, each once."""
    return list(dict.fromkeys(match[1].strip() for match in _MARK.finditer(_CHECK.sub("", text))))


def inserted(text: str, values: Mapping[str, str]) -> str:
    """The text (markup) with the facts that are known; what is not known yet stands as it is written."""

    def put(match: re.Match[str]) -> str:
        value = values.get(match[1].strip(), "")
        return from_plain(value) if value else match[0]

    return _MARK.sub(put, text)
