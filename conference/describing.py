"""A conference as the data that it can be loaded from again: `rnik.conference/1`, as conference/importers reads it.

What people have said, who they are, and the tables' codes are not in it.
"""

from typing import Any

from conference.models import (
    ChapterText,
    Conference,
    Introducer,
    ParticipantCount,
    ProgrammeItem,
    Question,
    Session,
    Survey,
    TextSlot,
)
from rnik.lib.markup import dump_block, parse

FORMAT = "rnik.conference/1"

Json = dict[str, Any]


def describe(conference: Conference) -> Json:
    """Everything that is planned, each list in its own order. Parts without anything are left out."""
    return {
        "format": FORMAT,
        "conference": _facts(conference),
        **_filled(
            ministries=[
                _filled(code=one.code, name=one.name, name_nn=one.name_nn) for one in conference.ministries.all()
            ],
            tables=[_filled(number=one.number, name=one.name) for one in conference.tables.order_by("number")],
            programme=[
                _programme_item(one) for one in conference.programme.select_related("speaker_ministry", "session")
            ],
            texts={text.slot: _text(text) for text in sorted(conference.texts.all(), key=_in_the_reports_order)},
            sessions=[_session(one) for one in _sessions(conference)],
            survey=_survey(conference),
        ),
    }


def _filled(**values: Any) -> Json:
    """Those of `values` that hold something; 0 does."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _facts(conference: Conference) -> Json:
    return _filled(
        slug=conference.slug,
        title=conference.title,
        series=conference.series.name if conference.series else "",
        edition=conference.edition,
        theme=conference.theme,
        date=conference.date.isoformat(),
        end_date=conference.end_date.isoformat() if conference.end_date else "",
        venue=conference.venue,
        address=conference.address,
        host=conference.host,
        website=conference.website,
        language=conference.language,
        capacity=conference.capacity,
        plenary_tables_per_session=conference.plenary_tables_per_session,
        attribution=conference.attribution,
        second_person=conference.second_person or None,
        case_number=conference.case_number,
        access_code=conference.access_code,
        legal_basis=conference.legal_basis,
        participants={count.category: _participants(count) for count in conference.participant_counts.all()},
    )


def _participants(count: ParticipantCount) -> Json | int:
    """A number is how many came; an object tells the three numbers apart."""
    if count.attended is not None and count.invited is None and count.limit is None:
        return count.attended
    return _filled(attended=count.attended, invited=count.invited, limit=count.limit)


def _programme_item(item: ProgrammeItem) -> Json:
    ministry = item.speaker_ministry
    speaker = _filled(
        name=item.speaker_name, title=item.speaker_title, organisation=ministry.code if ministry else ""
    )
    return _filled(
        starts_at=f"{item.starts_at:%H:%M}",
        ends_at=f"{item.ends_at:%H:%M}" if item.ends_at else "",
        kind=item.kind,
        title=item.title,
        session=item.session.number if item.session else None,
        speaker=speaker if item.speaker_name else None,
        text=_paragraphs(item.text),
    )


def _in_the_reports_order(text: ChapterText) -> int:
    return TextSlot.values.index(text.slot)


def _text(text: ChapterText) -> Json | list[str]:
    """Paragraphs alone, but for the letter of thanks, which has a title and is signed."""
    if text.slot != TextSlot.THANKS:
        return _paragraphs(text.text)
    return _filled(
        title=text.title,
        paragraphs=_paragraphs(text.text),
        closing=text.closing,
        signature=_filled(name=text.signature_name, role=text.signature_role),
    )


def _sessions(conference: Conference) -> list[Session]:
    found = conference.sessions.prefetch_related(
        "responsibilities__ministry", "introducers__ministry", "questions__subquestions", "questions__tables"
    )
    return list(found.order_by("number"))


def _session(session: Session) -> Json:
    return _filled(
        number=session.number,
        title=session.title,
        programme_title=session.programme_title,
        format=session.format,
        slot=session.slot,
        track=session.track,
        ministries=[one.ministry.code for one in session.responsibilities.all()],
        topic=_paragraphs(session.topic),
        introducers=[_introducer(one) for one in session.introducers.all()],
        introduction=_paragraphs(session.introduction),
        questions=[_question(one) for one in session.questions.all()],
    )


def _introducer(person: Introducer) -> Json:
    return _filled(name=person.name, title=person.title, ministry=person.ministry.code if person.ministry else "")


def _question(question: Question) -> Json:
    return _filled(
        number=question.number,
        text=question.text,
        subquestions=[{"letter": part.letter, "text": part.text} for part in question.subquestions.all()],
        tables=sorted(table.number for table in question.tables.all()),
    )


def _survey(conference: Conference) -> Json | None:
    stored = Survey.objects.filter(conference=conference).prefetch_related("groups", "questions__answers").first()
    if stored is None:
        return None
    return {
        "recipients": stored.recipients,
        **_filled(
            explanation=stored.explanation,
            respondents=[
                _filled(group=one.group, count=one.respondents, recipients=one.recipients)
                for one in stored.groups.all()
            ],
            questions=[
                _filled(
                    kind=one.kind,
                    base=one.base,
                    text=one.text,
                    answers=[{"label": answer.label, "count": answer.count} for answer in one.answers.all()],
                )
                for one in stored.questions.all()
            ],
        ),
    }


def _paragraphs(text: str) -> list[str]:
    return [dump_block(block) for block in parse(text)]
