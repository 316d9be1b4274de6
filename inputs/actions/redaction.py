"""Words taken out for good («sladding»): of a text, of every wording it has had, and of what is derived from it.

The one act that cannot be undone. What stays is that it was done, by whom, when and on which ground; never the words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext, override

from conference.actions.history import Change, one_act, record
from conference.models import Conference, Session, User
from inputs.actions import checks, files, versions
from inputs.actions.dispositions import lock
from inputs.actions.faults import Refused
from inputs.models import (
    Acceptance,
    Clarification,
    Clearance,
    ClearanceLine,
    Comment,
    EarlierTitle,
    Heading,
    HeardLine,
    HeardRevision,
    Input,
    InputRevision,
    InputVector,
    Matter,
    MatterRevision,
    MinutesRevision,
    MinutesSheet,
    Point,
    PointRevision,
    PointSource,
    Proposal,
    Redaction,
    ReturnedChange,
    SetAside,
    SheetAside,
    SignOff,
)
from inputs.passages import Passage
from rnik.lib.text import fold

Text = Input | Point | MinutesSheet | Heading | HeardLine | SignOff | ReturnedChange | Matter


#: The column of a redaction that says which text it is of.
_FIELDS = {
    Input: "input",
    Point: "point",
    MinutesSheet: "sheet",
    Heading: "heading",
    HeardLine: "line",
    SignOff: "sign_off",
    ReturnedChange: "change",
    Matter: "matter",
}


#: The words of what is asked and proposed. A proposal that joins an input to a point goes with the input.
_ASKED = ["alternative", "why", "comment"]
_PROPOSED = ["text", "why", "answer"]


class NotThere(Refused):
    """The words do not stand in the text, nor in any wording that it has had."""


@dataclass(frozen=True)
class Found:
    """A text in which the words stand: how often now, and how often in earlier wordings and in what goes with it."""

    target: Text
    now: int
    besides: int
    is_near: bool = False

    @property
    def kind(self) -> str:
        return str(self.target._meta.model_name)

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.target.key}"


def passage_of(words: str, conference: Conference) -> Passage:
    """The words, and what is to stand in their place, in the conference's language."""
    with override(conference.language):
        return Passage(words, label=gettext("[redacted]"))


def find(passage: Passage, conference: Conference, *, start: Text) -> list[Found]:
    """Every text of the conference that holds the passage: `start` first, what is joined to it next.

    All wordings are read, in a number of queries that does not grow.
    """
    near = _near(start)
    counts: dict[Text, list[int]] = {}
    for target, value, is_now in _texts(conference):
        if number := passage.count(value):
            counts.setdefault(target, [0, 0])[0 if is_now else 1] += number
    found = [Found(target, now, besides, target in near) for target, (now, besides) in counts.items()]
    return sorted(found, key=lambda one: (one.target != start, not one.is_near, one.kind, one.target.pk))


def session_of(target: Text) -> Session:
    """Whose editors may take words out of it."""
    if isinstance(target, Matter):
        return target.point.question.session
    return (
        target.question.session
        if isinstance(target, Point | Heading | HeardLine | SignOff | ReturnedChange)
        else target.session
    )


@transaction.atomic
@one_act()
def redact(passage: Passage, targets: Sequence[Text], *, ground: str, by: User) -> list[Redaction]:
    """Take the passage out of each of the texts, and remember that it was done.

    Frozen versions of the report in which one of them says the words lose their files (docs/adr/0018).
    Raises NotThere when one of them does not hold it (any more); then nothing is changed.
    """
    if not ground or passage.count(ground):
        raise ValueError("A redaction says why, without the words that it takes out.")
    conference = session_of(targets[0]).conference
    versions.hold(conference)  # first of all, as whoever changes the big screen
    lock(target for target in targets if isinstance(target, Input))  # then inputs, as everywhere
    made = [_redact(passage, target, ground, by) for target in targets]
    versions.take_out(passage, conference, targets, by=by)
    checks.take_out(passage, conference, targets, by=by)
    for asked in conference.contributions.all():
        _clean(passage, asked, ["to", "text"])  # a letter to somebody outside belongs to no text of the tables
    files.forget(conference)
    return made


def _redact(passage: Passage, target: Text, ground: str, by: User) -> Redaction:
    stored = type(target)._default_manager.select_for_update(of=("self",)).get(pk=target.pk)
    places = sum(_clean(passage, row, fields) for row, fields in _rows(stored))
    if not places:
        raise NotThere
    if isinstance(stored, Input):
        InputVector.objects.filter(input=stored).delete()  # made of the words
    field = _FIELDS[type(stored)]
    made = Redaction.objects.create(**{field: stored}, ground=ground, by=by, at=timezone.now())
    record(
        verb="redact",
        by=by,
        at=made.at,
        conference=session_of(stored).conference,
        changes=[Change(stored, after={"redaction": made.pk, "places": places})],
    )
    return made


def _rows(stored: Text) -> Iterator[tuple[models.Model, list[str]]]:
    """Every row in which words of the text stand, with its columns of words."""
    match stored:
        case Input():
            yield stored, ["text", "suggested_heading", "addressees"]
            yield from ((row, ["text"]) for row in stored.revisions.all())
            yield from ((row, ["comment"]) for row in stored.settings_aside.all())
            yield from ((row, _PROPOSED) for row in stored.proposals.all())
            yield from ((row, ["text"]) for row in stored.comments.all())
        case Point():
            yield stored, ["text", "editorial_reason"]
            yield from ((row, ["text"]) for row in stored.revisions.all())
            yield from ((row, _ASKED) for row in stored.clarifications.all())
            yield from ((row, _PROPOSED) for row in stored.proposals.filter(input=None))
            yield from ((row, ["text"]) for row in stored.clearance_lines.all())
            yield from ((row, ["text"]) for row in stored.comments.all())
            yield from ((row, ["reason"]) for row in stored.acceptances.all())
        case HeardLine():
            yield stored, ["text"]
            yield from ((row, ["text"]) for row in stored.revisions.all())
        case MinutesSheet():
            yield stored, ["text"]
            yield from ((row, ["text"]) for row in stored.revisions.all())
            yield from ((row, ["comment"]) for row in stored.settings_aside.all())
        case Heading():
            yield stored, ["title"]
            yield from ((row, ["title"]) for row in stored.earlier_titles.all())
            yield from ((row, ["text"]) for row in stored.clearance_lines.all())
            yield from ((row, ["reason"]) for row in stored.acceptances.all())
        case SignOff():
            yield stored, ["reason"]
        case Matter():
            yield stored, ["text", "link"]
            yield from ((row, ["text", "link"]) for row in stored.revisions.all())
        case ReturnedChange():
            yield stored, ["text", "remarks", "authors", "answer"]


def _clean(passage: Passage, row: models.Model, fields: list[str]) -> int:
    """Take the passage out of the row's columns; returns how often it stood there."""
    holding = [name for name in fields if passage.count(getattr(row, name))]
    places = sum(passage.count(getattr(row, name)) for name in holding)
    if not holding:
        return 0
    if isinstance(row, MinutesRevision):
        _move_spans(passage, row)
    for name in holding:
        setattr(row, name, passage.without(getattr(row, name)))
    if "link" in holding and isinstance(row, Matter | MatterRevision):
        row.link = ""  # an address that lacks a part leads nowhere
    if isinstance(row, Input | Point):
        row.search_text = fold(row.text)
        holding.append("search_text")
    if isinstance(row, Point | Heading | HeardLine | Matter):
        row.version += 1  # whoever has the words in an open form is told, and does not save them back unseen
        holding.append("version")
    row.save(update_fields=holding)
    if isinstance(row, ClearanceLine):
        # The file that was sent holds the words as well; that it was sent, and its checksum, stay.
        Clearance.objects.filter(pk=row.clearance_id).update(file=b"")
    return places


def _move_spans(passage: Passage, wording: MinutesRevision) -> None:
    """What was divided out of this wording of a sheet still says which part of it that was."""
    divided = Input.objects.filter(sheet=wording.sheet_id, sheet_revision=wording.number)
    for entry in divided.select_for_update().order_by("pk"):
        if entry.span_start is not None and entry.span_end is not None:
            entry.span_start, entry.span_end = passage.moved(wording.text, entry.span_start, entry.span_end)
            entry.save(update_fields=["span_start", "span_end"])


def _texts(conference: Conference) -> Iterator[tuple[Text, Any, bool]]:
    """Every text of the conference with the one it belongs to, and whether it is what that one says now."""
    inputs = Input.objects.filter(conference=conference).select_related("session", "table")
    points = Point.objects.filter(question__session__conference=conference).select_related("question__session")
    sheets = MinutesSheet.objects.filter(session__conference=conference).select_related(
        "session", "note_taker__table"
    )
    headings = Heading.objects.filter(question__session__conference=conference).select_related("question__session")
    lines = HeardLine.objects.filter(question__session__conference=conference).select_related("question__session")
    changes = ReturnedChange.objects.filter(question__session__conference=conference).select_related(
        "question__session", "line__point"
    )
    matters = Matter.objects.filter(conference=conference).select_related("point__question__session")
    by_input = {entry.pk: entry for entry in inputs}
    by_point = {point.pk: point for point in points}
    by_sheet = {sheet.pk: sheet for sheet in sheets}
    by_heading = {heading.pk: heading for heading in headings}
    by_line = {line.pk: line for line in lines}
    by_matter = {matter.pk: matter for matter in matters}
    lifted = SignOff.objects.of(conference).exclude(reason="").select_related("question__session")
    for entry in by_input.values():
        yield entry, entry.text, True
        yield entry, [entry.suggested_heading, *entry.addressees], False
    for point in by_point.values():
        yield point, point.text, True
        yield point, [point.editorial_reason], False
    for sheet in by_sheet.values():
        yield sheet, sheet.text, True
    for heading in by_heading.values():
        yield heading, heading.title, True
    for line in by_line.values():
        yield line, line.text, True
    for matter in by_matter.values():
        yield matter, matter.text, True
        yield matter, [matter.link], False
    for sign_off in lifted:
        yield sign_off, sign_off.reason, True
    asked = Clarification.objects.of(conference).order_by().annotate(input=Value(None, models.BigIntegerField()))
    proposed = Proposal.objects.of(conference).order_by()
    commented = Comment.objects.of(conference).order_by().values_list("input", "point", "text", Value(""), Value(""))
    rows = asked.values_list("input", "point", *_ASKED)
    accepted = Acceptance.objects.filter(conference=conference)
    no_input = Value(None, models.BigIntegerField())
    of_points = accepted.exclude(point=None).order_by().values_list(no_input, "point", "reason", Value(""), Value(""))
    proposals = proposed.values_list("input", "point", *_PROPOSED)
    for entry, point, *words in rows.union(proposals, commented, of_points, all=True):
        yield by_input[entry] if entry else by_point[point], words, False
    for change in changes:
        yield change, change.text, True
        yield change, [change.answer, *change.remarks, *change.authors], False
    yield from _earlier(by_input, InputRevision.objects.filter(input__conference=conference), "input")
    yield from _earlier(by_input, SetAside.objects.filter(input__conference=conference), "input", "comment")
    yield from _earlier(by_point, PointRevision.objects.filter(point__in=points), "point")
    yield from _earlier(by_sheet, MinutesRevision.objects.filter(sheet__in=sheets), "sheet")
    yield from _earlier(by_sheet, SheetAside.objects.filter(sheet__in=sheets), "sheet", "comment")
    yield from _earlier(by_line, HeardRevision.objects.filter(line__in=lines), "line")
    yield from _earlier(by_heading, accepted.exclude(heading=None), "heading", "reason")
    yield from _earlier(by_matter, MatterRevision.objects.filter(matter__in=matters), "matter")
    yield from _earlier(by_heading, EarlierTitle.objects.filter(heading__in=headings), "heading", "title")
    sent = ClearanceLine.objects.filter(clearance__conference=conference).order_by("pk")
    for point_id, heading_id, text in sent.values_list("point", "heading", "text"):
        owner = by_point.get(point_id or 0) or by_heading.get(heading_id or 0)
        if owner:
            yield owner, text, False


def _earlier(
    owners: dict[int, Any], rows: models.QuerySet[Any], owner: str, field: str = "text"
) -> Iterator[tuple[Text, str, bool]]:
    """The texts of rows that go with others; a wording that says what stands now is counted there already."""
    numbered = field == "text"
    for values in rows.order_by("pk").values_list(owner, field, *(["number"] if numbered else [])):
        one = owners[values[0]]
        if not numbered or values[2] != one.revision:
            yield one, values[1], False


def _near(start: Text) -> set[Text]:
    """What is joined to the text: its points or sources, the sheet it was divided out of, and what is heard of it."""
    links = PointSource.objects.select_related("input__sheet", "point")
    match start:
        case Input():
            points: Iterable[Text] = [link.point for link in links.filter(input=start)]
            return {*points, *([start.sheet] if start.sheet else []), *start.heard_lines.all()}
        case Point():
            inputs = [link.input for link in links.filter(point=start)]
            sheets = (entry.sheet for entry in inputs if entry.sheet)
            changes = ReturnedChange.objects.filter(line__point=start)
            return {*inputs, *sheets, *start.heard_lines.all(), *changes, *start.matters.all()}
        case HeardLine():
            return {start.source, *_near(start.source)}
        case Matter():
            return {start.point}
        case ReturnedChange():
            return {start.point} if start.point else set()
        case MinutesSheet():
            return set(start.inputs.all())
    return set()
