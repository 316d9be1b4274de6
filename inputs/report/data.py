"""The report as data: the JSON format `rnik.report/1`, whole enough to build the conference and its points from.

    {"format": "rnik.report/1", "draft"?: true, "internal"?: true, "generated_at": ISO 8601 with offset,
     "conference": {slug, title, series, edition, theme, date (ISO), venue, address, host, website, language,
                    capacity, plenary_tables_per_session, attribution, participants {category: number}},
     "ministries": [{code, name, name_nn}],
     "programme": [{starts_at (HH:MM), ends_at, kind, title, speaker {name, title, organisation: ministry's code},
                    session: number}],
     "survey": {recipients, respondents [{group, count}],
                questions [{kind, base, text, answers [{label, count}]}]} or null,
     "chapters": [chapter]}

A chapter is {"slot": a word of model.Slot, "number": "4.2.3" or "", "title", "anchor"} and, where it has them:

    "session"       the session's number
    "programme_title", "ministries" [codes]: in the chapter `session`, whose title is the session's
    "paragraphs"    [text], a block of rnik.lib.markup each; joined by empty lines they are the chapter's text
    "signature"     {closing, name, role}
    "introducers"   [{name, title, ministry: code}]
    "questions"     in `questions`, as they were asked: [{number, text, subquestions [{letter, text}]}]
                    in `inputs`: [{number, text, headings [{title, other?: true, missing?: true, points [point]}]}]
    "figures"       [{label, title, bars [{label, count, percent}], alt, notes [text]}]
    "chapters"      the chapters below it

A point is {"id": 32 hex digits, "text"}; the internal edition adds "tables" (count), "sources" [{input, table,
kind}] and "addressees" [text]. Each point stands in one place. A speech in full is the chapter `speech` with the
title of its line in the programme.

A key is left out where its value would be empty (no text, no number, no items), so that the same content is always
the same text. Never left out: the report's own keys but `draft` and `internal`, a chapter's first four, a point's
first two, "headings" and "points".
"""

import json

from inputs.report.model import (
    FORMAT,
    Block,
    Chapter,
    Facts,
    Figure,
    HeadingPoints,
    IntroducerList,
    Point,
    ProgrammeLine,
    Prose,
    QuestionInputs,
    QuestionList,
    QuestionText,
    Report,
    SessionFacts,
    Signature,
    Slot,
    Speaker,
    Survey,
)
from rnik.lib.markup import dump_block

Json = dict[str, object]


def dumps(report: Report) -> str:
    """The file: UTF-8 as it stands, indented by one, keys in the order above. The same report gives the same text."""
    return json.dumps(to_data(report), ensure_ascii=False, indent=1) + "\n"


def to_data(report: Report) -> Json:
    """The whole report, as described at the top of this module."""
    sessions = {session.number: session for session in report.sessions}
    marks = {"draft": report.draft, "internal": report.internal}
    return {
        "format": FORMAT,
        **{name: True for name, is_set in marks.items() if is_set},
        "generated_at": report.generated_at.isoformat(),
        "conference": _conference(report.facts),
        "ministries": [_filled(code=m.code, name=m.name, name_nn=m.name_nn) for m in report.ministries],
        "programme": [_programme_line(line) for line in report.programme],
        "survey": _survey(report.survey) if report.survey else None,
        "chapters": [_chapter(chapter, sessions) for chapter in report.chapters],
    }


def _filled(**values: object) -> Json:
    """Those of `values` that hold something; 0 does."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _conference(facts: Facts) -> Json:
    return _filled(
        slug=facts.slug,
        title=facts.title,
        series=facts.series,
        edition=facts.edition,
        theme=facts.theme,
        date=facts.date.isoformat(),
        venue=facts.venue,
        address=facts.address,
        host=facts.host,
        website=facts.website,
        language=facts.language,
        capacity=facts.capacity,
        plenary_tables_per_session=facts.plenary_tables_per_session,
        attribution=facts.attribution,
        participants=dict(facts.participants),
    )


def _programme_line(line: ProgrammeLine) -> Json:
    speaker = line.speaker
    return _filled(
        starts_at=line.starts_at,
        ends_at=line.ends_at,
        kind=line.kind,
        title=line.title,
        speaker=_filled(name=speaker.name, title=speaker.title, organisation=speaker.ministry) if speaker else None,
        session=line.session,
    )


def _survey(survey: Survey) -> Json:
    return {
        "recipients": survey.recipients,
        "respondents": [{"group": group, "count": count} for group, count in survey.respondents],
        "questions": [
            _filled(
                kind=question.kind,
                base=question.base,
                text=question.text,
                answers=[{"label": label, "count": count} for label, count in question.answers],
            )
            for question in survey.questions
        ],
    }


# --- chapters -------------------------------------------------------------------------------------------------


def _chapter(chapter: Chapter, sessions: dict[int, SessionFacts]) -> Json:
    facts = sessions.get(chapter.session or 0) if chapter.slot == Slot.SESSION else None
    return {
        "slot": chapter.slot.value,
        "number": chapter.number,
        "title": chapter.title,
        "anchor": chapter.anchor,
        **_filled(
            session=chapter.session,
            programme_title=facts.programme_title if facts else "",
            ministries=list(facts.ministries) if facts else [],
            **_content(chapter.blocks),
            chapters=[_chapter(part, sessions) for part in chapter.chapters],
        ),
    }


def _content(blocks: tuple[Block, ...]) -> Json:
    """What the blocks hold, by kind. The programme's table is not here: it is `programme` in words."""
    signatures = [block for block in blocks if isinstance(block, Signature)]
    people = [one for block in blocks if isinstance(block, IntroducerList) for one in block.introducers]
    asked = [one for block in blocks if isinstance(block, QuestionList) for one in block.questions]
    answered = [_question_inputs(block) for block in blocks if isinstance(block, QuestionInputs)]
    return {
        "paragraphs": [dump_block(text) for block in blocks if isinstance(block, Prose) for text in block.blocks],
        "signature": _filled(**vars(signatures[0])) if signatures else None,
        "introducers": [_introducer(speaker) for speaker in people],
        "questions": [_question(question) for question in asked] + answered,
        "figures": [_figure(block) for block in blocks if isinstance(block, Figure)],
    }


def _introducer(speaker: Speaker) -> Json:
    return _filled(name=speaker.name, title=speaker.title, ministry=speaker.ministry)


def _question(question: QuestionText) -> Json:
    subquestions = [{"letter": letter, "text": text} for letter, text in question.subquestions]
    return _filled(number=question.number, text=question.text, subquestions=subquestions)


def _question_inputs(block: QuestionInputs) -> Json:
    return {
        "number": block.question.number,
        "text": block.question.text,
        "headings": [_heading(heading) for heading in block.headings],
    }


def _heading(heading: HeadingPoints) -> Json:
    marks = {"other": heading.is_other, "missing": heading.is_missing}
    return {
        "title": heading.title,
        **{name: True for name, is_set in marks.items() if is_set},
        "points": [_point(point) for point in heading.points],
    }


def _point(point: Point) -> Json:
    sources = [_filled(input=s.input, table=s.table, kind=s.kind) for s in point.sources]
    return {
        "id": point.id,
        "text": point.text,
        **_filled(tables=point.tables, sources=sources, addressees=list(point.addressees)),
    }


def _figure(figure: Figure) -> Json:
    return _filled(
        label=figure.label,
        title=figure.title,
        bars=[vars(bar) for bar in figure.bars],
        alt=figure.alt,
        notes=list(figure.notes),
    )
