"""The report's bullets under the editors' hands: worded, moved, split, merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from conference.actions.history import Change, one_act, record
from conference.models import Question, User
from inputs.actions.dispositions import attach, hold_headings, lock_open, remove_point
from inputs.actions.faults import NotAvailable, OtherConference, Stale
from inputs.actions.holds import refuse_held
from inputs.actions.signing import hold_open
from inputs.lost_words import Lost, lost
from inputs.models import Heading, Input, Point, PointRevision, PointSource, SourceKind
from rnik.lib.text import clean_text


@transaction.atomic
def write(question: Question, *, text: str, reason: str, by: User, heading: Heading | None = None) -> Point:
    """A point without a source: `reason` says why it stands in the report all the same."""
    if not clean_text(reason):
        raise ValueError("A point without a source must say why it is there.")
    return _new(question, text=clean_text(text), by=by, heading=heading, editorial_reason=clean_text(reason))


@transaction.atomic
@one_act()
def write_from(question: Question, entry: Input, *, by: User, heading: Heading | None = None) -> Point:
    """One more point in the input's own words, perhaps of another question; where it is used already it stays.

    Raises NotAvailable when it is set aside, OtherConference.
    """
    [held] = lock_open([entry], questions=[question.pk], by=by)
    hold_headings([heading.pk if heading else None])
    point = _new(question, text=held.text, by=by, heading=heading, editorial_reason="")
    attach(point, [held], by=by, kind=SourceKind.KEPT)
    return point


@transaction.atomic
def reword(point: Point, *, text: str, version: int, by: User) -> Point:
    """Change the point's text. `version` is the one that was read; Stale if somebody was faster. The sources stay."""
    text = clean_text(text)
    stored = _locked(point, by)
    if stored.version != version:
        raise Stale(stored)
    if stored.text == text:
        return stored
    before = stored.revision
    stored.write(text)
    stored.revision += 1
    stored.version += 1
    stored.save(update_fields=["text", "search_text", "revision", "version"])
    PointRevision.objects.create(point=stored, number=stored.revision, text=text, by=by, at=timezone.now())
    _record("reword", by, [Change(stored, {"revision": before}, {"revision": stored.revision})], stored.question)
    return stored


@transaction.atomic
def move(point: Point, *, to: Heading | None, by: User, position: int | None = None) -> Point:
    """Put the point under the heading, or under none: last, or at `position`.

    Raises OtherConference for another question's heading, NotAvailable for one that somebody has removed.
    """
    stored = _locked(point, by)
    if to and to.question_id != stored.question_id:
        raise OtherConference
    hold_headings([to.pk if to else None])
    before = {"heading": stored.heading_id, "position": stored.position}
    stored.heading = to
    stored.position = _next_position(stored.question) if position is None else position
    stored.version += 1
    stored.save(update_fields=["heading", "position", "version"])
    _record("move", by, [Change(stored, before, {"heading": to.pk if to else None})], stored.question)
    return stored


@transaction.atomic
@one_act()
def step(point: Point, by_steps: int, *, by: User) -> tuple[int, int]:
    """Move the point up (-1) or down (1) among those under its heading; at the end it stays.

    Returns its place, and of how many. Two change places, so that as little as possible is an act of its own.
    """
    stored = _locked(point, by)
    there = Point.objects.standing().filter(question=stored.question, heading=stored.heading_id)
    standing = list(there.select_for_update().order_by("pk"))
    standing.sort(key=lambda one: (one.position, one.pk))
    old = standing.index(stored)
    new = min(max(old + by_steps, 0), len(standing) - 1)
    positions = _rising(one.position for one in standing)
    standing.insert(new, standing.pop(old))
    for one, position in zip(standing, positions, strict=True):
        put_at(one, position, by=by)
    return new + 1, len(standing)


@transaction.atomic
def put_at(point: Point, position: int, *, by: User) -> None:
    """Give the point its number in the order. The text is as it was, so that nobody who is writing is disturbed."""
    hold_open([point.question_id], by=by)
    before = point.position
    if before == position:
        return
    Point.objects.filter(pk=point.pk).update(position=position)
    question = Question.objects.select_related("session__conference").get(pk=point.question_id)
    _record("order_point", by, [Change(point, {"position": before}, {"position": position})], question)


def _rising(positions: Iterable[int]) -> list[int]:
    """The positions, each higher than the one before: two may have the same when two editors worked at once."""
    rising: list[int] = []
    for position in positions:
        rising.append(max(position, rising[-1] + 1) if rising else position)
    return rising


@transaction.atomic
@one_act()
def split(point: Point, *, texts: Sequence[str], version: int, by: User) -> list[Point]:
    """The first text stays in the point, each other becomes a point after it; all of them keep all the sources."""
    first, *others = (clean_text(text) for text in texts)
    used = [source.input for source in point.sources.open().select_related("input")]
    inputs = lock_open(used, questions=[point.question_id], by=by)
    stored = reword(point, text=first, version=version, by=by)
    _make_room(stored, len(others), by=by)
    parts = [stored]
    for place, text in enumerate(others, 1):
        part = _new(
            stored.question,
            text=text,
            by=by,
            heading=stored.heading,
            editorial_reason=stored.editorial_reason,
            position=stored.position + place,
        )
        attach(part, inputs, by=by, kind=SourceKind.SPLIT)
        parts.append(part)
    return parts


def _make_room(point: Point, number: int, *, by: User) -> None:
    """Let the next positions under the point's heading be free; what stands there goes down, as little as may be."""
    later = Point.objects.standing().filter(question=point.question, heading=point.heading_id).exclude(pk=point.pk)
    after = [
        one
        for one in sorted(later.select_for_update().order_by("pk"), key=lambda one: (one.position, one.pk))
        if (one.position, one.pk) > (point.position, point.pk)
    ]
    taken = point.position + number
    for one in after:
        if one.position > taken:
            return
        taken += 1
        put_at(one, taken, by=by)


@dataclass(frozen=True)
class MergePlan:
    """What a merge would do; the preview shows it and `merge` does it."""

    target: Point
    absorbed: tuple[Point, ...]
    inputs: tuple[Input, ...]
    tables: frozenset[int]
    text: str

    @property
    def lost(self) -> Lost:
        """What the points say, or what was said at the tables, and the new text does not."""
        said = [point.text for point in (self.target, *self.absorbed)] + [entry.text for entry in self.inputs]
        return lost(said, self.text)


def plan_merge(points: Sequence[Point], *, text: str = "") -> MergePlan:
    """The first point takes in the others, with `text` (its own when empty), and all their sources."""
    target, *absorbed = points
    inputs = Input.objects.filter(uses__point__in=points, uses__closed_at=None).distinct().order_by("pk")
    return MergePlan(
        target,
        tuple(absorbed),
        tuple(inputs),
        frozenset(entry.table_id for entry in inputs if entry.table_id),
        clean_text(text) or target.text,
    )


@transaction.atomic
@one_act()
def merge(plan: MergePlan, *, by: User) -> Point:
    """Do what the plan says. The absorbed points are removed, none of their sources is lost.

    Raises Stale when a point or a source is not as it was when the plan was made, NotAvailable when a point is gone.
    """
    # Questions before inputs before points, everywhere: nobody waits in a ring.
    held = lock_open(plan.inputs, questions=[plan.target.question_id], by=by)
    merged = (plan.target, *plan.absorbed)
    stored = {point.pk: _locked(point, by) for point in sorted(merged, key=lambda one: one.pk)}
    target = stored[plan.target.pk]
    if len(stored) != len(merged) or any(point.question_id != target.question_id for point in stored.values()):
        raise OtherConference
    for planned in merged:
        if stored[planned.pk].version != planned.version:
            raise Stale(stored[planned.pk])
    _look_again(plan, held)
    for point in plan.absorbed:
        inputs = [source.input for source in point.sources.open().select_related("input")]
        attach(target, inputs, by=by, kind=SourceKind.MERGED)
        remove_point(stored[point.pk], by=by, merged_into=target)
    return reword(target, text=plan.text, version=target.version, by=by)


def _look_again(plan: MergePlan, held: Sequence[Input]) -> None:
    """Raises Stale when the sources are others than the plan's, or a table has taken one back or put it otherwise."""
    sources = PointSource.objects.open().filter(point__in=[plan.target, *plan.absorbed])
    if set(sources.values_list("input", flat=True)) != {entry.pk for entry in plan.inputs}:
        raise Stale(plan.target)
    for planned, entry in zip(plan.inputs, held, strict=True):
        if source_mark(planned) != source_mark(entry):
            raise Stale(entry)


def source_mark(entry: Input) -> tuple[int, str, bool]:
    """What an editor has read of a source: other than this, and it must be read again."""
    return (entry.pk, entry.text, entry.withdrawal_asked_at is not None)


def _new(
    question: Question,
    *,
    text: str,
    by: User,
    heading: Heading | None,
    editorial_reason: str,
    position: int | None = None,
) -> Point:
    """Last in the question, or at `position`."""
    hold_open([question.pk], by=by)
    if heading and heading.question_id != question.pk:
        raise OtherConference
    place = _next_position(question) if position is None else position
    point = Point(question=question, heading=heading, position=place, editorial_reason=editorial_reason)
    point.write(text)
    point.save()
    PointRevision.objects.create(point=point, number=1, text=text, by=by, at=timezone.now())
    _record("write_point", by, [Change(point, after={"revision": 1})], question)
    return point


def _locked(point: Point, by: User) -> Point:
    hold_open([point.question_id], by=by)
    refuse_held([point.pk], by=by)
    stored = Point.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=point.pk)
    if stored.removed_at:
        raise NotAvailable
    return stored


def _next_position(question: Question) -> int:
    return (Point.objects.filter(question=question).aggregate(last=Max("position"))["last"] or 0) + 1


def _record(verb: str, by: User, changes: Iterable[Change], question: Question) -> None:
    record(verb=verb, by=by, conference=question.session.conference, scope=f"question:{question.pk}", changes=changes)
