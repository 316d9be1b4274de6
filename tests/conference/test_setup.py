"""Making a conference, the path of steps, and the facts."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.management import call_command
from django.urls import reverse

from conference.actions.codes import issue_codes
from conference.actions.setup import free_slug
from conference.models import (
    Conference,
    Event,
    Membership,
    Ministry,
    ParticipantCount,
    ProgrammeItem,
    Role,
    Series,
    Survey,
    User,
)
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    UserFactory,
)
from tests.inputs.desk import logged_in, said

pytestmark = pytest.mark.django_db

NEW = "/konferanse/ny/"


@pytest.fixture
def staff():
    return UserFactory(is_staff=True)


# --- making a conference ---


def test_whoever_is_made_by_createsuperuser_begins_at_the_home_page(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "en-lang-setning-her")
    call_command("createsuperuser", interactive=False, username="sjef@example.no", verbosity=0)
    client = logged_in(User.objects.get())
    assert f'href="{NEW}"' in client.get("/").content.decode()
    client.post(NEW, {"title": "Det første møtet", "date": "2027-03-01", "language": "nn", "slug": ""})
    assert [
        path for path in ("/", "/konferanse/det-forste-motet/oppsett/") if client.get(path).status_code != 200
    ] == []


def test_the_maker_becomes_administrator(staff):
    response = logged_in(staff).post(
        NEW, {"title": "Årsmøte", "date": "2027-03-01", "language": "nb", "slug": "aar"}, follow=True
    )
    made = Conference.objects.get()
    assert (made.slug, made.title, made.date, made.language) == ("aar", "Årsmøte", date(2027, 3, 1), "nb")
    assert list(Membership.objects.values_list("user", "conference", "role")) == [
        (staff.pk, made.pk, Role.ADMINISTRATOR)
    ]
    assert {event.verb for event in Event.objects.all()} == {"make_conference"}
    assert response.redirect_chain == [(reverse("setup", args=["aar"]), 302)]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Dialog", "dialog-2"), ("Ny", "ny-2"), ("Brød & smør på Ås!", "brod-smor-pa-as"), ("会议", "konferanse-2027")],
)
def test_a_short_name_is_made_from_the_title(title, slug):
    ConferenceFactory(slug="dialog")
    assert free_slug(title, "2027") == slug


def test_a_second_click_makes_a_second_short_name_and_not_an_error(staff):
    data = {"title": "Dialog", "date": "2027-03-01", "language": "nb", "slug": ""}
    client = logged_in(staff)
    assert [client.post(NEW, data).status_code for _ in range(2)] == [302, 302]
    assert sorted(Conference.objects.values_list("slug", flat=True)) == ["dialog", "dialog-2"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"slug": "dialog"}, {"slug"}),
        ({"slug": "ny"}, {"slug"}),
        ({"slug": "Med mellomrom"}, {"slug"}),
        ({"title": ""}, {"title"}),
        ({"title": "\x01 "}, {"title"}),
        ({"title": "X" * 201, "date": "i går", "language": "de"}, {"title", "date", "language"}),
    ],
)
def test_what_cannot_be_made_is_said_beside_the_field(change, wrong, staff):
    ConferenceFactory(slug="dialog")
    data = {"title": "Møtet", "date": "2027-03-01", "language": "nb", "slug": ""} | change
    response = logged_in(staff).post(NEW, data)
    assert (response.status_code, set(response.context["form"].errors)) == (422, wrong)
    assert Conference.objects.count() == 1


def test_an_empty_post_is_refused(staff):
    assert logged_in(staff).post(NEW).status_code == 422


def test_others_make_no_conference():
    member = MembershipFactory(role=Role.ADMINISTRATOR)
    data = {"title": "Møtet", "date": "2027-03-01", "language": "nb"}
    assert logged_in(member.user).post(NEW, data).status_code == 403
    assert Conference.objects.count() == 1


# --- the path ---


@pytest.fixture
def member():
    conference = ConferenceFactory(slug="dialog")
    return MembershipFactory(conference=conference, role=Role.ADMINISTRATOR)


def steps(member):
    found = logged_in(member.user).get(reverse("setup", args=["dialog"])).context["steps"]
    return {step.view.removeprefix("setup_"): (step.stands, step.missing, step.is_done) for step in found}


def test_an_empty_conference_says_what_is_missing(member):
    assert steps(member) == {
        "facts": (
            "Tittel, dato og språk er på plass.",
            ["Ikke fylt ut: overordnet tema.", "Ikke fylt ut: sted."],
            False,
        ),
        "ministries": ("", ["Ingen ennå. De kan stå som ansvarlige for en bolk."], False),
        "sessions": ("", ["Ingen bolker ennå."], False),
        "advance": (
            "",
            ["For dem som kommer: et ark til utskrift, og en side som ikke krever innlogging."],
            False,
        ),
        "public": ("", ["Stengt. Program, spørsmål, videoer og rapporten for alle."], False),
        "programme": ("", ["Programmet er tomt."], False),
        "tables": ("", ["Ingen bord ennå."], False),
        "people": (
            "1 person",
            ["Bare administratorer så langt. De kan også redigere rapporten; legg til andre som skal hjelpe."],
            False,
        ),
        "rehearsal": ("", ["Øv på en kopi med egne bord. Den slettes med ett klikk."], False),
        "survey": ("", ["Kommer etter konferansen, når deltakerne har svart."], False),
        "import": (
            "",
            ["Fyll ut alt ovenfor på én gang fra en fil, eller les inn notater som er skrevet på papir."],
            False,
        ),
    }


def test_a_conference_that_is_ready_says_so_in_numbers(member):
    conference = member.conference
    Conference.objects.update(theme="Plass til flere", venue="Tollboden")
    Ministry.objects.create(conference=conference, code="KD", name="Kunnskapsdepartementet")
    first, second = (SessionFactory(conference=conference, number=n) for n in (1, 2))
    QuestionFactory.create_batch(3, session=first)
    ProgrammeItem.objects.create(conference=conference, starts_at=time(9), title="Velkommen")
    TableFactory.create_batch(2, conference=conference)
    issue_codes(conference, by=member.user)
    TableFactory(conference=conference)
    MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR)
    Survey.objects.create(conference=conference, recipients=80)
    found = steps(member)
    del found["import"], found["facts"], found["rehearsal"], found["advance"], found["public"]
    assert found == {
        "ministries": ("1 departement", [], True),
        "sessions": ("2 bolker, 3 spørsmål", ["Ingen spørsmål i bolk 2 ennå."], False),
        "programme": ("1 post", [], True),
        "tables": ("3 bord", ["1 bord har ingen kode ennå."], False),
        "people": ("2 personer", [], True),
        "survey": ("Tallene er på plass.", [], True),
    }
    QuestionFactory(session=second)
    assert steps(member)["sessions"] == ("2 bolker, 4 spørsmål", [], True)


def test_the_way_to_oppsett_is_shown_to_administrators_alone(member):
    link = f'href="{reverse("setup", args=["dialog"])}"'
    editor = MembershipFactory(conference=member.conference, role=Role.EDITOR)
    page = reverse("conference", args=["dialog"])
    assert link in logged_in(member.user).get(page).content.decode()
    assert link in logged_in(UserFactory(is_superuser=True)).get(page).content.decode()
    assert link not in logged_in(editor.user).get(page).content.decode()


# --- the facts ---

FACTS = {
    "title": "Nasjonal dialog",
    "theme": "Plass til flere",
    "edition": "11",
    "series_name": "Dialogen",
    "date": "2027-03-01",
    "end_date": "2027-03-02",
    "venue": "Tollboden",
    "address": "Bryggegata 4",
    "host": "Idris",
    "website": "example.no/dialog",
    "language": "nn",
    "capacity": "80",
    "plenary_tables_per_session": "4",
    "attribution": "organisation",
    "tidying_deadline": "2027-03-05T12:00",
    "case_number": "27/1",
    "access_code": "UO",
    "legal_basis": "offl. § 13",
}


def save(member, **change):
    return logged_in(member.user).post(reverse("setup_facts", args=["dialog"]), FACTS | {"version": "1"} | change)


def test_every_fact_is_stored(member):
    assert save(member).status_code == 302
    stored = Conference.objects.get()
    assert {name: getattr(stored, name) for name in FACTS if name != "series_name"} == {
        "title": "Nasjonal dialog",
        "theme": "Plass til flere",
        "edition": 11,
        "date": date(2027, 3, 1),
        "end_date": date(2027, 3, 2),
        "venue": "Tollboden",
        "address": "Bryggegata 4",
        "host": "Idris",
        "website": "https://example.no/dialog",
        "language": "nn",
        "capacity": 80,
        "plenary_tables_per_session": 4,
        "attribution": "organisation",
        "tidying_deadline": datetime(2027, 3, 5, 11, tzinfo=UTC),
        "case_number": "27/1",
        "access_code": "UO",
        "legal_basis": "offl. § 13",
    }
    assert (str(stored.series), stored.version, stored.slug) == ("Dialogen", 2, "dialog")


def test_a_series_is_made_once_and_can_be_left(member):
    save(member)
    save(member, version="2")
    assert [str(series) for series in Series.objects.all()] == ["Dialogen"]
    save(member, version="3", series_name="")
    assert Conference.objects.get().series is None


def test_whoever_was_slower_sees_both_and_may_choose_theirs(member):
    save(member, venue="Rådhuset")
    response = save(member, venue="Slottet")
    assert response.status_code == 409
    assert response.context["both"] == [{"label": "Sted", "theirs": "Rådhuset", "mine": "Slottet"}]
    assert Conference.objects.get().venue == "Rådhuset"
    again = response.context["form"].data["version"]
    assert save(member, venue="Slottet", version=again).status_code == 302
    assert Conference.objects.get().venue == "Slottet"


@pytest.mark.parametrize("version", ["", "0", "-1", "tull", "9" * 40])
def test_a_form_without_its_version_overwrites_nothing(version, member):
    assert save(member, version=version).status_code in {409, 422}
    assert Conference.objects.get().venue == ""


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": ""}, {"title"}),
        ({"end_date": "2027-02-01"}, {"end_date"}),
        ({"capacity": "9" * 20, "edition": "99999"}, {"capacity", "edition"}),
        ({"website": "javascript:alert(1)", "venue": "X" * 201}, {"website", "venue"}),
        ({"host": "N\x00L", "attribution": "alle"}, {"host", "attribution"}),
    ],
)
def test_a_fact_that_cannot_be_is_refused_with_what_was_typed(change, wrong, member):
    response = save(member, **change)
    assert (response.status_code, set(response.context["form"].errors)) == (422, wrong)
    assert response.context["form"].data["theme"] == "Plass til flere"
    assert Conference.objects.get().version == 1


def test_a_refused_title_is_not_shown_as_the_conferences_name(member):
    page = save(member, title="Et helt annet navn", end_date="2020-01-01").content.decode()
    assert "Et helt annet navn – RNIK" not in page
    assert f'aria-label="{member.conference.title}"' in page


def test_the_participants_stand_below_the_facts(member):
    client = logged_in(member.user)
    data = {"category": "deltakere", "limit": "80", "invited": "100", "attended": "75"}
    response = client.post(reverse("setup_participants_new", args=["dialog"]), data, follow=True)
    assert said(response) == ["«Deltakere» er lagret."]
    assert [(row.title, row.detail) for row in response.context["list"]["rows"]] == [
        ("Deltakere", "høyst 80, 100 inviterte, 75 kom")
    ]
    assert ParticipantCount.objects.get().conference == member.conference
