"""Earlier editions' points are searched over the years, and read beside the question on the desk."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from conference.models import Ministry, Role, SessionMinistry
from inputs.actions import headings, points
from inputs.actions.levels import Way, set_levels
from inputs.levels import code_of
from inputs.models import Point
from tests.factories import ConferenceFactory, MembershipFactory, QuestionFactory, SessionFactory
from tests.inputs.desk import logged_in

pytestmark = pytest.mark.django_db


def edition(year, *texts, by, **facts):
    """A finished edition with one question, its points under «Språk», and a ministry responsible for its session."""
    facts = {"slug": f"dialog-{year}", "title": f"Dialogmøtet {year}", "date": date(year, 3, 12)} | facts
    conference = ConferenceFactory(**facts)
    session = SessionFactory(conference=conference, number=1, title="Arbeid")
    question = QuestionFactory(session=session, number=2, text=f"Hva manglet i {year}?")
    ministry = Ministry.objects.create(conference=conference, code="AID", name=f"Arbeidsdepartementet {year}")
    SessionMinistry.objects.create(session=session, ministry=ministry)
    heading = headings.make(question, "Språk", by=by)
    for text in texts:
        points.write(question, text=text, reason="fra rapporten", by=by, heading=heading)
    return conference


@pytest.fixture
def member(question):
    """An editor of this year's conference."""
    return MembershipFactory(conference=question.session.conference, role=Role.EDITOR).user


@pytest.fixture
def years(member, editor):
    """Two earlier editions that the person is a member of, and one that they are not."""
    found = [
        edition(2024, "Flere KURS på kveldstid", "Barnepass", by=editor),
        edition(2025, "Kurs i sommerferien", by=editor),
    ]
    for one in found:
        MembershipFactory(conference=one, user=member, role=Role.READER)
    edition(2023, "Hemmelig kurs", by=editor)
    return found


def found(member, **asked):
    page = html.document_fromstring(logged_in(member).get(where(), asked).content.decode())
    return [item.text_content() for item in page.xpath("//section[@class='earlier-question']//li")]


def where(name="earlier", *more):
    return reverse(name, args=["dialog", *more])


def test_all_earlier_points_stand_newest_edition_first_under_what_was_asked(member, years):
    assert found(member) == ["Kurs i sommerferien", "Flere KURS på kveldstid", "Barnepass"]
    page = html.document_fromstring(logged_in(member).get(where()).content.decode())
    titles = [" ".join(one.text_content().split()) for one in page.xpath("//section[@class='earlier-question']/h2")]
    assert titles == ["2025, 1.2 Hva manglet i 2025?", "2024, 1.2 Hva manglet i 2024?"]
    assert page.xpath("//section[@class='earlier-question']/h3/text()") == ["Språk", "Språk"]


def test_points_are_found_by_words_year_level_and_ministry(member, years, editor):
    assert found(member, q="kveld kurs") == ["Flere KURS på kveldstid"]
    assert found(member, q="kurs", edition="dialog-2025") == ["Kurs i sommerferien"]
    assert found(member, level="municipality") == []
    set_levels([Point.objects.get(text="Barnepass")], ["municipality"], way=Way.ADD, by=editor)
    assert found(member, level="municipality") == ["Barnepass"]
    assert found(member, q="kurs", level="body:AID") == ["Kurs i sommerferien", "Flere KURS på kveldstid"]


def test_a_ministry_is_found_by_what_was_set_too_and_called_as_it_is_now(member, years, editor):
    SessionMinistry.objects.all().delete()
    assert found(member, level="body:AID") == []
    point = Point.objects.get(text="Barnepass")
    set_levels([point], [code_of(Ministry.objects.get(conference=years[0]))], way=Way.ADD, by=editor)
    assert found(member, level="body:AID") == ["Barnepass"]
    page = html.document_fromstring(logged_in(member).get(where()).content.decode())
    assert "Arbeidsdepartementet 2025" in page.xpath("//select[@name='level']/option/text()")
    assert "Arbeidsdepartementet 2024" not in page.xpath("//select[@name='level']/option/text()")


@pytest.mark.parametrize(
    "asked", [{"edition": "dialog-2023"}, {"edition": "finnes-ikke"}, {"level": "body:X"}, {"q": "x" * 201}]
)
def test_what_cannot_be_asked_for_finds_nothing(member, years, asked):
    assert found(member, **asked) == []


def test_what_one_is_no_member_of_or_comes_later_or_is_practised_is_not_read(member, years, editor):
    later = edition(2027, "Senere kurs", by=editor)
    practice = edition(2022, "Øvd kurs", by=editor, title="ØVELSE", rehearsal_of=later)
    for one in (later, practice):
        MembershipFactory(conference=one, user=member)
    assert found(member, q="kurs") == ["Kurs i sommerferien", "Flere KURS på kveldstid"]


def test_a_finished_edition_that_was_loaded_is_found(member, years, tmp_path):
    file = tmp_path / "punkter.json"
    asked = {"session": 1, "question": 2, "headings": [{"title": "Busser", "points": [{"text": "Gratis buss"}]}]}
    file.write_text(
        json.dumps({"format": "rnik.points/1", "conference": "dialog-2024", "questions": [asked]}), encoding="utf-8"
    )
    call_command("load_points", "dialog-2024", str(file))
    assert found(member, q="buss") == ["Gratis buss"]


def test_without_an_earlier_edition_it_says_how_to_get_one(member):
    assert "En administrator der kan invitere deg" in logged_in(member).get(where()).content.decode()


def test_many_points_come_page_by_page(member, years, monkeypatch):
    monkeypatch.setattr("inputs.views.earlier.SHOWN", 2)
    client = logged_in(member)
    page = html.document_fromstring(client.get(where(), {"q": ""}).content.decode())
    [onward] = page.xpath("//nav[@class='way-on']/a/@href")
    assert onward == f"{where()}?side=2"
    assert found(member, side="2") == ["Barnepass"]
    for nonsense in ("0", "-1", "x", "²", "99999999999999999999", ""):
        assert found(member, side=nonsense) == ["Kurs i sommerferien", "Flere KURS på kveldstid"]
    assert found(member, side="99999") == []


def test_the_desk_leads_there_and_reads_the_part_alone_when_it_is_opened(member, years):
    client = logged_in(member)
    beside = where("desk_earlier", 1, 1)
    desk = html.document_fromstring(client.get(where("desk", 1, 1)).content.decode())
    [fold] = desk.xpath("//details[@id='earlier-part']")
    assert (fold.get("hx-get"), fold.get("hx-trigger")) == (beside, "toggle once")
    assert fold.xpath(".//div[@id='earlier']/a/@href") == [beside]
    part = client.get(
        beside, {"q": "sommer"}, headers={"HX-Request": "true", "HX-Target": "earlier"}
    ).content.decode()
    inside = html.fragment_fromstring(part.strip())
    assert inside.get("id") == "earlier"
    assert [item.text_content() for item in inside.xpath(".//li")] == ["Kurs i sommerferien"]
    assert inside.xpath(".//form/@hx-target") == ["#earlier"]
    whole = html.document_fromstring(client.get(beside, {"q": "sommer"}).content.decode())
    assert [item.text_content() for item in whole.xpath("//div[@id='earlier']//li")] == ["Kurs i sommerferien"]


@pytest.mark.parametrize(("name", "more"), [("earlier", ()), ("desk_earlier", (1, 1))])
def test_it_costs_the_same_for_one_edition_and_for_three(member, editor, name, more):
    client = logged_in(member)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(where(name, *more), {"level": "body:AID", "q": "kurs"})
        return len(captured)

    MembershipFactory(conference=edition(2020, "Kurs", by=editor), user=member)
    cost()
    one = cost()
    for year in (2021, 2022):
        MembershipFactory(conference=edition(year, "Kurs", "Flere kurs", by=editor), user=member)
    assert cost() == one <= 10
