"""The headings of a question: piles that get their names from the editors, in their order, «Other» last."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Question, User
from inputs.actions import points
from inputs.actions.faults import NotAvailable, NotEmpty, OtherConference, TitleTaken
from inputs.actions.signing import hold_open
from inputs.models import EarlierTitle, Heading, Point
from rnik.lib.text import clean_line


@transaction.atomic
def make(question: Question, title: str, *, by: User, is_other: bool = False) -> Heading:
    """The question's heading with that title, made when there is none. There is one «Other», always last."""
    hold_open([question.pk], by=by)
    title = clean_line(title)
    standing = Heading.objects.standing().filter(question=question)
    found = standing.filter(title=title).first() or (standing.filter(is_other=True).first() if is_other else None)
    if found:
        return found
    return _make(question, title, by=by, is_other=is_other)


@transaction.atomic
def make_pile(question: Question, *, by: User) -> Heading:
    """One more heading without a title."""
    hold_open([question.pk], by=by)
    return _make(question, "", by=by)


@transaction.atomic
def rename(heading: Heading, title: str, *, by: User) -> Heading:
    """Give the heading another title, or its first; an empty one makes it a pile without a name again.

    Raises TitleTaken when the question has one of that name.
    """
    title = clean_line(title)
    stored = _standing(heading, by)
    namesakes = Heading.objects.standing().filter(question=stored.question, title=title).exclude(pk=stored.pk)
    if title and namesakes.exists():
        raise TitleTaken
    if stored.title == title:
        return stored
    had = stored.title
    earlier = EarlierTitle.objects.create(heading=stored, title=had, by=by, at=timezone.now()) if had else None
    stored.title = title
    stored.version += 1
    stored.save(update_fields=["title", "version"])
    _record("rename_heading", by, stored, before={"earlier_title": earlier.pk if earlier else None})
    return stored


@transaction.atomic
@one_act()
def merge(heading: Heading, into: Heading, *, by: User) -> Heading:
    """The points of one heading stand last under the other, in their order, and the heading goes.

    Raises OtherConference for a heading of another question or the same one, NotAvailable for one that is removed.
    """
    if heading.question_id != into.question_id or heading.pk == into.pk:
        raise OtherConference
    for point in Point.objects.standing().filter(heading=heading).order_by("position", "pk"):
        points.move(point, to=into, by=by)
    remove(heading, by=by)
    return into


@transaction.atomic
@one_act()
def put_in_order(question: Question, headings: Sequence[Heading], *, by: User) -> None:
    """Let the question's headings stand in this order; «Other» stays last. Raises OtherConference for a stranger."""
    hold_open([question.pk], by=by)
    standing = {heading.pk: heading for heading in Heading.objects.standing().filter(question=question)}
    if {heading.pk for heading in headings} != set(standing):
        raise OtherConference
    for position, heading in enumerate(headings, 1):
        put_at(standing[heading.pk], position, by=by)


@transaction.atomic
def put_at(heading: Heading, position: int, *, by: User) -> None:
    """Give the heading its number in the order."""
    hold_open([heading.question_id], by=by)
    before = heading.position
    if before != position:
        Heading.objects.filter(pk=heading.pk).update(position=position)
        _record("order_heading", by, heading, before={"position": before}, after={"position": position})


@transaction.atomic
def remove(heading: Heading, *, by: User) -> Heading:
    """Take away a heading that nothing stands under. Raises NotEmpty."""
    stored = _standing(heading, by)
    if Point.objects.standing().filter(heading=stored).exists():
        raise NotEmpty
    stored.removed_at, stored.removed_by = timezone.now(), by
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "version"])
    _record("remove_heading", by, stored)
    return stored


@transaction.atomic
def restore(heading: Heading, *, by: User) -> Heading:
    """Put a removed heading back where it stood.

    Raises NotAvailable when it stands, TitleTaken when the question has got another of that name, or another «Other».
    """
    hold_open([heading.question_id], by=by)
    stored = Heading.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=heading.pk)
    if stored.removed_at is None:
        raise NotAvailable
    standing = Heading.objects.standing().filter(question=stored.question)
    namesakes = standing.filter(title=stored.title).exclude(title="")
    if namesakes.exists() or (stored.is_other and standing.filter(is_other=True).exists()):
        raise TitleTaken
    stored.removed_at = stored.removed_by = None
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "version"])
    _record("restore_heading", by, stored)
    return stored


def _make(question: Question, title: str, *, by: User, is_other: bool = False) -> Heading:
    last = Heading.objects.filter(question=question).aggregate(last=Max("position"))["last"] or 0
    made = Heading.objects.create(question=question, title=title, is_other=is_other, position=last + 1)
    _record("make_heading", by, made, after={"position": made.position})
    return made


def _standing(heading: Heading, by: User) -> Heading:
    hold_open([heading.question_id], by=by)
    stored = Heading.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=heading.pk)
    if stored.removed_at:
        raise NotAvailable
    return stored


def _record(
    verb: str,
    by: User,
    heading: Heading,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(
        verb=verb,
        by=by,
        conference=heading.question.session.conference,
        scope=f"question:{heading.question_id}",
        changes=[Change(heading, before or {}, after or {})],
    )
