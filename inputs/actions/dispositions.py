"""What becomes of an input: used, set aside, or neither.

The only module that writes `Input.lead_source` and `Input.set_aside`. Each verb holds the questions that it touches
(`hold_open`: SignedOff when one is signed off), then locks the inputs (PostgreSQL: FOR UPDATE; SQLite: the
transaction is the lock), looks again, and decides: of two editors one wins, the other meets `AlreadyHandled`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from conference.actions.history import Change, one_act, record, tell_tables
from conference.models import User
from inputs.actions.faults import AlreadyHandled, NotAvailable, OtherConference, WithoutQuestion
from inputs.actions.holds import refuse_held
from inputs.actions.signing import hold_open
from inputs.models import Heading, Input, Point, PointRevision, PointSource, SetAside, SetAsideReason, SourceKind

CHUNK = 1000  # rows in one statement

Place = Callable[[Input], Heading | None]


def _nowhere(_input: Input) -> None:
    return None


@transaction.atomic
def accept(inputs: Iterable[Input], *, by: User, place: Place = _nowhere) -> list[Point]:
    """Each input becomes a point of its question, in its own words, under the heading that `place` gives it.

    New points come last, in the order of `inputs`. Raises AlreadyHandled, WithoutQuestion, OtherConference, and
    NotAvailable when somebody has removed the heading.
    """
    claimed = _claim(inputs, by=by)
    at = timezone.now()
    positions = _next_positions({entry.filed_under_id or entry.question_id for entry in claimed})
    points = []
    for entry in claimed:
        question_id = entry.filed_under_id or entry.question_id
        if question_id is None:
            raise WithoutQuestion
        heading = place(entry)
        if heading and heading.question_id != question_id:
            raise OtherConference
        point = Point(question_id=question_id, heading=heading, position=positions[question_id])
        point.write(entry.text)
        positions[question_id] += 1
        points.append(point)
    hold_headings(point.heading_id for point in points)
    Point.objects.bulk_create(points, batch_size=CHUNK)
    PointRevision.objects.bulk_create(
        [PointRevision(point=point, number=1, text=point.text, by=by, at=at) for point in points], batch_size=CHUNK
    )
    _open_sources(list(zip(points, claimed, strict=True)), kind=SourceKind.KEPT, by=by, at=at)
    _record("accept", by, at, claimed, after=[{"point": point.pk} for point in points])
    return points


def hold_headings(keys: Iterable[int | None]) -> None:
    """Lock the headings that points are put under, so that nobody removes them now.

    Raises NotAvailable when one has gone.
    """
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return
    locked = Heading.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    if any(heading.removed_at for heading in locked):
        raise NotAvailable


@transaction.atomic
def attach(point: Point, inputs: Iterable[Input], *, by: User, kind: SourceKind = SourceKind.SAME) -> None:
    """The inputs say the same as the point: they become its sources, its text stays.

    Inputs that are used elsewhere stay there as well; those that are set aside must be brought back first.
    Raises NotAvailable, OtherConference.
    """
    at = timezone.now()
    locked = lock_open(inputs, questions=[point.question_id], by=by)
    if any(entry.set_aside_id for entry in locked):
        raise NotAvailable
    point = _standing(point)
    if any(entry.conference_id != point.question.session.conference_id for entry in locked):
        raise OtherConference
    linked = set(point.sources.open().filter(input__in=locked).values_list("input_id", flat=True))
    new = [entry for entry in locked if entry.pk not in linked]
    _open_sources([(point, entry) for entry in new], kind=kind, by=by, at=at)
    _record("attach", by, at, new, after=[{"point": point.pk, "kind": str(kind)}] * len(new))


@transaction.atomic
@one_act()
def detach(source: PointSource, *, by: User, editorial_reason: str = "") -> None:
    """Take one source out of its point; its input is unhandled again unless another point uses it.

    A point that loses its last source is removed, unless `editorial_reason` says why it stays.
    """
    lock_open([source.input], questions=[source.point.question_id], by=by)
    refuse_held([source.point_id], by=by)
    point = _locked_point(source.point)
    if not PointSource.objects.open().filter(pk=source.pk).exists():
        return
    at = timezone.now()
    _close_sources(PointSource.objects.filter(pk=source.pk), by=by, at=at)
    _record("detach", by, at, [source.input], before=[{"point": point.pk, "source": source.pk}])
    if not point.sources.open().exists() and not point.editorial_reason:
        if editorial_reason:
            point.editorial_reason = editorial_reason
            point.save(update_fields=["editorial_reason"])
        else:
            _mark_removed(point, by=by, at=at)


@transaction.atomic
def unlink(source: PointSource, *, by: User) -> None:
    """Close a link whose point keeps others, or is about to go: `detach` without looking at the point."""
    lock_open([source.input], questions=[source.point.question_id], by=by)
    refuse_held([source.point_id], by=by)
    at = timezone.now()
    _close_sources(PointSource.objects.open().filter(pk=source.pk), by=by, at=at)
    _record("detach", by, at, [source.input], before=[{"point": source.point_id, "source": source.pk}])


@transaction.atomic
def remove_point(point: Point, *, by: User, merged_into: Point | None = None) -> None:
    """Take a point out of the report: its links are closed, and inputs that nothing else uses are unhandled again.

    With `merged_into`, the caller has linked the inputs to that point first. Raises NotAvailable.
    """
    used = [source.input for source in point.sources.open().select_related("input")]
    lock_open(used, questions=[point.question_id], by=by)
    refuse_held([point.pk], by=by)
    point = _standing(point)
    at = timezone.now()
    closed = list(point.sources.open().values_list("pk", flat=True))
    _close_sources(point.sources.open(), by=by, at=at)
    _mark_removed(point, by=by, at=at, merged_into=merged_into, closed=closed)


@transaction.atomic
def restore_point(point: Point, *, sources: Iterable[PointSource], by: User) -> Point:
    """Put a removed point back, with links like the closed `sources` wherever their inputs are not set aside.

    Raises NotAvailable when the point stands, or when none of its inputs is to be had and nothing else carries it.
    """
    sources = list(sources)
    locked = lock_open([source.input for source in sources], questions=[point.question_id], by=by)
    free = [entry for entry in locked if not entry.set_aside_id]
    stored = _locked_point(point)
    if stored.removed_at is None or not (free or stored.editorial_reason or not sources):
        raise NotAvailable
    at = timezone.now()
    stored.removed_at = stored.removed_by = stored.merged_into = None
    try:
        hold_headings([stored.heading_id])
    except NotAvailable:
        stored.heading = None  # it went meanwhile; the point stands without one
    stored.version += 1
    stored.save(update_fields=["removed_at", "removed_by", "merged_into", "heading", "version"])
    kinds = {source.input_id: SourceKind(source.kind) for source in sources}
    for kind in set(kinds.values()):
        _open_sources([(stored, entry) for entry in free if kinds[entry.pk] == kind], kind=kind, by=by, at=at)
    record(
        verb="restore_point",
        by=by,
        at=at,
        conference=stored.question.session.conference,
        scope=f"question:{stored.question_id}",
        changes=[Change(stored)],
    )
    return stored


@transaction.atomic
def set_aside(inputs: Iterable[Input], *, reason: SetAsideReason, by: User, comment: str = "") -> None:
    """The inputs are not used, for this reason. Raises AlreadyHandled, OtherConference."""
    claimed = _claim(inputs, by=by)
    if any(entry.conference_id != reason.conference_id for entry in claimed):
        raise OtherConference
    at = timezone.now()
    SetAside.objects.bulk_create(
        [SetAside(input=entry, reason=reason, comment=comment, opened_at=at, opened_by=by) for entry in claimed],
        batch_size=CHUNK,
    )
    _refresh(claimed)
    _tell_tables(claimed)
    _record("set_aside", by, at, claimed, after=[{"reason": reason.code}] * len(claimed))


@transaction.atomic
def bring_back(inputs: Iterable[Input], *, by: User) -> None:
    """Inputs that were set aside are unhandled again; others are left alone."""
    locked = [entry for entry in lock_open(inputs, by=by) if entry.set_aside_id]
    at = timezone.now()
    before: list[dict[str, object]] = [{"set_aside": entry.set_aside_id} for entry in locked]
    SetAside.objects.open().filter(input__in=locked).update(closed_at=at, closed_by=by)
    _refresh(locked)
    _tell_tables(locked)
    _record("bring_back", by, at, locked, before=before)


# --- the parts ------------------------------------------------------------------------------------------------


def lock(inputs: Iterable[Input]) -> list[Input]:
    """The inputs as they are stored now, held until the transaction ends, in the order given.

    Always locked in the order of their keys, so that two editors never wait for each other.
    """
    keys = [entry.pk for entry in inputs]
    rows: dict[int, Input] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = sorted(keys)[start : start + CHUNK]
        rows |= {row.pk: row for row in Input.objects.select_for_update().filter(pk__in=chunk).order_by("pk")}
    return [rows[key] for key in dict.fromkeys(keys)]


def lock_open(inputs: Iterable[Input], *, questions: Iterable[int | None] = (), by: User) -> list[Input]:
    """Like `lock`, after holding their questions and `questions`. Raises SignedOff for one that is signed off,

    AlreadyHandled for inputs that were moved to another question in that moment.
    """
    inputs = list(inputs)
    held = hold_open(questions, inputs=inputs, by=by)
    locked = lock(inputs)
    if moved := [entry for entry in locked if (entry.filed_under_id or entry.question_id) not in held]:
        raise AlreadyHandled(moved)
    return locked


def _claim(inputs: Iterable[Input], *, by: User) -> list[Input]:
    """Like `lock_open`, for inputs that must be unhandled."""
    locked = lock_open(inputs, by=by)
    taken = [entry for entry in locked if entry.lead_source_id or entry.set_aside_id]
    if taken:
        raise AlreadyHandled(taken)
    return locked


def _locked_point(point: Point) -> Point:
    return Point.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=point.pk)


def _standing(point: Point) -> Point:
    locked = _locked_point(point)
    if locked.removed_at:
        raise NotAvailable
    return locked


def _open_sources(pairs: Sequence[tuple[Point, Input]], *, kind: SourceKind, by: User, at: datetime) -> None:
    PointSource.objects.bulk_create(
        [
            PointSource(
                point=point, input=entry, input_revision=entry.revision, kind=kind, opened_at=at, opened_by=by
            )
            for point, entry in pairs
        ],
        batch_size=CHUNK,
    )
    _refresh([entry for _point, entry in pairs])


def _close_sources(sources: QuerySet[PointSource], *, by: User, at: datetime) -> None:
    inputs = [source.input for source in sources.select_related("input")]
    PointSource.objects.filter(pk__in=list(sources.values_list("pk", flat=True))).update(closed_at=at, closed_by=by)
    _refresh(inputs)


def _refresh(inputs: Sequence[Input]) -> None:
    """Let the two columns say what the open links say: the lead is the oldest open source."""
    first_source = PointSource.objects.open().filter(input=OuterRef("pk")).order_by("pk").values("pk")[:1]
    open_decision = SetAside.objects.open().filter(input=OuterRef("pk")).values("pk")[:1]
    keys = [entry.pk for entry in inputs]
    for start in range(0, len(keys), CHUNK):
        Input.objects.filter(pk__in=keys[start : start + CHUNK]).update(
            lead_source=Subquery(first_source), set_aside=Subquery(open_decision)
        )


def _mark_removed(
    point: Point, *, by: User, at: datetime, merged_into: Point | None = None, closed: Sequence[int] = ()
) -> None:
    point.removed_at, point.removed_by, point.merged_into = at, by, merged_into
    point.version += 1
    point.save(update_fields=["removed_at", "removed_by", "merged_into", "version"])
    record(
        verb="remove_point",
        by=by,
        at=at,
        conference=point.question.session.conference,
        scope=f"question:{point.question_id}",
        changes=[Change(point, {"sources": list(closed)}, {"merged_into": merged_into.pk if merged_into else None})],
    )


def _tell_tables(inputs: Sequence[Input]) -> None:
    """Their tables show which notes are withdrawn."""
    if inputs:
        tell_tables(inputs[0].conference, [entry.table_id for entry in inputs])


def _next_positions(questions: Iterable[int | None]) -> dict[int, int]:
    known = [key for key in questions if key is not None]
    last = Point.objects.filter(question__in=known).values_list("question").annotate(last=Max("position"))
    return dict.fromkeys(known, 1) | {question: highest + 1 for question, highest in last}


def _record(
    verb: str,
    by: User,
    at: datetime,
    inputs: Sequence[Input],
    *,
    before: Sequence[dict[str, object]] = (),
    after: Sequence[dict[str, object]] = (),
) -> None:
    if not inputs:
        return
    questions = {entry.filed_under_id or entry.question_id for entry in inputs}
    record(
        verb=verb,
        by=by,
        at=at,
        conference=inputs[0].conference,
        scope=f"question:{questions.pop()}" if len(questions) == 1 else "all",
        changes=[
            Change(entry, before[n] if before else {}, after[n] if after else {}) for n, entry in enumerate(inputs)
        ],
    )
