"""The conference that the matrix is tried on, and somebody in each role who looks at it."""

from django.test import Client
from django.utils import timezone

from conference.models import AdvancePage, Conference, Event, Kind, PublicPage, Question, User
from inputs.actions import dispositions
from inputs.models import Input, Matter, Point, ReportTemplate
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    UserFactory,
    make_contribution,
    make_input,
    make_made_file,
    make_matter,
    make_publication,
    make_sheet,
    make_template,
    make_version,
)
from tests.matrix.advance import ADVANCE_KEY
from tests.matrix.checks import make_acceptance
from tests.matrix.clearance import make_clearance
from tests.matrix.roles import POINT_KEY
from tests.matrix.setup import make_rows

BACKEND = "django.contrib.auth.backends.ModelBackend"


def make_site(question: Question, editor: User) -> Conference:
    """A conference with one point and one note left over."""
    [entry, _left] = make_input(question, "Et punkt"), make_input(question, "Et innspill")
    dispositions.accept([entry], by=editor)
    Point.objects.update(key=POINT_KEY)
    Input.objects.filter(pk=entry.pk).update(key=POINT_KEY)
    make_sheet(question.session, key=POINT_KEY)
    Event.objects.create(
        conference=question.session.conference, act=POINT_KEY, verb="file_under", by=editor, at=timezone.now(),
        target_type="input", target_id=entry.pk, before={"question": None},
    )  # fmt: skip
    make_rows(question.session.conference)
    make_clearance(question.session.conference, by=editor, key=POINT_KEY)
    AdvancePage.objects.create(
        conference=question.session.conference, key=ADVANCE_KEY, released_at=timezone.now(), released_by=editor
    )
    PublicPage.objects.create(
        conference=question.session.conference, opened_at=timezone.now(), opened_by=editor, shows_programme=True
    )
    make_contribution(question.session.conference, key=POINT_KEY)
    make_publication(make_version(question.session.conference, key=POINT_KEY))
    make_version(question.session.conference)
    make_made_file(question.session.conference, key=POINT_KEY)
    Matter.objects.filter(pk=make_matter(Point.objects.get()).pk).update(key=POINT_KEY)
    ReportTemplate.objects.filter(pk=make_template(question.session.conference).pk).update(key=POINT_KEY)
    make_acceptance(question.session.conference, by=editor, key=POINT_KEY)
    return question.session.conference


def log_in_as(role: str, conference: Conference) -> Client:
    """A browser of its own, logged in as somebody in that role."""
    client = Client()
    if role == "table":
        client.force_login(User.objects.create(username="bord-1", kind=Kind.TABLE), BACKEND)
    elif role == "superuser":
        client.force_login(UserFactory(is_superuser=True, is_staff=True), BACKEND)
    elif role == "stranger":
        client.force_login(MembershipFactory(conference=ConferenceFactory(slug="annen")).user, BACKEND)
    elif role != "anonymous":
        client.force_login(MembershipFactory(conference=conference, role=role).user, BACKEND)
    return client
