"""Two conferences that have the same things, none of them shared, and the people who work in one of them."""

from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from conference.actions.codes import issue_codes
from conference.models import (
    AccessCode,
    Conference,
    Contribution,
    Device,
    HandOut,
    Introducer,
    Membership,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    Question,
    Role,
    Survey,
    SurveyQuestion,
    Table,
    User,
    VideoLink,
)
from inputs.actions import clarifications, comments, dispositions, entry, headings, heard, proposals
from inputs.actions.proposals import Payload
from inputs.actions.reasons import reason_for
from inputs.actions.undo import last_acts
from inputs.models import (
    Acceptance,
    Clarification,
    Comment,
    Heading,
    HeardLine,
    Input,
    MadeFile,
    Matter,
    MinutesSheet,
    Point,
    Proposal,
    ProposalKind,
    ReportTemplate,
    ReportVersion,
    ReturnedChange,
)
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_contribution,
    make_made_file,
    make_matter,
    make_sheet,
    make_template,
    make_version,
)
from tests.inputs.desk import logged_in
from tests.matrix.checks import make_acceptance
from tests.matrix.clearance import make_clearance


@dataclass
class World:
    """One conference with one of everything that can be named. `number` is that of its session and question."""

    number: int
    conference: Conference
    administrator: User
    question: Question
    other_question: Question
    tables: list[Table]
    unhandled: Input
    more: Input
    aside: Input
    unplaced: Input
    points: list[Point]
    heading: Heading
    ministry: Ministry
    participants: ParticipantCount
    item: ProgrammeItem
    introducer: Introducer
    member: Membership
    survey_question: SurveyQuestion
    sheet: MinutesSheet
    act: Any
    codes: list[str]
    opened: Device
    line: HeardLine
    hand_out: HandOut
    clarification: Clarification
    proposal: Proposal
    change: ReturnedChange
    version: ReportVersion
    made_file: MadeFile
    video: VideoLink
    comment: Comment
    acceptance: Acceptance
    matter: Matter
    contribution: Contribution
    template: ReportTemplate

    def client(self) -> Client:
        return logged_in(self.administrator)

    def device(self, place: int = 0) -> Client:
        """A device that the code of a table has let in."""
        client = Client()
        client.post("/bord/logg-inn/", {"code": self.codes[place]})
        return client

    def note_at(self, place: int) -> Input:
        return Input.objects.get(table=self.tables[place], text=f"Notat ved bord {place + 1}")


def make_world(slug: str, number: int) -> World:
    conference = ConferenceFactory(slug=slug)
    by = MembershipFactory(conference=conference, role=Role.ADMINISTRATOR).user
    session = SessionFactory(conference=conference, number=number)
    question = QuestionFactory(session=session, number=number)
    other = QuestionFactory(session=session, number=number + 5)
    tables = [TableFactory(conference=conference, number=n) for n in (1, 2)]
    writers = [NoteTakerFactory(table=table) for table in tables]

    def note(text: str, asked: Question | None = question, **more: Any) -> Input:
        [made] = entry.receive([entry.Note(session=session, question=asked, text=text, **more)], by=by)
        return made

    for place, (table, writer) in enumerate(zip(tables, writers, strict=True), 1):
        note(f"Notat ved bord {place}", table=table, note_taker=writer)
    used = [note(f"Brukt {n}") for n in range(3)]
    heading = headings.make(question, "Overskrift", by=by)
    points = dispositions.accept(used[:2], by=by, place=lambda _entry: heading)
    dispositions.attach(points[0], [used[2]], by=by)
    aside = note("Lagt til side")
    dispositions.set_aside([aside], reason=reason_for(conference, "unclear"), by=by)
    codes = [issued.code for issued in issue_codes(conference, by=by)]
    code = AccessCode.objects.filter(note_taker__table=tables[0]).get()
    ministry = Ministry.objects.create(conference=conference, code="EKS", name="Eksempeldepartementet")
    return World(
        number=number,
        conference=conference,
        administrator=by,
        question=question,
        other_question=other,
        tables=tables,
        unhandled=note("Gjenstår"),
        more=note("Gjenstår også"),
        aside=aside,
        unplaced=note("Uplassert", None),
        points=points,
        heading=heading,
        ministry=ministry,
        participants=ParticipantCount.objects.create(conference=conference, category="deltakere"),
        item=ProgrammeItem.objects.create(conference=conference, starts_at=time(9), title="Velkommen"),
        introducer=Introducer.objects.create(session=session, name="Inger Innleder"),
        member=MembershipFactory(conference=conference),
        survey_question=SurveyQuestion.objects.create(
            survey=Survey.objects.create(conference=conference, recipients=80), text="Hvor nyttig var dagen?"
        ),
        sheet=make_sheet(session, "En\n\nTo", note_taker=writers[0]),
        act=last_acts(question, by=by)[0].act,
        codes=codes,
        opened=Device.objects.create(access_code=code, opened_at=code.issued_at, seen_at=code.issued_at),
        line=heard.choose(question, points[1], text="Vi hører dette", by=by),
        hand_out=HandOut.objects.create(
            conference=conference, kind="printed", whom="alle", key=uuid4(), by=by, at=timezone.now()
        ),
        clarification=clarifications.ask(points[0], why="Uklart", alternative="Klart", by=by),
        comment=comments.write(points[0], text="Er dette to ting?", by=by),
        proposal=proposals.propose(question, Payload(ProposalKind.REMOVE, point=points[1]), by=by),
        change=make_clearance(conference, by=by),
        version=make_version(conference),
        acceptance=make_acceptance(
            conference, by=by, finding=f"small_group:point:{points[0].key.hex}", point=points[0]
        ),
        contribution=make_contribution(conference),
        made_file=make_made_file(conference),
        video=VideoLink.objects.create(conference=conference, title="Dagen", url="https://example.org/dagen"),
        matter=make_matter(points[0], ministry=ministry),
        template=make_template(conference),
    )
