"""A conference's list of reasons for setting an input aside."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from conference.models import Conference
from inputs.models import USUAL_REASONS, WITHDRAWN, SetAsideReason


def ensure_reasons(conference: Conference) -> None:
    """Give the conference the usual reasons, in its language, where it lacks them."""
    with override(conference.language):
        SetAsideReason.objects.bulk_create(
            [
                SetAsideReason(conference=conference, code=code, label=gettext(label), position=position)
                for position, (code, label) in enumerate(USUAL_REASONS.items())
            ],
            ignore_conflicts=True,
        )


def reason_for(conference: Conference, code: str) -> SetAsideReason:
    """The conference's reason with that code; one of the usual is made when it is first asked for.

    Raises SetAsideReason.DoesNotExist for a code that the conference does not know.
    """
    found = SetAsideReason.objects.filter(conference=conference, code=code).first()
    if found is None and code in USUAL_REASONS:
        ensure_reasons(conference)
    return found or SetAsideReason.objects.get(conference=conference, code=code)


def choices(conference: Conference) -> list[tuple[str, str | Promise]]:
    """The reasons an editor may choose, as codes and labels; looking at them makes none."""
    stored = list(SetAsideReason.objects.filter(conference=conference))
    if not stored:
        return [(code, gettext_lazy(label)) for code, label in USUAL_REASONS.items() if code != WITHDRAWN]
    return [(one.code, one.label) for one in stored if one.is_active and one.code != WITHDRAWN]
