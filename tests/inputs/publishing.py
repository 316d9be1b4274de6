"""A conference whose report can be published, and what publishing it costs in a test: one call."""

from uuid import uuid4

from conference.actions.public import save_public_page
from conference.models import Conference, PublicPage, User
from inputs.actions import dispositions, headings, versions
from inputs.models import Point, ReportVersion, VersionKind
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, TableFactory, make_input

SWITCHES = [
    "shows_programme",
    "shows_questions",
    "shows_videos",
    "shows_matters",
    "publisher",
    "contact",
    "privacy",
    "accessibility",
]


def finished(slug: str = "dialog", *texts: str, by: User) -> Conference:
    """A conference with one question, one heading and a point for each text; nothing is left to do."""
    session = SessionFactory(conference=ConferenceFactory(slug=slug, title="Dialogmøtet"), number=1, title="Arbeid")
    question = QuestionFactory(session=session, number=1, text="Hva skal til?")
    table = TableFactory(conference=session.conference, number=31)
    heading = headings.make(question, "Opplæring", by=by)
    for text in texts or ("Flere kurs på kveldstid.", "Barnepass ved kursene."):
        note = make_input(question, text, table=table, external_id=f"hemmelig-{text[:3]}")
        dispositions.accept([note], by=by, place=lambda _entry: heading)
    return session.conference


def opened(conference: Conference, by: User, **facts: object) -> PublicPage:
    """Its public page, open; what is switched on is said."""
    stored = PublicPage.objects.filter(conference=conference).first()
    page = stored or PublicPage(conference=conference, version=0)
    for name, value in facts.items():
        setattr(page, name, value)
    return save_public_page(page, fields=SWITCHES, is_open=True, version=page.version, by=by)


def frozen(conference: Conference, by: User, kind: VersionKind = VersionKind.PUBLICATION) -> ReportVersion:
    return versions.freeze(conference, kind, note="", key=uuid4(), by=by)


def published(conference: Conference, by: User, said: str = "") -> ReportVersion:
    made = frozen(conference, by)
    versions.publish(made, said=said, by=by)
    return ReportVersion.objects.select_related("publication").get(pk=made.pk)


def a_point(conference: Conference) -> Point:
    return Point.objects.standing().filter(question__session__conference=conference).order_by("pk")[0]
