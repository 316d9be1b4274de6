"""Sending points for clearance, and taking answers in. What is decided about them is in returned.py."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override

from conference.actions.history import Change, record
from conference.models import Conference, Question, Session, User
from inputs.actions.faults import NotAvailable, Refused
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
    Via,
)
from inputs.report.build import read_report
from inputs.report.docx.clearance import Cover, Line, render_clearance
from inputs.report.phrases import long_date
from rnik.lib.text import clean_text


class NothingToSend(Refused):
    """The sessions that were chosen have no points yet."""


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


def _record(
    verb: str,
    by: User,
    conference: Conference,
    target: Clearance | ClearanceReply,
    after: dict[str, object] | None = None,
) -> None:
    record(verb=verb, by=by, conference=conference, changes=[Change(target, after=after or {})])
