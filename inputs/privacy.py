"""Personal data in a text: national identity numbers, telephone numbers and e-mail addresses.

Pure detectors for a warning before something is saved or exported. They never block and never change a text, and
they may be wrong: say "may be". Names and health are beyond them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    NATIONAL_ID = "national_id"
    PHONE = "phone"
    EMAIL = "email"


class Control(StrEnum):
    """Which control digits make eleven digits a national identity number."""

    BOTH = "both"
    FROM_2032 = "from_2032"  # numbers issued from 2032: the first is relaxed, the last one is not
    NONE = "none"  # the date alone: finds mistyped numbers too, and more that is none


@dataclass(frozen=True)
class Finding:
    """What `text[start:end]` may be."""

    kind: Kind
    start: int
    end: int


_GAP = "[ \u00a0\u2009\u202f]?"
# Within a look-ahead, so that a number before ("table 7 010190…") does not hide where the eleven digits begin.
_ELEVEN = re.compile(rf"(?<![0-9])(?=([0-9](?:{_GAP}[0-9]){{10}})(?![0-9]))")
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_LAST_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAY_SERIES = (0, 40)  # 40 is added in a D-number
_MONTH_SERIES = (0, 40, 65, 80)  # 40 in help numbers of hospitals; 40, 65 and 80 in the series for testing

# An address has a point in its domain; lengths are bounded so that no text is slow to search.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24}")

# Eight digits, together or as people group them; not glued to a word, a longer number, a date or a fraction.
_PHONE = re.compile(
    r"(?<!\w)(?<![0-9][/.,:-])(?P<country>(?:\+|00)47" + _GAP + ")?"
    rf"(?P<number>[2-9][0-9]{{7}}|[2-9][0-9](?:{_GAP}[0-9]{{2}}){{3}}|[2-9][0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{3}})"
    r"(?![\w%])(?![.,:-][0-9])(?!/[0-9]{1,4}(?![0-9]))"
)
_BEFORE_OTHER = re.compile(
    r"(?:\b(?:kr|nok|usd|eur|sak|saks?nr|saksnummer|ref|org\.? ?nr|kode|isbn|konto)|[€$£#§])[.:]?\s?\Z", re.IGNORECASE
)
_AFTER_OTHER = re.compile(r"\s?(?:(?:kr|kroner|nok|euro|mill\w*|prosent|personer|innbyggere|år)\b|,-)", re.IGNORECASE)


def find(text: str, *, control: Control = Control.BOTH) -> tuple[Finding, ...]:
    """What may be personal data in `text`, in order, never overlapping."""
    findings: list[Finding] = []
    # The surer kind first: what it has taken cannot be something else too.
    for found in (*_national_ids(text, control), *_emails(text), *_phones(text)):
        if all(found.end <= other.start or other.end <= found.start for other in findings):
            findings.append(found)
    return tuple(sorted(findings, key=lambda finding: finding.start))


def _national_ids(text: str, control: Control) -> Iterator[Finding]:
    for match in _ELEVEN.finditer(text):
        digits = [int(sign) for sign in match[1] if sign.isdigit()]
        if _has_date(digits) and _has_control(digits, control):
            yield Finding(Kind.NATIONAL_ID, *match.span(1))


def _has_date(digits: list[int]) -> bool:
    """Whether the number begins with a day that exists, in any of the series."""
    day, month, year = (10 * digits[i] + digits[i + 1] for i in (0, 2, 4))
    return any(
        # The century hardly matters: a leap year in the 1900s is one in the 2000s, and 2000 itself was one.
        _exists(2000 + year, month - more_months, day - more_days)
        for more_months in _MONTH_SERIES
        for more_days in _DAY_SERIES
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _has_control(digits: list[int], control: Control) -> bool:
    """The control digits bring the weighted sums to a multiple of 11; from 2032 the first sum may be 1–3 above."""
    first = sum(weight * digit for weight, digit in zip(_FIRST_WEIGHTS, digits[:10], strict=True)) % 11
    last = sum(weight * digit for weight, digit in zip(_LAST_WEIGHTS, digits, strict=True)) % 11
    match control:
        case Control.BOTH:
            return first == 0 and last == 0
        case Control.FROM_2032:
            return first <= 3 and last == 0
        case Control.NONE:
            return True


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        yield Finding(Kind.EMAIL, *match.span())


def _phones(text: str) -> Iterator[Finding]:
    for match in _PHONE.finditer(text):
        if match["country"] or not _is_other_number(text, match):
            yield Finding(Kind.PHONE, *match.span())


def _is_other_number(text: str, match: re.Match[str]) -> bool:
    """A sum of money, a case number, a year with something after it, or a row of tens; no telephone number."""
    digits = re.sub(r"\D", "", match["number"])
    return (
        digits.startswith("20")
        or digits[1::2] == "0000"
        or _BEFORE_OTHER.search(text, max(0, match.start() - 20), match.start()) is not None
        or _AFTER_OTHER.match(text, match.end()) is not None
    )
