"""Sending points for clearance, taking answers in, and deciding about each proposal by the ordinary acts."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override

from conference.actions.history import Change, one_act, record
from conference.models import Conference, Question, Session, User
from inputs.actions import dispositions, points
from inputs.actions.faults import NotAvailable, Refused, Stale
from inputs.clearance.comparing import Finding
from inputs.clearance.marks import Part as SentPart
from inputs.models import (
    Clearance,
    ClearanceLine,
    ClearanceReply,
    Heading,
    Point,
    Proposed,
    ReturnedChange,
    SetAsideReason,
    Verdict,
    Via,
)
from inputs.report.build import read_report
from inputs.report.docx.clearance import Cover, Line, render_clearance
from inputs.report.phrases import long_date
from rnik.lib.text import clean_text


class NothingToSend(Refused):
    """The sessions that were chosen have no points yet."""


class Decided(Refused):
    """Somebody has decided about the proposal already; undo that first."""


def standard_letter(conference: Conference) -> str:
    """The covering text that is proposed, in the conference's language."""
    with override(conference.language):
        return gettext(
            "The inputs belong to those who took part in the conference. Please change only language, and facts of "
            "law that are wrong. What you disagree with you can comment; it is not changed.\n\n"
            "Work in this file, with «Track changes» on, and send it back as a Word file. Do not copy the text into "
            "a new document."
        )


@transaction.atomic
def send(
    conference: Conference, sessions: Iterable[Session], *, to: str, deadline: date, letter: str, by: User
) -> Clearance:
    """Make the file with the points of the sessions and remember it as sent. Raises NothingToSend."""
    held = Conference.objects.select_for_update(no_key=True, of=("self",)).get(pk=conference.pk)  # one number each
    at = timezone.now()
    made = Clearance(
        conference=conference,
        number=(held.clearances.aggregate(last=Max("number"))["last"] or 0) + 1,
        to=to,
        deadline=deadline,
        letter=letter,
        sent_at=at,
        sent_by=by,
    )
    content, lines = _file(made, {session.number for session in sessions})
    if not any(line.part == SentPart.POINT for line in lines):
        raise NothingToSend
    made.file, made.sha256 = content, hashlib.sha256(content).hexdigest()
    made.save()
    ClearanceLine.objects.bulk_create(_lines(made, lines), batch_size=500)
    record(
        verb="send_clearance",
        by=by,
        at=at,
        conference=conference,
        changes=[Change(made, after={"number": made.number, "lines": len(lines)})],
    )
    return made


def _file(made: Clearance, sessions: set[int]) -> tuple[bytes, tuple[Line, ...]]:
    report = read_report(made.conference, draft=made.conference.is_rehearsal, at=made.sent_at)
    with override(made.conference.language):
        cover = Cover(
            gettext("For clearance"),
            (
                (gettext("To"), made.to),
                (gettext("Sent"), long_date(timezone.localdate(made.sent_at))),
                (gettext("Deadline"), long_date(made.deadline)),
            ),
            made.letter,
        )
        return render_clearance(report, cover, sessions=sessions, mark=made.mark)


def _lines(made: Clearance, lines: Sequence[Line]) -> list[ClearanceLine]:
    """The rows, joined to what they are of as it stands in this transaction."""
    questions = {
        (one.session.number, one.number): one
        for one in Question.objects.filter(session__conference=made.conference).select_related("session")
    }
    stored = {
        one.key.hex: one for one in Point.objects.standing().filter(question__session__conference=made.conference)
    }
    titles = {
        (one.question_id, clean_text(one.title)): one
        for one in Heading.objects.standing().filter(question__session__conference=made.conference)
    }
    rows = []
    for line in lines:
        question = questions.get(line.question) if line.question else None
        point = stored.get(line.point)
        rows.append(
            ClearanceLine(
                clearance=made,
                number=line.number,
                part=line.part.value,
                question=question,
                heading=titles.get((question.pk, line.text)) if question and line.part == SentPart.HEADING else None,
                point=point,
                revision=point.revision if point else None,
                text=line.text,
            )
        )
    return rows


@transaction.atomic
def close(clearance: Clearance, *, by: User) -> None:
    """Nothing more is expected. A second click changes nothing."""
    stored = Clearance.objects.select_for_update(of=("self",)).get(pk=clearance.pk)
    if stored.closed_at is None:
        stored.closed_at, stored.closed_by = timezone.now(), by
        stored.save(update_fields=["closed_at", "closed_by"])
        _record("close_clearance", by, clearance.conference, stored)


@dataclass(frozen=True)
class Answer:
    """An answer as it came: from whom, the file's name and checksum, and what was found in it."""

    office: str
    name: str
    sha256: str
    findings: tuple[Finding, ...]


@transaction.atomic
def take_back(clearance: Clearance, answer: Answer, *, by: User) -> ClearanceReply:
    """Keep what the file proposes; nothing of it is done. The same file from the same office is taken in once."""
    Clearance.objects.select_for_update(of=("self",)).get(pk=clearance.pk)
    known = clearance.replies.filter(office=answer.office, sha256=answer.sha256).first()
    if known:
        return known
    reply = ClearanceReply.objects.create(
        clearance=clearance,
        office=answer.office,
        via=Via.WORD,
        name=answer.name,
        sha256=answer.sha256,
        received_at=timezone.now(),
        received_by=by,
    )
    lines = {line.number: line for line in clearance.lines.select_related("question")}
    first = next(line.question for line in lines.values() if line.question)
    changes = []
    for finding in answer.findings:
        line = lines.get(finding.number or 0)
        after = lines.get(finding.after or 0)
        place = (line and line.question) or (after and after.question) or first
        changes.append(
            ReturnedChange(
                reply=reply,
                question=place,
                line=line,
                after=after,
                proposed=finding.proposed.value,
                text=finding.text,
                remarks=list(finding.remarks),
                authors=list(finding.authors),
                is_certain=finding.is_certain,
            )
        )
    ReturnedChange.objects.bulk_create(changes, batch_size=500)
    _record("receive_clearance", by, clearance.conference, reply, {"changes": len(changes)})
    return reply


@transaction.atomic
def type_in(
    line: ClearanceLine,
    *,
    key: uuid.UUID,
    office: str,
    via: Via,
    proposed: Proposed,
    text: str,
    remark: str,
    by: User,
) -> ReturnedChange:
    """A proposal that came by e-mail or by pen, for one point. `key` is the page's: a second click stores nothing."""
    known = ReturnedChange.objects.filter(key=key, line=line).first()
    if known:
        return known
    if line.question is None:
        raise NotAvailable  # the first page is nobody's point
    reply = ClearanceReply.objects.create(
        clearance=line.clearance, office=office, via=via, received_at=timezone.now(), received_by=by
    )
    made = ReturnedChange.objects.create(
        key=key,
        reply=reply,
        question=line.question,
        line=line,
        proposed=proposed,
        text=text,
        remarks=[remark] if remark else [],
    )
    _record("receive_clearance", by, line.clearance.conference, reply, {"changes": 1})
    return made


# --- deciding: the decision is recorded first, so that the act is known by what it did to the point ---


@transaction.atomic
@one_act()
def accept(change: ReturnedChange, *, text: str, version: int, by: User) -> None:
    """The point gets the proposed text, or another that the editor wrote.

    Raises Stale when the point is not the `version` that was read, Decided, NotAvailable.
    """
    stored = _open(change)
    point = _point(stored)
    same = clean_text(text) == stored.text
    _decide(stored, Verdict.ACCEPTED if same else Verdict.OTHER, by=by)
    points.reword(point, text=text, version=version, by=by)


@transaction.atomic
@one_act()
def remove(change: ReturnedChange, *, reason: SetAsideReason, comment: str, version: int, by: User) -> None:
    """The point goes out of the report, and its inputs are set aside, except for those that other points use.

    Raises Stale, Decided, NotAvailable, OtherConference.
    """
    stored = _open(change)
    point = _point(stored)
    sources = [source.input for source in point.sources.open().select_related("input").order_by("pk")]
    dispositions.lock(sources)  # inputs before points, everywhere
    point = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if point.version != version:
        raise Stale(point)
    _decide(stored, Verdict.ACCEPTED, by=by, answer=comment)
    dispositions.remove_point(point, by=by)
    free = [one for one in dispositions.lock(sources) if not (one.lead_source_id or one.set_aside_id)]
    dispositions.set_aside(free, reason=reason, comment=comment, by=by)


@transaction.atomic
@one_act()
def add(change: ReturnedChange, *, text: str, reason: str, by: User) -> Point:
    """A paragraph that was added becomes a point without source, under the heading that it stood under."""
    stored = _open(change)
    if stored.proposed != Proposed.ADDED:
        raise NotAvailable
    after = stored.after
    heading = None
    if after and after.question_id == stored.question_id:
        heading = after.heading or (after.point.heading if after.point else None)
    if heading and heading.removed_at:
        heading = None
    _decide(stored, Verdict.ACCEPTED if clean_text(text) == stored.text else Verdict.OTHER, by=by)
    return points.write(stored.question, text=text, reason=reason, by=by, heading=heading)


@transaction.atomic
def settle(change: ReturnedChange, *, decision: Verdict, answer: str, by: User) -> None:
    """Not followed, or handled in another way; `answer` says why, in a sentence. Raises Decided."""
    if not clean_text(answer):
        raise ValueError("What is not followed is answered.")
    _decide(_open(change), decision, by=by, answer=clean_text(answer))


@transaction.atomic
@one_act()
def accept_certain(reply: ClearanceReply, *, sessions: Iterable[Session], by: User) -> int:
    """Follow every wording of the answer that is certain, in these sessions. Returns how many there were.

    Left alone: whatever needs a hand, and points that have been reworded or removed since they were sent.
    """
    waiting = reply.changes.open().filter(
        proposed=Proposed.WORDING, is_certain=True, line__point__isnull=False, question__session__in=list(sessions)
    )
    number = 0
    for change in waiting.select_related("line__point").order_by("line__point__pk"):
        point = change.point
        if point and point.removed_at is None and change.line and not change.line.is_stale:
            accept(change, text=change.text, version=point.version, by=by)
            number += 1
    return number


@transaction.atomic
def reopen(change: ReturnedChange, *, by: User) -> None:
    """The proposal waits for a decision again; what was answered is kept, in case it is decided as it was."""
    stored = ReturnedChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if stored.decision == Verdict.OPEN:
        raise NotAvailable
    before = stored.decision
    stored.decision, stored.decided_at, stored.decided_by = Verdict.OPEN, None, None
    stored.save(update_fields=["decision", "decided_at", "decided_by"])
    _record("reopen_change", by, _conference(stored), stored, {"decision": str(before)})


@transaction.atomic
def decide_again(change: ReturnedChange, decision: Verdict, *, by: User) -> None:
    """As it was decided before it was reopened. Raises Decided."""
    stored = _open(change)
    _decide(stored, decision, by=by, answer=stored.answer)


def _open(change: ReturnedChange) -> ReturnedChange:
    stored = (
        ReturnedChange.objects.select_for_update(of=("self",))
        .select_related(
            "question__session__conference", "line__point", "after__heading", "after__point__heading", "reply"
        )
        .get(pk=change.pk)
    )
    if stored.decision != Verdict.OPEN:
        raise Decided
    return stored


def _point(change: ReturnedChange) -> Point:
    if change.point is None:
        raise NotAvailable
    return change.point


def _decide(change: ReturnedChange, decision: Verdict, *, by: User, answer: str = "") -> None:
    at: datetime = timezone.now()
    change.decision, change.answer, change.decided_at, change.decided_by = decision, answer, at, by
    change.save(update_fields=["decision", "answer", "decided_at", "decided_by"])
    _record("decide_change", by, _conference(change), change, {"decision": str(decision), "reply": change.reply_id})


def _conference(change: ReturnedChange) -> Conference:
    return change.question.session.conference


def _record(
    verb: str,
    by: User,
    conference: Conference,
    target: Clearance | ClearanceReply | ReturnedChange,
    after: dict[str, object] | None = None,
) -> None:
    record(verb=verb, by=by, conference=conference, changes=[Change(target, after=after or {})])
