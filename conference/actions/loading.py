"""A conference from a file: made, or brought in line with what the file says."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from conference.actions.history import Change, record
from conference.actions.questions import save_question
from conference.actions.replacing import NotReplaceable, is_used, refuse_renumbering, remove
from conference.actions.texts import Wording, save_text
from conference.importers.conference_rows import (
    ConferenceFile,
    ConferenceRow,
    IntroducerRow,
    MinistryRow,
    ProgrammeRow,
    QuestionRow,
    SessionRow,
    SurveyRow,
    TableRow,
    TextRow,
)
from conference.models import (
    Conference,
    Introducer,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    Question,
    RespondentGroup,
    Series,
    Session,
    SessionMinistry,
    SubQuestion,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    Table,
    TextSlot,
    User,
)


@transaction.atomic
def load_conference(file: ConferenceFile, *, by: User) -> Conference:
    """Create or update (by slug) the conference that the file describes.

    A list that the file leaves out stays as it is; one that it holds becomes exactly that. Texts are replaced one by
    one and never removed. Raises NotReplaceable, and changes nothing, when a session, question or table that has
    inputs would be removed or get another number, and when the conference is a rehearsal.
    """
    conference = _facts(file.conference)
    reasons: list[str] = []
    ministries = _ministries(conference, file.ministries)
    tables = _tables(conference, file.tables, reasons)
    sessions = _sessions(conference, file.sessions, ministries, reasons)
    for row in file.sessions:
        _questions(sessions[row.number], row.questions, tables, reasons, by=by)
    if reasons:
        raise NotReplaceable(reasons)
    _programme(conference, file.programme, ministries, sessions)
    _texts(conference, file.texts, by=by)
    if file.survey:
        _survey(conference, file.survey)
    record(verb="load_conference", by=by, conference=conference, changes=[Change(conference)])
    return conference


def markup(paragraphs: Iterable[str]) -> str:
    """Paragraphs as one text in the small markup."""
    return "\n\n".join(paragraphs)


def _facts(row: ConferenceRow) -> Conference:
    facts: dict[str, Any] = asdict(row)
    facts.pop("participants")
    slug = facts.pop("slug")
    name = facts.pop("series")
    if Conference.objects.filter(slug=slug).exclude(rehearsal_of=None).exists():
        reason = _("«%(slug)s» is a rehearsal, which is made from its conference; expected another short name")
        raise NotReplaceable([reason % {"slug": slug}])
    facts["series"] = Series.objects.get_or_create(name=name)[0] if name else None
    conference, created = Conference.objects.update_or_create(slug=slug, defaults=facts)
    if not created:
        Conference.objects.filter(pk=conference.pk).update(version=models.F("version") + 1)
    if row.participants:
        conference.participant_counts.all().delete()
        ParticipantCount.objects.bulk_create(
            ParticipantCount(conference=conference, position=position, **asdict(count))
            for position, count in enumerate(row.participants)
        )
    return conference


def _ministries(conference: Conference, rows: Sequence[MinistryRow]) -> dict[str, Ministry]:
    """By code. One that the file no longer names stays: others may refer to it."""
    for position, row in enumerate(rows):
        Ministry.objects.update_or_create(
            conference=conference,
            code=row.code,
            defaults={"name": row.name, "name_nn": row.name_nn, "position": position},
        )
    return {ministry.code: ministry for ministry in conference.ministries.all()}


def _tables(conference: Conference, rows: Sequence[TableRow], reasons: list[str]) -> dict[int, Table]:
    for row in rows:
        Table.objects.update_or_create(conference=conference, number=row.number, defaults={"name": row.name})
    if rows:
        for table in conference.tables.exclude(number__in=[row.number for row in rows]):
            remove(table, _("table %(number)d") % {"number": table.number}, reasons)
    return {table.number: table for table in conference.tables.all()}


def _sessions(
    conference: Conference, rows: Sequence[SessionRow], ministries: dict[str, Ministry], reasons: list[str]
) -> dict[int, Session]:
    stored = {session.number: session for session in conference.sessions.all()}
    refuse_renumbering(
        {number: session.title for number, session in stored.items()},
        {row.number: row.title for row in rows},
        {number for number, session in stored.items() if is_used(session)},
        _session_name,
        reasons,
    )
    for row in rows:
        session = stored.setdefault(row.number, Session(conference=conference, number=row.number))
        session.version += bool(session.pk)
        session.title, session.programme_title = row.title, row.programme_title
        session.format, session.slot, session.track = row.format, row.slot, row.track
        session.topic, session.introduction = markup(row.topic), markup(row.introduction)
        session.save()
        SessionMinistry.objects.filter(session=session).delete()
        SessionMinistry.objects.bulk_create(
            SessionMinistry(session=session, ministry=ministries[code], position=position)
            for position, code in enumerate(row.ministries)
        )
        _introducers(session, row.introducers, ministries)
    for number in set(stored) - {row.number for row in rows} if rows else ():
        session = stored.pop(number)
        for question in session.questions.all():
            name = _question_name(number, question.number)
            remove(question, name, reasons, question.revisions, question.subquestions)
        remove(session, _session_name(number), reasons, session.introducers, session.rounds, session.programme_items)
    return stored


def _introducers(session: Session, rows: Sequence[IntroducerRow], ministries: dict[str, Ministry]) -> None:
    session.introducers.all().delete()
    Introducer.objects.bulk_create(
        Introducer(
            session=session, position=position, name=row.name, title=row.title, ministry=ministries.get(row.ministry)
        )
        for position, row in enumerate(rows)
    )


def _questions(
    session: Session, rows: Sequence[QuestionRow], tables: dict[int, Table], reasons: list[str], *, by: User
) -> None:
    stored = {question.number: question for question in session.questions.all()}
    refuse_renumbering(
        {number: question.text for number, question in stored.items()},
        {row.number: row.text for row in rows},
        {number for number, question in stored.items() if is_used(question)},
        partial(_question_name, session.number),
        reasons,
    )
    for row in rows:
        question = stored.get(row.number) or Question(session=session, number=row.number)
        question.text = row.text
        save_question(question, by=by)
        question.tables.set(tables[number] for number in row.tables)
        _subquestions(question, row, reasons)
    for number in set(stored) - {row.number for row in rows}:
        gone = stored[number]
        name = _question_name(session.number, number)
        remove(gone, name, reasons, gone.revisions, gone.subquestions)


def _subquestions(question: Question, row: QuestionRow, reasons: list[str]) -> None:
    for part in row.subquestions:
        SubQuestion.objects.update_or_create(question=question, letter=part.letter, defaults={"text": part.text})
    for gone in question.subquestions.exclude(letter__in=[part.letter for part in row.subquestions]):
        words = {"letter": gone.letter, "number": question.number}
        remove(gone, _("sub-question %(letter)s of question %(number)d") % words, reasons)


def _session_name(number: int) -> str:
    return _("session %(number)d") % {"number": number}


def _question_name(session: int, number: int) -> str:
    return _("question %(number)s") % {"number": f"{session}.{number}"}


def _programme(
    conference: Conference,
    rows: Sequence[ProgrammeRow],
    ministries: dict[str, Ministry],
    sessions: dict[int, Session],
) -> None:
    if not rows:
        return
    conference.programme.all().delete()
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            conference=conference,
            position=position,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            kind=row.kind,
            title=row.title,
            speaker_name=row.speaker.name if row.speaker else "",
            speaker_title=row.speaker.title if row.speaker else "",
            speaker_ministry=ministries.get(row.speaker.organisation) if row.speaker else None,
            text=markup(row.text),
            session=sessions[row.session] if row.session else None,
        )
        for position, row in enumerate(rows)
    )


def _texts(conference: Conference, rows: Sequence[TextRow], *, by: User) -> None:
    for row in rows:
        wording = Wording(
            text=markup(row.paragraphs),
            title=row.title,
            closing=row.closing,
            signature_name=row.signature_name,
            signature_role=row.signature_role,
        )
        save_text(conference, TextSlot(row.slot), wording, by=by)


def _survey(conference: Conference, row: SurveyRow) -> None:
    Survey.objects.filter(conference=conference).delete()
    survey = Survey.objects.create(conference=conference, recipients=row.recipients, explanation=row.explanation)
    RespondentGroup.objects.bulk_create(
        RespondentGroup(
            survey=survey, position=position, group=one.group, recipients=one.recipients, respondents=one.count
        )
        for position, one in enumerate(row.respondents)
    )
    for position, asked in enumerate(row.questions):
        question = SurveyQuestion.objects.create(
            survey=survey, position=position, kind=asked.kind, base=asked.base, text=asked.text
        )
        SurveyAnswer.objects.bulk_create(
            SurveyAnswer(question=question, position=place, label=answer.label, count=answer.count)
            for place, answer in enumerate(asked.answers)
        )
