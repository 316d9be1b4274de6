"""What asks for care: counts, and under which question. The words themselves stay where they are."""

from collections import Counter

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from conference.models import Conference
from inputs.models import Input, Redaction, SetAside
from inputs.models.inputs import InputQuerySet
from inputs.privacy import find
from inputs.report.day_note.model import Line, Part, Section

#: Reasons for setting aside that those above should know of.
_GRAVE = ("personal_data", "hateful", "defamatory", "unlawful")


def sensitive(conference: Conference, points: Counter[str]) -> Section:
    """`points` are those, question by question, in which personal data may stand."""
    kept = Input.objects.filter(conference=conference, set_aside=None)
    inputs = _private(kept)
    asked = kept.exclude(withdrawal_asked_at=None).count()
    aside = (
        SetAside.objects.open()
        .filter(input__conference=conference, reason__code__in=_GRAVE)
        .values_list("reason__label")
        .annotate(number=Count("pk"))
        .order_by("reason__position")
    )
    redacted = Redaction.objects.filter(_of(conference)).count()
    counted = (
        (
            inputs.total(),
            ngettext(
                "%(number)d input may hold personal data",
                "%(number)d inputs may hold personal data",
                inputs.total(),
            ),
            _where(inputs),
        ),
        (
            points.total(),
            ngettext(
                "%(number)d point may hold personal data, and is not repeated here",
                "%(number)d points may hold personal data, and are not repeated here",
                points.total(),
            ),
            _where(points),
        ),
        (
            asked,
            ngettext(
                "%(number)d input that a table asks to have withdrawn",
                "%(number)d inputs that tables ask to have withdrawn",
                asked,
            ),
            "",
        ),
        *(
            (number, ngettext("%(number)d input set aside", "%(number)d inputs set aside", number), label)
            for label, number in aside
        ),
        (
            redacted,
            ngettext(
                "Words have been taken out of %(number)d text",
                "Words have been taken out of %(number)d texts",
                redacted,
            ),
            "",
        ),
    )
    lines = tuple(Line(said % {"number": number}, beside) for number, said, beside in counted if number)
    title = gettext("Handle with care")
    note = gettext("The search finds only numbers and addresses. Read the note through before you pass it on.")
    if not lines:
        return Section(title, note=f"{gettext('Nothing was found.')} {note}")
    return Section(title, (Part("", lines),), note)


def _private(inputs: InputQuerySet) -> Counter[str]:
    """How many of them may hold personal data, by the question or at least the session where they count."""
    found: Counter[str] = Counter()
    rows = inputs.annotate(
        in_session=Coalesce("filed_under__session__number", "session__number"),
        under=Coalesce("filed_under__number", "question__number"),
    ).values_list("in_session", "under", "text")
    for session, question, text in rows:
        if find(text):
            found[f"{session}.{question}" if question else str(session)] += 1
    return found


def _where(places: Counter[str]) -> str:
    """«1.2 (2), 2.1»"""
    return ", ".join(place if number == 1 else f"{place} ({number})" for place, number in sorted(places.items()))


def _of(conference: Conference) -> Q:
    """A redaction of whichever text of the conference."""
    found = Q(input__conference=conference) | Q(sheet__session__conference=conference)
    for name in ("point", "heading", "line", "sign_off", "change"):
        found |= Q(**{f"{name}__question__session__conference": conference})
    return found
