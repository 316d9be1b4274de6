"""Small believable things for tests; one call per fact that matters."""

from datetime import date, timedelta
from functools import cache
from hashlib import sha256

import factory
from django.utils import timezone

from conference.models import (
    Conference,
    Contribution,
    Membership,
    Ministry,
    NoteTaker,
    Question,
    QuestionRevision,
    Role,
    Session,
    Table,
    User,
)
from inputs.actions import entry, matters, templates
from inputs.models import (
    FileKind,
    Heading,
    Input,
    MadeFile,
    Matter,
    MinutesRevision,
    MinutesSheet,
    Point,
    Publication,
    ReportTemplate,
    ReportVersion,
    SetAsideReason,
    VersionFile,
    VersionKind,
)
from inputs.report_template.reading import read_template
from tests.inputs.report.ministries import built_in


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.no")
    username = factory.SelfAttribute("email")
    name = factory.Sequence(lambda n: f"Person {n}")


class ConferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conference

    slug = factory.Sequence(lambda n: f"dialog-{n}")
    title = factory.Sequence(lambda n: f"Dialogmøte {n}")
    date = date(2026, 3, 12)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    conference = factory.SubFactory(ConferenceFactory)
    role = Role.EDITOR


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    conference = factory.SubFactory(ConferenceFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Bolk {n}")


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Hva mener dere om sak {n}?")

    @factory.post_generation
    def first_wording(self, create: bool, *_args: object) -> None:
        if create:
            QuestionRevision.objects.create(
                question=self, number=1, text=self.text, by=User.objects.system(), at=timezone.now()
            )


class TableFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Table

    conference = factory.SubFactory(ConferenceFactory)
    number = factory.Sequence(lambda n: n + 1)


class NoteTakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NoteTaker

    table = factory.SubFactory(TableFactory)
    name = "AN"


class HeadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Heading

    question = factory.SubFactory(QuestionFactory)
    title = factory.Sequence(lambda n: f"Overskrift {n}")


class SetAsideReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SetAsideReason

    conference = factory.SubFactory(ConferenceFactory)
    code = factory.Sequence(lambda n: f"reason-{n}")
    label = factory.Sequence(lambda n: f"Grunn {n}")


def make_input(
    question: Question | None = None, text: str = "Vi trenger flere møteplasser.", **facts: object
) -> Input:
    """An input as a table would send it; `question` may be None when a `session` is given."""
    session = facts.pop("session", None) or question.session
    note = entry.Note(session=session, question=question, text=text, **facts)
    return entry.receive([note], by=User.objects.system())[0]


def make_sheet(session: Session, text: str = "En\n\nTo", **facts: object) -> MinutesSheet:
    """A sheet as a table would send it, with its first text kept."""
    number = 500 + session.conference.tables.count()  # no other test's table
    writer = facts.pop("note_taker", None) or NoteTakerFactory(
        table=TableFactory(conference=session.conference, number=number)
    )
    at = timezone.now()
    sheet = MinutesSheet.objects.create(session=session, note_taker=writer, text=text, received_at=at, **facts)
    MinutesRevision.objects.create(sheet=sheet, number=1, text=text, by=User.objects.system(), at=at)
    return sheet


def make_matter(point: Point, **facts: object) -> Matter:
    """What became of a point, as the first wording of it tells."""
    conference = point.question.session.conference
    ministry = (
        facts.pop("ministry", None)
        or Ministry.objects.get_or_create(
            conference=conference, code="EKS", defaults={"name": "Eksempeldepartementet"}
        )[0]
    )
    told = {"ministry": ministry, "status": "done", "text": "Det er gjort."} | facts
    by = told.pop("by", None) or User.objects.system()
    return matters.write(point, matters.Told(**told), by=by)


def make_contribution(conference: Conference, **facts: object) -> Contribution:
    """The summary is asked for, until next week."""
    at = timezone.now()
    values = {
        "part": "summary",
        "to": "Kommunikasjonsavdelingen",
        "text": "Hei! Vi trenger en tekst.",
        "asked_at": at,
    }
    values |= {"deadline": timezone.localdate() + timedelta(days=7), "asked_by": User.objects.system()}
    return Contribution.objects.create(conference=conference, **values | facts)


@cache
def _bare_template() -> bytes:
    return read_template(built_in(), "mal.docx")


def make_template(conference: Conference, **facts: object) -> ReportTemplate:
    """The Word template that the report is built on."""
    facts = {"name": "mal.docx", "styles": {}, "by": User.objects.system()} | facts
    return templates.take_in_use(conference, facts.pop("content", _bare_template()), **facts)


def make_version(conference: Conference, kind: str = VersionKind.PUBLICATION, **facts: object) -> ReportVersion:
    """A frozen version with tiny files, for tests that do not read them."""
    content = b'{"chapters": [], "programme": []}'
    number = ReportVersion.objects.filter(conference=conference, kind=kind).count() + 1
    sums = {"sha256": sha256(content).hexdigest()}
    values = {"number": number, "points": 0, "by": User.objects.system(), "at": timezone.now()} | sums | facts
    made = ReportVersion.objects.create(conference=conference, kind=kind, **values)
    for name in FileKind:
        VersionFile.objects.create(version=made, kind=name, content=content, size=len(content), **sums)
    return made


def make_publication(version: ReportVersion, **facts: object) -> Publication:
    values = {"by": User.objects.system(), "at": timezone.now()} | facts
    return Publication.objects.create(version=version, **values)


def make_made_file(conference: Conference, kind: str = "pdf.public", **facts: object) -> MadeFile:
    """A file that was made on the side; with `state="making"` one that is being made."""
    now = timezone.now()
    values = {"by": User.objects.system(), "started_at": now, "beat_at": now, "state": "done"} | facts
    if values["state"] != "making":
        values = {"finished_at": now} | values
    if values["state"] == "done":
        values = {"content": b"%PDF-", "size": 5} | values
    if values["state"] == "failed":
        values = {"why": "failed"} | values
    return MadeFile.objects.create(conference=conference, kind=kind, **values)
