"""Combined points, and which of them wait for a second person to say that the meaning is the same."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q

from inputs.models import (
    Clarification,
    Confirmation,
    Decision,
    InputRevision,
    Outcome,
    Point,
    PointRevision,
    PointSource,
    Proposal,
    ProposalKind,
)

if TYPE_CHECKING:
    from inputs.models.points import PointQuerySet

_open_sources = PointSource.objects.open().filter(point=OuterRef("pk"))


def combined(points: "PointQuerySet") -> "PointQuerySet":
    """Those with several sources, worded as none of them has said it."""
    number = _open_sources.order_by().values("point").annotate(n=Count("pk")).filter(n__gt=1)
    in_their_words = InputRevision.objects.filter(
        input__uses__point=OuterRef("pk"), input__uses__closed_at=None, text=OuterRef("text")
    )
    return points.standing().filter(Exists(number), ~Exists(in_their_words))


def holds() -> Exists:
    """A confirmation holds for the wording that was read, until another source is attached."""
    newer = PointSource.objects.open().filter(point=OuterRef("point"), opened_at__gt=OuterRef("at"))
    same_words = Q(point=OuterRef("pk"), revision=OuterRef("revision"))
    return Exists(Confirmation.objects.standing().filter(same_words).exclude(Exists(newer)))


def unconfirmed(points: "PointQuerySet") -> "PointQuerySet":
    """The combined ones that no confirmation holds for."""
    return combined(points).exclude(holds())


def writers(points: Iterable[Point]) -> dict[int, set[int]]:
    """Who has had a hand in the words of each point: nobody of them is its second person. Three queries.

    To accept an input in its own words is not to write them; the revision that stands is always somebody's.
    """
    keys = [point.pk for point in points]
    found: dict[int, set[int]] = {key: set() for key in keys}
    worded = PointRevision.objects.filter(point__in=keys).filter(Q(number__gt=1) | Q(number=F("point__revision")))
    proposed = Proposal.objects.filter(point__in=keys, kind=ProposalKind.REWORD, outcome=Outcome.ACCEPTED)
    alternative = Clarification.objects.filter(point__in=keys, decision=Decision.ALTERNATIVE)
    for rows in (
        worded.values_list("point", "by"),
        proposed.values_list("point", "made_by"),
        alternative.values_list("point", "opened_by"),
    ):
        for point, by in rows:
            found[point].add(by)
    return found
